"""A photo of an answer, made of the words that stand on it."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import knowledge

_FONT = Path(knowledge.__file__).parent / "fonts" / "DejaVuSans.ttf"


def photo(*lines: str, kind: str = "PNG") -> bytes:
    """Dark words on light paper, a line below the other."""
    page = Image.new("RGB", (1100, 90 + 60 * len(lines)), "#f4f1e8")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(_FONT), 32)
    for at, line in enumerate(lines):
        pen.text((40, 40 + 60 * at), line, fill="#20242c", font=font)
    file = io.BytesIO()
    page.save(file, kind)
    return file.getvalue()
