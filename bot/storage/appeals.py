"""Appeals as rows, and back; and what comes of them for the verdict of their attempt."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.appeals import AlreadyDecided, Appeal, Decided, Decision, heard, ruled
from bot.learners import Attempt
from bot.marking import Verdict
from bot.messages import Chat
from bot.storage import codec, upserts
from bot.storage.attempts import attempt, verdict_row
from bot.storage.tables import appeals, attempts

log = logging.getLogger(__name__)


async def record(connection: AsyncConnection, change: Appeal | Decided) -> None:
    """Keep an appeal, or a teacher's decision. Raises AlreadyDecided, CannotDecide."""
    match change:
        case Appeal():
            await keep(connection, change)
        case Decided():
            await decide(connection, change)


async def keep(connection: AsyncConnection, appeal: Appeal) -> None:
    """Keep an appeal, and what its second reading changes; a second one of a point is not kept."""
    new = upserts.appeal(connection.dialect.name, _row(appeal))
    if await connection.scalar(new) is not None:
        await _amend(connection, appeal, lambda verdict: heard(verdict, appeal))


async def decide(connection: AsyncConnection, decided: Decided) -> None:
    """Keep a teacher's decision, and what it changes. Raises AlreadyDecided, CannotDecide."""
    decision = decided.decision
    row = appeals.c.id == decided.appeal
    done = await connection.execute(
        update(appeals)
        .where(row, appeals.c.decided_at.is_(None))
        .values(
            decided_at=decision.at,
            awarded=decision.awarded,
            marks=decision.marks,
            note=decision.note,
        )
    )
    if done.rowcount == 0:
        raise AlreadyDecided(f"appeal {decided.appeal} waits for no decision")
    (appeal,) = await found(connection, row)
    await _amend(connection, appeal, lambda verdict: ruled(verdict, appeal, decision))


async def found(connection: AsyncConnection, *wanted: ColumnElement[bool]) -> tuple[Appeal, ...]:
    """The appeals that fit, oldest first; those that can no longer be read are left out."""
    rows = await connection.execute(
        select(appeals).join(attempts).where(and_(True, *wanted)).order_by(appeals.c.id)
    )
    return tuple(_readable(rows))


async def attempted(
    connection: AsyncConnection, id: int, *, locked: bool = False
) -> Attempt | None:
    """The attempt with this id; None if there is none. `locked`: no one else may change it now."""
    one = select(attempts).where(attempts.c.id == id)
    row = (await connection.execute(one.with_for_update() if locked else one)).one_or_none()
    return None if row is None else attempt(row)


async def _amend(
    connection: AsyncConnection, appeal: Appeal, change: Callable[[Verdict], Verdict]
) -> None:
    """Change the verdict as it stands now: a teacher may have changed it since it was read."""
    kept = await attempted(connection, appeal.attempt, locked=True)
    if kept is None or kept.verdict is None:
        return
    after = change(kept.verdict)
    if after is not kept.verdict:
        row = update(attempts).where(attempts.c.id == appeal.attempt)
        await connection.execute(row.values(verdict_row(after)))


def _row(appeal: Appeal) -> dict[str, object]:
    return {
        "attempt": appeal.attempt,
        "point": appeal.point,
        "at": appeal.at,
        "platform": appeal.chat.platform,
        "room": appeal.chat.room,
        "person": appeal.chat.person,
        "first": codec.verdict_json(appeal.first),
        "second": appeal.second and codec.reading_json(appeal.second),
    }


def _readable(rows: Iterable[Row]) -> Iterable[Appeal]:
    for row in rows:
        try:
            yield _appeal(row)
        except codec.Unreadable as problem:
            log.warning("appeal %s is of another version and is left out: %s", row.id, problem)


def _appeal(row: Row) -> Appeal:
    undecided = Appeal(
        row.attempt,
        row.point,
        row.at,
        Chat(row.platform, row.room, row.person),
        codec.verdict(row.first),
        None if row.second is None else codec.reading(row.second),
        id=row.id,
    )
    if row.decided_at is None:
        return undecided
    decision = Decision(row.awarded, row.decided_at, row.note or "", row.marks)
    return replace(undecided, decision=decision)
