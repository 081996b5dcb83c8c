"""`python docs/pictures/draw.py`: a note, a question and its marking from four groups of subjects.

Each picture is what the terminal shows: the beginning of the note on the left, the talk on the
right. The marker is the one that needs no network, so that everybody gets the same pictures.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import resvg_py
from PIL import Image
from rich.console import Console

from adapters.console import Terminal
from bot import app
from bot.messages import Command, Content, Press, Words
from bot.settings import Settings

BESIDE = Path(__file__).parent
_WIDTH = 92  # characters
_LOWEST = 1200  # pixels of a panel that are shown
_SIGNS = str.maketrans("✅❌🤔📖🖼🎧📏", "✔✘≈»▣♪↔")  # the fonts at hand have no coloured ones


@dataclass(frozen=True, slots=True)
class Talk:
    """A question of a subject, and what a learner whose app speaks `locale` answers to it."""

    subject: str
    question: str
    answer: str
    locale: str = "en"


TALKS = {
    "sciences": Talk(
        "Biology HL",
        "biology/membrane-transport/channel-carrier",
        "a channel is a pore that is open, a carrier binds the molecule and changes its shape",
    ),
    "people": Talk(
        "Economics SL",
        "economics/externalities/bees-and-almonds",
        "The bees pollinate the trees of farmers who pay nothing for it. The keepers only look at"
        " their own costs, so too much honey is produced.",
    ),
    "mathematics": Talk(
        "Math AA SL",
        "math-aa/quadratic-functions/three-faces",
        "From B you read the zeros, 1 and 5. C has the lowest point (3, -8), and the axis x = 3 is"
        " in the middle of the zeros.",
    ),
    "languages": Talk(
        "French B HL",
        "french-b/environment/who-did-it",
        "1 La plage a été nettoyée par des plongeurs. 2 On a interdit les jet-skis. 3 Les élèves"
        " seront comptés par les tortues. 4 On protège le lagon en fermant la route.",
        "fr",
    ),
}


async def _drawn(talk: Talk) -> Image.Image:
    os.environ["LANG"] = talk.locale
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), examiner="trained")
        async with app.opened(settings) as viva:
            screen = _screen()
            terminal = Terminal(viva.desk.receive, viva.desk.settled, Path(folder), screen)
            async with viva.desk.serving([terminal]):
                await terminal.say(Command("subject", talk.subject))
                subject, topic, _ = talk.question.split("/")
                panels = []
                for said in (
                    (Press(f"note:{subject}/{topic}"),),
                    (Press(f"again:{talk.question}"), Words(talk.answer)),
                ):
                    screen = terminal._screen = _screen()
                    for content in said:
                        _echo(screen, content)
                        await terminal.say(content)
                    panels.append(_panel(screen))
    return _beside(*panels)


def _screen() -> Console:
    return Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True)


def _echo(screen: Console, content: Content) -> None:
    """What was typed, as the terminal shows it; a press leaves no trace."""
    if isinstance(content, Words):
        screen.print(f"› {content.text}", style="bold cyan", highlight=False)


def _panel(screen: Console) -> Image.Image:
    drawn = screen.export_svg(title="viva")
    fonts = re.sub(r"@font-face\s*\{[^}]*\}", "", drawn).replace("Fira Code", "DejaVu Sans Mono")
    fonts = fonts.translate(_SIGNS)
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=fonts)))).convert("RGB")
    return picture.crop((0, 0, picture.width, min(picture.height, _LOWEST)))


def _beside(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new(
        "RGB", (left.width + right.width + 24, max(left.height, right.height)), "white"
    )
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 24, 0))
    return both.resize((both.width * 3 // 5, both.height * 3 // 5), Image.Resampling.LANCZOS)


def main() -> None:
    """Draw all, beside this file."""
    for name, talk in TALKS.items():
        picture = asyncio.run(_drawn(talk)).quantize(64)
        picture.save(BESIDE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
