"""The boards of a room: who earned how many marks in its rounds.

Nobody climbs them alone: a round counts once two learners' answers to it were marked, an answer
only where its learner had not met the question lately, and a day's first rounds only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.rounds import Result

FEWEST = 2  # learners whose answers to a round were marked, for it to count
MOST_A_DAY = 12  # rounds that count for one learner


@dataclass(frozen=True, slots=True)
class Line:
    """A learner on a board: their place, from 1 and shared by equals, and their marks."""

    place: int
    name: str
    marks: int
    out_of: int
    rounds: int


def day_of(now: datetime) -> datetime:
    """When the day began, in UTC."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def week_of(now: datetime) -> datetime:
    """When the week began: Monday, in UTC."""
    return day_of(now) - timedelta(days=now.weekday())


def board(results: Iterable[Result], since: datetime) -> tuple[Line, ...]:
    """Most marks first, of rounds that ended since then; among equals, the same place."""
    counted: dict[int, list[Result]] = defaultdict(list)
    for result in _counting(results):
        counted[result.entry.learner].append(result)
    lines = [_line(mine) for every in counted.values() if (mine := _since(every, since))]
    ordered = sorted(lines, key=lambda line: (-line.marks, line.out_of, line.name.casefold()))
    return tuple(
        replace(line, place=1 + sum(_ahead(one, line) for one in lines)) for line in ordered
    )


def _counting(results: Iterable[Result]) -> Iterable[Result]:
    """The results that count, in order."""
    marked = [result for result in results if result.entry.marks is not None]
    players = Counter(result.round for result in marked)  # one entry a learner
    days: Counter[tuple[int, date]] = Counter()
    for result in marked:
        entry, day = result.entry, (result.entry.learner, result.ended.date())
        if entry.counts and players[result.round] >= FEWEST and days[day] < MOST_A_DAY:
            days[day] += 1
            yield result


def _since(results: Sequence[Result], since: datetime) -> list[Result]:
    return [result for result in results if result.ended >= since]


def _line(results: Sequence[Result]) -> Line:
    """One learner's line, under the newest of their names; its place is found later."""
    entries = [result.entry for result in results]
    marks = sum(entry.marks or 0 for entry in entries)
    return Line(0, entries[-1].name, marks, sum(one.out_of or 0 for one in entries), len(entries))


def _ahead(one: Line, other: Line) -> bool:
    """Whether a line stands above another: more marks, or as many of fewer."""
    return (-one.marks, one.out_of) < (-other.marks, other.out_of)
