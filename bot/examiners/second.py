"""Who reads a point again when a learner disagrees: whoever did not read it first.

A language model's point goes to the trained examiner, and the other way round. Without a model the
trained examiner reads once more, clause by clause. What the learner says about the marking is shown
to nobody: the answer alone decides. An award stands by the same rules whoever made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.appeals import NotWritten, Reading
from bot.examiners import rules
from bot.examiners.evidence import words_of
from bot.examiners.layout import Layout, Sought, laid_out
from bot.examiners.llm import PointJudge
from bot.examiners.panel import marked_by_model
from bot.examiners.tongues import tongue
from bot.examiners.wording import Window, sentences
from bot.marking import Examiner, PointMark, Script, Verdict, untied, with_dependants
from knowledge.content import PointScheme


class Close(Examiner, Protocol):
    """An examiner that can also read clause by clause."""

    async def mark_closely(
        self, script: Script, points: Sequence[str], within: str = ""
    ) -> tuple[PointMark, ...]:
        """These points, each sought in one clause after the other."""
        ...


class Second:
    """A SecondReader of the trained examiner and, where there is one, a language model."""

    def __init__(self, trained: Close, model: Examiner | None, exact: PointJudge) -> None:
        self._trained = trained
        self._model = model
        self._exact = exact

    async def read(
        self, script: Script, first: Verdict, point: str, words: str = ""
    ) -> Reading | None:
        """The second reading of a point, and of those that hang on it; None where none is possible.

        Raises NotWritten, CouldNotMark.
        """
        named = _named(words, script)
        scheme = first.scheme
        if not isinstance(scheme, PointScheme):
            return None
        script = replace(script, part=replace(script.part, scheme=scheme))
        exact = self._exact.judge(script)
        if point in exact:
            return None
        asked = with_dependants(scheme, [point]) - set(exact)
        free = untied(scheme, [one.id for one in scheme.points if one.id not in exact])
        if marked_by_model(first, point):
            reading = await self._by_trained(_under(script, free), asked)
        elif self._model is not None:
            alone = _under(script, untied(scheme, asked))
            reading = await self._by_model(self._model, alone, free)
        else:
            marks = await self._trained.mark_closely(_under(script, free), sorted(asked), named)
            reading = Reading("clauses", f"{self._trained.name}, by clauses", marks)
        return _of(scheme, reading)

    async def _by_trained(self, script: Script, asked: frozenset[str]) -> Reading:
        verdict = await self._trained.mark(script)
        marks = tuple(mark for mark in verdict.points if mark.point.id in asked)
        return Reading("trained", verdict.examiner, marks)

    async def _by_model(self, model: Examiner, script: Script, free: PointScheme) -> Reading:
        """The model's reading, as far as it stands by the rules that bind the trained examiner."""
        verdict = await model.mark(script)
        layout = laid_out(_under(script, free), free.points)
        sought = {one.point.id: one for one in layout.sought}
        marks = tuple(_standing(script, layout, sought[m.point.id], m) for m in verdict.points)
        return Reading("model", verdict.examiner, marks)


def _of(scheme: PointScheme, reading: Reading) -> Reading:
    """The reading with the points as they stand in the scheme, ties and all."""
    points = {point.id: point for point in scheme.points}
    marks = tuple(replace(mark, point=points[mark.point.id]) for mark in reading.marks)
    return replace(reading, marks=marks)


def _under(script: Script, scheme: PointScheme) -> Script:
    return replace(script, part=replace(script.part, scheme=scheme))


def _named(words: str, script: Script) -> str:
    """The words that were named, as they stand in the answer. Raises NotWritten."""
    if not words:
        return ""
    spoken = tongue(script.question.language)
    found = words_of(words, script.answer, script.task, spoken)
    if not found:
        raise NotWritten(words)
    return found


def _standing(script: Script, layout: Layout, sought: Sought, mark: PointMark) -> PointMark:
    """An award, unless a rule refuses the words that it stands on."""
    if not mark.awarded:
        return mark
    window = _window(layout, mark.quote)
    why = rules.refusal(layout, sought, window) or rules.caution(layout, sought, window)
    if not why:
        return mark
    return replace(mark, awarded=False, quote="", comment=why, certainty=0.0)


def _window(layout: Layout, quote: str) -> Window:
    """Where a quote stands in the answer; one that is in a single sentence can be widened to it."""
    start = max(layout.answer.find(quote), 0)
    end = start + len(quote)
    words = tuple(word for word in layout.words if start <= word.start < end)
    spans = (span for piece in layout.pieces for span in sentences(layout.answer, *piece))
    single = any(one <= start and end <= two for one, two in spans)
    return Window(start, end, words, single)
