"""Text in a photo or a scan, by a reader of print that runs here and needs no network."""

from __future__ import annotations

import io
import logging
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageOps, UnidentifiedImageError

from knowledge.documents.passage import DAMAGED, CannotRead, Passage, Read
from knowledge.later import later

if TYPE_CHECKING:
    from rapidocr import RapidOCR
    from rapidocr.utils.output import RapidOCROutput

_LONGEST_SIDE = 2400  # pixels: more shows no more letters, and takes time
_MOST_PIXELS = 80_000_000
_LEAST_SURE = 0.5  # lines that the reader believes less are left out
_PARAGRAPH = 1.2  # line heights between the bottom of a line and the top of the next
_MISSING = later(
    "is a picture, and pictures cannot be read here. Please type it, or send it as a PDF with text."
)
_EMPTY = later(
    "shows no text that can be read. Please take it again, closer and in more light, or type it."
)


def read(data: bytes) -> Read:
    """The text of a picture, a passage for each paragraph. Raises CannotRead."""
    paragraphs = _paragraphs(_lines(_opened(data)))
    if not paragraphs:
        raise CannotRead(_EMPTY)
    return Read(tuple(Passage(text) for text in paragraphs))


def _opened(data: bytes) -> Image.Image:
    """The picture upright, as large as is of use, on white."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as problem:
        raise CannotRead(DAMAGED) from problem
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright.getchannel("A"))
    page.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return page


def _lines(page: Image.Image) -> list[tuple[str, float, float]]:
    """What stands on each line, its top and its bottom, in the order they are read."""
    found = cast("RapidOCROutput", _reader()(page))
    if found.txts is None or found.boxes is None or found.scores is None:
        return []
    rows = zip(found.txts, found.boxes, found.scores, strict=True)
    return [
        (text.strip(), float(min(y for _, y in box)), float(max(y for _, y in box)))
        for text, box, score in rows
        if score >= _LEAST_SURE and text.strip()
    ]


def _paragraphs(lines: list[tuple[str, float, float]]) -> list[str]:
    """Lines that stand close together, joined; one to the right of another follows it."""
    if not lines:
        return []
    paragraphs = [[lines[0][0]]]
    for (_, top, bottom), (text, next_top, _) in pairwise(lines):
        if next_top - bottom > _PARAGRAPH * (bottom - top):
            paragraphs.append([])
        paragraphs[-1].append(text)
    return ["\n".join(paragraph) for paragraph in paragraphs]


def _reader() -> RapidOCR:
    """The reader; it comes with an extra. Raises CannotRead without it."""
    logging.disable(logging.CRITICAL)  # it tells which files it loads
    try:
        from rapidocr import RapidOCR  # noqa: PLC0415  an extra
    except ImportError as problem:  # also where a library of the system is missing
        raise CannotRead(_MISSING) from problem
    return RapidOCR()
