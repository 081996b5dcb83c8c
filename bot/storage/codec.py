"""Values as JSON text and back: messages, replies, dialogues and verdicts, exactly as they were.

The class names of a message's content and of a reply's attachments are stored beside them, because
their fields alone could be mistaken for another's; renaming one of these classes needs a migration.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, TypeVar

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    TypeAdapter,
    ValidationError,
    WrapSerializer,
)

from bot.appeals import Reading
from bot.dialogue import Dialogue
from bot.marking import Verdict
from bot.messages import Command, Content, File, Image, Moved, Press, Reply, Upload, Words

T = TypeVar("T")
Pairs = tuple[tuple[str, str], ...]


class Unreadable(Exception):
    """Stored JSON no longer fits the type it is to become; it was written by another version."""


def _kind(value: object) -> object:
    return value.get("kind") if isinstance(value, dict) else type(value).__name__


def _with_kind(value: object, plain: SerializerFunctionWrapHandler) -> dict[str, object]:
    return {"kind": type(value).__name__, **plain(value)}


_NAMED = WrapSerializer(_with_kind)
_BYTES = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

_CONTENT: TypeAdapter[Content] = TypeAdapter(
    Annotated[
        Annotated[Command, _NAMED, Tag("Command")]
        | Annotated[Press, _NAMED, Tag("Press")]
        | Annotated[Words, _NAMED, Tag("Words")]
        | Annotated[Upload, _NAMED, Tag("Upload")]
        | Annotated[Moved, _NAMED, Tag("Moved")],
        Discriminator(_kind),
    ],
    config=_BYTES,
)
_ATTACHMENT = Annotated[
    Annotated[Image, _NAMED, Tag("Image")] | Annotated[File, _NAMED, Tag("File")],
    Discriminator(_kind),
]
_REPLY: TypeAdapter[tuple[Reply, tuple[Image | File, ...]]] = TypeAdapter(
    tuple[Reply, tuple[_ATTACHMENT, ...]], config=_BYTES
)
_DIALOGUE: TypeAdapter[Dialogue] = TypeAdapter(Annotated[Dialogue, Field(discriminator="state")])
# A verdict's scheme needs no tag: `points` and `criteria` are required, and each has only one.
_VERDICT = TypeAdapter(Verdict)
_READING = TypeAdapter(Reading)
_PAIRS: TypeAdapter[Pairs] = TypeAdapter(Pairs)


def content_json(content: Content) -> str:
    """What a learner sent, as JSON; bytes become base64."""
    return _json(_CONTENT, content)


def content(text: str) -> Content:
    """What a learner sent. Raises Unreadable."""
    return _value(_CONTENT, text)


def reply_json(reply: Reply) -> str:
    """A reply as JSON, its attachments beside it under their names."""
    return _json(_REPLY, (replace(reply, attachments=()), reply.attachments))


def reply(text: str) -> Reply:
    """A reply. Raises Unreadable."""
    bare, attachments = _value(_REPLY, text)
    return replace(bare, attachments=attachments)


def dialogue_json(dialogue: Dialogue) -> str:
    """Where a conversation stands, as JSON."""
    return _json(_DIALOGUE, dialogue)


def dialogue(text: str) -> Dialogue:
    """Where a conversation stands. Raises Unreadable."""
    return _value(_DIALOGUE, text)


def verdict_json(verdict: Verdict) -> str:
    """A verdict as JSON, with the scheme it was reached by."""
    return _json(_VERDICT, verdict)


def verdict(text: str) -> Verdict:
    """A verdict. Raises Unreadable."""
    return _value(_VERDICT, text)


def reading_json(reading: Reading) -> str:
    """A second reading, as JSON."""
    return _json(_READING, reading)


def reading(text: str) -> Reading:
    """A second reading. Raises Unreadable."""
    return _value(_READING, text)


def pairs_json(pairs: Pairs) -> str:
    """Answers to earlier parts, by label, as JSON."""
    return _json(_PAIRS, pairs)


def pairs(text: str) -> Pairs:
    """Answers to earlier parts, by label. Raises Unreadable."""
    return _value(_PAIRS, text)


def _json(adapter: TypeAdapter[T], value: T) -> str:
    plain = json.dumps(adapter.dump_python(value, mode="json"), ensure_ascii=False)
    return plain.encode("utf-8", "replace").decode()  # no database takes half a surrogate pair


def _value(adapter: TypeAdapter[T], text: str) -> T:
    try:
        return adapter.validate_json(text)
    except ValidationError as problem:
        # pydantic's own message quotes what a learner wrote, which has no place in a log
        raise Unreadable(f"{problem.error_count()} fields do not fit {problem.title}") from None
