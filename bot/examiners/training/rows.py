"""Marked answers as rows of measurements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.examiners import rules
from bot.examiners.exact import ExactJudge
from bot.examiners.examples import Marked
from bot.examiners.features import Found, Meter
from bot.examiners.layout import Layout, laid_out
from bot.marking import PointMark
from knowledge.content import Language, MarkPoint, PointScheme


@dataclass(frozen=True, slots=True)
class Answer:
    """An example laid out and measured once. `exact` holds the points that need no model."""

    marked: Marked
    layout: Layout
    found: tuple[Found | None, ...]
    exact: dict[str, PointMark]


@dataclass(frozen=True, slots=True)
class Row:
    """One point of one answer. `question` is what rows are held apart by in cross-validation.

    `alone`: it is the only point of its scheme. `refused`: a rule refuses it, whatever the values.
    """

    question: str
    values: tuple[float, ...]
    earned: bool
    alone: bool = False
    refused: bool = False
    language: Language = "en"


def measured(examples: Iterable[Marked], meter: Meter) -> Iterator[Answer]:
    """Each example of a point scheme, measured."""
    judge = ExactJudge()
    for one in examples:
        scheme = one.script.part.scheme
        if not isinstance(scheme, PointScheme) or all(point.by_rule for point in scheme.points):
            continue
        exact = judge.judge(one.script)
        points = tuple(point for point in scheme.points if point.id not in exact)
        layout = laid_out(one.script, points)
        found = meter.found(layout) if points else ()
        yield Answer(one, layout, found, exact)


def rows(answer: Answer) -> Iterator[Row]:
    """The points of an answer that say something about the model.

    Left out: points whose mark was settled by another point, not by the words.
    """
    earns = answer.marked.earned
    for sought, found in zip(answer.layout.sought, answer.found, strict=True):
        if found is None or was_settled(sought.point, earns):
            continue
        refused = bool(rules.refusal(answer.layout, sought, found.window))
        asked = answer.marked.script.question
        earned = sought.point.id in earns
        alone = answer.layout.alone
        yield Row(str(asked.id), found.values, earned, alone, refused, asked.language)


def was_settled(point: MarkPoint, earns: frozenset[str]) -> bool:
    """Whether a point's mark follows from another point's, and says nothing about the words."""
    orphan = point.depends_on is not None and point.depends_on not in earns
    return orphan or (point.implied_by is not None and point.implied_by in earns)
