"""Figures: drawn the same everywhere, with their text, on white."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from knowledge.figures import Undrawable, png
from knowledge.library import Library
from tests.content import write_subject

BARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}</svg>'
TEXT = '<text x="10" y="50" font-size="20"{}>Na⁺ → out</text>'


def _dark(picture: bytes) -> int:
    """How many pixels are dark."""
    with Image.open(io.BytesIO(picture)) as image:
        return sum(image.convert("L").histogram()[:128])


@pytest.mark.parametrize("family", ["", ' font-family="Arial"', ' font-family="serif"'])
def test_text_is_really_drawn_whatever_font_a_figure_asks_for(family: str) -> None:
    with_text = png(BARE.format(TEXT.format(family)).encode())

    without = png(BARE.format("").encode())

    assert _dark(without) == 0
    assert _dark(with_text) > 500


def test_bold_text_is_drawn_bolder() -> None:
    plain = png(BARE.format(TEXT.format("")).encode())

    bold = png(BARE.format(TEXT.format(' font-weight="bold"')).encode())

    assert _dark(bold) > 1.2 * _dark(plain)


def test_a_figure_is_as_wide_as_asked_and_white_behind_its_lines() -> None:
    picture = png(BARE.format("").encode(), 600)

    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (600, 300)
        assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


@pytest.mark.parametrize("svg", [b"", b"<svg", b"words", b"\xff\xfe"])
def test_what_is_no_picture_cannot_be_drawn(svg: bytes) -> None:
    with pytest.raises(Undrawable):
        png(svg)


def test_a_text_comes_without_its_images_and_with_them_drawn(tmp_path: Path) -> None:
    write_subject(tmp_path)
    library = Library.load(tmp_path)
    body = "Look:\n\n![A tube](../figures/tube.svg)\n\nWhat now?"

    illustrated = library.illustrated("biology", body)

    assert illustrated.text == "Look:\n\nWhat now?"
    assert [(figure.name, figure.alt) for figure in illustrated.figures] == [("tube", "A tube")]
    assert _dark(illustrated.figures[0].png) > 500


def test_a_figure_is_drawn_only_once(tmp_path: Path) -> None:
    write_subject(tmp_path)
    library = Library.load(tmp_path)
    first = library.illustrated("biology", "![A tube](../figures/tube.svg)")
    (tmp_path / "biology/figures/tube.svg").unlink()

    again = library.illustrated("biology", "![Again](../../figures/tube.svg)")

    assert again.figures[0].png is first.figures[0].png


def test_a_figure_that_cannot_be_drawn_says_why(tmp_path: Path) -> None:
    write_subject(tmp_path)
    library = Library.load(tmp_path)
    (tmp_path / "biology/figures/tube.svg").write_text("<svg")

    with pytest.raises(Undrawable, match="root node"):
        library.illustrated("biology", "![A tube](../figures/tube.svg)")
