"""On whose behalf a turn is played: what a language model uses for it is counted to them.

A context variable, because those in between (examiners, lessons) have no use for it and tasks
begun in a turn inherit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from bot.messages import Chat


@dataclass(frozen=True, slots=True)
class Asker:
    """A learner, and the group in which they write ('telegram:-100'; '' where they are alone)."""

    learner: int
    group: str = ""


_asker: ContextVar[Asker | None] = ContextVar("asker", default=None)


def asker() -> Asker | None:
    """Who asks; None outside of any turn, as on the command line."""
    return _asker.get()


@contextmanager
def asking(learner: int, chat: Chat) -> Iterator[None]:
    """Whatever runs within the block runs for this learner."""
    group = "" if chat.alone else f"{chat.platform}:{chat.room}"
    token = _asker.set(Asker(learner, group))
    try:
        yield
    finally:
        _asker.reset(token)
