"""The command menus of Discord in the languages that the tutor speaks."""

from __future__ import annotations

import discord
import pytest
from discord import Intents, app_commands

from adapters.discord.translator import Menus
from adapters.discord.tree import planted
from bot.commands import COMMANDS, CommandLine
from bot.messages import Chat, Command
from bot.speech import likeliest, say, speaking


class Nobody:
    """Nothing is said here."""

    async def command(
        self, interaction: discord.Interaction, line: CommandLine, rest: str | None
    ) -> None:
        """Never called."""

    async def marking(self, interaction: discord.Interaction, said: discord.Message) -> None:
        """Never called."""


async def _nothing(chat: Chat, command: Command) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize("locale", ["de", "fr", "es-ES", "es-419"])
async def test_summaries_and_fields_are_told_in_the_locale(locale: str) -> None:
    tree = planted(discord.Client(intents=Intents.none()), Nobody(), _nothing)
    await tree.set_translator(Menus())

    for line in COMMANDS:
        command = tree.get_command(line.name)
        assert isinstance(command, app_commands.Command)
        payload = await command.get_translated_payload(tree, Menus())
        with speaking(likeliest(locale)):
            assert payload["description_localizations"][locale] == say(line.summary)
            if line.takes:
                [field] = payload["options"]
                told = say(line.takes).replace("[", "").replace("]", "")
                assert field["description_localizations"][locale] == told
        assert payload["description"] == line.summary
        assert payload["name"] == line.name


async def test_other_locales_read_english() -> None:
    tree = planted(discord.Client(intents=Intents.none()), Nobody(), _nothing)
    command = tree.get_command("quiz")
    assert isinstance(command, app_commands.Command)

    payload = await command.get_translated_payload(tree, Menus())

    assert not {"pt-BR", "ja", "en-GB"} & {*payload["description_localizations"]}
