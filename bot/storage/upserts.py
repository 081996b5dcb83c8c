"""Insertions that may meet a row already there: the one thing each database says in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot.learners import Card
from bot.messages import Chat, Message
from bot.ports import PATIENCE, Item
from bot.rounds import Arranged, Meeting, Room, Round
from bot.storage import codec
from bot.storage.tables import (
    accounts,
    appeals,
    cards,
    conversations,
    inbox,
    judgements,
    ledger,
    meetings,
    rooms,
    rounds,
)

Insert = postgresql.Insert | sqlite.Insert
Returning = ReturningInsert[tuple[int]]


def received(dialect: str, message: Message, now: datetime) -> Returning:
    """Put a message in the inbox, unless this update was; returns its id if it was not."""
    chat = message.chat
    row = _insert(dialect, inbox).values(
        platform=chat.platform,
        update_id=message.update_id,
        room=chat.room,
        person=chat.person,
        locale=message.locale,
        name=message.name,
        post=message.post,
        content=codec.content_json(message.content),
        received_at=now,
        next_try_at=now + PATIENCE,
    )
    unless_there = row.on_conflict_do_nothing(index_elements=["platform", "update_id"])
    return unless_there.returning(inbox.c.id)


def account(dialect: str, chat: Chat, learner: int) -> Returning:
    """Give an account to a learner, unless it has one; returns the learner's id if it had none."""
    row = _insert(dialect, accounts).values(
        platform=chat.platform, person=chat.person, learner=learner
    )
    unless_there = row.on_conflict_do_nothing(index_elements=["platform", "person"])
    return unless_there.returning(accounts.c.learner)


def appeal(dialect: str, row: Mapping[str, object]) -> Returning:
    """Keep an appeal, unless its point was appealed before; returns its id if it was not."""
    kept = _insert(dialect, appeals).values(**row)
    unless_there = kept.on_conflict_do_nothing(index_elements=["attempt", "point"])
    return unless_there.returning(appeals.c.id)


def conversation(dialect: str, chat: Chat, dialogue: str) -> Insert:
    """Set where a conversation stands, and count its version on."""
    row = _insert(dialect, conversations).values(
        platform=chat.platform, person=chat.person, room=chat.room, dialogue=dialogue, version=1
    )
    return row.on_conflict_do_update(
        index_elements=["platform", "person", "room"],
        set_={"dialogue": dialogue, "version": conversations.c.version + 1},
    )


def card(dialect: str, kept: Card) -> Insert:
    """Set when a question is due again."""
    row = _insert(dialect, cards).values(
        learner=kept.learner, question=kept.question, due=kept.due, memory=kept.memory
    )
    return row.on_conflict_do_update(
        index_elements=["learner", "question"], set_={"due": kept.due, "memory": kept.memory}
    )


def used(dialect: str, day: date, purse: str, item: Item, amount: int) -> Insert:
    """Add to what was used on a day."""
    row = _insert(dialect, ledger).values(day=day, purse=purse, item=item, amount=amount)
    return row.on_conflict_do_update(
        index_elements=["day", "purse", "item"], set_={"amount": ledger.c.amount + amount}
    )


def judgement(dialect: str, key: str, marks: str) -> Insert:
    """Set what was judged under a key."""
    row = _insert(dialect, judgements).values(key=key, marks=marks)
    return row.on_conflict_do_update(index_elements=["key"], set_={"marks": marks})


def round(dialect: str, begun: Round) -> ReturningInsert[tuple[str]]:
    """Begin a round, unless one runs in its room; returns its id if it did."""
    row = _insert(dialect, rounds).values(
        id=begun.id,
        platform=begun.chat.platform,
        room=begun.chat.room,
        starter=begun.starter,
        question=begun.question,
        part=begun.part,
        seed=begun.seed,
        started_at=begun.started_at,
        ends_at=begun.ends_at,
        daily=begun.daily,
    )
    return row.on_conflict_do_nothing().returning(rounds.c.id)


def room(dialect: str, arranged: Arranged) -> Insert:
    """Set what holds in a room."""
    chat, held = arranged.chat, arranged.room
    settings = _settings(held)
    row = _insert(dialect, rooms).values(platform=chat.platform, room=chat.room, **settings)
    return row.on_conflict_do_update(index_elements=["platform", "room"], set_=settings)


def _settings(held: Room) -> dict[str, str]:
    return {
        "subject": held.subject,
        "level": held.level,
        "starters": held.starters,
        "language": held.language,
    }


def meeting(dialect: str, held: Meeting) -> Insert:
    """Set when a room has its question of the day."""
    times = {
        "minute": held.hours.minute,
        "days": "".join(str(day) for day in held.hours.days),
        "zone": held.zone,
        "since": held.since,
        "wanted": held.on,
        "next_at": held.next_at,
    }
    row = _insert(dialect, meetings).values(
        platform=held.chat.platform, room=held.chat.room, **times
    )
    return row.on_conflict_do_update(index_elements=["platform", "room"], set_=times)


def turned_away(dialect: str, chat: Chat, now: datetime) -> ReturningInsert[tuple[str]]:
    """Note that a room was told that it is not served; returns it if it was not before."""
    row = _insert(dialect, rooms).values(
        platform=chat.platform, room=chat.room, turned_away_at=now, **_settings(Room())
    )
    once = row.on_conflict_do_update(
        index_elements=["platform", "room"],
        set_={"turned_away_at": now},
        where=rooms.c.turned_away_at.is_(None),
    )
    return once.returning(rooms.c.room)


def _insert(dialect: str, table: Table) -> Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
