"""The door to resvg, and the program that an `Artist` runs: orders come in, pictures go out.

It is run by its path, apart from everything else of ours, so it imports nothing of ours.
"""

from __future__ import annotations

import json
import signal
import struct
import sys
from pathlib import Path
from typing import IO

import resvg_py

FONT = "DejaVu Sans"
FONTS = tuple(sorted((Path(__file__).parent.parent / "fonts").glob("*.ttf")))
ANSWER = struct.Struct("!?I")  # could it be drawn; how many bytes of picture or reason follow


def png(svg: str, width: int, style_sheet: str) -> bytes:
    """The picture, `width` pixels wide, on white for dark screens. Raises ValueError."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        style_sheet=style_sheet or None,
        background="#ffffff",
        skip_system_fonts=True,  # or a figure would look different on every machine
        font_files=[str(file) for file in FONTS],
        font_family=FONT,
        serif_family=FONT,
        sans_serif_family=FONT,
        monospace_family=FONT,
        cursive_family=FONT,
        fantasy_family=FONT,
    )


def draw(orders: IO[bytes], pictures: IO[bytes]) -> None:
    """Answer each order, one JSON line, until there are no more."""
    for order in orders:
        try:
            drawn, answer = True, png(**json.loads(order))
        except ValueError as error:
            drawn, answer = False, str(error).encode()
        pictures.write(ANSWER.pack(drawn, len(answer)) + answer)
        pictures.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    draw(sys.stdin.buffer, sys.stdout.buffer)
