"""Messages and letters as rows, and back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Row

from bot.messages import Chat, Message, Reply
from bot.ports import Letter
from bot.storage import codec

log = logging.getLogger(__name__)


def letter_row(chat: Chat, reply: Reply, now: datetime) -> dict[str, object]:
    """The columns of a letter that waits in the outbox."""
    return {
        "platform": chat.platform,
        "room": chat.room,
        "person": chat.person,
        "reply": codec.reply_json(reply),
        "tries": 0,
        "written_at": now,
        "mark": reply.mark,
    }


def messages(rows: Iterable[Row]) -> Iterable[Message]:
    """The messages that can be read: one that cannot must not hold up everybody else's."""
    for row in rows:
        try:
            content = codec.content(row.content)
        except codec.Unreadable:
            log.exception("message %s of the inbox is left unanswered", row.id)
            continue
        yield Message(_chat(row), content, row.update_id, row.locale, row.name, post=row.post)


def letters(rows: Iterable[Row]) -> Iterable[Letter]:
    """The letters that can be read: one that cannot must not hold up everybody else's."""
    for row in rows:
        try:
            reply = codec.reply(row.reply)
        except codec.Unreadable:
            log.exception("letter %s of the outbox is left unsent", row.id)
            continue
        yield Letter(row.id, _chat(row), reply, row.tries)


def _chat(row: Row) -> Chat:
    return Chat(row.platform, row.room, row.person)
