"""PowerPoint files, a passage a slide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pptx
from pptx.exc import PythonPptxError
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide

from knowledge.documents.passage import DAMAGED, MOST_PAGES, CannotRead, Passage, Read
from knowledge.documents.table import table
from knowledge.later import later

# lxml's errors for bad XML are SyntaxErrors
_BROKEN = (PythonPptxError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError)


def read(data: bytes) -> Read:
    """The text of each slide, with its notes. Raises CannotRead."""
    try:
        slides = list(pptx.Presentation(io.BytesIO(data)).slides)
    except _BROKEN as problem:
        raise CannotRead(DAMAGED) from problem
    if len(slides) > MOST_PAGES:
        raise CannotRead(later("has more than 2,000 slides. Please send those you need."))
    found = [_slide(slide, f"slide {number}") for number, slide in enumerate(slides, start=1)]
    return Read(tuple(passage for passage in found if passage.text), len(slides))


def _slide(slide: Slide, page: str) -> Passage:
    """A slide's title as the trail, then its texts and tables, then what the speaker notes say."""
    title = slide.shapes.title
    heading = title.text_frame.text.strip() if title is not None else ""
    texts = [text for shape in slide.shapes if shape != title for text in _texts(shape)]
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
        texts.append(notes.text.strip())
    return Passage("\n\n".join(filter(None, texts)) or heading, heading, page)


def _texts(shape: BaseShape) -> Iterator[str]:
    if isinstance(shape, GroupShape):
        for inner in shape.shapes:
            yield from _texts(inner)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        yield table([[cell.text for cell in row.cells] for row in shape.table.rows])
    elif isinstance(shape, Shape):
        yield shape.text_frame.text.strip()
