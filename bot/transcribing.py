"""What is written in a photo or a document, and said in a recording: by whoever is there to tell.

A picture is read by a model that sees, where there is one; without it, or where it fails, by a
reader of print that runs here. A recording needs a model that hears.
"""

from __future__ import annotations

import asyncio

from bot.ports import Ears, Eyes, Illegible, ModelUnavailable, SightedModel
from bot.speech import later, reason, say
from knowledge.content import Unreadable
from knowledge.documents import passages
from prompts.library import Prompt

_LONGEST = 20_000  # characters: longer than any answer in an exam
_DEAF = later("I cannot listen to recordings here: please type it.")
_NOT_HEARD = later(
    "I could not listen to it just now: please send it again in a while, or type it."
)
_SILENT = later(
    "I heard no words in it: please record it again, closer to the microphone, or type it."
)
_TOO_LONG = later("It is longer than an answer can be: please send only the answer itself.")
_MOVING = later("I cannot watch films: please send a photo, or type it.")


_UNREADABLE = "[?]"  # what the prompt has a model write for a word, or for a photo with none
_BLANK = later(
    "I found no words in it: please take it again, closer and in more light, or type it."
)


class Seeing:
    """Eyes: a language model that takes pictures, told to copy and not to correct."""

    def __init__(self, model: SightedModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt

    async def see(self, media_type: str, data: bytes) -> str:
        """What is written in a picture. Raises ModelUnavailable."""
        return await self._model.look(self._prompt.fill(), media_type, data)


class Transcribing:
    """A Transcriber."""

    def __init__(self, eyes: Eyes | None = None, ears: Ears | None = None) -> None:
        self._eyes = eyes
        self._ears = ears

    async def transcribe(self, name: str, media_type: str, data: bytes) -> str:
        """The words of a file, never empty. Raises Illegible."""
        kind = media_type.partition("/")[0]
        match kind:
            case "video":
                raise Illegible(say(_MOVING))
            case "audio":
                text = await self._heard(media_type, data)
            case "image":
                text = await self._seen(name, media_type, data)
            case _:
                text = await _read(name, media_type, data)
        if len(text) > _LONGEST:
            raise Illegible(say(_TOO_LONG))
        return text

    async def _heard(self, media_type: str, data: bytes) -> str:
        if self._ears is None:
            raise Illegible(say(_DEAF))
        try:
            text = (await self._ears.hear(media_type, data)).strip()
        except ModelUnavailable as why:
            raise Illegible(say(_NOT_HEARD)) from why
        if not text:
            raise Illegible(say(_SILENT))
        return text

    async def _seen(self, name: str, media_type: str, data: bytes) -> str:
        if self._eyes is not None:
            try:
                text = (await self._eyes.see(media_type, data)).strip()
            except ModelUnavailable:
                text = ""
            if text == _UNREADABLE:
                raise Illegible(say(_BLANK))
            if text:
                return text
        return await _read(name, media_type, data)


async def _read(name: str, media_type: str, data: bytes) -> str:
    """By ourselves: the text of a document, or what is printed in a picture."""
    try:
        found, _ = await asyncio.to_thread(passages, name, media_type, data)
    except Unreadable as why:
        raise Illegible(reason(why)) from why
    return "\n\n".join(passage.text for passage in found)
