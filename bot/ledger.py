"""What was used, day by day, and how much may be: the budgets of the language model.

Days are UTC days: a group and everybody have learners in many zones, but one budget each.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from bot.asker import asker
from bot.ports import EVERYBODY, Amounts, Clock, OverBudget, Transactions, Usage, learners_purse
from bot.speech import say


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

    @asynccontextmanager
    async def paying(self, expected: int) -> AsyncIterator[list[Usage]]:
        """Around a call: what it used is put on the list, and written down at the end.

        Raises OverBudget where so many more tokens do not fit in somebody's day. What it is
        expected to use is set aside meanwhile, for all processes to see; where one is killed
        during a call, that stays set aside for the day, as if it had been used.
        """
        budgets = self._budgets()
        limited = {purse: budget for purse, budget in budgets.items() if budget[0]}
        day = self._clock().date()
        bill: list[Usage] = []
        await self._set_aside(day, limited, expected)
        try:
            yield bill
        finally:
            used = dict.fromkeys(budgets, self._amounts(bill)) if bill else {}
            await self._write(day, dict.fromkeys(limited, _open(-expected)), used)

    async def add(self, amounts: Amounts) -> None:
        """Count something for today that is nobody's in particular."""
        await self._write(self._clock().date(), {EVERYBODY: amounts})

    async def today(self) -> Amounts:
        """All that was used today, by anybody."""
        async with self._records() as records:
            used = await records.used(self._clock().date(), EVERYBODY)
        return {item: amount for item, amount in used.items() if item != "open"}

    def _budgets(self) -> Mapping[str, tuple[int, str]]:
        """The limit of each purse that a call is paid from, and what to say when it is empty."""
        limits = self._limits
        all = (limits.everybody, say("today's language-model allowance for everybody is used up"))
        budgets = {EVERYBODY: all}
        if (who := asker()) is None:
            return budgets
        own = (limits.learner, say("your language-model allowance for today is used up"))
        budgets[learners_purse(who.learner)] = own
        if who.group:
            told = say("this group's language-model allowance for today is used up")
            group = (limits.group, told)
            budgets[f"group:{who.group}"] = group
        return budgets

    async def _set_aside(
        self, day: date, budgets: Mapping[str, tuple[int, str]], expected: int
    ) -> None:
        if not budgets:
            return
        async with self._records() as records:
            for purse, (limit, clause) in budgets.items():
                await records.use(day, purse, _open(expected))  # others wait from here on
                if _tokens(await records.used(day, purse)) > limit:
                    raise OverBudget(clause)
            await records.commit()

    def _amounts(self, bill: Sequence[Usage]) -> Amounts:
        read, written = sum(one.read for one in bill), sum(one.written for one in bill)
        cost = round(read * self._prices.read + written * self._prices.written)
        return {"calls": len(bill), "read": read, "written": written, "cost": cost}

    async def _write(self, day: date, *entries: Mapping[str, Amounts]) -> None:
        """Add to purses, always in the same order: two processes then never block each other."""
        if not any(entries):
            return
        async with self._records() as records:
            for entry in entries:
                for purse, amounts in entry.items():
                    await records.use(day, purse, amounts)
            await records.commit()


def _open(tokens: int) -> Amounts:
    return {"open": tokens}


def _tokens(used: Amounts) -> int:
    return used.get("read", 0) + used.get("written", 0) + used.get("open", 0)
