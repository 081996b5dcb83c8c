"""Questions that the examiners' tests mark answers to."""

from __future__ import annotations

from dataclasses import replace

from bot.marking import Script
from knowledge.content import (
    Band,
    BandScheme,
    Criterion,
    Kind,
    MarkPoint,
    Numeric,
    Part,
    PointScheme,
    Question,
    QuestionId,
    Scheme,
)

OUT = MarkPoint("p1", "water leaves the cells", accept=("water moves out",))
OSMOSIS = MarkPoint("p2", "by osmosis", reject=("osmosis of sugar",))
STEM = "A potato chip is left in strong sugar solution for an hour. Explain why its mass falls."


def script(
    answer: str,
    *points: MarkPoint,
    scheme: Scheme | None = None,
    kind: Kind = "short",
    earlier: tuple[tuple[str, str], ...] = (),
) -> Script:
    """An answer to the potato question, with these points as its scheme or both usual ones."""
    points = points or (OUT, OSMOSIS)
    scheme = scheme or PointScheme(points, sum(point.marks for point in points))
    part = Part("", "", kind, "explain", scheme, (), "Water leaves the cells by osmosis.")
    question = Question(
        QuestionId("biology/osmosis/potato"),
        "biology",
        "osmosis",
        "The potato chip",
        STEM,
        "SL",
        "2",
        (part,),
    )
    return Script(question, part, answer, earlier)


def asking(stem: str, script: Script) -> Script:
    """The same answer to the same points, with another question above them."""
    return replace(script, question=replace(script.question, stem=stem))


def number(id: str = "p3") -> MarkPoint:
    """A point for a number."""
    return MarkPoint(id, "", numeric=Numeric(0.5, "g", tolerance=0.01))


def essay(*ids: str) -> BandScheme:
    """Criteria of three bands up to 9 marks."""
    bands = (
        Band(1, 3, "says what happens"),
        Band(4, 6, "explains it"),
        Band(7, 9, "explains it and weighs it up"),
    )
    return BandScheme(
        tuple(Criterion(id, id.capitalize(), 9, bands) for id in ids or ("content",)),
        ("water potential",),
    )
