"""What is searched, and the name of the collection that it is kept in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.asked import by_heading
from knowledge.chunks import cut
from knowledge.content import Chunk, Entry, Note, Question, Subject
from knowledge.documents.passage import Passage
from knowledge.pieces import pieces

ELSEWHERE = "elsewhere"  # the collection of what is no subject's business
_LIST = Path(__file__).parent / "elsewhere.txt"


def strays() -> Iterator[Chunk]:
    """What students ask a tutor that no note answers: exams' dates, gadgets, small talk."""
    for number, line in enumerate(_LIST.read_text(encoding="utf-8").splitlines()):
        yield Chunk(f"{ELSEWHERE}#{number}", "", ELSEWHERE, ELSEWHERE, line)


def taught(subject: str) -> str:
    """The collection of a subject's notes."""
    return f"subject-{subject}"


def untaught(subject: str) -> str:
    """The collection of what a subject's syllabus has, and its notes have not."""
    return f"syllabus-{subject}"


def owned(owner: int) -> str:
    """The collection of a learner's own files."""
    return f"owner-{owner}"


def passages_of(notes: Iterable[Note], questions: Sequence[Question]) -> Iterator[Chunk]:
    """The passages of notes, each with the questions of its topic that it answers."""
    for note in notes:
        asked = by_heading(one for one in questions if one.note == note.id)
        yield from cut(note, asked)


def decoys(subject: str, entries: Iterable[Entry]) -> Iterator[Chunk]:
    """Syllabus entries thing by thing, to see whether a doubt is about one of them."""
    for entry in entries:
        for number, thing in enumerate(_things(entry)):
            yield Chunk(f"{subject}#{entry.code}:{number}", subject, entry.code, entry.title, thing)


def untold(subject: Subject) -> Iterator[Chunk]:
    """What a subject's syllabus names and no note teaches, thing by thing."""
    yield from decoys(subject.id, (entry for entry in subject.syllabus if not entry.topics))


def _things(entry: Entry) -> tuple[str, ...]:
    """The entry's title, and each thing that belongs to it."""
    single = (thing.strip() for thing in entry.covers.replace(";", ",").split(","))
    return (entry.title, *(thing.removeprefix("HL ") for thing in single if thing))


def renamed(chunks: Iterable[Chunk], name: str) -> Iterator[Chunk]:
    """A document's pieces as those of a document with another name."""
    for chunk in chunks:
        _, _, number = chunk.id.rpartition("#")
        _, _, within = chunk.trail.partition(" › ")
        trail = " › ".join(filter(None, (name, within)))
        yield replace(chunk, id=f"{name}#{number}", note=name, trail=trail)


def cut_document(name: str, found: Sequence[Passage]) -> Iterator[Chunk]:
    """A document's passages in pieces of a size to search, with the place each came from."""
    number = 0
    for passage in found:
        for text in pieces(passage.text):
            number += 1
            trail = " › ".join(filter(None, (name, passage.trail)))
            yield Chunk(f"{name}#{number}", "", name, trail, text, passage.page)
