"""Is a note whole: its headings, neighbours, place in the syllabus, and links?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Note, Subject
from knowledge.problems import Problem
from knowledge.reading import Page
from knowledge.shelf import Shelf, Written

FEWEST_SECTIONS = 4

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


def headings(body: str) -> Iterator[tuple[int, str]]:
    """The headings of a text in order, each with its depth."""
    for heading in _HEADING.finditer(body):
        yield len(heading[1]), heading[2]


def problems(shelf: Shelf, written: Written[Note]) -> Iterator[Problem]:
    """Everything wrong with one note."""
    note, page = written.value, written.page
    depths = [depth for depth, _ in headings(note.body)]
    if depths.count(2) < FEWEST_SECTIONS:
        text = f"{depths.count(2)} headings (##): a note needs {FEWEST_SECTIONS} or more"
        yield page.in_body(0, text)
    if first := re.search(r"^#[ \t]", note.body, re.MULTILINE):
        yield page.in_body(first.start(), "# is the title's own heading: use ## and ###")
    yield from _neighbours(shelf, written)
    if subject := shelf.subjects.get(note.subject):
        yield from _entry(written, subject.value)


def _neighbours(shelf: Shelf, written: Written[Note]) -> Iterator[Problem]:
    note, page = written.value, written.page
    named = [(("previous",), note.previous), (("next",), note.next)]
    related = [(("related", place), topic) for place, topic in enumerate(note.related)]
    for at, topic in [*named, *related]:
        if topic == note.topic:
            yield page.problem(at, "a note cannot lead to itself")
        elif topic and f"{note.subject}/notes/{topic}.md" not in shelf.files:
            yield page.problem(at, f'there is no note "{topic}"')


def _entry(written: Written[Note], subject: Subject) -> Iterator[Problem]:
    note, page = written.value, written.page
    entry = next((entry for entry in subject.syllabus if entry.code == note.code), None)
    if entry is None:
        yield page.problem(("code",), f'the syllabus has no entry "{note.code}"')
    elif note.topic in subject.topics and note.topic not in entry.topics:
        yield page.problem(("code",), f'"{note.topic}" is not among the topics of {note.code}')
    elif entry.level == "HL" and note.level == "SL":
        yield page.problem(("level",), f"{note.code} is HL, so its notes are too")


def links(shelf: Shelf, page: Page) -> Iterator[Problem]:
    """Links of a body to files that are not there."""
    for link in _LINK.finditer(page.body):
        address = link[1].partition("#")[0]
        if address and "://" not in address and page.leads_to(address) not in shelf.files:
            yield page.in_body(link.start(), f'the link to "{link[1]}" leads nowhere')
