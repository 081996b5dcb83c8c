"""Are all figures used, drawn in full, and told in words to those who cannot see them?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from knowledge.figures import Undrawable
from knowledge.figures.artist import Artist
from knowledge.figures.letters import undrawn
from knowledge.figures.sight import texts, unseen
from knowledge.problems import Problem
from knowledge.shelf import Shelf, shown

SHORTEST_ALT = 30  # characters


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Everything wrong with figures and the places that show them."""
    used = set()
    for figure in shown(shelf):
        used.add(figure.path)
        if len(figure.alt) < SHORTEST_ALT:
            text = f"its alt text has {len(figure.alt)} characters: say what the figure shows"
            yield figure.problem(text)
    with closing(Artist()) as artist:
        for path in shelf.files:
            if path.endswith(".svg"):
                if path not in used:
                    yield Problem(path, 1, "no note and no question shows this figure")
                yield from _drawing(artist, (shelf.folder / path).read_bytes(), path)


def _drawing(artist: Artist, svg: bytes, path: str) -> Iterator[Problem]:
    try:
        for text in unseen(artist, svg):
            said = f'the text "{text.words}" is not seen: its place, colour or font'
            yield Problem(path, text.line, said)
    except Undrawable as error:
        yield Problem(path, 1, f"the figure cannot be drawn: {error}")
        return
    for text in texts(svg):
        for letter in undrawn(text.words):
            yield Problem(path, text.line, f'the font of figures has no letter "{letter}"')
