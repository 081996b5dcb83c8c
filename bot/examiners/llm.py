"""A language model held to the mark scheme: it judges points and bands; our code checks and adds.

Choices and numbers are not sent to it: an exact judge knows them better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.examiners import foreign, memory
from bot.examiners.evidence import words_of
from bot.examiners.memory import Memory, Sheet
from bot.examiners.sheets import (
    BadSheet,
    BandSheet,
    Evidence,
    MarkSheet,
    asking_again,
    criterion_marks,
    point_marks,
)
from bot.examiners.tongues import tongue
from bot.marking import (
    AllowanceSpent,
    CouldNotMark,
    CriterionMark,
    PointMark,
    Script,
    Verdict,
    settled,
)
from bot.ports import Form, LanguageModel, ModelUnavailable, OverBudget, Turns
from bot.speech import say, say_many
from knowledge.content import BandScheme, MarkPoint, PointScheme
from knowledge.lengths import written
from prompts.library import Prompt, load

LONGEST_ANSWER = 8_000  # characters

WITHOUT_MODEL = "exact"  # the examiner's name where no model had to be asked

_T = TypeVar("_T")


class PointJudge(Protocol):
    """Judges points that need no judgement, such as choices and numbers."""

    def judge(self, script: Script) -> Mapping[str, PointMark]:
        """A mark for each point that it can judge, by the point's id. Raises NotReadable."""
        ...


class LLMExaminer:
    """An Examiner for every kind of part. A mark stands only on words that are in the answer.

    With a `memory` it asks once for each answer, else each time.
    """

    def __init__(
        self, model: LanguageModel, exact: PointJudge, memory: Memory | None = None
    ) -> None:
        self._model = model
        self._exact = exact
        self._memory = memory
        self._points = load("mark_answer")
        self._bands = load("mark_bands")

    @property
    def name(self) -> str:
        """The model and the prompt for points: 'gpt-… with mark_answer@3fa9c2d1'."""
        return self._with(self._points)

    async def mark(self, script: Script) -> Verdict:
        """The verdict on this script. Raises CouldNotMark."""
        written = len(script.answer)
        if written > LONGEST_ANSWER:
            raise CouldNotMark(
                say(
                    "Your answer has {written:,} characters, and I can mark at most {most:,}. "
                    "Shorten it and send it again.",
                    written=written,
                    most=LONGEST_ANSWER,
                ),
                later=False,
            )
        match script.part.scheme:
            case PointScheme() as scheme:
                return await self._by_points(script, scheme)
            case BandScheme() as scheme:
                return await self._by_bands(script, scheme)

    async def _by_points(self, script: Script, scheme: PointScheme) -> Verdict:
        marks = dict(self._exact.judge(script))
        left = tuple(point for point in scheme.points if point.id not in marks)
        why = _worthless(script)
        asking = bool(left) and not why
        if asking:
            marks |= await self._judged(script, scheme, left)
        else:
            marks |= {point.id: _missed(point, why) for point in left}
        inked = settled(script, tuple(marks[point.id] for point in scheme.points))
        return on_points(script, inked, self.name if asking else WITHOUT_MODEL)

    async def _judged(
        self, script: Script, scheme: PointScheme, points: tuple[MarkPoint, ...]
    ) -> dict[str, PointMark]:
        turns = self._points.fill(**_shown(script), points=points, list_rule=scheme.list_rule)
        evidence = _evidence(script)

        def read(sheet: MarkSheet) -> dict[str, PointMark]:
            return point_marks(sheet, points, evidence)

        return await self._judgement(script, self._points, turns, MarkSheet, read)

    async def _by_bands(self, script: Script, scheme: BandScheme) -> Verdict:
        part, why = script.part, _worthless(script)
        criteria = (
            tuple(CriterionMark(one, None, 0, _sentence(why)) for one in scheme.criteria)
            if why
            else await self._best_fit(script, scheme)
        )
        return Verdict(
            script.question.id,
            part.label,
            scheme,
            script.answer,
            criteria=criteria,
            examiner=WITHOUT_MODEL if why else self._with(self._bands),
        )

    async def _best_fit(self, script: Script, scheme: BandScheme) -> tuple[CriterionMark, ...]:
        turns = self._bands.fill(
            **_shown(script),
            content=scheme.content,
            criteria=scheme.criteria,
            length=str(script.part.words or ""),
            written=written(script.answer),
        )
        evidence = _evidence(script)

        def read(sheet: BandSheet) -> tuple[CriterionMark, ...]:
            return criterion_marks(sheet, scheme.criteria, evidence)

        return await self._judgement(script, self._bands, turns, BandSheet, read)

    async def _judgement(
        self,
        script: Script,
        prompt: Prompt,
        turns: Turns,
        form: type[Sheet],
        read: Callable[[Sheet], _T],
    ) -> _T:
        """What `read` makes of the sheet: the one that is remembered, or one filled in now."""
        if self._memory is None:
            return read(await self._sheet(turns, form, read))
        key = memory.key(script, self._with(prompt))
        async with self._memory.alone(key):
            known = await self._memory.sheet(key, script.answer, form)
            if known is not None:
                with suppress(BadSheet):
                    return read(known)
            sheet = await self._sheet(turns, form, read)
            await self._memory.keep(key, sheet, script.answer, _evidence(script))
        return read(sheet)

    async def _sheet(
        self, turns: Turns, form: type[Sheet], read: Callable[[Sheet], object]
    ) -> Sheet:
        """A sheet that can be read; asked for once more if it cannot. Raises CouldNotMark."""
        sheet = await self._filled(turns, form)
        try:
            read(sheet)
        except BadSheet as fault:
            turns = asking_again(turns, sheet, fault)
        else:
            return sheet
        sheet = await self._filled(turns, form)
        try:
            read(sheet)
        except BadSheet as fault:
            raise _not_now() from fault
        return sheet

    async def _filled(self, turns: Turns, form: type[Form]) -> Form:
        try:
            return await self._model.fill(turns, form)
        except OverBudget as spent:
            raise AllowanceSpent(str(spent)) from spent
        except ModelUnavailable as problem:
            raise _not_now() from problem

    def _with(self, prompt: Prompt) -> str:
        return f"{self._model.name} with {prompt.label}"


def on_points(script: Script, marks: tuple[PointMark, ...], examiner: str) -> Verdict:
    """The verdict on settled marks, with a line of feedback that rests on them alone."""
    scheme = script.part.scheme
    verdict = Verdict(
        script.question.id, script.part.label, scheme, script.answer, marks, examiner=examiner
    )
    return replace(verdict, feedback=_in_words(verdict))


def _in_words(verdict: Verdict) -> str:
    if verdict.marks == verdict.out_of:
        return ""
    if not verdict.marks:
        return say(
            "None of the points could be found in your answer yet: say each of them outright."
        )
    return say_many(
        "{count} more mark is to be had from what is missing.",
        "{count} more marks are to be had from what is missing.",
        verdict.out_of - verdict.marks,
    )


def _shown(script: Script) -> dict[str, object]:
    """What every marking prompt is filled with."""
    return {
        "stem": script.question.told,
        "task": script.part.stem,
        "command_term": script.part.command_term,
        "earlier": script.earlier,
        "answer": script.answer,
        "language": _examined(script),
    }


def _examined(script: Script) -> str:
    """The name of the language that is examined; '' where it is only what is spoken."""
    spoken = tongue(script.question.language)
    return "" if spoken.code == "en" else spoken.name


def _evidence(script: Script) -> Evidence:
    options = "\n".join(option.text for option in script.part.options)
    asked = f"{script.task}\n{options}"
    spoken = tongue(script.question.language)
    return lambda quote: words_of(quote, script.answer, asked, spoken)


def _worthless(script: Script) -> str:
    """Why no model need be asked what an answer is worth; '' if one must be."""
    return foreign.told(script) if script.answer.strip() else say("nothing was written")


def _missed(point: MarkPoint, comment: str) -> PointMark:
    return PointMark(point, awarded=False, comment=comment, certainty=0.0)


def _sentence(comment: str) -> str:
    return f"{comment[0].upper()}{comment[1:]}."


def _not_now() -> CouldNotMark:
    return CouldNotMark(
        say("The examiner could not be reached or gave no usable marks; try again soon.")
    )
