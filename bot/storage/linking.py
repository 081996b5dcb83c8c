"""Accounts that are joined under one learner, and parted again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.learners import Linked, Mistaken, Offered, Unlinked
from bot.ports import learners_purse
from bot.storage import push_linking, upserts
from bot.storage.tables import (
    accounts,
    attempts,
    cards,
    entries,
    learners,
    ledger,
    mistakes,
    offers,
    remarks,
    rounds,
)

_REMEMBERED = timedelta(days=1)  # longer than any limit on mistakes looks back


async def keep(connection: AsyncConnection, change: Offered | Mistaken | Linked | Unlinked) -> None:
    """Record a code, a wrong one, a joining or a parting."""
    match change:
        case Offered():
            await _offer(connection, change)
        case Mistaken():
            await _mistake(connection, change)
        case Linked():
            await _link(connection, change)
        case Unlinked():
            await _unlink(connection, change)


async def _offer(connection: AsyncConnection, offered: Offered) -> None:
    """Keep a code in place of an earlier one of this learner."""
    await connection.execute(delete(offers).where(offers.c.learner == offered.learner))
    row = {"learner": offered.learner, "code": _hashed(offered.code), "until": offered.until}
    await connection.execute(insert(offers).values(row))


async def offerer(connection: AsyncConnection, code: str, now: datetime) -> int | None:
    """The learner whose code this is; None if it is nobody's, or too old."""
    valid = select(offers.c.learner).where(offers.c.code == _hashed(code), offers.c.until > now)
    learner: int | None = await connection.scalar(valid)
    return learner


async def _mistake(connection: AsyncConnection, mistaken: Mistaken) -> None:
    """Count a code that opened nothing; what is long ago is forgotten."""
    long_ago = mistakes.c.at < mistaken.at - _REMEMBERED
    await connection.execute(delete(mistakes).where(long_ago))
    row = {"learner": mistaken.learner, "at": mistaken.at}
    await connection.execute(insert(mistakes).values(row))


async def counted(connection: AsyncConnection, learner: int, since: datetime) -> int:
    """How many codes that open nothing a learner has given since then."""
    theirs = select(func.count()).where(mistakes.c.learner == learner, mistakes.c.at >= since)
    return int(await connection.scalar(theirs) or 0)


async def platforms(connection: AsyncConnection, learner: int) -> tuple[str, ...]:
    """The platforms of a learner's accounts, one for each account."""
    theirs = select(accounts.c.platform).where(accounts.c.learner == learner)
    rows = await connection.scalars(theirs.order_by(accounts.c.platform, accounts.c.person))
    return tuple(rows)


async def _link(connection: AsyncConnection, linked: Linked) -> None:
    """Use up the code, and give all that is one learner's to the other; else do nothing."""
    used = delete(offers).where(
        offers.c.code == _hashed(linked.code), offers.c.learner == linked.into
    )
    if (await connection.execute(used)).rowcount == 0:
        return
    await connection.execute(delete(cards).where(cards.c.learner == linked.learner))
    for card in linked.cards:
        await connection.execute(upserts.card(connection.dialect.name, card))
    await _add_purses(connection, linked)
    await _leave_shared_rounds(connection, linked)
    started = update(rounds).where(rounds.c.starter == linked.learner)
    await connection.execute(started.values(starter=linked.into))
    for table in (accounts, attempts, entries, remarks):
        theirs = update(table).where(table.c.learner == linked.learner)
        await connection.execute(theirs.values(learner=linked.into))
    await push_linking.join(connection, linked)
    await connection.execute(delete(learners).where(learners.c.id == linked.learner))


async def _leave_shared_rounds(connection: AsyncConnection, linked: Linked) -> None:
    """Of a round that both had entered, the entry of the account that stays is the one."""
    both = select(entries.c.round).where(entries.c.learner == linked.into)
    theirs = delete(entries).where(entries.c.learner == linked.learner)
    await connection.execute(theirs.where(entries.c.round.in_(both)))


async def _unlink(connection: AsyncConnection, account: Unlinked) -> None:
    """A learner of its own for one account, with the settings of the one that it leaves."""
    mine = accounts.c.platform == account.platform, accounts.c.person == account.person
    settings = select(
        learners.c.subject, learners.c.level, learners.c.timezone, learners.c.language
    )
    row = (await connection.execute(settings.join(accounts).where(*mine))).mappings().one()
    new = insert(learners).values(**row).returning(learners.c.id)
    id = (await connection.execute(new)).scalar_one()
    await connection.execute(update(accounts).where(*mine).values(learner=id))
    await push_linking.part(connection, account, id)


async def _add_purses(connection: AsyncConnection, linked: Linked) -> None:
    """What one learner used of the language model today is counted to the other."""
    purse = ledger.c.purse == learners_purse(linked.learner)
    rows = await connection.execute(select(ledger).where(purse))
    into = learners_purse(linked.into)
    for row in rows.all():
        added = upserts.used(connection.dialect.name, row.day, into, row.item, row.amount)
        await connection.execute(added)
    await connection.execute(delete(ledger).where(purse))


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
