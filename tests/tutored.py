"""A whole tutor that has a language model across HTTP, as settings make it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import app
from bot.examiners.sheets import MarkSheet, PointEntry
from bot.settings import Settings
from tests.chat import Learner, Letterbox
from tests.content import write_subject
from tests.openai_server import Fills, OpenAIServer, Tokens


@dataclass(frozen=True, slots=True)
class Classroom:
    """A running tutor, and who talks to it."""

    viva: app.Viva
    box: Letterbox

    def learner(self, name: str = "ada", room: str = "") -> Learner:
        """Somebody who talks to this tutor."""
        return Learner(self.viva.desk, self.box, name, room)


@asynccontextmanager
async def classroom(
    folder: Path,
    server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    examiner: str,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[Classroom]:
    """A tutor that has a model. `more` settings go by their names without `VIVA_MODEL_`.

    Opened again in the same folder it is the same tutor after a restart.
    """
    if not (folder / "subjects").exists():
        write_subject(folder / "subjects")
    for name, value in (more or {}).items():
        monkeypatch.setenv(f"VIVA_MODEL_{name}", value)
    monkeypatch.setenv("VIVA_DATA", str(folder / "data"))
    monkeypatch.setenv("VIVA_CONTENT", str(folder / "subjects"))
    monkeypatch.setenv("VIVA_MODEL", "local-model")
    monkeypatch.setenv("VIVA_MODEL_URL", server.url)
    monkeypatch.setenv("VIVA_EXAMINER", examiner)
    box = Letterbox()
    async with app.opened(Settings()) as viva, viva.desk.serving([box]):
        yield Classroom(viva, box)


def sheet(*quotes: str, comment: str = "", tokens: Tokens = (1, 1)) -> Fills:
    """A form that awards each point for the words given, and not where there are none."""
    return Fills(
        MarkSheet(
            points=tuple(
                PointEntry(number=number, quote=quote, comment=comment, awarded=bool(quote))
                for number, quote in enumerate(quotes, start=1)
            )
        ),
        tokens,
    )
