"""Tables for a phone: aligned columns where they fit, a labelled entry for each row elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from adapters.blocks import Block, Line, Run, restyled, text

Align = Literal["left", "right", "center"]
Row = tuple[Line, ...]
WIDEST = 38  # columns of monospace text on a small phone
_GAP = 2
_GLOSSARY = 2  # columns: a term and its meaning


def table(header: Row, rows: Sequence[Row], aligns: Sequence[Align]) -> tuple[Block, ...]:
    """The blocks that show a table best. Every cell and every heading is in them."""
    everything = [header, *rows]
    widths = [max(_width(text(row[at])) for row in everything) for at in range(len(header))]
    linked = any(run.href for row in everything for cell in row for run in cell)
    if sum(widths) + _GAP * (len(widths) - 1) <= WIDEST and not linked:
        return (_grid(header, rows, widths, aligns),)
    if len(header) <= _GLOSSARY:
        return (_glossary(header, rows),)
    return tuple(_entry(header, row) for row in rows) or (Block((_titles(header),)),)


def _grid(header: Row, rows: Sequence[Row], widths: list[int], aligns: Sequence[Align]) -> Block:
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    lines = [_aligned(row, widths, aligns) for row in rows]
    if any(text(cell) for cell in header):
        lines = [_aligned(header, widths, aligns), rule, *lines]
    return Block(tuple((Run(line),) for line in lines), "pre")


def _aligned(row: Row, widths: list[int], aligns: Sequence[Align]) -> str:
    cells = (
        _padded(text(cell), width, align)
        for cell, width, align in zip(row, widths, aligns, strict=True)
    )
    return (" " * _GAP).join(cells).rstrip()


def _padded(cell: str, width: int, align: Align) -> str:
    spare = width - _width(cell)
    match align:
        case "left":
            return cell + " " * spare
        case "right":
            return " " * spare + cell
        case "center":
            return " " * (spare // 2) + cell + " " * (spare - spare // 2)


def _width(said: str) -> int:
    """Columns of a monospace font: two for East Asian wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in said
    )


def _glossary(header: Row, rows: Sequence[Row]) -> Block:
    """A line a row: the first cell in bold, the second behind it."""
    titles = (_titles(header),) if any(text(cell) for cell in header) else ()
    lines = tuple(
        (
            Run("• "),
            *restyled(row[0], "b"),
            *(run for cell in row[1:] for run in (Run(": "), *cell)),
        )
        for row in rows
    )
    return Block((*titles, *lines))


def _titles(header: Row) -> Line:
    """Column headings in a line of their own."""
    named = [cell for cell in header if text(cell)]
    line: Line = ()
    for cell in named:
        line = (*line, *((Run(" / "),) if line else ()), *cell)
    return restyled(line, "i")


def _entry(header: Row, row: Row) -> Block:
    """A row as a bold first line, and a labelled line for each further column."""
    title = restyled(_labelled(header[0], row[0]), "b")
    further = (
        (Run("• "), *_labelled(restyled(label, "b"), cell or (Run("–"),)))
        for label, cell in zip(header[1:], row[1:], strict=True)
    )
    return Block((title, *further))


def _labelled(label: Line, cell: Line) -> Line:
    return (*label, Run(": "), *cell) if text(label) else cell
