"""Examiners held against the people who marked the examples."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.examiners import build
from bot.examiners.agreement import Case, agreement, granted, kappa, macro_f1, robustness, withheld
from bot.examiners.evaluate import evaluated, report
from bot.examiners.exact import ExactExaminer
from bot.marking import CouldNotMark
from knowledge.library import Library
from tests.fakes import ScriptedExaminer

RIGHT = Case("full", ((True, True), (False, False)), 0, 1, 1)
WRONG = Case("reversed", ((True, False), (False, True)), 1, 1, 1)
UNMARKED = Case("zero", (), 0, 0, None)


def test_agreement_counts_points_marks_and_what_was_not_marked() -> None:
    numbers = agreement([RIGHT, WRONG, UNMARKED])

    assert numbers.per_point == 0.5
    assert numbers.exact_marks == 1.0
    assert numbers.unmarked == pytest.approx(1 / 3)
    assert numbers.unsure == 0.25


def test_macro_f1_weighs_both_kinds_of_points_alike() -> None:
    assert macro_f1([(True, True), (False, False)]) == 1.0
    assert macro_f1([(True, True), (True, True), (True, True), (False, True)]) == pytest.approx(
        3 / 7
    )


def test_kappa_is_one_for_agreement_and_punishes_far_misses_more() -> None:
    assert kappa([(0, 0), (1, 1), (2, 2)]) == 1.0
    assert kappa([(0, 1), (1, 1), (2, 2)]) > kappa([(0, 2), (1, 1), (2, 2)])
    assert kappa([(0, 2), (2, 0)]) == -1.0


def test_robustness_tells_points_wrongly_given_from_points_withheld() -> None:
    table = robustness([RIGHT, WRONG, UNMARKED])

    assert table["reversed"] == (1, 1.0, 1, 1)
    assert table["zero"] == (0, 1.0, 0, 0)
    assert withheld([WRONG], ["reversed"]) == 0.0
    assert granted([RIGHT], ["full"]) == 1.0


async def test_any_examiner_can_be_evaluated_over_the_library(library: Library) -> None:
    questions = library.questions("biology")
    examples = [one for question in questions for part in question.parts for one in part.examples]

    cases = await evaluated(ScriptedExaminer(*([CouldNotMark()] * len(examples))), questions)

    assert len(cases) == len(examples)
    assert agreement(cases).unmarked == 1.0


async def test_the_exact_examiner_agrees_with_every_example_it_can_mark(library: Library) -> None:
    cases = await evaluated(ExactExaminer(), library.questions("biology"))

    numbers = agreement(cases)
    assert numbers.points > 0
    assert numbers.per_point == 1.0


async def test_the_report_shows_the_numbers(library: Library) -> None:
    screen = Console(file=io.StringIO(), width=120)

    report("exact", await evaluated(ExactExaminer(), library.questions("biology")), screen)

    assert isinstance(screen.file, io.StringIO)
    assert "macro f1" in screen.file.getvalue()


def test_each_examiner_is_built_by_its_name() -> None:
    trained, language = ScriptedExaminer(["p1"]), ScriptedExaminer(["p1"])

    assert build("trained", trained, None) is trained
    assert build("llm", trained, language).name == language.name
    assert build("panel", trained, language).name.startswith(trained.name)


@pytest.mark.parametrize("kind", ["llm", "panel"])
def test_an_examiner_that_needs_a_model_says_how_to_get_one(kind: str) -> None:
    with pytest.raises(ValueError, match="VIVA_MODEL"):
        build("llm" if kind == "llm" else "panel", ScriptedExaminer(["p1"]), None)
