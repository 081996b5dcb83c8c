"""Do the marked answers teach the marker: enough of them, varied, and true to the scheme?"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from knowledge.arithmetic import total
from knowledge.checks.asked import Asked, plain
from knowledge.content import BandScheme, Example, PointScheme, Shows
from knowledge.misfits import nearest
from knowledge.problems import Loc, Problem

FEWEST = 4  # for a question
FEWEST_IN_PART = 2
COPIED = 90  # of 100: how alike an answer may not be to the scheme
QUOTED = 4  # words in a row that stand in the question: a quotation, which has one wording only
SHORT = 5  # words: an answer of so few can hardly be worded in another way


def of_question(parts: list[Asked]) -> Iterator[Problem]:
    """What all parts together are short of."""
    first = parts[0]
    shown = {example.shows for asked in parts for example in asked.part.examples}
    count = sum(len(asked.part.examples) for asked in parts)
    if count < FEWEST:
        text = f"there are {count}, but a question needs {FEWEST} or more"
        yield first.problem(("examples",), text)
    for wanted in _wanted(parts):
        if not shown.intersection(wanted):
            yield first.problem(("examples",), f"none shows {' or '.join(wanted)}")


def _wanted(parts: list[Asked]) -> Iterator[tuple[Shows, ...]]:
    if any(asked.part.marks > 1 for asked in parts):
        yield ("partial",)
    if not all(_by_rule(asked) for asked in parts):
        yield ("reversed", "list")
        yield ("typos", "order")
    else:
        yield ("zero", "partial", "reversed")


def _by_rule(asked: Asked) -> bool:
    """Whether the part is marked by rule: there is one way to put a right answer."""
    scheme = asked.part.scheme
    if asked.part.kind in ("choice", "number"):
        return True
    return isinstance(scheme, PointScheme) and all(point.gap for point in scheme.points)


def of_part(asked: Asked) -> Iterator[Problem]:
    """Everything wrong with the examples of one part."""
    examples = asked.part.examples
    if not any(example.shows == "full" for example in examples):
        yield asked.problem(("examples",), "none shows full: what earns all the marks?")
    if asked.loc and len(examples) < FEWEST_IN_PART:
        text = f"there are {len(examples)}, but a part needs {FEWEST_IN_PART} or more"
        yield asked.problem(("examples",), text)
    seen: set[str] = set()
    for number, example in enumerate(examples):
        at: Loc = ("examples", number)
        if plain(example.answer) in seen:
            yield asked.problem(at, "this answer is here twice")
        seen.add(plain(example.answer))
        yield from _one(asked, at, example)


def _one(asked: Asked, at: Loc, example: Example) -> Iterator[Problem]:
    earlier = {part.label for part in asked.before}
    for label, _ in example.earlier:
        if label not in earlier:
            yield asked.problem((*at, "earlier", label), f'there is no earlier part "{label}"')
    if isinstance(asked.part.scheme, PointScheme):
        yield from _by_points(asked, at, example, asked.part.scheme)
    else:
        yield from _by_bands(asked, at, example)


def _by_bands(asked: Asked, at: Loc, example: Example) -> Iterator[Problem]:
    if example.marks is None or example.earns:
        yield asked.problem(at, 'where bands are used, an example says "marks", not "earns"')
        return
    if example.by_criterion:
        yield from _told_apart(asked, at, example)
    if example.marks > asked.part.marks:
        yield asked.problem((*at, "marks"), f"the question is worth {asked.part.marks} only")
    if not example.reason:
        yield asked.problem(at, '"reason" is missing: why these marks?')
    yield from _as_it_shows(asked, at, example, example.marks)


def _told_apart(asked: Asked, at: Loc, example: Example) -> Iterator[Problem]:
    """Marks by criterion that are not those of the scheme's criteria."""
    scheme = asked.part.scheme
    assert isinstance(scheme, BandScheme)
    reach = {criterion.id: criterion.out_of for criterion in scheme.criteria}
    split = dict(example.by_criterion)
    for id, marks in split.items():
        if id not in reach:
            text = f'there is no criterion "{id}"{nearest(id, reach)}'
            yield asked.problem((*at, "marks", id), text)
        elif marks > reach[id]:
            text = f'criterion "{id}" is worth {reach[id]} only'
            yield asked.problem((*at, "marks", id), text)
    for id in reach:
        if id not in split:
            yield asked.problem((*at, "marks"), f'criterion "{id}" has no marks: write 0 for none')


def _by_points(asked: Asked, at: Loc, example: Example, scheme: PointScheme) -> Iterator[Problem]:
    if example.marks is not None:
        yield asked.problem((*at, "marks"), 'where points are used, an example says "earns" only')
    if asked.written(*at, "earns") is None:
        yield asked.problem(at, '"earns" is missing: write earns: [] for an answer worth nothing')
    yield from _earned(asked, at, example, scheme)
    yield from _as_it_shows(asked, at, example, total(scheme, _with_implied(example, scheme)))
    if not _by_rule(asked):
        yield from _copied(asked, at, example, scheme)


def _earned(asked: Asked, at: Loc, example: Example, scheme: PointScheme) -> Iterator[Problem]:
    points = {point.id: point for point in scheme.points}
    earned = _with_implied(example, scheme)
    for place, id in enumerate(example.earns):
        where: Loc = (*at, "earns", place)
        point = points.get(id)
        if point is None:
            yield asked.problem(where, f'there is no point "{id}"; there are {", ".join(points)}')
        elif id in example.earns[:place]:
            yield asked.problem(where, f'"{id}" is here twice')
        elif point.type == "AG":
            yield asked.problem(where, f'"{id}" is an answer given (AG): nobody can earn it')
        elif point.depends_on and point.depends_on not in earned:
            text = f'"{id}" needs "{point.depends_on}", which is not earned'
            yield asked.problem(where, text)


def _with_implied(example: Example, scheme: PointScheme) -> set[str]:
    """The points earned, with those that they imply."""
    earned = set(example.earns)
    for _ in scheme.points:  # a chain of implied points is no longer than the scheme
        earned |= {point.id for point in scheme.points if point.implied_by in earned}
    return earned


def _as_it_shows(asked: Asked, at: Loc, example: Example, marks: int) -> Iterator[Problem]:
    most, due = asked.part.marks, ""
    match example.shows:
        case "full" if marks < most:
            due = "everything"
        case "zero" if marks > 0:
            due = "nothing"
        case "partial" if not 0 < marks < most:
            due = "something, but not everything"
        case "reversed" | "list" if marks == most:
            due = "less than everything"
    if due:
        text = (
            f'an answer that shows "{example.shows}" earns {due}; this one earns {marks} of {most}'
        )
        yield asked.problem((*at, "shows"), text)


def _copied(asked: Asked, at: Loc, example: Example, scheme: PointScheme) -> Iterator[Problem]:
    answer = plain(example.answer)
    if len(answer.split()) <= SHORT:
        return
    told = plain(asked.told)
    for point in scheme.points:
        for wording in (point.text, *point.accept):
            if not _quotes(wording, told) and fuzz.ratio(answer, plain(wording)) >= COPIED:
                text = f'it copies the scheme ("{wording}"): word it as a student would'
                yield asked.problem((*at, "answer"), text)
                return


def _quotes(wording: str, told: str) -> bool:
    """Whether half of a wording or more is a quotation of what the question tells."""
    words = plain(wording).split()
    least = max(QUOTED, -(-len(words) // 2))
    runs = (words[at : at + least] for at in range(len(words) - least + 1))
    return any(f" {' '.join(run)} " in told for run in runs)
