"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.later import later

MOST_PAGES = 2000  # as the sentences about it say
DAMAGED = later("is damaged. Please save it anew from the program it was made with, and send that.")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a file under one heading or on one page; `page` is 'page 3', 'slide 2' or ''."""

    text: str
    trail: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A file's passages and number of pages; or `problem`: why not, to follow the file's name."""

    passages: tuple[Passage, ...] = ()
    pages: int = 0
    problem: str = ""


class CannotRead(Exception):
    """This file cannot be read; the message follows the file's name and ends the sentence."""
