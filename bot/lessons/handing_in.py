"""Files: an answer to the open question by photo, voice or document, or something to learn from."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from bot import actions, phrases, transcripts
from bot.dialogue import Answering, Dialogue, InRound
from bot.learners import Learner
from bot.lessons.filing import Filing
from bot.lessons.playing import Playing
from bot.lessons.quizzing import Quizzing
from bot.lessons.turn import Turn
from bot.messages import Choice, Message, Upload
from bot.ports import Illegible, Transcriber
from bot.speech import say
from knowledge.library import Library

_CAPTURED = ("image", "audio", "video")  # by a phone: what people send as an answer


class HandingIn:
    """What a learner sends, shown as words and marked when they say that it is so."""

    def __init__(
        self,
        library: Library,
        transcriber: Transcriber,
        filing: Filing,
        quizzing: Quizzing,
        playing: Playing,
    ) -> None:
        self._library = library
        self._transcriber = transcriber
        self._filing = filing
        self._quizzing = quizzing
        self._playing = playing

    async def take(self, learner: Learner, dialogue: Dialogue, upload: Upload) -> Turn:
        """A file came: show what it says if a question is open, and keep documents as notes."""
        captured = upload.media_type.partition("/")[0] in _CAPTURED
        if not isinstance(dialogue, Answering | InRound):
            if captured and not upload.problem:
                return Turn((transcripts.no_question(),), dialogue)
            return await self._filing.add(learner, dialogue, upload)
        if upload.problem:
            return Turn((phrases.unreadable(upload.name, say(upload.problem)),), dialogue)
        try:
            text = await self._transcriber.transcribe(upload.name, upload.media_type, upload.data)
        except Illegible as why:
            if captured:
                return Turn((transcripts.illegible(str(why)),), dialogue)
            return await self._filing.add(learner, dialogue, upload)
        if captured:
            return self._show(dialogue, upload, _with_caption(upload.caption, text))
        return await self._ask_which(learner, dialogue, upload, text)

    def _show(self, dialogue: Answering | InRound, upload: Upload, text: str) -> Turn:
        mark = Choice(say("Mark it"), f"mark-read:{_print(text)}")
        choices = (mark, *self._typing(dialogue))
        reply = transcripts.shown(text, upload.media_type, choices)
        return Turn((reply,), replace(dialogue, read=text, file=""))

    async def _ask_which(
        self, learner: Learner, dialogue: Answering | InRound, upload: Upload, text: str
    ) -> Turn:
        """A document is kept as notes at once, so that nothing is lost whatever is chosen."""
        filed = await self._filing.add(learner, dialogue, upload)
        choices = (
            Choice(say("Mark it as my answer"), f"mark-read:{_print(text)}"),
            Choice(say("Keep it as notes"), f"keep-file:{_print(text)}"),
        )
        reply = transcripts.notes_or_answer(upload.name, choices)
        return replace(
            filed, replies=(reply,), dialogue=replace(dialogue, read=text, file=upload.name)
        )

    def _typing(self, dialogue: Answering | InRound) -> tuple[Choice, ...]:
        if isinstance(dialogue, InRound):
            return ()
        question = self._library.question(dialogue.question)
        action = actions.about("answer", question, question.part(dialogue.part))
        return (Choice(say("Type it instead"), action, with_text=True),)

    async def press(
        self,
        learner: Learner,
        dialogue: Dialogue,
        message: Message,
        action: tuple[str, str],
        now: datetime,
    ) -> Turn:
        """What was shown is confirmed, or a document is to be notes after all."""
        verb, of = action
        if not isinstance(dialogue, Answering | InRound) or of != _print(dialogue.read):
            return Turn((phrases.out_of_date(),), dialogue)
        text, file = dialogue.read, dialogue.file
        pending = replace(dialogue, read="", file="")
        if verb == "keep-file":
            return Turn((transcripts.kept_as_notes(file),), pending)
        if isinstance(pending, InRound):
            turn = await self._playing.answer(learner, pending, message, pending.round, text)
        else:
            turn = await self._quizzing.answer(learner, pending, text, now)
        if file:
            await self._filing.remove(learner, file)
        return turn


def _with_caption(caption: str, text: str) -> str:
    return f"{caption.strip()}\n{text}" if caption.strip() else text


def _print(text: str) -> str:
    """By which a button tells whether it is about what was shown last."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
