"""Inline mode: a question is found by words typed behind the bot's name, and put into any chat."""

from __future__ import annotations

import asyncio
import logging

from telegram import (
    Bot,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from adapters.markup import telegram_pages
from adapters.telegram.inbound import PLATFORM
from adapters.telegram.keyboard import keyboard
from bot.messages import Chat, Offer, Share
from bot.speech import likeliest, say, speaking

LONGEST_DESCRIPTION = 120  # characters: what the app shows of it
KEPT = 60  # seconds that Telegram may answer the same words by itself
_log = logging.getLogger(__name__)


class Sharing:
    """Answers inline queries."""

    def __init__(self, bot: Bot, share: Share) -> None:
        self._bot = bot
        self._share = share

    async def answer(self, query: InlineQuery) -> None:
        """Offer what fits the words. Never raises: without an answer, the list stays empty."""
        person, locale = str(query.from_user.id), query.from_user.language_code or ""
        try:
            offers = await self._share(Chat(PLATFORM, person, person), query.query, locale)
            articles = await asyncio.to_thread(self._articles, offers)
            with speaking(likeliest(locale)):
                private = InlineQueryResultsButton(say("Open the tutor"), start_parameter="inline")
            await self._bot.answer_inline_query(
                query.id, articles, cache_time=KEPT, is_personal=True, button=private
            )
        except Exception as problem:  # noqa: BLE001 - storage or network: nobody waits for this
            _log.warning("an inline query is not answered: %s", type(problem).__name__)

    def _articles(self, offers: tuple[Offer, ...]) -> list[InlineQueryResultArticle]:
        """One for each that fits a single message."""
        shown = [(offer, telegram_pages(offer.text)) for offer in offers]
        return [self._article(offer, pages[0]) for offer, pages in shown if len(pages) == 1]

    def _article(self, offer: Offer, page: str) -> InlineQueryResultArticle:
        return InlineQueryResultArticle(
            offer.id,
            offer.title,
            InputTextMessageContent(
                page, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
            keyboard((offer.choice,), self._bot.username),
            description=offer.about[:LONGEST_DESCRIPTION],
        )
