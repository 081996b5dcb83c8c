"""Marks short answers with no network: a calibrated model for each point, and rules beside it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from bot.examiners import card as cards
from bot.examiners import clauses, rules
from bot.examiners.card import Card
from bot.examiners.exact import ExactJudge
from bot.examiners.layout import Layout, Sought, laid_out
from bot.examiners.reader import Reader, Shipped
from bot.examiners.scorer import Likelihood, Regression
from bot.examiners.surveys import survey
from bot.examiners.tongues import tongue
from bot.marking import CouldNotMark, PointMark, Script, Verdict, settled
from bot.speech import say
from knowledge.content import BandScheme, MarkPoint, PointScheme
from knowledge.embedding import Embed, embedding

_LIKELIER = 0.5

Taken = ParamSpec("Taken")
Made = TypeVar("Made")


class TrainedExaminer:
    """Numbers and choices exactly, other points by a scorer; the same script gets the same marks.

    Without a `card` the shipped one is used, with the embedding and the reader that it was
    calibrated on; `embed` spares a second copy of the former where it is the same. Raises
    ValueError where the card was made for another reader.
    """

    def __init__(
        self,
        embed: Embed,
        exact: ExactJudge,
        card: Card | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._card = card or cards.read()
        reader = reader or Shipped()
        cards.fits(self._card, reader.name)
        own = embed if embed.name == self._card.embedding else embedding(self._card.embedding)
        self._scorer = Regression(own, reader, self._card)
        self._exact = exact
        self._threads = ThreadPoolExecutor(min(2, os.cpu_count() or 1), thread_name_prefix="marker")

    @property
    def name(self) -> str:
        """The scorer's name holds the version of its weights."""
        return f"trained {self._scorer.name}"

    async def mark(self, script: Script) -> Verdict:
        """The verdict. Raises CouldNotMark for markbands, with what was found in the text."""
        scheme = script.part.scheme
        if isinstance(scheme, BandScheme):
            found = await self._aside(survey, script, scheme, self._scorer)
            raise CouldNotMark(
                say(
                    "Markbands need a language model, and none is set up here. What can be found "
                    "without one is below, with the descriptors to judge your text by."
                ),
                later=False,
                survey=found,
            )
        marks = await self._aside(self._marks, script, scheme)
        return Verdict(
            script.question.id,
            script.part.label,
            scheme,
            script.answer,
            marks,
            feedback=_feedback(script, scheme, marks),
            examiner=self.name,
            notice=_warning(script, marks, self._card),
        )

    async def mark_closely(
        self, script: Script, points: Sequence[str], within: str = ""
    ) -> tuple[PointMark, ...]:
        """These points, each sought in one clause after the other as if it were the whole answer.

        `within` are words of the answer: only sentences that hold some of them are read. What ties
        points together is not applied.
        """
        return await self._aside(self._closely, script, points, within)

    async def _aside(
        self, work: Callable[Taken, Made], *args: Taken.args, **kwargs: Taken.kwargs
    ) -> Made:
        """Do the work in a thread, in the language that is spoken here."""
        run = partial(copy_context().run, work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def _closely(self, script: Script, points: Sequence[str], within: str) -> tuple[PointMark, ...]:
        scheme = script.part.scheme
        assert isinstance(scheme, PointScheme)
        exact = self._exact.judge(script)
        layout = laid_out(script, tuple(p for p in scheme.points if p.id not in exact))
        found = clauses.likelihoods(script, layout, self._scorer, within)
        return tuple(
            _mark(layout, sought, likelihood, self._card)
            for sought, likelihood in zip(layout.sought, found, strict=True)
            if sought.point.id in points
        )

    def _marks(self, script: Script, scheme: PointScheme) -> tuple[PointMark, ...]:
        exact = self._exact.judge(script)
        layout = laid_out(script, tuple(p for p in scheme.points if p.id not in exact))
        likelihoods = self._scorer.likelihoods(layout) if layout.sought else ()
        return judged(script, layout, likelihoods, self._card, exact)


def judged(
    script: Script,
    layout: Layout,
    likelihoods: Sequence[Likelihood],
    card: Card,
    exact: Mapping[str, PointMark],
) -> tuple[PointMark, ...]:
    """Every point of the scheme marked, and tied to the others by the scheme's rules."""
    scheme = script.part.scheme
    assert isinstance(scheme, PointScheme)
    marks = dict(exact)
    for sought, likelihood in zip(layout.sought, likelihoods, strict=True):
        marks[sought.point.id] = _mark(layout, sought, likelihood, card)
    return settled(script, tuple(marks[point.id] for point in scheme.points))


def _mark(layout: Layout, sought: Sought, likelihood: Likelihood, card: Card) -> PointMark:
    window, probability = likelihood.window, likelihood.probability
    if window is None:
        return PointMark(sought.point, awarded=False, certainty=0.0)
    if why := rules.refusal(layout, sought, window):
        likely = min(probability, card.refused)
        return PointMark(sought.point, awarded=False, comment=why, certainty=likely)
    weights = card.weights(layout)
    unsure = weights.doubt_from < probability < weights.doubt_to
    if probability >= _LIKELIER:
        quote = layout.answer[window.start : window.end]
        guessed = unsure or layout.spoken.code not in card.languages
        return PointMark(
            sought.point, awarded=True, quote=quote, certainty=probability, unsure=guessed
        )
    why = rules.caution(layout, sought, window)
    return PointMark(sought.point, awarded=False, comment=why, certainty=probability, unsure=unsure)


def _warning(script: Script, marks: Sequence[PointMark], card: Card) -> str:
    """What a learner must know of marks in a language that the weights do not know well."""
    language = script.question.language
    if language in card.languages or not any(mark.unsure for mark in marks):
        return ""
    return say(
        "In {name} I still take many a claim that is turned round for the right one. Where I "
        "could go either way, read the model answer beside yours, above all for who does what "
        "to whom.",
        name=say(tongue(language).name),
    )


def _feedback(script: Script, scheme: PointScheme, marks: Sequence[PointMark]) -> str:
    """A sentence or two on what to change, in plain words."""
    if not script.answer.strip():
        return say("Nothing was written yet. Even a few words can earn a mark.")
    if Verdict(script.question.id, "", scheme, "", tuple(marks)).marks >= scheme.out_of:
        return say("That is all the mark scheme asks for.")
    missed = [mark for mark in marks if not mark.awarded and mark.point.type != "AG"]
    reasons = list(dict.fromkeys(mark.comment for mark in missed if mark.comment))
    said = [f"{reason[0].upper()}{reason[1:]}." for reason in reasons[:2]]
    silent = [mark.point for mark in missed if not mark.comment]
    return " ".join([*said, _still_to_say(silent)]).strip()


def _still_to_say(points: Sequence[MarkPoint]) -> str:
    if not points:
        return ""
    named = "; ".join(point.text.rstrip(".") for point in points[:2])
    more = say(" (and {points} more)", points=len(points) - 2) if len(points) > 2 else ""  # noqa: PLR2004 - those named
    return say("Still to say: {named}{more}.", named=named, more=more)
