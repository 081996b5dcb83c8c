"""The trained examiner and the language model together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.examiners.panel import Panel
from bot.marking import AllowanceSpent, CouldNotMark, PointMark, Script, Verdict, settled
from bot.ports import Amounts, Item
from knowledge.content import MarkPoint, PointScheme
from tests.bot.examiners.papers import OSMOSIS, OUT, essay, number, script
from tests.fakes import ScriptedExaminer, awarding

ANSWER = "Water goes out by osmosis into the sugar."
DEPENDENT = MarkPoint("p3", "into the solution", depends_on="p1")
IMPLIED = MarkPoint("p4", "there is less water inside", implied_by="p1")


def unsure(verdict: Verdict, *ids: str) -> Verdict:
    """The verdict, unsure of these points."""
    marks = [replace(mark, unsure=mark.point.id in ids) for mark in verdict.points]
    return replace(verdict, points=tuple(marks))


def panel(trained: Verdict | CouldNotMark, *second: str) -> tuple[Panel, ScriptedExaminer]:
    model = ScriptedExaminer(second, name="gpt-x")
    return Panel(ScriptedExaminer(trained, name="card-1"), model), model


async def test_where_the_trained_examiner_is_sure_nobody_else_is_asked() -> None:
    answered = script(ANSWER)
    marker, model = panel(awarding(answered, ["p1"], "card-1"), "p1", "p2")

    verdict = await marker.mark(answered)

    assert verdict.marks == 1
    assert verdict.examiner == "card-1"
    assert model.scripts == []
    assert marker.name == "card-1, then gpt-x"


async def test_only_the_points_in_doubt_are_judged_again() -> None:
    answered = script(ANSWER)
    marker, model = panel(unsure(awarding(answered, ["p1"], "card-1"), "p2"), "p2")

    verdict = await marker.mark(answered)

    assert [mark.awarded for mark in verdict.points] == [True, True]
    assert not any(mark.unsure for mark in verdict.points)
    assert _ids(model.scripts[0]) == ["p2"]
    assert verdict.examiner == "card-1, then gpt-x for p2"
    assert verdict.scheme == answered.part.scheme


async def test_without_the_model_the_trained_verdict_stands_and_says_so() -> None:
    answered = script(ANSWER)
    first = unsure(awarding(answered, ["p1"], "card-1"), "p2")
    model = ScriptedExaminer(CouldNotMark("down"), name="gpt-x")

    verdict = await Panel(ScriptedExaminer(first, name="card-1"), model).mark(answered)

    assert verdict == replace(first, examiner="card-1, without gpt-x")


async def test_a_point_that_hangs_on_one_in_doubt_is_judged_again_with_it() -> None:
    answered = script(ANSWER, OUT, OSMOSIS, DEPENDENT, IMPLIED)
    marks = settled(answered, awarding(answered, ["p2", "p3"]).points)
    first = unsure(replace(awarding(answered, []), points=marks), "p1")
    marker, model = panel(first, "p1", "p3")

    verdict = await marker.mark(answered)

    assert _ids(model.scripts[0]) == ["p1", "p3", "p4"]
    assert [mark.awarded for mark in verdict.points] == [True, True, True, True]
    assert verdict.points[3].comment == "implied by your answer"
    assert verdict.points[2].point.depends_on == "p1"


async def test_the_ties_are_applied_to_what_both_said_together() -> None:
    answered = script(ANSWER, OUT, OSMOSIS, DEPENDENT)
    marker, _ = panel(unsure(awarding(answered, ["p1", "p2", "p3"]), "p1"), "p3")

    verdict = await marker.mark(answered)

    assert [mark.awarded for mark in verdict.points] == [False, True, False]
    assert verdict.points[2].comment == "needs point 1 first"


async def test_where_order_counts_a_doubt_is_a_doubt_about_all() -> None:
    answered = script(ANSWER, scheme=PointScheme((OUT, OSMOSIS), 2, in_order=True))
    marker, model = panel(unsure(awarding(answered, ["p1"]), "p2"), "p1", "p2")

    await marker.mark(answered)

    assert _ids(model.scripts[0]) == ["p1", "p2"]


async def test_bands_go_to_the_model_at_once() -> None:
    answered = script(ANSWER, scheme=essay())
    model = ScriptedExaminer(CouldNotMark("the model was asked"))
    trained = ScriptedExaminer(CouldNotMark("the trained examiner was asked"))

    with pytest.raises(CouldNotMark, match="the model was asked"):
        await Panel(trained, model).mark(answered)

    assert trained.scripts == []


async def test_what_the_trained_examiner_cannot_mark_goes_to_the_model_whole() -> None:
    answered = script(ANSWER)
    marker, model = panel(CouldNotMark("no weights"), "p1", "p2")

    verdict = await marker.mark(answered)

    assert verdict.marks == 2
    assert model.scripts == [answered]


async def test_feedback_is_of_the_verdict_that_both_reached() -> None:
    answered = script(ANSWER)
    first = unsure(awarding(answered, ["p1"], "card-1"), "p2")
    marker, _ = panel(replace(first, feedback="of the first examiner alone"), "p2")

    verdict = await marker.mark(answered)

    assert verdict.feedback == ""
    assert verdict.points[1] == PointMark(OSMOSIS, True, ANSWER)


class Counted:
    """A Tally."""

    def __init__(self) -> None:
        self.amounts: Counter[Item] = Counter()

    async def add(self, amounts: Amounts) -> None:
        """So many more."""
        self.amounts.update(amounts)


async def test_it_is_counted_how_often_the_model_was_needed() -> None:
    counted = Counted()
    answered = script(ANSWER, OUT, OSMOSIS, number())
    sure = awarding(answered, ["p1"], "card-1")
    doubtful = unsure(sure, "p2")
    trained = ScriptedExaminer(sure, sure, doubtful)
    marker = Panel(trained, ScriptedExaminer(["p2"]), counted)

    for _ in range(3):
        await marker.mark(answered)

    assert counted.amounts == {
        "answers judged": 3,
        "answers asked": 1,
        "points judged": 6,
        "points asked": 1,
    }


async def test_where_all_is_calculated_or_nothing_written_no_call_is_saved() -> None:
    counted = Counted()
    for answered in (script("0.5 g", number()), script("  ")):
        trained = ScriptedExaminer(awarding(answered, []))
        await Panel(trained, ScriptedExaminer(["p1"]), counted).mark(answered)

    assert counted.amounts == {}


async def test_over_budget_the_trained_verdict_stands_and_the_learner_is_told() -> None:
    answered = script(ANSWER)
    first = unsure(awarding(answered, ["p1"], "card-1"), "p2")
    model = ScriptedExaminer(AllowanceSpent("your allowance is used up"), name="gpt-x")

    verdict = await Panel(ScriptedExaminer(first, name="card-1"), model).mark(answered)

    assert verdict.marks == 1
    assert verdict.notice == "Marked without the language model: your allowance is used up."


async def test_what_the_trained_verdict_warns_of_is_not_lost_with_the_model() -> None:
    answered = script(ANSWER)
    first = replace(unsure(awarding(answered, ["p1"], "card-1"), "p2"), notice="Mind the verbs.")
    model = ScriptedExaminer(AllowanceSpent("your allowance is used up"), name="gpt-x")

    verdict = await Panel(ScriptedExaminer(first, name="card-1"), model).mark(answered)

    assert verdict.notice.startswith("Marked without the language model")
    assert verdict.notice.endswith("Mind the verbs.")


def _ids(script: Script) -> list[str]:
    assert isinstance(script.part.scheme, PointScheme)
    return [point.id for point in script.part.scheme.points]
