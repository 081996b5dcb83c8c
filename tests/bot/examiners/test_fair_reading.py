"""Numbers, units and working read as a fair human examiner reads them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bot.examiners.exact import ExactExaminer
from bot.marking import Script
from knowledge.content import MarkPoint, Numeric, PointScheme
from tests.bot.examiners.papers import asking, script

UPPER = MarkPoint("upper", "the upper bound is 1245", numeric=Numeric(1245))
LOWER = MarkPoint("lower", "the lower bound is 1235", numeric=Numeric(1235))
PAYMENT = Numeric(523.77, significant_figures=5, unit_required=False)
LOAN = "A loan of 12000 euros at 4.5 % is paid off monthly in two years. Find the payment."
THIRD = Numeric(math.pi / 3, "rad", unit_required=False)
ROOTS = (Numeric(4 + 20**0.5, unknown="x"), Numeric(4 - 20**0.5, unknown="x"))


async def earned(asked: Script) -> list[str]:
    """The points that an answer earns."""
    verdict = await ExactExaminer().mark(asked)
    return [mark.point.id for mark in verdict.points if mark.awarded]


def numbers(answer: str, *wanted: Numeric) -> Script:
    """An answer to a part that asks for these numbers: p0, p1 and so on."""
    points = [MarkPoint(f"p{n}", "", type="A", numeric=one) for n, one in enumerate(wanted)]
    return script(answer, *points, kind="number")


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("upper bound = 1245, lower bound = 1235", ["upper", "lower"]),
        ("lower = 1240 - 5 = 1235 and upper = 1240 + 5 = 1245", ["upper", "lower"]),
        ("1235 (lower), 1245 (upper)", ["upper", "lower"]),
        ("between 1235 and 1245", ["upper", "lower"]),
        ("upper bound = 1235, lower bound = 1245", []),
        ("lower: 1245\nupper: 1235", []),
        ("upper = 1240 - 5 = 1235, lower = 1240 + 5 = 1245", []),
        ("1245 is the lower bound, 1235 the upper", []),
        ("lower bound = 1245", []),
    ],
)
async def test_a_number_that_is_called_by_a_name_goes_to_the_point_of_that_name(
    answer: str, points: list[str]
) -> None:
    assert await earned(script(answer, UPPER, LOWER, kind="number")) == points


async def test_a_name_that_only_one_point_knows_tells_no_number_from_another() -> None:
    payments = MarkPoint("n", "there are N = 120 payments", numeric=Numeric(120))
    amount = MarkPoint("pmt", "666.12 dinars", numeric=Numeric(666.12, unit_required=False))
    answer = "N = 120\nI = 6\nmonthly payment = 666.12"

    assert await earned(script(answer, payments, amount, kind="number")) == ["n", "pmt"]


@pytest.mark.parametrize(
    "answer",
    [
        "N=24, I%=4.5, PV=-12000, FV=?, PMT=523.77",
        "N=24, I%=4.5, PV=-12000, PMT=-523.77, FV=0, P/Y=12, C/Y=12",
        "PMT = 523.77\nN = 24\nI% = 4.5\nPV = -12000\nFV = 0",
        "N = 2*12 = 24, I% = 4.5, PV = 12000, PMT = ?, FV = 0 so 523.77 a month",
    ],
)
async def test_the_result_of_a_finance_solver_is_told_from_its_inputs(answer: str) -> None:
    inputs = (Numeric(24), Numeric(4.5), Numeric(12000, unit_required=False), Numeric(0))

    assert await earned(asking(LOAN, numbers(answer, PAYMENT))) == ["p0"]
    for one in inputs:
        assert await earned(asking(LOAN, numbers(answer, one))) == []


@pytest.mark.parametrize(
    ("answer", "unit"),
    [
        *(("RM507", "RM"), ("RM 507", "ringgit"), ("507 MYR", "RM"), ("= RM507", "ringgit")),
        *(("USD507", "USD"), ("US$507", "USD"), ("USD 507", "$"), ("$507", "dollars")),
        *(("€507", "EUR"), ("507EUR", "€"), ("EUR507", "euros"), ("PLN507", "zlotys")),
    ],
)
async def test_a_currency_may_touch_its_number_on_either_side(answer: str, unit: str) -> None:
    assert await earned(numbers(answer, Numeric(507, unit))) == ["p0"]
    assert await earned(numbers(answer, Numeric(507, "GBP"))) == []


async def test_a_debt_may_have_its_minus_before_the_currency() -> None:
    assert await earned(numbers("NPV = -$507", Numeric(-507, "$"))) == ["p0"]
    assert await earned(numbers("NPV = -$507", Numeric(507, "$"))) == []


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("666 per month", Numeric(666)),
        ("666 a month", Numeric(666, "dinars", unit_required=False)),
        ("666 ringgit per month", Numeric(666)),
        ("$666", Numeric(666)),
        ("666 dinars per month", Numeric(666, "dinars")),
        ("$666 per month", Numeric(666, "USD")),
        ("$666 monthly", Numeric(666, "USD/month")),
        ("666 monthly", Numeric(666, "dinars/month")),
    ],
)
async def test_a_time_may_be_said_of_a_number_that_needs_none(answer: str, wanted: Numeric) -> None:
    assert await earned(numbers(answer, wanted)) == ["p0"]


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("666 per month", Numeric(666, "dinars")),
        ("666 per year", Numeric(666, "dinars/month")),
        ("666 kg per month", Numeric(666)),
    ],
)
async def test_a_time_is_no_unit_and_no_other_time(answer: str, wanted: Numeric) -> None:
    assert await earned(numbers(answer, wanted)) == []


@pytest.mark.parametrize("answer", ["(2, -3)", "(2,-3)", "the vertex is $(2, -3)$", "at (2; −3)"])
async def test_the_numbers_of_a_pair_are_its_coordinates(answer: str) -> None:
    told = (
        MarkPoint("x", "the x-coordinate is 2", numeric=Numeric(2)),
        MarkPoint("y", "the y-coordinate is −3", numeric=Numeric(-3)),
    )
    turned = (
        MarkPoint("x", "the x-coordinate is −3", numeric=Numeric(-3)),
        MarkPoint("y", "the y-coordinate is 2", numeric=Numeric(2)),
    )
    letters = (Numeric(2, unknown="x"), Numeric(-3, unknown="y"))

    assert await earned(script(answer, *told, kind="number")) == ["x", "y"]
    assert await earned(script(answer, *turned, kind="number")) == []
    assert await earned(numbers(answer, *letters)) == ["p0", "p1"]


async def test_a_pair_without_a_space_is_no_decimal() -> None:
    letters = (Numeric(2, unknown="x"), Numeric(3, unknown="y"))

    assert await earned(numbers("(2,3)", *letters)) == ["p0", "p1"]
    assert await earned(numbers("(3,2)", *letters)) == []


async def test_points_of_intersection_may_be_pairs() -> None:
    wanted = [Numeric(n, unknown=letter) for n, letter in ((1, "x"), (2, "y"), (3, "x"), (6, "y"))]

    assert await earned(numbers("(1, 2) and (3, 6)", *wanted)) == ["p0", "p1", "p2", "p3"]


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("3*4=12 so the mass is 12.5 kg", ["p0"]),
        ("3*4 = 12\nmass 12.5 kg", ["p0"]),
        ("3*4 = 11, each of 12.5 kg", []),
    ],
)
async def test_a_last_number_in_the_unit_outweighs_a_bare_step(
    answer: str, points: list[str], required: bool
) -> None:
    wanted = Numeric(12.5, "kg", unit_required=required)

    assert await earned(numbers(answer, wanted)) == points


@pytest.mark.parametrize(
    "answer", ["x = 26/3 = 8.67", "x=26/3≈8.67", r"$x = \frac{26}{3} \approx 8.67$"]
)
async def test_a_solution_and_its_decimal_are_one(answer: str) -> None:
    assert await earned(numbers(answer, Numeric(26 / 3, unknown="x"))) == ["p0"]


async def test_a_solution_and_another_number_are_two() -> None:
    wanted = Numeric(26 / 3, unknown="x")

    assert await earned(numbers("x = 26/3 = 8.5", wanted)) == []
    assert await earned(numbers("x = 26/3 or 8.67", wanted)) == []


@pytest.mark.parametrize(
    "answer",
    [
        "x=4+√20=8.47 or x=4-√20=-0.472",
        "x = 4+sqrt(20) = 8.47, x = 4-sqrt(20) = -0.472",
        "x = 4±√20 = 8.47, -0.472",
    ],
)
async def test_two_solutions_and_their_decimals_are_two(answer: str) -> None:
    assert await earned(numbers(answer, *ROOTS)) == ["p0", "p1"]


@pytest.mark.parametrize("answer", ["60°", "60", "60 degrees", "x = 60°"])
async def test_degrees_earn_nothing_where_radians_are_asked(answer: str) -> None:
    told = "Find the angle in radians."

    assert await earned(numbers(answer, replace(THIRD, unit_required=True))) == []
    assert await earned(numbers(answer, replace(THIRD, unit="", unknown="x"))) == []
    assert await earned(asking(told, numbers(answer, THIRD))) == []


@pytest.mark.parametrize(
    "answer", ["π/3", "1.05", "1.05 rad", "π/3 (60°)", "60° = π/3", "pi/3 rad"]
)
async def test_radians_earn_the_mark_with_the_degrees_beside_them(answer: str) -> None:
    assert await earned(asking("Answer in radians.", numbers(answer, THIRD))) == ["p0"]


async def test_degrees_count_where_no_question_asked_for_radians() -> None:
    assert await earned(numbers("the argument is 60°", THIRD)) == ["p0"]


@pytest.mark.parametrize("answer", ["x=ln3", "x = ln3", "x=log3/log(e)", "$x=\\ln 3$"])
async def test_a_logarithm_needs_no_space(answer: str) -> None:
    assert await earned(numbers(answer, Numeric(math.log(3), unknown="x"))) == ["p0"]


async def test_two_letters_need_no_comma_between_them() -> None:
    wanted = (Numeric(-0.3, unknown="p"), Numeric(90, "°", unknown="q", unit_required=False))

    assert await earned(numbers("p=-0.3 q=90°", *wanted)) == ["p0", "p1"]


async def test_a_fraction_in_latex_ends_with_its_formula() -> None:
    wanted = [Numeric(math.pi * part, unknown="x") for part in (1 / 6, 5 / 6)]

    assert await earned(numbers(r"$x=\frac{\pi}{6}$", *wanted)) == ["p0"]
    assert await earned(numbers(r"$x=\frac{\pi}{6}$ or $x=\frac{5\pi}{6}$", *wanted)) == [
        "p0",
        "p1",
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "x=8.47 or x=-0.472 (reject)",
        "x=8.47, reject x = −0.472",
        "x=8.47 or x=-0.472, reject since x>0",
        "x=8.47, x=-0.472 but x>0 so reject -0.472",
        "x=8.47 or x=-0.472. We reject the negative one",
        "x = 8.47 or -0.472, but -0.472 is rejected since x>0",
    ],
)
async def test_a_solution_that_is_rejected_is_none(answer: str) -> None:
    assert await earned(numbers(answer, Numeric(8.47, unknown="x"))) == ["p0"]
    assert await earned(numbers(answer, Numeric(-0.472, unknown="x"))) == []


@pytest.mark.parametrize(
    "answer", ["p = 0.014, reject H0", "p = 0.014 so reject the null", "p = 0.014 so we reject H0"]
)
async def test_a_hypothesis_is_rejected_and_not_the_number_before_it(answer: str) -> None:
    assert await earned(numbers(answer, Numeric(0.014, unknown="p"))) == ["p0"]
    assert await earned(numbers(answer, Numeric(0.014))) == ["p0"]


def carried(answer: str, earlier: str, formula: str) -> Script:
    """An answer to part (b), after part (a) on a mean of 20 cm and a spread of 4 cm."""
    first = (
        MarkPoint("p1", "the mean", numeric=Numeric(20, "cm")),
        MarkPoint("p2", "the spread", numeric=Numeric(4, "cm")),
    )
    second = MarkPoint("p1", "", numeric=Numeric(40, "cm", carried=formula))
    asked = script(answer, second, kind="number", earlier=(("a", earlier),))
    one = replace(asked.part, label="a", scheme=PointScheme(first, 2))
    two = replace(asked.part, label="b")
    return replace(asked, question=replace(asked.question, parts=(one, two)), part=two)


@pytest.mark.parametrize(
    ("answer", "earlier", "formula"),
    [
        ("50 cm", "mean = 25 cm, spread = 4 cm", "a.p1 * 2"),
        ("50 cm", "spread = 4 cm and the mean is 25 cm", "2 * a.p1"),
        ("50 cm", "25 cm, then 5 cm", "a.p1 * 2"),
        ("50 cm", "the mean is 20 cm and the spread is 5 cm", "a.p2 * 10"),
        ("50 cm", "mean = 25 cm, spread = 5 cm", "a * 10"),
    ],
)
async def test_an_error_is_carried_from_the_point_that_is_named(
    answer: str, earlier: str, formula: str
) -> None:
    assert await earned(carried(answer, earlier, formula)) == ["p1"]


@pytest.mark.parametrize(
    ("answer", "earlier", "formula"),
    [
        ("50 cm", "mean = 20 cm, spread = 5 cm", "a.p1 * 2"),
        ("8 cm", "mean = 25 cm, spread = 4 cm", "a.p1 * 2"),
        ("50 cm", "no idea", "a.p1 * 2"),
        ("50 cm", "mean = 25 cm, spread = 4 cm", "a.p9 * 2"),
    ],
)
async def test_nothing_is_carried_from_another_point(
    answer: str, earlier: str, formula: str
) -> None:
    assert await earned(carried(answer, earlier, formula)) == []
