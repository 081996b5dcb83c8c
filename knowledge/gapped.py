"""The gaps of a page: those that no number can be put into, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.formulas import within
from knowledge.gaps import Draw, NoNumber, gaps, number
from knowledge.problems import Loc, Problem
from knowledge.reading import Page, Tree


def problems(page: Page, draw: Draw) -> Iterator[Problem]:
    """What is wrong with the gaps of a page whose numbers are drawn."""
    for loc, text in _texts(dict(page.fields), ()):
        for _, fault in _faults(text, draw):
            yield page.problem(loc, fault)
    for offset, fault in _faults(page.body, draw):
        yield page.in_body(offset, fault)


def needless(page: Page) -> Iterator[Problem]:
    """Gaps on a page for which nothing is drawn. Double braces are a formula's own there."""
    for loc, text in _texts(dict(page.fields), ()):
        if any(not within(text, gap.start()) for gap in gaps(text)):
            yield page.problem(loc, _NEEDLESS)
    for gap in gaps(page.body):
        if not within(page.body, gap.start()):
            yield page.in_body(gap.start(), _NEEDLESS)


def sums(page: Page) -> Iterator[str]:
    """What the gaps of a page calculate."""
    for _, text in (*_texts(dict(page.fields), ()), ((), page.body)):
        yield from (gap["what"] for gap in gaps(text))


_NEEDLESS = 'there is a gap for a number here, but the question has no "givens"'


def _faults(text: str, draw: Draw) -> Iterator[tuple[int, str]]:
    for gap in gaps(text):
        try:
            number(gap, draw)
        except NoNumber as error:
            hint = ": put a space between the braces of a formula"
            yield gap.start(), f"{error}{hint if within(text, gap.start()) else ''}"


def _texts(tree: Tree, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text of a page's keys, with its place."""
    match tree:
        case str():
            yield loc, tree
        case list():
            for place, item in enumerate(tree):
                yield from _texts(item, (*loc, place))
        case dict():
            for key, value in tree.items():
                yield from _texts(value, (*loc, key))
