"""What was used, day by day, and how much may be: the budgets of the language model.

Days are UTC days: a group and everybody have learners in many zones, but one budget each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.asker import asker
from bot.ports import EVERYBODY, Amounts, Clock, OverBudget, Transactions, Usage, learners_purse


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens a day, read and written together; 0 is no limit."""

    learner: int = 0
    group: int = 0
    everybody: int = 0


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in any currency; so one token costs as many millionths of it."""

    read: float = 0
    written: float = 0


class Ledger:
    """A Purse and a Tally, kept in the database."""

    def __init__(
        self, records: Transactions, clock: Clock, limits: Limits, prices: Prices = Prices()
    ) -> None:
        self._records = records
        self._clock = clock
        self._limits = limits
        self._prices = prices
        self._open: Counter[str] = Counter()  # tokens of calls that have not ended yet

    @asynccontextmanager
    async def paying(self, expected: int) -> AsyncIterator[list[Usage]]:
        """Around a call: what it used is put on the list, and written down at the end.

        Raises OverBudget where so many more tokens do not fit in somebody's day.
        """
        budgets = self._budgets()
        bill: list[Usage] = []
        self._open.update(dict.fromkeys(budgets, expected))
        try:
            await self._refuse_over(budgets)
            yield bill
        finally:
            self._open.subtract(dict.fromkeys(budgets, expected))
            if bill:
                await self._write(tuple(budgets), self._amounts(bill))

    async def add(self, amounts: Amounts) -> None:
        """Count something for today that is nobody's in particular."""
        await self._write((EVERYBODY,), amounts)

    async def today(self) -> Amounts:
        """All that was used today, by anybody."""
        async with self._records() as records:
            return await records.used(self._clock().date(), EVERYBODY)

    def _budgets(self) -> Mapping[str, tuple[int, str]]:
        """The limit of each purse that a call is paid from, and what to say when it is empty."""
        limits = self._limits
        all = (limits.everybody, "today's language-model allowance for everybody is used up")
        budgets = {EVERYBODY: all}
        if (who := asker()) is None:
            return budgets
        own = (limits.learner, "your language-model allowance for today is used up")
        budgets[learners_purse(who.learner)] = own
        if who.group:
            group = (limits.group, "this group's language-model allowance for today is used up")
            budgets[f"group:{who.group}"] = group
        return budgets

    async def _refuse_over(self, budgets: Mapping[str, tuple[int, str]]) -> None:
        limited = {purse: budget for purse, budget in budgets.items() if budget[0]}
        if not limited:
            return
        day = self._clock().date()
        async with self._records() as records:
            used = {purse: await records.used(day, purse) for purse in limited}
        for purse, (limit, clause) in limited.items():
            if _tokens(used[purse]) + self._open[purse] > limit:
                raise OverBudget(clause)

    def _amounts(self, bill: Sequence[Usage]) -> Amounts:
        read, written = sum(one.read for one in bill), sum(one.written for one in bill)
        cost = round(read * self._prices.read + written * self._prices.written)
        return {"calls": len(bill), "read": read, "written": written, "cost": cost}

    async def _write(self, purses: Sequence[str], amounts: Amounts) -> None:
        day = self._clock().date()
        async with self._records() as records:
            for purse in purses:
                await records.use(day, purse, amounts)
            await records.commit()


def _tokens(used: Amounts) -> int:
    return used.get("read", 0) + used.get("written", 0)
