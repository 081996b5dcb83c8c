"""Long text cut at paragraphs, lists and tables into pieces that the embedding reads whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 180  # words; with formulas about 256 word pieces, where the embedding stops reading
SHORTEST = 40  # words; a shorter rest stays with the piece before it

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"(])")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s")


def pieces(text: str) -> tuple[str, ...]:
    """The text in pieces of at most about 180 words; a table that is cut repeats its header."""
    joined: list[str] = []
    for block in _blocks(text):
        for part in _parts(block):
            if joined and _fits(joined[-1], part):
                joined[-1] = f"{joined[-1]}{_glue(joined[-1], part)}{part}"
            else:
                joined.append(part)
    return tuple(joined)


def _fits(before: str, part: str) -> bool:
    """Whether a part may join the piece before it: a short one may stretch the limit a little."""
    words = _words(part)
    room = LONGEST + (SHORTEST if words < SHORTEST else 0)
    return _words(before) + words <= room and not _continues_table(before, part)


def _continues_table(before: str, part: str) -> bool:
    """Two cuts of one table are not glued together again."""
    return part.startswith("|") and before.startswith("|") and _head(before) == _head(part)


def _glue(before: str, part: str) -> str:
    """Items of one list stay one list."""
    last = before.rsplit("\n", 1)[-1]
    return "\n" if _ITEM.match(part) and _ITEM.match(last.lstrip()) else "\n\n"


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, lists and tables, as blank lines part them."""
    for block in re.split(r"\n\s*\n", text):
        if block.strip():
            yield block.strip("\n").rstrip()


def _parts(block: str) -> Iterator[str]:
    """A block whole if it is short enough, or cut where it hurts least."""
    if _words(block) <= LONGEST:
        yield block
    elif block.startswith("|"):
        yield from _tables(block)
    elif _ITEM.match(block):
        yield from _packed(_items(block), "\n")
    else:
        yield from _packed(_SENTENCE_END.split(block), " ")


def _tables(block: str) -> Iterator[str]:
    """A long table as several, each with the header."""
    lines = block.splitlines()
    head = _head(block)
    rows = lines[len(head) :]
    room = max(LONGEST - _words("\n".join(head)), SHORTEST)
    for part in _packed(rows, "\n", room):
        yield "\n".join((*head, part))


def _head(table: str) -> tuple[str, ...]:
    """The header row and the rule beneath it; empty for a table without a rule."""
    lines = table.splitlines()
    if len(lines) > 1 and set(lines[1]) <= set("|-: "):
        return tuple(lines[:2])
    return ()


def _items(block: str) -> Iterator[str]:
    """The items of a list, each with the lines that belong to it."""
    item: list[str] = []
    for line in block.splitlines():
        if item and _ITEM.match(line):
            yield "\n".join(item)
            item = []
        item.append(line)
    yield "\n".join(item)


def _packed(units: Iterable[str], glue: str, room: int = LONGEST) -> Iterator[str]:
    """Units joined as long as there is room; one too long by itself is cut between words."""
    packed = ""
    for unit in units:
        for part in _slices(unit, room):
            if packed and _words(packed) + _words(part) > room:
                yield packed
                packed = part
            else:
                packed = f"{packed}{glue}{part}" if packed else part
    if packed:
        yield packed


def _slices(unit: str, room: int) -> Iterator[str]:
    """The unit whole, or in stretches of `room` words: text from a PDF may have no full stops."""
    words = unit.split()
    if len(words) <= room:
        yield unit
        return
    for start in range(0, len(words), room):
        yield " ".join(words[start : start + room])


def _words(text: str) -> int:
    """How many words; a table's rules and bars are none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())
