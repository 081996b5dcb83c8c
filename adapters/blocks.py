"""Blocks of styled lines, packed into pages and cut where a reader would cut them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Style = Literal["b", "i", "s", "code"]
Kind = Literal["text", "heading", "quote", "pre"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style, outermost first; `href` makes it a link."""

    text: str
    style: tuple[Style, ...] = ()
    href: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; an empty line is a blank one.

    `language` is that of code, `level` that of a heading, from 1. `hidden`: covered until somebody
    wants to see it.
    """

    lines: tuple[Line, ...]
    kind: Kind = "text"
    language: str = ""
    level: int = 0
    hidden: bool = False


Page = tuple[Block, ...]
Fits = Callable[[Page], bool]


def pages(blocks: Sequence[Block], fits: Fits) -> tuple[Page, ...]:
    """Blocks packed into as few pages as reading well allows; no visible text is lost.

    `fits` must hold for a single character in any style without a link.
    """
    packed: list[Page] = []
    page: Page = ()
    waiting = deque(block for block in blocks if visible((block,)))
    while waiting:
        block = waiting.popleft()
        if fits((*page, block)):
            page = (*page, block)
            continue
        if kept := _closed_before(block, page, fits):
            packed.append(kept)
            waiting.extendleft(reversed((*page[len(kept) :], block)))
        else:
            head, rest = _cut(block, page, fits)
            packed.append((*page, *head))
            waiting.extendleft(reversed(rest))
        page = ()
    return tuple(page for page in (*packed, page) if visible(page))


def visible(page: Page) -> bool:
    """Whether there is anything to be seen: platforms refuse blank messages."""
    text = "".join(run.text for block in page for line in block.lines for run in line)
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


def text(line: Line) -> str:
    """What a line says, without its styles."""
    return "".join(run.text for run in line)


def restyled(line: Line, style: Style) -> Line:
    """The line with a style around everything."""
    return tuple(
        run if style in run.style else replace(run, style=(style, *run.style)) for run in line
    )


def _closed_before(block: Block, page: Page, fits: Fits) -> Page:
    """What to close of the page, for the block to begin on the next; () where it is to be cut."""
    half_full = not fits((*page, *page))
    if fits((block,)) or half_full:
        return _without_last_headings(page) or (page if half_full else ())
    return ()


def _without_last_headings(page: Page) -> Page:
    end = len(page)
    while end and page[end - 1].kind == "heading":
        end -= 1
    return page[:end]


def _cut(block: Block, page: Page, fits: Fits) -> tuple[Page, Page]:
    """The largest good beginning of the block that fits behind this page, and the rest of it."""

    def fit(lines: tuple[Line, ...]) -> bool:
        return fits((*page, replace(block, lines=lines)))

    lines = block.lines
    if whole := _most(len(lines), lambda count: fit(lines[:count])):
        return (replace(block, lines=lines[:whole]),), _rest(block, lines[whole:])
    first = lines[0]
    most = _most(len(text(first)), lambda at: fit((_split(first, at)[0],)))
    if not most:
        return (), (_unlinked(block),)
    head, tail = _split(first, _good_end(text(first), most))
    return (replace(block, lines=(head,)),), _rest(block, (tail, *lines[1:]))


def _rest(block: Block, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    while lines and not text(lines[0]).strip():
        lines = lines[1:]
    return (replace(block, lines=lines),) if lines else ()


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `count` that fits, where fitting only ever gets harder."""
    return bisect_left(range(1, count + 1), True, key=lambda number: not fits(number))


_SENTENCE = re.compile(r"[.!?…。]['\"”’)\]]*\s+")
_WORD = re.compile(r"\s+")


def _good_end(line: str, most: int) -> int:
    """Where to cut a line, at `most` or before: after a sentence, a word, or a whole character."""
    if most == len(line):
        return most
    for boundary, least in ((_SENTENCE, most // 2), (_WORD, 0)):
        ends = [match.end() for match in boundary.finditer(line[:most])]
        if ends and ends[-1] > least:
            return ends[-1]
    end = most
    while end > 1 and _belongs_to_the_one_before(line, end):
        end -= 1
    return end if end > 1 else most


def _belongs_to_the_one_before(line: str, at: int) -> bool:
    joiner = "\u200d"
    return (
        unicodedata.category(line[at]) in ("Mn", "Me", "Mc")
        or line[at] == joiner
        or line[at - 1] == joiner
    )


def _split(line: Line, at: int) -> tuple[Line, Line]:
    head: list[Run] = []
    tail: list[Run] = []
    for run in line:
        here = max(0, min(at, len(run.text)))
        head.append(replace(run, text=run.text[:here]))
        tail.append(replace(run, text=run.text[here:]))
        at -= here
    return tuple(run for run in head if run.text), tuple(run for run in tail if run.text)


def _unlinked(block: Block) -> Block:
    """Links given up: an address alone was longer than a page."""
    lines = tuple(tuple(replace(run, href="") for run in line) for line in block.lines)
    return replace(block, lines=lines)
