"""Which letters our fonts can draw, read from the fonts themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knowledge.figures.rendering import FONTS

GROUPS = 12  # a format of the `cmap` table, which maps letters to glyphs


def undrawn(words: str) -> tuple[str, ...]:
    """The letters of these words that none of our fonts has, in order."""
    known = _known()
    return tuple(sorted({letter for letter in words if ord(letter) not in known}))


@cache
def _known() -> frozenset[int]:
    return frozenset(code for file in FONTS for code in codes(file))


def codes(file: Path) -> Iterator[int]:
    """The code points that a TrueType font draws. Raises ValueError where it does not list them.

    Tables: https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
    """
    font = file.read_bytes()
    groups = _groups(font, _cmap(font))
    (count,) = struct.unpack_from(">I", font, groups + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", font, groups + 16 + 12 * number)
        yield from range(first, last + 1)


def _cmap(font: bytes) -> int:
    """Where the `cmap` table begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("the font has no table of letters")


def _groups(font: bytes, cmap: int) -> int:
    """Where the `cmap` table lists its letters as groups: the form that covers all of Unicode."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + 8 * number + 4)
        if struct.unpack_from(">H", font, cmap + offset) == (GROUPS,):
            return cmap + int(offset)
    raise ValueError("the font does not list its letters as groups")
