"""Routines, streaks and pushes of accounts that are joined under one learner, or parted."""

from __future__ import annotations

from sqlalchemy import exists, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.learners import Linked, Unlinked
from bot.storage.push_tables import pushes, routines, streaks


async def join(connection: AsyncConnection, linked: Linked) -> None:
    """Whoever has no routine, or no streak, takes on the other's."""
    for table in (routines, streaks):
        has = table.alias("has")
        none = ~exists().where(has.c.learner == linked.into)
        theirs = update(table).where(table.c.learner == linked.learner, none)
        await connection.execute(theirs.values(learner=linked.into))
    has = pushes.alias("has")
    twice = exists().where(has.c.learner == linked.into, has.c.occasion == pushes.c.occasion)
    theirs = update(pushes).where(pushes.c.learner == linked.learner, ~twice)
    await connection.execute(theirs.values(learner=linked.into))


async def part(connection: AsyncConnection, account: Unlinked, learner: int) -> None:
    """What goes to the account's chat goes with it: nobody gets another's questions."""
    for table in (routines, pushes):
        to_them = table.c.platform == account.platform, table.c.person == account.person
        await connection.execute(update(table).where(*to_them).values(learner=learner))
