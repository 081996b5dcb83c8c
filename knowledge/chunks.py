"""A note cut at its headings into passages that are small enough to search for and to quote."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.content import Chunk, Note
from knowledge.pieces import pieces
from knowledge.words import plain

_HEADING = re.compile(r"(#{1,3})\s+(.+?)\s*#*\s*")
_FENCE = re.compile(r"\s*(```|~~~)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")
_MARKS = re.compile(r"[*_`$]")
_WORDS_A_WAY = 15
_NOTHING: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading. `headings` are those above it, outermost first."""

    headings: tuple[str, ...]
    text: str


def cut(note: Note, asked: Mapping[str, Sequence[str]] = _NOTHING) -> tuple[Chunk, ...]:
    """The note's passages in reading order; an unchanged one keeps its id and fingerprint.

    `asked` are questions by the heading that answers them; they go with its first passage. A
    section that only says where to read on is left out.
    """
    waiting = dict(asked)
    ordinals: Counter[str] = Counter()
    chunks = []
    for section in sections(note.body):
        trail = " › ".join((note.title, *section.headings))
        place = "/".join(map(_slug, section.headings))
        if _is_signpost(section.text):
            continue
        for text in pieces(_readable(section.text)):
            ordinals[place] += 1
            id = f"{note.id}#{place}:{ordinals[place]}"
            asks = [ask for heading in section.headings for ask in waiting.pop(heading, ())]
            chunks.append(Chunk(id, note.subject, note.id, trail, text, asks=tuple(asks)))
    return tuple(chunks)


def embedded(chunk: Chunk) -> str:
    """The text that stands for a chunk in a search: its headings say what it is about."""
    return plain(f"{chunk.trail}\n{chunk.text}")


def worded(chunk: Chunk) -> str:
    """The text whose words find a chunk: its own, and those of the questions that it answers."""
    return "\n".join((embedded(chunk), *chunk.asks))


def fingerprint(chunk: Chunk) -> str:
    """Changes when something changes that is searched or shown."""
    shown = (chunk.subject, chunk.note, chunk.trail, chunk.page, chunk.text)
    parts = (*shown, embedded(chunk), *chunk.asks)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def sections(markdown: str, top: int = 2) -> Iterator[Section]:
    """The stretches between headings of `top` to three signs; empty ones are left out."""
    headings: tuple[str, ...] = ()
    lines: list[str] = []
    for line, heading in _with_headings(markdown.splitlines(), top):
        if heading is None:
            lines.append(line)
            continue
        if text := "\n".join(lines).strip():
            yield Section(headings, text)
        depth, title = heading
        headings = (*headings[: depth - top], title)
        lines = []
    if text := "\n".join(lines).strip():
        yield Section(headings, text)


def _with_headings(lines: Sequence[str], top: int) -> Iterator[tuple[str, tuple[int, str] | None]]:
    """Each line with its (depth, title), or None if it is not a heading; code has no headings."""
    in_code = False
    for line in lines:
        in_code ^= bool(_FENCE.match(line))
        found = None if in_code else _HEADING.fullmatch(line)
        depth = len(found[1]) if found else 0
        yield line, (depth, _MARKS.sub("", found[2])) if found and depth >= top else None


def _readable(markdown: str) -> str:
    """Without images, whose words say what is drawn and not what is so; links as their words."""
    return _LINK.sub(r"\1", _IMAGE.sub("", markdown)).strip()


def _is_signpost(markdown: str) -> bool:
    """Whether a section only says where to read on: it would match doubts and answer none."""
    ways = len(_LINK.findall(_IMAGE.sub("", markdown)))
    return ways > 1 and len(markdown.split()) <= ways * _WORDS_A_WAY


def _slug(heading: str) -> str:
    """A heading as part of an id: 'The Na⁺/K⁺ pump' is 'the-na-k-pump'."""
    plain = unicodedata.normalize("NFKD", heading).lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "section"
