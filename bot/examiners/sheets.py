"""The forms that a model fills when it marks, and what is taken from them after checking.

A model judges; it is never asked for a total, and none of its marks stands on words that the
learner did not write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel, Field

from bot.marking import CriterionMark, PointMark
from bot.ports import Turns
from bot.speech import later, say
from knowledge.content import Band, Criterion, MarkPoint

_LONGEST_COMMENT = 240  # characters
_LONGEST_REASON = 900
_NO_EVIDENCE = later("no words of yours could be found that make this point")

_T = TypeVar("_T")
Evidence = Callable[[str], str]
"""A quote in the learner's own words; '' if it is no evidence."""


class BadSheet(Exception):
    """No verdict can be read from a sheet: something is left out, judged twice or impossible."""


class PointEntry(BaseModel):
    """The judgement on one numbered point; on purpose the evidence comes first."""

    number: int = Field(description="the number of the point in the mark scheme")
    quote: str = Field(description="words copied from the answer; empty if there are none")
    comment: str = Field(description="a few words to the student; may be empty")
    awarded: bool = Field(description="whether the quoted words make the point")


class MarkSheet(BaseModel):
    """The judgement on every numbered point of a mark scheme, each once."""

    points: tuple[PointEntry, ...]


class CriterionEntry(BaseModel):
    """The judgement on one numbered criterion; on purpose the evidence comes first."""

    number: int = Field(description="the number of the criterion")
    quotes: tuple[str, ...] = Field(description="short stretches copied from the answer")
    reason: str = Field(description="one or two sentences to the student")
    band: int = Field(description="the number of the band that fits best; 0: below the lowest")
    marks: int = Field(description="the marks within that band")


class BandSheet(BaseModel):
    """The judgement on every numbered criterion, each once."""

    criteria: tuple[CriterionEntry, ...]


def point_marks(
    sheet: MarkSheet, points: Sequence[MarkPoint], evidence: Evidence
) -> dict[str, PointMark]:
    """The marks by point id; an award without evidence is none. Raises BadSheet."""
    entries = _each_once([(entry.number, entry) for entry in sheet.points], len(points))
    return {
        point.id: _point_mark(point, entry, evidence)
        for point, entry in zip(points, entries, strict=True)
    }


def _point_mark(point: MarkPoint, entry: PointEntry, evidence: Evidence) -> PointMark:
    comment = _short(entry.comment, _LONGEST_COMMENT).rstrip(".")
    if not entry.awarded:
        return PointMark(point, awarded=False, comment=comment, certainty=0.0)
    if not (quote := evidence(entry.quote)):
        return PointMark(point, awarded=False, comment=say(_NO_EVIDENCE), certainty=0.0)
    return PointMark(point, awarded=True, quote=quote, comment=comment)


def criterion_marks(
    sheet: BandSheet, criteria: Sequence[Criterion], evidence: Evidence
) -> tuple[CriterionMark, ...]:
    """The marks in the scheme's order. Raises BadSheet, also for marks without any evidence."""
    entries = _each_once([(entry.number, entry) for entry in sheet.criteria], len(criteria))
    return tuple(
        _criterion_mark(criterion, entry, evidence)
        for criterion, entry in zip(criteria, entries, strict=True)
    )


def _criterion_mark(
    criterion: Criterion, entry: CriterionEntry, evidence: Evidence
) -> CriterionMark:
    band = _band(criterion, entry)
    quotes = tuple(dict.fromkeys(found for quote in entry.quotes if (found := evidence(quote))))
    if entry.marks and not quotes:
        raise BadSheet(f"criterion {entry.number} has marks and no quote that is in the answer")
    reason = _short(entry.reason, _LONGEST_REASON)
    if not reason:
        raise BadSheet(f"criterion {entry.number} has no reason")
    return CriterionMark(criterion, band, entry.marks, reason, quotes)


def _band(criterion: Criterion, entry: CriterionEntry) -> Band | None:
    """The band that was chosen; None is below the lowest."""
    if not 0 <= entry.band <= len(criterion.bands):
        raise BadSheet(f"criterion {entry.number} has no band {entry.band}")
    band = criterion.bands[entry.band - 1] if entry.band else None
    low, high = (band.low, band.high) if band else (0, 0)
    if not low <= entry.marks <= high:
        raise BadSheet(
            f"criterion {entry.number}: marks of band {entry.band} are {low} to {high}, "
            f"not {entry.marks}"
        )
    return band


def asking_again(turns: Turns, sheet: BaseModel, fault: BadSheet) -> Turns:
    """The turns, with a sheet from which no verdict can be read and why."""
    wish = f"That cannot stand: {fault}. Judge the same answer again and send the whole form."
    return [*turns, ("assistant", sheet.model_dump_json()), ("user", wish)]


def _each_once(numbered: Sequence[tuple[int, _T]], many: int) -> list[_T]:
    """The entries in the order of their numbers, which must be 1 to `many`, each once."""
    if sorted(number for number, _ in numbered) != list(range(1, many + 1)):
        raise BadSheet(f"each number from 1 to {many} must be judged exactly once")
    return [entry for _, entry in sorted(numbered, key=lambda pair: pair[0])]


def _short(text: str, most: int) -> str:
    """Outside text on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
