"""Rooms and their rounds. The promises are those of `bot.rounds`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.learners import Entered
from bot.messages import Chat, Message
from bot.ports import Overtaken
from bot.rounds import (
    PATIENCE,
    Arranged,
    Closed,
    Entry,
    Left,
    Meeting,
    Permitted,
    Relocated,
    Result,
    Room,
    Round,
    Started,
)
from bot.routines import Hours
from bot.storage import upserts
from bot.storage.attempts import attempt_row
from bot.storage.tables import (
    attempts,
    conversations,
    entries,
    inbox,
    meetings,
    outbox,
    rooms,
    rounds,
)
from knowledge.content import QuestionId

OfRounds = Started | Entered | Permitted | Left | Closed | Arranged | Meeting | Relocated

_ENTRIES = select(
    entries, attempts.c.answer, attempts.c.marks, attempts.c.out_of, rounds.c.ends_at
).join_from(entries, attempts, entries.c.attempt == attempts.c.id)
_ENTRIES = _ENTRIES.join(rounds, entries.c.round == rounds.c.id)


class SqlRounds:
    """Rooms and rounds, within one transaction on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    async def room(self, chat: Chat) -> Room:
        """What is arranged for a chat's room; the defaults where nothing is."""
        found = await self._connection.execute(select(rooms).where(_in(rooms, chat)))
        row = found.one_or_none()
        return Room() if row is None else Room(row.subject, row.level, row.starters, row.language)

    async def turned_away(self, chat: Chat, now: datetime) -> bool:
        """Note that a room is told that it is not served. False if it was told before."""
        noted = upserts.turned_away(self._dialect, chat, now)
        return await self._connection.scalar(noted) is not None

    async def came_at(self, message: Message) -> datetime:
        """When a message was put in the inbox. Raises LookupError if it never was."""
        at: datetime | None = await self._connection.scalar(
            select(inbox.c.received_at).where(
                inbox.c.platform == message.chat.platform, inbox.c.update_id == message.update_id
            )
        )
        if at is None:
            raise LookupError(f"update {message.update_id} was never put in the inbox")
        return at

    async def find(self, id: str) -> Round | None:
        """The round with this id; None if there is none."""
        return await self._one(rounds.c.id == id)

    async def running(self, chat: Chat) -> Round | None:
        """The round that runs in a chat's room; None if none does."""
        called = and_(rounds.c.revealed_at.is_(None), rounds.c.daily.is_(False))
        return await self._one(and_(_in(rounds, chat), called))

    async def meeting(self, chat: Chat) -> Meeting | None:
        """When a room has its question of the day; None where that was never arranged."""
        found = await self._connection.execute(select(meetings).where(_in(meetings, chat)))
        row = found.one_or_none()
        return None if row is None else _meeting(row)

    async def meetings(self, now: datetime) -> Sequence[Meeting]:
        """The rooms whose question of the day is due."""
        due = select(meetings).where(meetings.c.next_at <= now).order_by(meetings.c.next_at)
        return [_meeting(row) for row in await self._connection.execute(due)]

    async def moved(self, met: Meeting, next_at: datetime | None) -> bool:
        """Note when a room's next question comes. False if somebody else did, or it was changed."""
        still = update(meetings).where(_in(meetings, met.chat), meetings.c.next_at == met.next_at)
        moving = still.values(next_at=next_at, wanted=next_at is not None)
        return (await self._connection.execute(moving)).rowcount > 0

    async def unheard(self, met: Meeting, most: int) -> bool:
        """Whether a room has left `most` daily questions in a row unanswered since it met so."""
        answered = exists().where(entries.c.round == rounds.c.id).label("answered")
        daily = and_(rounds.c.daily.is_(True), rounds.c.started_at >= met.since)
        here = select(answered).where(_in(rounds, met.chat), daily)
        last = await self._connection.scalars(here.order_by(rounds.c.ends_at.desc()).limit(most))
        found = last.all()
        return len(found) == most and not any(found)

    async def asked(self, chat: Chat) -> Sequence[QuestionId]:
        """The questions of all rounds in a chat's room, oldest first."""
        here = select(rounds.c.question).where(_in(rounds, chat))
        found = await self._connection.scalars(here.order_by(rounds.c.ends_at))
        return [QuestionId(id) for id in found]

    async def entries(self, round: str) -> Sequence[Entry]:
        """Who answered, in the order they did."""
        theirs = _ENTRIES.where(entries.c.round == round).order_by(entries.c.attempt)
        return [_entry(row) for row in await self._connection.execute(theirs)]

    async def results(self, chat: Chat, since: datetime) -> Sequence[Result]:
        """The entries of a room's revealed rounds that ended since then, in order."""
        here = and_(_in(rounds, chat), rounds.c.ends_at >= since, rounds.c.revealed_at.is_not(None))
        found = await self._connection.execute(_ENTRIES.where(here).order_by(entries.c.attempt))
        return [Result(row.round, row.ends_at, _entry(row)) for row in found]

    async def due(self, now: datetime) -> Sequence[Round]:
        """The rounds to reveal now; one waits PATIENCE for messages that came while it ran."""
        awaited = exists().where(
            inbox.c.platform == rounds.c.platform,
            inbox.c.content.is_not(None),
            inbox.c.received_at.between(rounds.c.started_at, rounds.c.ends_at),
        )
        over = and_(rounds.c.revealed_at.is_(None), rounds.c.ends_at <= now)
        waited = rounds.c.ends_at <= now - PATIENCE
        ready = select(rounds).where(over, or_(waited, ~awaited)).order_by(rounds.c.ends_at)
        return [_round(row) for row in await self._connection.execute(ready)]

    async def under_way(self, now: datetime) -> Sequence[Round]:
        """The rounds that were called, and have time left."""
        called = and_(rounds.c.revealed_at.is_(None), rounds.c.daily.is_(False))
        left = select(rounds).where(called, rounds.c.ends_at > now).order_by(rounds.c.ends_at)
        return [_round(row) for row in await self._connection.execute(left)]

    async def ticked(self, round: str, seconds: int) -> bool:
        """Note that a round's message says so many are left. False if it does, or says fewer."""
        more = or_(rounds.c.clock.is_(None), rounds.c.clock > seconds)
        behind = and_(rounds.c.id == round, rounds.c.revealed_at.is_(None), more)
        telling = update(rounds).where(behind).values(clock=seconds)
        return (await self._connection.execute(telling)).rowcount > 0

    async def revealed(self, round: str, now: datetime) -> bool:
        """Note that a round is revealed. False if it was before."""
        running = update(rounds).where(rounds.c.id == round, rounds.c.revealed_at.is_(None))
        return (await self._connection.execute(running.values(revealed_at=now))).rowcount > 0

    async def keep(self, change: OfRounds) -> None:
        """Record what came of a turn. Raises Overtaken where that can no longer be."""
        match change:
            case Started(begun):
                if await self._connection.scalar(upserts.round(self._dialect, begun)) is None:
                    raise Overtaken("another round runs in this room")
            case Entered():
                await self._enter(change)
            case Permitted(round, learner, quotable):
                theirs = and_(entries.c.round == round, entries.c.learner == learner)
                quoting = update(entries).where(theirs).values(quotable=quotable)
                await self._connection.execute(quoting)
            case Left():
                await self._leave(change)
            case Closed(round, at):
                later = and_(rounds.c.ends_at > at, rounds.c.revealed_at.is_(None))
                ending = update(rounds).where(rounds.c.id == round, later).values(ends_at=at)
                await self._connection.execute(ending)
            case Arranged() | Meeting() | Relocated():
                await self._arrange(change)

    async def _enter(self, entered: Entered) -> None:
        """Keep the attempt, and its place in the round unless its learner has one."""
        running = select(rounds.c.id).where(
            rounds.c.id == entered.round, rounds.c.revealed_at.is_(None)
        )
        if await self._connection.scalar(running.with_for_update()) is None:
            raise Overtaken("the round was revealed meanwhile")
        learner = entered.attempt.learner
        there = select(entries.c.attempt).where(
            entries.c.round == entered.round, entries.c.learner == learner
        )
        if await self._connection.scalar(there) is not None:
            raise Overtaken("this learner has an entry")
        row = insert(attempts).values(attempt_row(entered.attempt)).returning(attempts.c.id)
        place = {
            "attempt": await self._connection.scalar(row),
            "round": entered.round,
            "learner": learner,
            "platform": entered.chat.platform,
            "room": entered.chat.room,
            "person": entered.chat.person,
            "name": entered.name,
            "quotable": False,
            "counts": entered.counts,
        }
        await self._connection.execute(insert(entries).values(place))

    async def _leave(self, left: Left) -> None:
        if left.round:
            which: ColumnElement[bool] = entries.c.round == left.round
        else:
            which = entries.c.round.in_(select(rounds.c.id).where(_in(rounds, left.chat)))
        await self._connection.execute(
            delete(entries).where(entries.c.learner == left.learner, which)
        )

    async def _arrange(self, change: Arranged | Meeting | Relocated) -> None:
        match change:
            case Relocated(chat, to):
                await self._relocate(chat, to)
            case Meeting():
                await self._connection.execute(upserts.meeting(self._dialect, change))
            case Arranged():
                await self._connection.execute(upserts.room(self._dialect, change))

    async def _relocate(self, chat: Chat, to: str) -> None:
        """Give a room's rows its new name; those of their kind which have it already give way."""
        new = Chat(chat.platform, to, "")
        for table in (rooms, meetings, rounds, entries, conversations, outbox):
            known = select(table.c.room).where(_in(table, chat)).limit(1)
            if await self._connection.scalar(known) is None:
                continue
            if table in {rooms, meetings, conversations}:
                await self._connection.execute(delete(table).where(_in(table, new)))
            await self._connection.execute(update(table).where(_in(table, chat)).values(room=to))

    async def _one(self, which: ColumnElement[bool]) -> Round | None:
        row = (await self._connection.execute(select(rounds).where(which))).one_or_none()
        return None if row is None else _round(row)


def _in(table: Table, chat: Chat) -> ColumnElement[bool]:
    return and_(table.c.platform == chat.platform, table.c.room == chat.room)


def _round(row: Row) -> Round:
    return Round(
        row.id,
        Chat(row.platform, row.room, ""),
        row.starter,
        QuestionId(row.question),
        row.part,
        row.seed,
        row.started_at,
        row.ends_at,
        row.revealed_at,
        row.daily,
    )


def _meeting(row: Row) -> Meeting:
    days = tuple(int(day) for day in row.days)
    chat, hours = Chat(row.platform, row.room, ""), Hours(row.minute, days, quiet=None)
    return Meeting(chat, hours, row.zone, row.since, row.wanted, row.next_at)


def _entry(row: Row) -> Entry:
    return Entry(
        row.learner,
        row.name,
        Chat(row.platform, row.room, row.person),
        row.attempt,
        row.answer,
        row.marks,
        row.out_of,
        row.quotable,
        row.counts,
    )
