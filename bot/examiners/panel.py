"""Two examiners: the trained one first, the language model for the points it is unsure of."""

from __future__ import annotations

from dataclasses import replace

from bot.examiners.llm import on_points
from bot.marking import (
    AllowanceSpent,
    CouldNotMark,
    Examiner,
    PointMark,
    Script,
    Verdict,
    noticed,
    settled,
    untied,
    with_dependants,
)
from bot.ports import Tally
from knowledge.content import BandScheme, MarkPoint, PointScheme


class Panel:
    """An Examiner. Where the model cannot be asked, what the trained examiner said stands.

    A `tally` counts the points left to judgement, and those that the model was needed for.
    """

    def __init__(self, trained: Examiner, model: Examiner, tally: Tally | None = None) -> None:
        self._trained = trained
        self._model = model
        self._tally = tally

    @property
    def name(self) -> str:
        """Both examiners, in the order in which they are asked."""
        return f"{self._trained.name}, then {self._model.name}"

    async def mark(self, script: Script) -> Verdict:
        """The verdict on this script. Raises CouldNotMark."""
        scheme = script.part.scheme
        if isinstance(scheme, BandScheme):
            return await self._model.mark(script)
        try:
            first = await self._trained.mark(script)
        except CouldNotMark:
            return await self._model.mark(script)
        open_points = _open(scheme, first)
        await self._count(script, scheme, open_points)
        return await self._second(script, first, open_points) if open_points else first

    async def _count(
        self, script: Script, scheme: PointScheme, asked: tuple[MarkPoint, ...]
    ) -> None:
        """What the model alone would have been asked about, and what it is asked about now."""
        judged = [point for point in scheme.points if _needs_judgement(script, point)]
        if self._tally is None or not judged:
            return
        many = sum(point in asked for point in judged)
        await self._tally.add(
            {
                "answers judged": 1,
                "answers asked": int(many > 0),
                "points judged": len(judged),
                "points asked": many,
            }
        )

    async def _second(
        self, script: Script, first: Verdict, points: tuple[MarkPoint, ...]
    ) -> Verdict:
        try:
            second = await self._model.mark(_reduced(script, points))
        except CouldNotMark as why:
            examiner = f"{first.examiner}, without {self._model.name}"
            alone = replace(first, examiner=examiner)
            return noticed(alone, why.notice) if isinstance(why, AllowanceSpent) else alone
        again = {mark.point.id: mark for mark in second.points}
        merged = tuple(_judged_again(mark, again) for mark in first.points)
        numbers = ", ".join(point.id for point in points)
        examiner = f"{first.examiner}, then {second.examiner} for {numbers}"
        return on_points(script, settled(script, merged), examiner)


def _needs_judgement(script: Script, point: MarkPoint) -> bool:
    """Whether the point is neither marked by rule nor chosen, and something was written."""
    exact = point.by_rule or script.part.options
    return not exact and bool(script.answer.strip())


def _open(scheme: PointScheme, first: Verdict) -> tuple[MarkPoint, ...]:
    """The unsure points and all whose mark hangs on one of them: theirs was settled by a guess."""
    unsure = {mark.point.id for mark in first.points if mark.unsure}
    if unsure and scheme.in_order:
        return scheme.points  # each place counts from the others'
    return tuple(point for point in scheme.points if point.id in with_dependants(scheme, unsure))


def _reduced(script: Script, points: tuple[MarkPoint, ...]) -> Script:
    """The script with these points alone, each for itself."""
    scheme = script.part.scheme
    assert isinstance(scheme, PointScheme)
    alone = untied(scheme, [point.id for point in points])
    return replace(script, part=replace(script.part, scheme=alone))


def _judged_again(mark: PointMark, again: dict[str, PointMark]) -> PointMark:
    second = again.get(mark.point.id)
    return mark if second is None else replace(second, point=mark.point)


def marked_by_model(verdict: Verdict, id: str) -> bool:
    """Whether a language model judged this point, by what the verdict says of its examiner."""
    first, second, rest = verdict.examiner.partition("; ")[0].partition(", then ")
    if not first.startswith("trained "):
        return True
    return bool(second) and id in rest.rpartition(" for ")[2].split(", ")
