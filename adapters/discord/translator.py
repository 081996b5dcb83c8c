"""The command menus in the languages that the tutor speaks."""

from __future__ import annotations

from discord import Locale, app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from bot.speech import NAMES, likeliest, say, speaking


class Menus(app_commands.Translator):
    """Says the texts of commands in a locale of Discord; names of commands are one for all."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """The text in a language that is spoken; None for any other, and for English.

        The one that the catalogues have may stand beside it, as `said`.
        """
        language = likeliest(locale.value)
        if language == "en" or locale.value.split("-")[0] not in NAMES:
            return None
        with speaking(language):
            said = say(string.extras.get("said", string.message))
        return said.replace("[", "").replace("]", "")
