"""Are all figures used, drawn in full, and told in words to those who cannot see them?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knowledge.figures import Undrawable, png
from knowledge.problems import Problem
from knowledge.shelf import Shelf, shown

SHORTEST_ALT = 30  # characters

_SMALL = 240  # pixels: enough to see whether something was drawn
_TINY = 40
_TEXT = re.compile(rb"<text\b.*?</text\s*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><text y="30">&#{};</text></svg>'
)
_NO_LETTER = (
    0x10FFFD  # a code point that no font of ours draws: it gives the box for missing letters
)


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Everything wrong with figures and the places that show them."""
    used = set()
    for figure in shown(shelf):
        used.add(figure.path)
        if len(figure.alt) < SHORTEST_ALT:
            text = f"its alt text has {len(figure.alt)} characters: say what the figure shows"
            yield figure.problem(text)
    for path in shelf.files:
        if path.endswith(".svg"):
            if path not in used:
                yield Problem(path, 1, "no note and no question shows this figure")
            yield from _drawing(shelf.folder / path, path)


def _drawing(file: Path, path: str) -> Iterator[Problem]:
    svg = file.read_bytes()
    try:
        whole = png(svg, _SMALL)
    except Undrawable as error:
        yield Problem(path, 1, f"the figure cannot be drawn: {error}")
        return
    for text in _TEXT.finditer(svg):
        line = svg.count(b"\n", 0, text.start()) + 1
        said = " ".join(html.unescape(_TAG.sub(" ", text[0].decode())).split())
        if said and png(svg[: text.start()] + svg[text.end() :], _SMALL) == whole:
            yield Problem(path, line, f'the text "{said}" is not seen: its place, colour or font')
        for letter in sorted(set(said)):
            if not letter.isascii() and not _has(letter):
                yield Problem(path, line, f'the font of figures has no letter "{letter}"')


@cache
def _has(letter: str) -> bool:
    """Whether our fonts draw this letter, and not the box that stands for a missing one."""
    drawn = (png(_LETTER.format(code).encode(), _TINY) for code in (ord(letter), _NO_LETTER))
    return len(set(drawn)) > 1
