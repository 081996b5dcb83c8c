"""What is wrong with a content file, in a teacher's words, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Loc: TypeAlias = tuple[str | int, ...]
"""Where in a file's keys: ('mark_scheme', 1, 'marks') is `marks` of the second point."""

_ITEMS = {  # a list's key: the words for the list, and for one of its items
    "mark_scheme": ("mark scheme", "point"),
    "hints": ("", "hint"),
    "examples": ("", "example"),
    "parts": ("", "part"),
    "papers": ("", "paper"),
    "syllabus": ("syllabus", "entry"),
    "bands": ("", "band"),
    "criteria": ("", "criterion"),
    "caps": ("", "cap"),
    "skills": ("", "skill"),
    "options": ("", "option"),
    "cards": ("", "card"),
    "givens": ("", "given"),
    "groups": ("", "group"),
    "objectives": ("", "objective"),
    "terms": ("", "term"),
    "signs": ("", "sign"),
    "sets": ("", "set"),
    "conditions": ("", "condition"),
    "windows": ("", "window"),
}

_NAMED = ("option", "given")  # items that have a name, not a number


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something to put right at `line` of `path`, which is relative to the content folder."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class ContentProblems(Exception):
    """Content cannot be used as it is. `problems` lists all that is wrong, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def place(loc: Loc) -> str:
    """A place in a file's keys as a teacher would say it: 'mark scheme, point 2'."""
    words: list[str] = []
    item = ""
    for number, step in enumerate(loc, 1):
        if isinstance(step, int):
            words.append(f"{item} {step + 1}")
        elif item in _NAMED:
            words.append(f"{item} {step}")
            item = ""
        else:
            group, item = _ITEMS.get(step, (step, "entry"))
            words.append(step if number == len(loc) else group)
    return ", ".join(word for word in words if word)


def said(loc: Loc, text: str) -> str:
    """A sentence with its place before it."""
    where = place(loc)
    return f"{where}: {text}" if where else text
