"""Routines and pushes: the statements of the outbox of those who are written to unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    String,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.learners import Dismissed, Settled, Snoozed
from bot.messages import Reply
from bot.pushes import Later, Outcome, Prospect, Push, Send, Tally
from bot.routines import Routine
from bot.storage import codec
from bot.storage.push_rows import fate_row, prospect, push, routine, routine_row, streak, streak_row
from bot.storage.push_tables import broadcasts, paces, pushes, routines, streaks
from bot.storage.tables import accounts, attempts, cards, conversations, inbox, learners
from bot.streaks import Streak

_LATELY = timedelta(days=14)  # what was pushed since then is not pushed again
_WAITS = pushes.c.state == "waiting"
_CHAT = ("platform", "room", "person")
_NEXT_IS = ("standing", "unanswered", "next_day", "next_push_at")
_FATE = (
    update(pushes)
    .where(pushes.c.id == bindparam("of"), _WAITS, pushes.c.tries == bindparam("lease"))
    .values(
        state=bindparam("fate"),
        why=bindparam("reason"),
        **{
            name: func.coalesce(bindparam(f"new_{name}", type_=pushes.c[name].type), pushes.c[name])
            for name in ("not_before", "begun_at", "question", "asked", "aside")
        },
    )
)
_NEXT = (  # a routine that was switched off meanwhile stays off
    update(routines)
    .where(routines.c.learner == bindparam("whose"), routines.c.standing == "on")
    .values(
        {name: bindparam(name) for name in ("standing", "unanswered", "next_day", "next_push_at")}
    )
)
_SENT = (
    update(pushes)
    .where(pushes.c.id == bindparam("of"), pushes.c.state == "sending")
    .values(state="sent", sent_at=bindparam("at"))
)


class SqlPushes:
    """Routines and pushes within one transaction. The promises are those of `bot.pushes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    async def routine(self, learner: int) -> Routine | None:
        """What a learner has arranged; None who never did."""
        theirs = select(routines).where(routines.c.learner == learner)
        row = (await self._connection.execute(theirs)).mappings().one_or_none()
        return None if row is None else routine(row)

    async def streak(self, learner: int) -> Streak | None:
        """A learner's streak; None where none was kept."""
        theirs = select(streaks).where(streaks.c.learner == learner)
        row = (await self._connection.execute(theirs)).mappings().one_or_none()
        return None if row is None else streak(row)

    async def push(self, id: int, learner: int) -> Push | None:
        """This push, if it is this learner's."""
        this = select(pushes).where(pushes.c.id == id, pushes.c.learner == learner)
        row = (await self._connection.execute(this)).mappings().one_or_none()
        return None if row is None else push(row)

    async def uncertain(self, learner: int, before: datetime) -> Push | None:
        """The newest push begun before then of which nobody knows whether it arrived, if any."""
        lost = select(pushes).where(
            pushes.c.learner == learner, pushes.c.state == "sending", pushes.c.begun_at < before
        )
        newest = lost.order_by(pushes.c.begun_at.desc()).limit(1)
        row = (await self._connection.execute(newest)).mappings().one_or_none()
        return None if row is None else push(row)

    async def keep(self, change: Routine | Streak | Snoozed | Dismissed | Settled) -> None:
        """Record what a learner arranged, or what became of a push by what they did."""
        match change:
            case Routine():
                row = routine_row(change)
                new = self._insert(routines).values(row)
                await self._connection.execute(
                    new.on_conflict_do_update(index_elements=["learner"], set_=row)
                )
            case Streak():
                row = streak_row(change)
                new = self._insert(streaks).values(row)
                await self._connection.execute(
                    new.on_conflict_do_update(index_elements=["learner"], set_=row)
                )
            case Snoozed(id, until):
                again = update(pushes).where(
                    pushes.c.id == id, pushes.c.state.in_(["sent", "waiting"])
                )
                await self._connection.execute(again.values(state="waiting", not_before=until))
            case Dismissed(id):
                no_more = update(pushes).where(pushes.c.id == id, _WAITS)
                await self._connection.execute(no_more.values(state="dropped", why="not today"))
            case Settled(id):
                known = update(pushes).where(pushes.c.id == id, pushes.c.state == "sending")
                await self._connection.execute(
                    known.values(state="sent", sent_at=pushes.c.begun_at)
                )

    async def plan(self, now: datetime) -> int:
        """Put one push into the outbox for every learner who is due: how many.

        Asking twice plans nothing twice. Two statements, whose cost follows how many are due.
        """
        due = routines.c.next_push_at <= now
        chosen = select(
            routines.c.learner,
            routines.c.next_day,
            *(routines.c[name] for name in _CHAT),
            routines.c.next_push_at,
            literal("waiting", String),
            routines.c.next_push_at,
            literal_column("0"),
        ).where(due)
        columns = ["learner", "occasion", *_CHAT, "due_at", "state", "not_before", "tries"]
        new = self._insert(pushes).from_select(columns, chosen)
        done = await self._connection.execute(
            new.on_conflict_do_nothing(index_elements=["learner", "occasion"])
        )
        there = exists().where(
            pushes.c.learner == routines.c.learner, pushes.c.occasion == routines.c.next_day
        )
        await self._connection.execute(
            update(routines)
            .where(due, there)
            .values(last_day=routines.c.next_day, next_day=None, next_push_at=None)
        )
        return done.rowcount

    async def lease(
        self, platform: str, now: datetime, most: int, until: datetime
    ) -> tuple[Push, ...]:
        """Take pushes that may be sent now, longest first; nobody else takes them before then."""
        may = select(pushes.c.id).where(
            pushes.c.platform == platform, _WAITS, pushes.c.not_before <= now
        )
        first = may.order_by(pushes.c.not_before).limit(most).with_for_update(skip_locked=True)
        taken = update(pushes).where(pushes.c.id.in_(first.scalar_subquery()))
        rows = await self._connection.execute(
            taken.values(not_before=until, tries=pushes.c.tries + 1).returning(pushes)
        )
        return tuple(push(row) for row in rows.mappings())

    async def prospects(self, learners: Sequence[int], now: datetime) -> Mapping[int, Prospect]:
        """What is known of these learners; those who are gone are left out."""
        people = (await self._connection.execute(_people(learners))).mappings().all()
        due = select(cards).where(cards.c.learner.in_(learners), cards.c.due <= now)
        seen = select(
            *(attempts.c[name] for name in ("learner", "question", "part", "at", "marks", "out_of"))
        ).where(attempts.c.learner.in_(learners))
        pushed = select(pushes.c.learner, pushes.c.question, pushes.c.begun_at).where(
            pushes.c.learner.in_(learners),
            pushes.c.begun_at > now - _LATELY,
            pushes.c.question.is_not(None),
        )
        found = [
            (await self._connection.execute(statement)).mappings().all()
            for statement in (
                due.order_by(cards.c.due),
                seen.order_by(attempts.c.at, attempts.c.id),
                pushed.order_by(pushes.c.begun_at),
            )
        ]
        of = [_by_learner(rows) for rows in found]
        return {
            row["id"]: prospect(row, *(rows.get(row["id"], []) for rows in of)) for row in people
        }

    async def broadcast(self, occasion: str) -> Reply | None:
        """What a broadcast says; None for an occasion that is none."""
        said = select(broadcasts.c.reply).where(broadcasts.c.occasion == occasion)
        stored: str | None = await self._connection.scalar(said)
        return None if stored is None else codec.reply(stored)

    async def fence(self, outcomes: Sequence[Outcome], now: datetime) -> frozenset[int]:
        """Keep what is to become of leased pushes: the ids of those to be sent right now.

        Nobody else sends them, and nobody ever will should the caller die on the way. A lease that
        somebody else has taken over changes nothing.
        """
        if not outcomes:
            return frozenset()
        await self._connection.execute(_FATE, [fate_row(outcome, now) for outcome in outcomes])
        ids = [outcome.push.id for outcome in outcomes]
        kept = select(pushes.c.id, pushes.c.tries, pushes.c.state).where(pushes.c.id.in_(ids))
        now_are = {(id, tries): state for id, tries, state in await self._connection.execute(kept)}
        mine = [
            outcome
            for outcome in outcomes
            if now_are.get((outcome.push.id, outcome.push.tries)) == fate_row(outcome, now)["fate"]
        ]
        next = [
            {**routine_row(outcome.routine), "whose": outcome.routine.learner}
            for outcome in mine
            if not isinstance(outcome, Later) and outcome.routine is not None
        ]
        if next:
            await self._connection.execute(_NEXT, next)
        return frozenset(outcome.push.id for outcome in mine if isinstance(outcome, Send))

    async def arrived(self, sent: Sequence[Send], now: datetime) -> None:
        """These were sent: the conversations go on with what they ask."""
        if not sent:
            return
        await self._connection.execute(_SENT, [{"of": s.push.id, "at": now} for s in sent])
        ids = [each.push.id for each in sent]
        known = select(pushes.c.id).where(pushes.c.id.in_(ids), pushes.c.state == "sent")
        there = set(await self._connection.scalars(known))  # a learner may be forgotten meanwhile
        open = [
            {
                **dict(zip(_CHAT, astuple(each.push.chat), strict=True)),
                "dialogue": codec.dialogue_json(each.asked),
                "version": 1,
            }
            for each in sent
            if each.asked is not None and each.push.id in there
        ]
        if open:
            new = self._insert(conversations)
            stands = {
                "dialogue": new.excluded.dialogue,
                "version": conversations.c.version + 1,
            }
            await self._connection.execute(
                new.on_conflict_do_update(index_elements=[*_CHAT], set_=stands), open
            )

    async def refused(self, push: Push, why: str, now: datetime) -> None:
        """The platform will never take it."""
        never = update(pushes).where(pushes.c.id == push.id, pushes.c.state == "sending")
        await self._connection.execute(never.values(state="dropped", why=why))

    async def unreachable(self, push: Push, now: datetime) -> None:
        """Nothing can be sent to this chat: its routine is switched off."""
        await self.refused(push, "the learner cannot be reached", now)
        there = [routines.c[name] == getattr(push.chat, name) for name in _CHAT]
        await self._connection.execute(
            update(routines)
            .where(routines.c.learner == push.learner, *there)
            .values(standing="off", next_day=None, next_push_at=None)
        )

    async def put_off(self, push: Push, until: datetime) -> None:
        """The platform did not take it: it waits again."""
        again = update(pushes).where(pushes.c.id == push.id, pushes.c.state == "sending")
        await self._connection.execute(again.values(state="waiting", not_before=until))

    async def free_at(self, platform: str) -> datetime | None:
        """From when on the platform may be called; None: at once. Held until the commit."""
        when = select(paces.c.free_at).where(paces.c.platform == platform)
        free_at: datetime | None = await self._connection.scalar(when.with_for_update())
        return free_at

    async def reserve(self, platform: str, until: datetime) -> None:
        """Nobody is to call the platform before then."""
        row = {"platform": platform, "free_at": until}
        new = self._insert(paces).values(row)
        await self._connection.execute(
            new.on_conflict_do_update(index_elements=["platform"], set_={"free_at": until})
        )

    async def tally(self) -> Tally:
        """How many there are in each state."""
        counted = select(pushes.c.state, func.count()).group_by(pushes.c.state)
        many = {state: count for state, count in await self._connection.execute(counted)}  # noqa: C416  rows are no pairs
        return Tally(
            many.get("waiting", 0),
            many.get("sending", 0),
            many.get("sent", 0),
            many.get("dropped", 0),
        )

    async def announce(self, occasion: str, reply: Reply, now: datetime) -> int:
        """Put a broadcast into the outbox for every learner, once: how many are new."""
        row = {"occasion": occasion, "reply": codec.reply_json(reply), "written_at": now}
        new = self._insert(broadcasts).values(row)
        await self._connection.execute(new.on_conflict_do_nothing(index_elements=["occasion"]))
        at, waiting = literal(now, pushes.c.due_at.type), literal("waiting", String)
        everybody = select(
            accounts.c.learner,
            literal(occasion, String),
            accounts.c.platform,
            accounts.c.person,
            accounts.c.person,
            at,
            waiting,
            at,
            literal_column("0"),
        ).where(_hears())
        columns = ["learner", "occasion", *_CHAT, "due_at", "state", "not_before", "tries"]
        letters = self._insert(pushes).from_select(columns, everybody)
        done = await self._connection.execute(
            letters.on_conflict_do_nothing(index_elements=["learner", "occasion"])
        )
        return done.rowcount

    async def audience(self) -> Mapping[str, int]:
        """How many learners a broadcast would reach, by platform."""
        counted = select(accounts.c.platform, func.count()).where(_hears())
        rows = await self._connection.execute(counted.group_by(accounts.c.platform))
        return {platform: count for platform, count in rows}  # noqa: C416  rows are no pairs

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return sqlite.insert(table) if self._dialect == "sqlite" else postgresql.insert(table)


def _hears() -> ColumnElement[bool]:
    """An account that broadcasts go to: one of each learner's, and no terminal."""
    other = accounts.alias("other")
    earlier = exists().where(
        other.c.learner == accounts.c.learner,
        other.c.platform != "terminal",
        (other.c.platform < accounts.c.platform)
        | and_(other.c.platform == accounts.c.platform, other.c.person < accounts.c.person),
    )
    return and_(accounts.c.platform != "terminal", ~earlier)


def _people(ids: Sequence[int]) -> Select[tuple[object, ...]]:
    """Learners with what they arranged, their streak, and how their chat stands."""
    said = (
        select(inbox.c.received_at)
        .where(inbox.c.platform == routines.c.platform, inbox.c.person == routines.c.person)
        .order_by(inbox.c.id.desc())
        .limit(1)
    )
    here = [conversations.c[name] == routines.c[name] for name in _CHAT]
    return (
        select(
            learners,
            *(column for column in routines.c),
            streaks.c.length,
            streaks.c.freezes,
            streaks.c.day,
            conversations.c.dialogue,
            said.scalar_subquery().label("heard_at"),
        )
        .outerjoin(routines, routines.c.learner == learners.c.id)
        .outerjoin(streaks, streaks.c.learner == learners.c.id)
        .outerjoin(conversations, and_(*here))
        .where(learners.c.id.in_(ids))
    )


def _by_learner(rows: Sequence[RowMapping]) -> dict[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row["learner"], []).append(row)
    return found
