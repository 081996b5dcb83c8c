"""Which texts of a figure can be seen: drawn whole, drawn without text, and the text by itself."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops

from knowledge.figures.artist import Artist

SMALL = 240  # pixels: enough to see whether something was drawn
FAINT = 12  # of 255: a text that changes every pixel by less cannot be seen

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TEXT = re.compile(rb"<text\b[^>]*(?<!/)>.*?</text\s*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")

_NO_TEXT = "text {display: none !important}"
_TEXT_ALONE = """
* {opacity: 1 !important; clip-path: none !important; mask: none !important;
   filter: none !important}
path, rect, circle, ellipse, line, polyline, polygon, image {display: none !important}
text, text * {text-rendering: optimizeSpeed !important; stroke-width: .4% !important;
   fill-opacity: 1 !important; stroke-opacity: 1 !important}
"""  # optimizeSpeed: every pixel has one colour, never a mixture; the stroke saves thin letters
_COLOURED = (
    'text[data-nr="{0}"], text[data-nr="{0}"] * '
    "{{fill: #{0:06x} !important; stroke: #{0:06x} !important}}"
)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a figure, and the line of the file where they begin."""

    line: int
    words: str


def texts(svg: bytes) -> tuple[Text, ...]:
    """All texts of a figure, in order."""
    return tuple(
        Text(svg.count(b"\n", 0, found.start()) + 1, _words(found[0]))
        for found in _TEXT.finditer(_bare(svg))
    )


def unseen(artist: Artist, svg: bytes) -> Iterator[Text]:
    """The texts that no reader sees: outside, covered, or of the colour behind. Raises Undrawable.

    Text is seen where the whole differs from the figure without text. Whose text it is, a third
    picture tells: there each text has its number as its colour.
    """
    whole = _drawn(artist, svg)
    found = texts(svg)
    if not found:
        return
    changed = _changed(whole, _drawn(artist, svg, _NO_TEXT))
    rules = "\n".join(_COLOURED.format(number) for number in range(1, len(found) + 1))
    numbers = _drawn(artist, _numbered(svg), _TEXT_ALONE + rules)
    seen = _colours(Image.composite(numbers, Image.new("RGB", numbers.size, "white"), changed))
    for number, text in enumerate(found, 1):
        if text.words and number not in seen:
            yield text


def _bare(svg: bytes) -> bytes:
    """The file with its comments blanked, every line where it was."""
    return _COMMENT.sub(lambda comment: re.sub(rb"[^\n]", b" ", comment[0]), svg)


def _words(element: bytes) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", element.decode(errors="replace"))).split())


def _numbered(svg: bytes) -> bytes:
    """The file with a number on each of its texts, by which the style sheet knows them."""
    pieces, end = [], 0
    bare = _bare(svg)
    for number, found in enumerate(_TEXT.finditer(bare), 1):
        start = found.start() + len(b"<text")
        pieces += [bare[end:start], b' data-nr="%d"' % number]
        end = start
    return b"".join([*pieces, bare[end:]])


def _drawn(artist: Artist, svg: bytes, style_sheet: str = "") -> Image.Image:
    with Image.open(io.BytesIO(artist.png(svg, SMALL, style_sheet))) as image:
        return image.convert("RGB")


def _changed(one: Image.Image, other: Image.Image) -> Image.Image:
    """A mask of the pixels in which two pictures differ for the eye."""
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([255 if step >= FAINT else 0 for step in range(256)])


def _colours(image: Image.Image) -> set[int]:
    counted = image.getcolors(image.width * image.height)
    assert counted is not None  # there are no more colours than pixels
    return {int.from_bytes(bytes(colour)) for _, colour in counted if isinstance(colour, tuple)}
