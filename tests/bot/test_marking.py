"""The arithmetic of marks, as published mark schemes have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.marking import PointMark, Script, settled, total
from knowledge.content import Cap, MarkPoint, Part, PointScheme, Question, QuestionId


def points(*ids: str, marks: int = 1) -> tuple[MarkPoint, ...]:
    return tuple(MarkPoint(id, f"says {id}", marks) for id in ids)


def script(scheme: PointScheme, answer: str = "one two three four") -> Script:
    part = Part("", "", "short", "explain", scheme, (), "")
    question = Question(QuestionId("b/t/q"), "b", "t", "Title", "Stem", "SL", "2", (part,))
    return Script(question, part, answer)


def judged(scheme: PointScheme, **quotes: str) -> tuple[PointMark, ...]:
    return tuple(
        PointMark(point, point.id in quotes, quotes.get(point.id, "")) for point in scheme.points
    )


def test_any_three_from_five_earns_three_however_many_are_said() -> None:
    scheme = PointScheme(points("a", "b", "c", "d", "e"), out_of=3)

    assert total(scheme, ["a", "c"]) == 2
    assert total(scheme, ["a", "b", "c", "d", "e"]) == 3


def test_a_cap_holds_for_its_points_and_is_lifted_by_its_condition() -> None:
    scheme = PointScheme(points("a", "b", "c", "d"), 4, (Cap(1, ("a", "b")), Cap(2, (), ("d",))))

    assert total(scheme, ["a", "b"]) == 1
    assert total(scheme, ["a", "b", "c"]) == 2
    assert total(scheme, ["a", "b", "c", "d"]) == 3


def test_of_two_alternative_routes_the_better_one_counts_and_they_do_not_add() -> None:
    first = MarkPoint("a", "first way", route="I"), MarkPoint("b", "on", route="I")
    second = MarkPoint("c", "second way", route="II")
    scheme = PointScheme((*first, second, MarkPoint("d", "answer")), 3)

    assert total(scheme, ["a", "c", "d"]) == 2
    assert total(scheme, ["a", "b", "c", "d"]) == 3
    assert total(scheme, ["c"]) == 1


def test_the_answer_that_was_given_in_the_question_earns_nothing() -> None:
    scheme = PointScheme((MarkPoint("m", "method", type="M"), MarkPoint("g", "x", type="AG")), 1)

    assert total(scheme, ["g"]) == 0


def test_a_dependent_point_falls_with_the_one_it_needs_down_the_whole_chain() -> None:
    scheme = PointScheme(
        (
            MarkPoint("m", "method"),
            MarkPoint("a", "answer", depends_on="m"),
            MarkPoint("r", "reason", depends_on="a"),
        ),
        3,
    )

    marks = settled(script(scheme), judged(scheme, a="two", r="three"))

    assert [mark.awarded for mark in marks] == [False, False, False]
    assert marks[1].comment == "needs point 1 first"


def test_a_bracketed_method_mark_is_implied_by_the_answer_that_needs_it() -> None:
    scheme = PointScheme((MarkPoint("m", "method", implied_by="a"), MarkPoint("a", "answer")), 2)

    marks = settled(script(scheme), judged(scheme, a="two"))

    assert [mark.awarded for mark in marks] == [True, True]
    assert marks[0].quote == "two"


def test_a_bare_answer_implies_every_step_before_it() -> None:
    scheme = PointScheme(
        (
            MarkPoint("m1", "first", implied_by="m2"),
            MarkPoint("m2", "second", implied_by="a"),
            MarkPoint("a", "answer"),
        ),
        3,
    )

    marks = settled(script(scheme), judged(scheme, a="two"))

    assert [mark.awarded for mark in marks] == [True, True, True]


def test_where_order_matters_the_longest_run_in_order_counts() -> None:
    scheme = PointScheme(points("a", "b", "c"), 3, in_order=True)

    marks = settled(script(scheme), judged(scheme, a="four", b="one", c="two"))

    assert [mark.awarded for mark in marks] == [False, True, True]
    assert marks[0].comment == "out of order"


@pytest.mark.parametrize("out_of", [1, 4, 9])
@given(awarded=st.sets(st.sampled_from("abcdef")), caps=st.lists(st.integers(0, 3), max_size=2))
def test_marks_are_never_below_nothing_nor_above_what_the_part_is_worth(
    out_of: int, awarded: set[str], caps: list[int]
) -> None:
    scheme = PointScheme(
        points("a", "b", "c", "d", "e", "f", marks=2),
        out_of,
        tuple(Cap(most, ("a", "b", "c")) for most in caps[:1]),
    )

    assert 0 <= total(scheme, awarded) <= out_of
