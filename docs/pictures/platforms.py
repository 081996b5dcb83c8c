"""`python docs/pictures/platforms.py`: what students see on Telegram and on Discord.

The real tutor talks through the real adapters to the emulated platforms of the tests. What the
adapters send is laid out as a chat, in our own style, and photographed by Chromium, which must be
installed. The marker is the one that needs no network.
"""

from __future__ import annotations

import asyncio
import base64
import html
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
import simcord
from markdown_it import MarkdownIt
from PIL import Image, ImageChops
from pydantic import SecretStr

from adapters.discord import Discord, Shards
from adapters.telegram import Telegram
from bot import app
from bot.messages import Chat
from bot.settings import Settings
from knowledge.content import Question
from tests.botapi import TOKEN, BotApi, Call
from tests.platforms import running

BESIDE = Path(__file__).parent
_LOWEST = 1500  # CSS pixels of a picture that are shown
_SCALE = 1.5
_ANSWER = "a channel is a pore that is open, a carrier binds the molecule and changes its shape"
_BOXED = "Carriers change their shape to let glucose through. Channels are open pores for ions."
_QUESTION = "biology/membrane-transport/channel-carrier"
_TELEGRAM = """
body { background: #cfe0d4; width: 430px; padding: 12px; font: 15px/1.35 'DejaVu Sans', sans-serif }
.said { background: #fff; border-radius: 14px 14px 14px 4px; padding: 8px 12px;
  margin: 6px 48px 2px 0 }
.mine { background: #e1f7cf; border-radius: 14px 14px 4px 14px; margin: 6px 0 2px 72px }
.said .who { color: #2f6f8f; font-weight: bold; font-size: 13px }
.said img { width: 100%; border-radius: 8px }
.row { display: flex; gap: 4px; margin: 3px 48px 0 0 }
.row span { flex: 1; text-align: center; color: #fff; background: #7d9c8c; border-radius: 8px;
  padding: 7px 4px; font-size: 14px }
blockquote { border-left: 3px solid #2f6f8f; margin: 4px 0; padding-left: 8px }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
code, pre { font-family: 'DejaVu Sans Mono', monospace; font-size: 13px }
"""
_DISCORD = """
body { background: #2b2d31; color: #dcddde; width: 760px; padding: 14px;
  font: 15px/1.4 'DejaVu Sans', sans-serif }
.said { margin: 10px 0 4px 56px; position: relative }
.said::before { content: attr(data-letter); position: absolute; left: -52px; top: 2px; width: 38px;
  height: 38px; border-radius: 50%; background: #2f6f8f; text-align: center; line-height: 38px }
.mine::before { background: #8f5f2f }
.who { font-weight: bold } .who small { background: #5865f2; border-radius: 3px; padding: 0 4px }
.used { margin: 14px 0 -6px 56px; color: #a5a8ad; font-size: 13px }
.alone { color: #a5a8ad; font-size: 12px; margin-left: 56px }
.row { margin-left: 56px; display: flex; gap: 8px; flex-wrap: wrap }
.row span { background: #4e5058; border-radius: 4px; padding: 6px 14px; margin-top: 6px }
.row span.main { background: #5865f2 }
h1, h2, h3 { font-size: 18px; margin: 8px 0 } p { margin: 4px 0 } ul { margin: 4px 0 }
blockquote { border-left: 4px solid #4e5058; margin: 4px 0; padding-left: 10px }
"""


@dataclass(frozen=True, slots=True)
class Bubble:
    """Something that was said: by the tutor, with its buttons, or by a learner."""

    body: str  # HTML
    rows: tuple[tuple[str, ...], ...] = ()
    who: str = ""
    mine: bool = False
    above: str = ""  # what was used to get it
    below: str = ""  # who else can see it


@asynccontextmanager
async def _tutor() -> AsyncIterator[app.Viva]:
    with tempfile.TemporaryDirectory() as folder:
        async with app.opened(Settings(data=Path(folder), examiner="trained")) as viva:
            yield viva


@asynccontextmanager
async def _on_telegram(viva: app.Viva) -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        platform = Telegram(SecretStr(TOKEN), viva.desk.receive, base_url=api.base_url)
        async with viva.desk.serving([platform]), running(platform):
            yield api


async def _private() -> list[Bubble]:
    """A question in the private chat, its answer, and the marking."""
    async with _tutor() as viva, _on_telegram(viva) as api:
        ada = api.person("Ada")
        chat = Chat("telegram", str(ada.id), str(ada.id))

        async def says(text: str) -> list[Bubble]:
            before = len(api.calls)
            await ada.says(text)
            await api.acknowledged()
            await viva.desk.settled(chat)
            return _bubbles(api.calls[before:], ada.id)

        await says("/subject Biology HL")
        asked = await says(f"/start ask-{_QUESTION.replace('/', '_')}")
        marked = await says(_ANSWER)
        return [*asked, Bubble(html.escape(_ANSWER), mine=True), *marked]


async def _round() -> list[Bubble]:
    """A round of three in a group: its question, and what is revealed."""
    async with _tutor() as viva, _on_telegram(viva) as api:
        group = api.group("Biology HL")
        room = Chat("telegram", str(group.room.id), "")
        people = [api.person(name) for name in ("Ada", "Bob", "Cleo")]
        await people[0].says("/subject Biology HL")
        await api.acknowledged()
        before = len(api.calls)
        call = "/round membrane transport explain 120"
        await people[0].says(call, group=group)
        await people[0].reads(group=group)
        question = await _running(viva, room)
        for person, example in zip(people, question.parts[0].examples, strict=False):
            await person.follows("Answer", group=group)
            await person.reads()
            await person.says(example.answer)
            await person.reads()
        await people[0].presses("Reveal", group=group)
        await api.acknowledged()
        await viva.desk.settled(Chat("telegram", str(group.room.id), str(people[0].id)))
        await viva.desk.tick()
        await viva.desk.settled(room)
        shown = _bubbles(api.calls[before:], group.room.id)
        return [Bubble(call, who="Ada", mine=True), *shown]


async def _running(viva: app.Viva, room: Chat) -> Question:
    async with viva.records() as records:
        round = await records.rounds.running(room)
    assert round is not None
    return viva.library.question(round.question)


async def _channel() -> list[Bubble]:
    """A question in a channel, answered in a box, and marked for one alone."""
    async with _tutor() as viva:
        platform = Discord(
            SecretStr("MTE.secret.token"),
            viva.desk.receive,
            viva.suggestions.suggest,
            shards=Shards(1),
        )
        async with (
            viva.desk.serving([platform]),
            simcord.run(
                platform.client, approved_intents=discord.Intents.default(), settle_timeout=60
            ) as env,
        ):
            guild = env.create_guild()
            room, ada = (
                guild.create_text_channel("biology"),
                guild.add_member(env.create_user("Ada")),
            )
            await ada.slash(room, "subject", subject="Biology HL")
            asked = await ada.slash(room, "quiz", about="membrane transport distinguish")
            assert asked.response
            box = await ada.click(asked.response, label="Answer")
            marked = await ada.submit_modal(box, {"words": _BOXED})
            shown = [one for one in (marked.response, *marked.followups) if one]
            return [
                _posted(asked.response.content, asked.response.components, "/quiz"),
                Bubble(f"<p>{html.escape(_BOXED)}</p>", who="Ada", mine=True, above="In the box"),
                *(
                    _posted(one.content, one.components, "", "Only Ada can see this")
                    for one in shown
                ),
            ]


def _bubbles(calls: Sequence[Call], room: int) -> list[Bubble]:
    """What was sent to a room."""
    bubbles = []
    for call in calls:
        sent = call.params
        if sent.number("chat_id") != room or not call.method.lower().startswith("send"):
            continue
        if call.method.lower() == "sendchataction":
            continue
        text = sent.text("text") or html.escape(sent.text("caption"))
        picture = sent.file("photo")
        if picture:
            data = base64.b64encode(picture[1]).decode()
            text = f'<img src="data:image/png;base64,{data}">{text}'
        markup = json.loads(sent.text("reply_markup") or "{}")
        rows = [[one["text"] for one in row] for row in markup.get("inline_keyboard", [])]
        bubbles.append(
            Bubble(f'<div class="text">{text}</div>', tuple(map(tuple, rows)), who="Viva")
        )
    return bubbles


def _posted(content: str, components: Sequence[object], used: str, below: str = "") -> Bubble:
    """A message on Discord; its Markdown is close to the common one."""
    body = MarkdownIt("commonmark", {"breaks": True}).enable("strikethrough").render(content)
    items = [item for row in components for item in _below(row)]
    labels = [str(_of(item, "label") or "") for item in items]
    above = f"Ada used {used}" if used else ""
    return Bubble(body, (tuple(labels),) if labels else (), "Viva", above=above, below=below)


def _below(row: object) -> Sequence[object]:
    return _of(row, "components") or _of(row, "children") or ()  # type: ignore[return-value]


def _of(item: object, name: str) -> object:
    """A part of a component, as the library or as Discord has it."""
    return item.get(name) if isinstance(item, dict) else getattr(item, name, None)


def _laid_out(bubbles: Sequence[Bubble], style: str) -> str:
    pieces = [
        f"<!doctype html><meta charset=utf-8><style>* {{box-sizing: border-box}} {style}</style>"
    ]
    for one in bubbles:
        kind = "said mine" if one.mine else "said"
        tag = " <small>APP</small>" if style is _DISCORD and not one.mine else ""
        who = f'<div class="who">{one.who}{tag}</div>' if one.who else ""
        above = f'<div class="used">{one.above}</div>' if one.above else ""
        pieces.append(
            f'{above}<div class="{kind}" data-letter="{one.who[:1]}">{who}{one.body}</div>'
        )
        for row in one.rows:
            labels = "".join(
                f"<span{' class=main' if label == 'Answer' else ''}>{html.escape(label)}</span>"
                for label in row
            )
            pieces.append(f'<div class="row">{labels}</div>')
        if one.below:
            pieces.append(f'<div class="alone">👁 {one.below}</div>')
    return "\n".join(pieces)


def _photographed(page: str, width: int) -> Image.Image:
    """The page as Chromium shows it, without what is empty below."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Install Chromium first: it takes the pictures.")
    with tempfile.TemporaryDirectory() as folder:
        file, picture = Path(folder) / "page.html", Path(folder) / "page.png"
        file.write_text(page)
        subprocess.run(  # noqa: S603  our own page, our own options
            [
                chromium,
                "--headless=new",
                "--no-sandbox",
                "--hide-scrollbars",
                f"--force-device-scale-factor={_SCALE}",
                f"--window-size={width},2600",
                f"--screenshot={picture}",
                file.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        shown = Image.open(io.BytesIO(picture.read_bytes())).convert("RGB")
    empty = Image.new("RGB", shown.size, shown.getpixel((2, shown.height - 2)))
    box = ImageChops.difference(shown, empty).getbbox() or (0, 0, shown.width, shown.height)
    return shown.crop((0, 0, shown.width, min(box[3] + 20, int(_LOWEST * _SCALE))))


def main() -> None:
    """Take all, beside this file."""
    for name, talk, style, width in (
        ("telegram", _private, _TELEGRAM, 430),
        ("telegram-round", _round, _TELEGRAM, 430),
        ("discord", _channel, _DISCORD, 760),
    ):
        picture = _photographed(_laid_out(asyncio.run(talk()), style), width)
        picture.quantize(96).save(BESIDE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
