"""What people see on the emulated Discord."""

from __future__ import annotations

import discord
from simcord import InteractionResult, ResponseMessage
from simcord.types import HttpLogEntry


def read(result: InteractionResult) -> str:
    """The answer that took the place of the sign, or was given at once."""
    return shown(result).content


def shown(result: InteractionResult) -> ResponseMessage:
    """The message that took the place of the sign."""
    assert result.response, "nothing was answered"
    return result.response


def json(request: HttpLogEntry) -> dict[str, object]:
    """What was sent to Discord."""
    assert isinstance(request.json, dict)
    return request.json


def texts(result: InteractionResult) -> str:
    """All answers to an interaction."""
    shown = [result.response] if result.response else []
    return "\n\n".join(one.content for one in (*shown, *result.followups))


def labels(message: discord.Message) -> list[str]:
    """The labels of the buttons, or of the list, under a message."""
    found: list[str] = []
    for row in message.components:
        assert isinstance(row, discord.ActionRow)
        for item in row.children:
            if isinstance(item, discord.SelectMenu):
                found += [option.label for option in item.options]
            elif isinstance(item, discord.Button):
                found.append(item.label or "")
    return found
