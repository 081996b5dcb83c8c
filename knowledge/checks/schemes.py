"""Does a mark scheme hold together: do its marks add up, do its points name each other rightly?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from knowledge.arithmetic import total
from knowledge.checks.asked import Asked
from knowledge.content import BandScheme, Criterion, MarkPoint, PointScheme
from knowledge.problems import Loc, Problem


def problems(asked: Asked) -> Iterator[Problem]:
    """Everything wrong with one part's scheme."""
    match asked.part.scheme:
        case BandScheme() as scheme:
            yield from _ladders(asked, scheme)
        case PointScheme() as scheme:
            yield from _names(asked, scheme)
            yield from _sums(asked, scheme)
            yield from _links(asked, scheme)
            yield from _caps(asked, scheme)
            yield from _required(asked, scheme)
            yield from _gaps(asked, scheme)


def _names(asked: Asked, scheme: PointScheme) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, point in enumerate(scheme.points):
        if point.id in seen:
            yield asked.problem(("mark_scheme", number), f'two points have the id "{point.id}"')
        seen.add(point.id)


def _sums(asked: Asked, scheme: PointScheme) -> Iterator[Problem]:
    most = total(scheme, (point.id for point in scheme.points))
    if most < scheme.out_of:
        text = f"the points can earn {most} at most, but the question is worth {scheme.out_of}"
        yield asked.problem(("marks",), text)


def _links(asked: Asked, scheme: PointScheme) -> Iterator[Problem]:
    ids = {point.id for point in scheme.points}
    for key in ("depends_on", "implied_by"):
        links = {point.id: _link(point, key) for point in scheme.points}
        for number, point in enumerate(scheme.points):
            at: Loc = ("mark_scheme", number, key)
            named = links[point.id]
            if named and named not in ids:
                yield asked.problem(at, f'there is no point "{named}" in this part')
            elif named and point.id in _chain(named, links):
                yield asked.problem(at, f'"{point.id}" goes round in a circle to itself')


def _link(point: MarkPoint, key: str) -> str | None:
    return point.depends_on if key == "depends_on" else point.implied_by


def _chain(start: str, links: Mapping[str, str | None]) -> set[str]:
    """Every point that is reached from `start` by following the links."""
    reached: set[str] = set()
    step: str | None = start
    while step and step not in reached:
        reached.add(step)
        step = links.get(step)
    return reached


def _caps(asked: Asked, scheme: PointScheme) -> Iterator[Problem]:
    worth = {point.id: point.marks for point in scheme.points}
    for number, cap in enumerate(scheme.caps):
        at: Loc = ("caps", number)
        yield from _unknown(asked, (*at, "points"), cap.points, worth)
        yield from _unknown(asked, (*at, "unless"), cap.unless, worth)
        reach = sum(worth.get(id, 0) for id in cap.points or worth)
        if reach <= cap.max:
            text = f"its points earn {reach} together, so a limit of {cap.max} limits nothing"
            yield asked.problem(at, text)


def _unknown(asked: Asked, at: Loc, named: Iterable[str], ids: Iterable[str]) -> Iterator[Problem]:
    for place, id in enumerate(named):
        if id not in ids:
            yield asked.problem((*at, place), f'there is no point "{id}" in this part')


def _required(asked: Asked, scheme: PointScheme) -> Iterator[Problem]:
    for number, point in enumerate(scheme.points):
        for place, words in enumerate(point.required):
            if not all(word.strip() for word in words.split("/")):
                text = f'"{words}" has nothing on one side of a slash'
                yield asked.problem(("mark_scheme", number, "required", place), text)


def _gaps(asked: Asked, scheme: PointScheme) -> Iterator[Problem]:
    """Gaps that are filled twice, or that stand beside points of another kind."""
    gaps = [point.gap.lower() for point in scheme.points]
    for number, gap in enumerate(gaps):
        at: Loc = ("mark_scheme", number)
        if gap and gap in gaps[:number]:
            yield asked.problem(at, f'gap {gap} has a point already: use "accept"')
        elif not gap and any(gaps):
            yield asked.problem(at, '"gap" is missing: the other points of this part have one')


def _ladders(asked: Asked, scheme: BandScheme) -> Iterator[Problem]:
    if isinstance(asked.written("mark_scheme", "criteria"), str):
        return  # a set of subject.yaml, which is checked there
    for number, criterion in enumerate(scheme.criteria):
        several = asked.written("mark_scheme", "criteria") is not None
        at: Loc = ("mark_scheme", "criteria", number) if several else ("mark_scheme",)
        for place, text in rungs(criterion):
            yield asked.problem((*at, *place), text)
    ids = [criterion.id for criterion in scheme.criteria]
    if len(set(ids)) < len(ids):
        yield asked.problem(("mark_scheme", "criteria"), "two criteria have the same id")


def rungs(criterion: Criterion) -> Iterator[tuple[Loc, str]]:
    """What is wrong between a criterion's bands, each with its place within it."""
    if criterion.bands[0].low > 1:
        yield ("bands", 0), "the lowest band should begin at 1 mark"
    for number, (below, band) in enumerate(pairwise(criterion.bands), 1):
        if band.low != below.high + 1:
            text = f"this band should begin at {below.high + 1}, right above the one before it"
            yield ("bands", number), text
