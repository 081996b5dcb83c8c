"""`viva broadcast`: a message of the operator's to every learner, through the outbox of pushes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

from bot import app, storage
from bot.cli.problems import Unusable
from bot.messages import Reply
from bot.settings import Settings

_LONGEST = 3000  # characters: more is a letter, and belongs behind a link
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


async def announced(settings: Settings, file: Path, name: str, *, send: bool) -> list[str]:
    """Put a message into the outbox for every learner who has not had it: what to print.

    Without `send` nothing is kept. Raises Unusable.
    """
    if not _NAME.fullmatch(name):
        raise Unusable(
            "--name takes 2 to 40 small letters, digits and dashes, a letter first: term-starts"
        )
    text = await asyncio.to_thread(_text, file)
    settings.data.mkdir(parents=True, exist_ok=True)
    async with storage.opened(settings.database) as transactions, transactions() as records:
        known = await records.pushes.broadcast(name)
        if known is not None and known.text != text:
            raise Unusable(
                f"{name} was sent with another text. Give this one a name of its own, or the file "
                "as it was, which reaches those who have come since."
            )
        audience = await records.pushes.audience()
        new = await records.pushes.announce(name, Reply(text, private=True), app.now())
        if send:
            await records.commit()
    whole = sum(audience.values())
    if send:
        return [f"{name} is on its way to {_learners(new)}. `viva run` sends it."]
    return [
        text,
        "",
        f"This would go to {_learners(new)} of {whole}: {_shared(audience)}. Nothing was sent: add "
        "--send.",
    ]


def _text(file: Path) -> str:
    try:
        text = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8 text"
        raise Unusable(f"{file} cannot be read: {why}") from None
    if not text:
        raise Unusable(f"{file} is empty: write what learners are to read")
    if len(text) > _LONGEST:
        raise Unusable(f"{file} has {len(text)} characters: at most {_LONGEST} make one message")
    return text


def _learners(many: int) -> str:
    return f"{many} learner{'' if many == 1 else 's'}"


def _shared(audience: Mapping[str, int]) -> str:
    """Who is there, by platform."""
    return (
        ", ".join(f"{platform} {many}" for platform, many in sorted(audience.items())) or "nobody"
    )
