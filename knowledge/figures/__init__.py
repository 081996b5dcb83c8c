"""Figures of notes and questions, drawn as PNG the same on every machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge.figures.artist import Artist, Undrawable

__all__ = ["IMAGE", "Figure", "Illustrated", "Illustrator", "Undrawable", "name"]

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


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
        self._artist = Artist()
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
            self._drawn[file] = self._artist.png(file.read_bytes())
        return self._drawn[file]


def name(address: str) -> str:
    """The name of the figure at an address: '../figures/pump.svg' is 'pump'."""
    return PurePosixPath(address).stem
