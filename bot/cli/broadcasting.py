"""`viva broadcast`: a message to every learner, rehearsed first."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot import storage
from bot.cli.problems import Unusable
from bot.messages import Reply
from bot.settings import Settings

LONGEST = 2000  # characters: one message on every platform, which arrives whole or not at all


async def announced(settings: Settings, file: Path, word: str, now: datetime) -> str:
    """What to print: a rehearsal, or with its word that the message is on its way.

    The same text is sent to nobody twice. Raises Unusable, StorageUnusable.
    """
    text = await asyncio.to_thread(_text, file)
    expected = hashlib.sha256(text.encode()).hexdigest()[:8]
    settings.data.mkdir(parents=True, exist_ok=True)
    async with storage.opened(settings.database) as opened, opened() as records:
        audience = await records.pushes.audience()
        if not word:
            return _rehearsal(text, audience, f"viva broadcast {file} --send {expected}")
        if word != expected:
            raise Unusable(
                f"The text is not the one that was rehearsed as {word}. Rehearse it again: "
                f"viva broadcast {file}"
            )
        new = await records.pushes.announce(f"broadcast:{expected}", Reply(text), now)
        await records.commit()
    if not new:
        return "Everybody has had this message, or will: nothing was added."
    return (
        f"On its way to {new:,} {_learners(new)}, at each platform's pace and in nobody's quiet "
        "hours. `viva run`, or `viva run --only push`, sends it."
    )


def _text(file: Path) -> str:
    """The text of the file. Raises Unusable."""
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as problem:
        raise Unusable(f"{file} cannot be read as text ({type(problem).__name__})") from problem
    if not text:
        raise Unusable(f"{file} is empty: write what everybody is to read")
    if len(text) > LONGEST:
        raise Unusable(
            f"{file} has {len(text):,} characters. A broadcast is one message of at most "
            f"{LONGEST:,}, so that it arrives whole or not at all"
        )
    return text


def _rehearsal(text: str, audience: Mapping[str, int], command: str) -> str:
    everybody = sum(audience.values())
    where = ", ".join(f"{many:,} on {platform}" for platform, many in sorted(audience.items()))
    if not everybody:
        return f"{text}\n\nNobody would read this: no learner has written on a platform yet."
    return (
        f"{text}\n\nThis would go to {everybody:,} {_learners(everybody)}: {where}. Nothing was "
        f"sent. To send it:\n{command}"
    )


def _learners(many: int) -> str:
    return "learner" if many == 1 else "learners"
