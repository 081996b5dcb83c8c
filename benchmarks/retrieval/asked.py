"""The doubts that retrieval is measured on, in students' words, and where they are answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, with_config

from knowledge.content import Chunk

FOLDER = Path(__file__).parent / "doubts"  # a file for each subject
_SYMBOLS = re.compile(r"[^\W\d_]*[₀-₉⁰-⁹⁺⁻²³Σλπθψμ√∫=^+/°]|\b[A-Z][a-z]?\d|\b[A-Z]{2,}\b|\bp[HK]")


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt with the note and the headings that answer it, or with what it is about instead.

    `about` is the code of a syllabus entry without a note, or 'other' for what is none of the
    subject's business. Any one of `headings` is a right place. `blind` doubts were written by
    somebody who had seen no more than the topics' titles.
    """

    doubt: str
    note: str = ""
    headings: tuple[str, ...] = ()
    about: str = ""
    blind: bool = False

    @property
    def covered(self) -> bool:
        """Whether the notes answer it."""
        return bool(self.note)

    @property
    def group(self) -> str:
        """The topic, entry or 'other': what is held out together."""
        return self.note or self.about

    @property
    def symbolic(self) -> bool:
        """Whether it holds a symbol or a formula."""
        return bool(_SYMBOLS.search(self.doubt))

    def answered_by(self, chunk: Chunk) -> bool:
        """Whether this passage is a right place."""
        headings = chunk.trail.split(" › ")[1:]
        return chunk.note == self.note and any(heading in self.headings for heading in headings)


def subjects() -> tuple[str, ...]:
    """The subjects that there are doubts about."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.jsonl")))


def doubts(subject: str) -> Sequence[Doubt]:
    """All about one subject, in the file's order."""
    one = TypeAdapter(Doubt)
    lines = (FOLDER / f"{subject}.jsonl").read_text(encoding="utf-8").splitlines()
    return [one.validate_json(line) for line in lines]
