"""The slash commands, made from the one table of commands, and the menu on a message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Protocol

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, CommandTree, locale_str

from adapters.discord import inbound
from bot.commands import COMMANDS, MARK_THIS, CommandLine
from bot.messages import Command, Suggest

MOST_SUGGESTED = 25
LONGEST_SUGGESTION = 100  # characters
PROMPT = 2.5  # seconds: a suggestion that comes after three is not shown
_log = logging.getLogger(__name__)

Suggested = list[app_commands.Choice[str]]


class Said(Protocol):
    """What a command, or the menu on a message, is handed to."""

    async def command(
        self, interaction: discord.Interaction, line: CommandLine, rest: str | None
    ) -> None:
        """A slash command."""
        ...

    async def marking(self, interaction: discord.Interaction, said: discord.Message) -> None:
        """The menu on a message."""
        ...


def planted(client: discord.Client, said: Said, suggest: Suggest) -> CommandTree[discord.Client]:
    """All commands of the table, in servers and in direct messages."""
    tree = CommandTree(
        client,
        allowed_contexts=AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
    )
    for line in COMMANDS:
        tree.add_command(_command(line, said, suggest))
    tree.add_command(
        app_commands.ContextMenu(name=locale_str(MARK_THIS.summary), callback=_marking(said))
    )
    return tree


def _marking(
    said: Said,
) -> Callable[[discord.Interaction, discord.Message], Coroutine[None, None, None]]:
    async def mark(interaction: discord.Interaction, message: discord.Message) -> None:
        await said.marking(interaction, message)

    return mark


def _command(line: CommandLine, said: Said, suggest: Suggest) -> app_commands.Command:
    if not line.field:

        async def alone(interaction: discord.Interaction) -> None:
            await said.command(interaction, line, None)

        return app_commands.Command(
            name=line.name, description=locale_str(line.summary), callback=alone
        )
    command = _taking(line, said)
    if line.suggests:
        command.autocomplete("words")(_suggesting(line, suggest))
    return command


def _bare(takes: str) -> str:
    return takes.replace("[", "").replace("]", "")


def _taking(line: CommandLine, said: Said) -> app_commands.Command:
    """A command with a field, which may be left empty unless something has to follow."""

    async def optional(interaction: discord.Interaction, words: str | None = None) -> None:
        await said.command(interaction, line, words)

    async def required(interaction: discord.Interaction, words: str) -> None:
        await said.command(interaction, line, words)

    callback = required if line.must_take else optional
    app_commands.describe(words=locale_str(_bare(line.takes), said=line.takes))(callback)
    app_commands.rename(words=line.field)(callback)
    return app_commands.Command(
        name=line.name, description=locale_str(line.summary), callback=callback
    )


def _suggesting(
    line: CommandLine, suggest: Suggest
) -> Callable[[discord.Interaction, str], Coroutine[None, None, Suggested]]:
    async def suggested(interaction: discord.Interaction, typed: str) -> Suggested:
        try:
            async with asyncio.timeout(PROMPT):
                words = await suggest(inbound.chat(interaction), Command(line.name, typed))
        except Exception as problem:  # noqa: BLE001 - without suggestions, learners just type
            _log.warning("nothing suggested for /%s: %s", line.name, type(problem).__name__)
            return []
        fitting = [word for word in words if word and len(word) <= LONGEST_SUGGESTION]
        return [app_commands.Choice(name=one, value=one) for one in fitting[:MOST_SUGGESTED]]

    return suggested
