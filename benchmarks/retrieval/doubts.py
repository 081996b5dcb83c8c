"""The doubts that retrieval is measured on, in students' words, and where they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, with_config

from knowledge.content import Chunk

FILE = Path(__file__).parent / "biology.jsonl"


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt with the note and the headings that answer it, or with what it is about instead.

    `about` is the code of a syllabus entry without a note, or 'other' for what is none of the
    subject's business. Any one of `headings` is a right place.
    """

    doubt: str
    note: str = ""
    headings: tuple[str, ...] = ()
    about: str = ""

    @property
    def covered(self) -> bool:
        """Whether the notes answer it."""
        return bool(self.note)

    @property
    def group(self) -> str:
        """The topic, entry or 'other': what is held out together."""
        return self.note or self.about

    def answered_by(self, chunk: Chunk) -> bool:
        """Whether this passage is a right place."""
        headings = chunk.trail.split(" › ")[1:]
        return chunk.note == self.note and any(heading in self.headings for heading in headings)


def doubts(file: Path = FILE) -> Sequence[Doubt]:
    """All of them, in the file's order."""
    one = TypeAdapter(Doubt)
    return [one.validate_json(line) for line in file.read_text(encoding="utf-8").splitlines()]
