"""What a lesson returns: what to say, where that leaves the conversation, and what to record."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue import Dialogue
from bot.learners import Change
from bot.messages import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one message; the tutor keeps it whole or not at all."""

    replies: tuple[Reply, ...]
    dialogue: Dialogue
    changes: tuple[Change, ...] = ()
