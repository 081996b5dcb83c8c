"""Word files, a passage a heading. They do not know their pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.documents.passage import DAMAGED, CannotRead, Passage, Read
from knowledge.documents.table import table

# lxml's errors for bad XML are SyntaxErrors
_BROKEN = (OpcError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError)


def read(data: bytes) -> Read:
    """The text under each heading, tables included. Raises CannotRead."""
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(document.iter_inner_content())
    except _BROKEN as problem:
        raise CannotRead(DAMAGED) from problem
    return Read(tuple(_under_headings(blocks)))


def _under_headings(blocks: Iterable[Paragraph | Table]) -> Iterator[Passage]:
    trail: tuple[str, ...] = ()
    texts: list[str] = []
    for block in blocks:
        level = _level(block) if isinstance(block, Paragraph) else 0
        if not level or isinstance(block, Table):
            texts.append(_written(block))
            continue
        yield from _passage(texts, trail)
        trail = (*trail[: level - 1], block.text.strip())
        texts = []
    yield from _passage(texts, trail)


def _passage(texts: Iterable[str], trail: tuple[str, ...]) -> Iterator[Passage]:
    if text := "\n\n".join(filter(None, texts)):
        yield Passage(text, " › ".join(trail))


def _level(paragraph: Paragraph) -> int:
    """1 for a title or a first heading, and so on; 0 for what is no heading."""
    name = _style(paragraph)
    if not paragraph.text.strip():
        return 0
    if name == "Title":
        return 1
    last = name.removeprefix("Heading ")
    return int(last) if name.startswith("Heading ") and last.isdigit() else 0


def _style(paragraph: Paragraph) -> str:
    style = paragraph.style
    return (style.name or "") if style else ""


def _written(block: Paragraph | Table) -> str:
    if isinstance(block, Table):
        return table([[cell.text for cell in row.cells] for row in block.rows])
    text = block.text.strip()
    return f"- {text}" if text and _style(block).startswith("List") else text
