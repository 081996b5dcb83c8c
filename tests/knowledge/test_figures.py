"""Figures: drawn the same everywhere, with their text, on white."""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from knowledge.figures import Undrawable
from knowledge.figures.artist import Artist
from knowledge.figures.letters import undrawn
from knowledge.figures.sight import Text, texts, unseen
from knowledge.library import Library
from tests.content import write_subject

BARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}</svg>'
TEXT = '<text x="10" y="50" font-size="20"{}>Na⁺ → out</text>'


@pytest.fixture(scope="module")
def artist() -> Iterator[Artist]:
    with closing(Artist()) as artist:
        yield artist


def _dark(picture: bytes) -> int:
    """How many pixels are dark."""
    with Image.open(io.BytesIO(picture)) as image:
        return sum(image.convert("L").histogram()[:128])


@pytest.mark.parametrize("family", ["", ' font-family="Arial"', ' font-family="serif"'])
def test_text_is_really_drawn_whatever_font_a_figure_asks_for(artist: Artist, family: str) -> None:
    with_text = artist.png(BARE.format(TEXT.format(family)).encode())

    without = artist.png(BARE.format("").encode())

    assert _dark(without) == 0
    assert _dark(with_text) > 500


def test_bold_text_is_drawn_bolder(artist: Artist) -> None:
    plain = artist.png(BARE.format(TEXT.format("")).encode())

    bold = artist.png(BARE.format(TEXT.format(' font-weight="bold"')).encode())

    assert _dark(bold) > 1.2 * _dark(plain)


def test_a_figure_is_as_wide_as_asked_and_white_behind_its_lines(artist: Artist) -> None:
    picture = artist.png(BARE.format("").encode(), 600)

    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (600, 300)
        assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


@pytest.mark.parametrize("svg", [b"", b"<svg", b"words", b"\xff\xfe"])
def test_what_is_no_picture_cannot_be_drawn(artist: Artist, svg: bytes) -> None:
    with pytest.raises(Undrawable):
        artist.png(svg)


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


def test_the_process_that_draws_stays_for_the_next_figure(artist: Artist) -> None:
    artist.png(BARE.format("").encode())
    worker = artist._worker

    artist.png(BARE.format("<g/>").encode())

    assert artist._worker is worker


def test_an_artist_draws_on_after_a_process_that_was_lost() -> None:
    with closing(Artist()) as artist:
        first = artist.png(BARE.format("").encode())
        assert artist._worker is not None
        artist._worker.kill()
        artist._worker.wait()

        assert artist.png(BARE.format("").encode()) == first


def test_a_figure_that_takes_too_long_is_given_up_and_the_next_is_drawn() -> None:
    many = '<rect width="9" height="9" filter="url(#f)"/>' * 20_000
    slow = BARE.format(f'<filter id="f"><feTurbulence numOctaves="9"/></filter>{many}').encode()
    with closing(Artist(patience=1.0)) as artist:
        with pytest.raises(Undrawable, match="takes more than 1 seconds"):
            artist.png(slow)

        assert artist.png(BARE.format("").encode())


def test_several_threads_each_get_their_own_picture(artist: Artist) -> None:
    drawn: dict[int, bytes] = {}

    def draw(width: int) -> None:
        drawn[width] = artist.png(BARE.format("").encode(), width)

    threads = [threading.Thread(target=draw, args=[width]) for width in range(20, 60, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for width, picture in drawn.items():
        with Image.open(io.BytesIO(picture)) as image:
            assert image.width == width


def test_an_artist_nobody_needs_any_more_takes_its_process_along() -> None:
    artist = Artist()
    artist.png(BARE.format("").encode())
    worker = artist._worker
    assert worker is not None

    del artist
    gc.collect()

    assert worker.returncode is not None


def test_a_program_that_drew_ends_without_a_word() -> None:
    program = (
        "from knowledge.figures.artist import Artist\n"
        "artist = Artist()\n"
        'artist.png(b\'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\')\n'
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert (done.stdout, done.stderr) == (b"", b"")


def test_texts_are_found_with_their_lines_but_not_in_comments() -> None:
    svg = (
        b"<svg>\n<!-- <text>old</text> --><text/>\n<text>K<tspan>+</tspan> &amp;\nmore</text></svg>"
    )

    assert texts(svg) == (Text(3, "K + & more"),)


@pytest.mark.parametrize(
    "attributes",
    [
        *('x="10" fill="none"', 'x="10" fill="#ffffff"', 'x="10" style="fill:white"'),
        *('x="900"', 'x="10" opacity="0"', 'x="10" display="none"', 'x="10" font-size="0"'),
        'x="10" visibility="hidden"',
    ],
)
def test_a_text_that_no_reader_sees_is_told_from_those_beside_it(
    artist: Artist, attributes: str
) -> None:
    svg = BARE.format(
        f'<text x="10" y="20" font-size="9">seen</text><text y="40" {attributes}>gone</text>'
        '<text x="10" y="60" fill="#777">seen, too</text>'
    )

    assert [text.words for text in unseen(artist, svg.encode())] == ["gone"]


def test_a_text_behind_a_shape_is_not_seen_and_a_white_one_on_a_dark_shape_is(
    artist: Artist,
) -> None:
    svg = BARE.format(
        '<style>.w {fill: white}</style><text x="10" y="20">hidden</text>'
        '<rect width="200" height="50"/><g class="w"><text x="10" y="40">white</text></g>'
        '<g transform="translate(100 70) rotate(9) scale(.5)"><text opacity=".6">tilted</text></g>'
        '<text x="10" y="90"><tspan fill="red">+</tspan></text><text> </text>'
    )

    assert [text.words for text in unseen(artist, svg.encode())] == ["hidden"]


def test_letters_that_our_fonts_cannot_draw_are_told() -> None:
    assert undrawn("Na⁺ → 漢字, μ ≈ ½ Ω") == ("字", "漢")
