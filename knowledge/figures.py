"""The door to resvg: figures drawn as PNG, the same on every machine."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import resvg_py

FONT = "DejaVu Sans"
WIDTH = 1000  # pixels: sharp on a phone, and small enough to send
PATIENCE = 30  # seconds; a busy machine takes one

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")

_FONTS = Path(__file__).parent / "fonts"


class Undrawable(Exception):
    """A figure's file is not an SVG that can be drawn; the message says what the renderer met."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of a note or a question, with words for those who cannot see it."""

    name: str
    alt: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Illustrated:
    """Markdown without its images, and the images."""

    text: str
    figures: tuple[Figure, ...] = ()


class Illustrator:
    """Draws the figures of a content folder, each only once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[Path, bytes] = {}

    def illustrated(self, subject: str, markdown: str) -> Illustrated:
        """The text without its images, and the images drawn. Raises Undrawable."""
        figures = tuple(
            Figure(name(image[2]), " ".join(image[1].split()), self._png(subject, image[2]))
            for image in IMAGE.finditer(markdown)
        )
        text = re.sub(r"\n{3,}", "\n\n", IMAGE.sub("", markdown)).strip()
        return Illustrated(text, figures)

    def _png(self, subject: str, address: str) -> bytes:
        file = self._folder / subject / "figures" / PurePosixPath(address).name
        if file not in self._drawn:
            self._drawn[file] = _drawn_apart(file.read_bytes())
        return self._drawn[file]


def name(address: str) -> str:
    """The name of the figure at an address: '../figures/pump.svg' is 'pump'."""
    return PurePosixPath(address).stem


def _drawn_apart(svg: bytes) -> bytes:
    """`png` in a process of its own: resvg keeps Python's lock while it draws, even in a thread."""
    try:
        done = subprocess.run(  # noqa: S603 - this very file
            [sys.executable, "-I", __file__],
            input=svg,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Undrawable(f"it takes more than {PATIENCE} seconds") from error
    except subprocess.CalledProcessError as error:
        raise Undrawable(error.stderr.decode(errors="replace").strip()) from error
    return done.stdout


def png(svg: bytes, width: int = WIDTH) -> bytes:
    """The picture, `width` pixels wide, on white for dark screens. Raises Undrawable."""
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            width=width,
            background="#ffffff",
            skip_system_fonts=True,  # or a figure would look different on every machine
            font_files=[str(file) for file in sorted(_FONTS.glob("*.ttf"))],
            font_family=FONT,
            serif_family=FONT,
            sans_serif_family=FONT,
            monospace_family=FONT,
            cursive_family=FONT,
            fantasy_family=FONT,
        )
    except ValueError as error:
        raise Undrawable(str(error)) from error


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(png(sys.stdin.buffer.read()))
    except Undrawable as error:
        sys.exit(str(error))
