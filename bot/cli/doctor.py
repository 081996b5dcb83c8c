"""`viva doctor`: what is configured, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from rich.console import Console
from rich.text import Text

from bot import app, settings, storage
from bot.cli import spending
from bot.settings import Settings
from knowledge.checks import check
from knowledge.embedding import embedding
from knowledge.library import Library

State = Literal["fine", "off", "broken"]
_SIGNS: dict[State, tuple[str, str]] = {
    "fine": ("✓", "green"),
    "off": ("·", "dim"),
    "broken": ("✗", "red"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. Only a broken one keeps the tutor from running."""

    state: State
    what: str
    says: str


async def examined(screen: Console) -> bool:
    """Look at everything, and print it. False if the tutor could not run."""
    try:
        given = settings.read()
    except settings.SettingsProblem as problem:
        _show(screen, Finding("broken", "settings", str(problem)))
        return False
    findings = [await finding for finding in _looks(given)]
    for finding in findings:
        _show(screen, finding)
    fine = all(finding.state != "broken" for finding in findings)
    screen.print(
        "The tutor can run." if fine else "The tutor cannot run until the lines with ✗ are mended."
    )
    return fine


def _looks(given: Settings) -> list[Awaitable[Finding]]:
    return [
        _guarded("data", lambda: _data(given)),
        _guarded("content", lambda: _content(given)),
        _guarded("database", lambda: _database(given)),
        _guarded("search", lambda: _search(given)),
        _guarded("model", lambda: _model(given)),
        _guarded("photos", lambda: _photos(given)),
        _guarded("voice", lambda: _voice(given)),
        _guarded("examiner", lambda: _examiner(given)),
        _guarded("spending", lambda: _spending(given)),
        _guarded("telegram", lambda: _telegram(given)),
        _guarded("discord", lambda: _discord(given)),
    ]


async def _guarded(what: str, look: Callable[[], Awaitable[Finding]]) -> Finding:
    try:
        return await look()
    except Exception as problem:  # noqa: BLE001  a doctor reports whatever is wrong, and looks on
        return Finding("broken", what, str(problem) or type(problem).__name__)


def _show(screen: Console, finding: Finding) -> None:
    sign, style = _SIGNS[finding.state]
    screen.print(Text.assemble((f"{sign} ", style), (f"{finding.what:<10}", "bold"), finding.says))


async def _data(given: Settings) -> Finding:
    return await asyncio.to_thread(_writable, given)


def _writable(given: Settings) -> Finding:
    try:
        given.data.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=given.data):
            pass
    except OSError as problem:
        return Finding(
            "broken", "data", f"{given.data} cannot be written ({problem.strerror}): set VIVA_DATA"
        )
    return Finding("fine", "data", f"{given.data}")


async def _content(given: Settings) -> Finding:
    problems = await asyncio.to_thread(check, given.content)
    if problems:
        return Finding(
            "broken",
            "content",
            f"{len(problems)} problems in {given.content}: `viva check` lists them",
        )
    library = await asyncio.to_thread(Library.load, given.content)
    questions = sum(len(library.questions(subject.id)) for subject in library.subjects)
    names = ", ".join(subject.name for subject in library.subjects)
    return Finding("fine", "content", f"{names}: {questions} questions")


async def _database(given: Settings) -> Finding:
    async with storage.opened(given.database):
        return Finding("fine", "database", storage.described(given.database))


async def _search(given: Settings) -> Finding:
    library = await asyncio.to_thread(Library.load, given.content)
    async with AsyncExitStack() as stack:
        notes = await stack.enter_async_context(
            app.searchable(given, library, embedding(given.embedding))
        )
        subject = library.subjects[0]
        await notes.search(subject.name, subject.id, None)
        where = f"at {given.index}" if given.chroma_url else f"in {given.index}"
        return Finding("fine", "search", f"{given.embedding}, index {where}")


async def _model(given: Settings) -> Finding:
    if not given.model:
        return Finding(
            "off", "model", "none: answers come from the notes as they are. VIVA_MODEL names one"
        )
    await app.language_model(given)
    where = f" at {given.model_url}" if given.model_url else ""
    return Finding("fine", "model", f"{given.model}{where} (not called)")


async def _photos(given: Settings) -> Finding:
    if given.model_sees:
        return Finding("fine", "photos", f"handwriting and print by {given.model}")
    if find_spec("rapidocr") is None:
        says = "not read: install viva-tutor[pictures], or set VIVA_MODEL_SEES"
        return Finding("off", "photos", says)
    return Finding("fine", "photos", "print, read here; VIVA_MODEL_SEES is for handwriting")


async def _voice(given: Settings) -> Finding:
    if not given.voice_model:
        return Finding("off", "voice", "nobody listens. VIVA_VOICE_MODEL names who does")
    return Finding("fine", "voice", f"{given.voice_model} (not called)")


async def _examiner(given: Settings) -> Finding:
    model = await app.language_model(given)
    examiner = await asyncio.to_thread(app.examining, given, embedding(given.embedding), model)
    return Finding("fine", "examiner", examiner.name)


async def _spending(given: Settings) -> Finding:
    async with storage.opened(given.database) as records:
        used = await app.ledger(given, records).today()
    if not given.model and not used:
        return Finding("off", "spending", "nothing: there is no model")
    said = [spending.spent(used, given.model_tokens_per_day), spending.saved(used)]
    return Finding("fine", "spending", " ".join(["Today (UTC):", *filter(None, said)]))


async def _telegram(given: Settings) -> Finding:
    if given.telegram_token is None:
        return Finding(
            "off",
            "telegram",
            "no token: `viva chat` works without. VIVA_TELEGRAM_TOKEN (from @BotFather)",
        )
    how = f"webhook {given.telegram_webhook_url}" if given.telegram_webhook_url else "polling"
    return Finding("fine", "telegram", f"token set, {how}, server {given.telegram_base_url}")


async def _discord(given: Settings) -> Finding:
    if given.discord_token is None:
        return Finding(
            "off",
            "discord",
            "no token. VIVA_DISCORD_TOKEN (from your application's page, under Bot)",
        )
    return Finding("fine", "discord", "token set; no privileged intent is needed")
