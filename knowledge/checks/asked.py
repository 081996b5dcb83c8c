"""A part of a question where it stands in its file, so that a check can point at the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.content import Part, Question
from knowledge.problems import Loc, Problem
from knowledge.reading import Page, Tree
from knowledge.shelf import Written


@dataclass(frozen=True, slots=True)
class Asked:
    """One part, its question, and the place of its keys in the file."""

    page: Page
    question: Question
    part: Part
    loc: Loc

    def problem(self, loc: Loc, text: str) -> Problem:
        """A problem at a key of the part, with its place in words."""
        return self.page.problem((*self.loc, *loc), text)

    def written(self, *loc: str | int) -> Tree | None:
        """What the file says at a key of the part, as it was typed; None if it says nothing."""
        found: Tree | None = dict(self.page.fields)
        for step in (*self.loc, *loc):
            if isinstance(found, dict) and isinstance(step, str):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int):
                found = found[step]
            else:
                return None
        return found

    @property
    def told(self) -> str:
        """All that a student can read or hear before answering this part."""
        return f"{self.question.told}\n{self.part.stem}"

    @property
    def before(self) -> tuple[Part, ...]:
        """The parts that are asked before this one."""
        labels = [part.label for part in self.question.parts]
        return self.question.parts[: labels.index(self.part.label)]


def parts(written: Written[Question]) -> Iterator[Asked]:
    """All parts of a question in order."""
    question = written.value
    several = "parts" in written.page.fields
    for number, part in enumerate(question.parts):
        yield Asked(written.page, question, part, ("parts", number) if several else ())


@lru_cache(maxsize=4096)  # a scheme's wordings are compared with each hint and each example
def plain(text: str) -> str:
    """Text reduced to its words in lower case, with one space between them and at each end."""
    kept = "".join(letter if letter.isalnum() or letter in ".%+-" else " " for letter in text)
    return " " + " ".join(word.strip(".-") for word in kept.lower().split()) + " "
