"""Choices and numbers, as learners type them, marked without any model."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.examiners.exact import ExactExaminer, ExactJudge
from bot.marking import CouldNotMark, PointMark, Script
from knowledge.content import MarkPoint, Numeric, Option, Part, PointScheme
from tests.bot.examiners.papers import essay, script

OPTIONS = (
    Option("A", "Sodium ions in", "Sodium is pumped out."),
    Option("B", "Potassium ions in"),
    Option("C", "Sodium ions in and out"),
    Option("D", "No ions"),
)
RATE = Numeric(0.25, "cm^3/min", significant_figures=2)
VOLTAGE = Numeric(-70.0, "mV")


def chosen(answer: str) -> PointMark:
    """The mark for an answer to a choice whose right option is B."""
    asked = script(answer, MarkPoint("p1", "Potassium ions in"), kind="choice")
    part = replace(asked.part, options=OPTIONS, correct="B")
    return ExactJudge().judge(Script(asked.question, part, answer))["p1"]


def worked(answer: str, numeric: Numeric) -> PointMark:
    """The mark for an answer to one number."""
    asked = script(answer, MarkPoint("p1", "", numeric=numeric), kind="number")
    return ExactJudge().judge(asked)["p1"]


@pytest.mark.parametrize(
    "answer",
    [
        *("B", "b", "b)", "(b)", "B.", "answer: b", "Answer is B", "Option B because of the pump"),
        *("the answer is (B)", "B because A is wrong", "i think its b", "I think it's B", "**B**"),
        *("potassium ions in", "Potassium ions in!", "potasium ions in", "B - potassium ions in"),
        *("not A, B", "A no wait B", "A... actually B", "A -> B", "a, sorry I meant b", "ans=B"),
        *("c no wait b", "its b cos the pump", "it's B becuase K+ goes in", "b bcos its the pump"),
        *(
            "It's B since potassium enters",
            "its b i think",
            "Definitely b!!",
            "its a tough one but b",
            "i rly think b tbh",
        ),
        *(
            "B\nbecause the pump takes two in",
            "B. A potassium ion goes in.",
            "b because K+ goes in",
        ),
    ],
)
def test_a_choice_counts_however_it_is_typed(answer: str) -> None:
    mark = chosen(answer)

    assert mark.awarded
    assert mark.quote
    assert mark.quote in answer


@pytest.mark.parametrize(
    "answer",
    [
        *("A", "c)", "option D", "B no wait A", "A or B", "B or C", "A/B", "B and C", "", "?"),
        *("A because B is wrong", "sodium ions in", "I do not know", "A vitamin", "ABCD"),
        *(
            "sodium ions in and out",
            "not B",
            "d b",
            "A, C",
            "b, c",
            "B, C",
            "probably not b",
            "a tough one",
            "either A or B",
            "it is A or B",
            "a / b",
            "a and b",
            "A / B",
            "potassium ions in and sodium ions in",
        ),
    ],
)
def test_a_wrong_a_hedged_and_no_choice_earn_nothing(answer: str) -> None:
    assert not chosen(answer).awarded


def test_a_wrong_option_is_told_why_it_is_wrong() -> None:
    assert chosen("A").comment == "Sodium is pumped out."


@pytest.mark.parametrize(
    "answer",
    [
        *("0.25 cm3 min-1", "0,25 cm³/min", "0.25 cm^3 min^-1", "= 0.25 cm³ min⁻¹", ".25 cm3/min"),
        *("5/20 = 0.25 cm3 per minute", "0.25 cubic centimetres per minute", "1/4 cm3/min"),
        *("2.5 x 10^-1 cm3/min", "2.5×10⁻¹ cm³/min", "2.5e-1 cm3/min", "2.5 * 10**-1 cm3/min"),
        *("15 cm3 per hour", "0.25 mL/min", "250 mm3/min", "answer: 0.25 cm3/min, not 0.2"),
        *("0.5 cm3/min no wait 0.25 cm3/min", "5 cm3 in 20 min, so 0.25 cm3/min"),
        *("$0.25$ cm³/min", "$2.5 \\times 10^{-1}$ cm3/min", "≈ 0.25 cm3/min", "¼ cm3/min"),
        *("about 0.25 cm3/min because 5 cm3 was taken up in 20 min", "0.250 cm3/min"),
    ],
)
def test_a_number_counts_however_it_and_its_unit_are_written(answer: str) -> None:
    mark = worked(answer, RATE)

    assert mark.awarded, mark.comment
    assert mark.quote in answer


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("0.25", "the unit is missing"),
        ("0.25 cm3", "does not measure"),
        ("0.25 g/min", "does not measure"),
        ("-0.25 cm3/min", "the sign is wrong"),
        ("2.5 cm3/min", "the power of ten is wrong"),
        ("0.3 cm3/min", "not the accepted value"),
        ("0.2500 cm3/min", "2 significant figures"),
        ("0.25 cm3/min = 0.5 cm3/min", "not the accepted value"),
        ("0.1 0.2 0.25 0.3 cm3/min", "no number"),
        ("0.25 or 0.5 cm3/min", "no number"),
        ("a quarter or so", "no number"),
    ],
)
def test_a_number_that_earns_nothing_says_why(answer: str, why: str) -> None:
    mark = worked(answer, RATE)

    assert not mark.awarded
    assert why in mark.comment


@pytest.mark.parametrize(
    "answer",
    [
        *("-70 mV", "−70 mV", "- 70 mV", "minus 70 millivolts", "it is -0.07 V", "–70mV", "-70 mv"),
        *("negative 70 mV", "= −70 mV", "from -55 it falls and then is -70 mV", "-7.0 x 10^1 mV"),
    ],
)
def test_the_sign_of_a_number_may_be_written_in_many_ways(answer: str) -> None:
    assert worked(answer, VOLTAGE).awarded


@pytest.mark.parametrize("answer", ["70 mV", "+70 mV", "10-70 mV", "-70 V", "-70 MV", "-70"])
def test_a_wrong_sign_prefix_or_unit_loses_the_point(answer: str) -> None:
    assert not worked(answer, VOLTAGE).awarded


def test_a_unit_that_is_not_required_may_be_missing_but_not_wrong() -> None:
    free = Numeric(12.0, "kJ", unit_required=False)

    assert worked("12", free).awarded
    assert worked("12 kJ", free).awarded
    assert worked("12 000 J", free).awarded
    assert not worked("12 kg", free).awarded


@pytest.mark.parametrize(
    ("answer", "numeric"),
    [
        ("1,234.5 J", Numeric(1234.5, "J")),
        ("1 234 567 people", Numeric(1_234_567, "people")),
        ("1.234.567,5 J", Numeric(1_234_567.5, "J")),
        ("1,234 J", Numeric(1234.0, "J")),
        ("1,234 J", Numeric(1.234, "J")),
        ("5.2 million", Numeric(5_200_000, "people", unit_required=False)),
        ("25 %", Numeric(25, "%")),
        ("0.25", Numeric(25, "%", unit_required=False, tolerance=24.9)),
        ("25 per cent", Numeric(0.25)),
        ("298 K", Numeric(25, "°C", tolerance=0.2)),
        ("25 degrees C", Numeric(25, "°C")),
        ("25C", Numeric(25, "°C")),
        ("3.2 mol dm^-3", Numeric(3.2, "mol/dm^3")),
        ("3.2 M", Numeric(3.2, "mol dm⁻³")),
        ("0.5 µm", Numeric(500, "nm")),
        ("500 nm", Numeric(0.5, "um")),
        ("72 bpm", Numeric(72, "beats per minute")),
        ("72 beats/min", Numeric(72, "bpm")),
        ("$5.20", Numeric(5.2, "$")),
        ("€ 5,20", Numeric(5.2, "€")),
        ("4.18 J g-1 °C-1", Numeric(4.18, "J/g/K")),
        ("12 kg m s^-2", Numeric(12, "N")),
        ("1 1/2 h", Numeric(90, "min")),
    ],
)
def test_separators_percentages_and_equivalent_units_are_understood(
    answer: str, numeric: Numeric
) -> None:
    mark = worked(answer, numeric)

    assert mark.awarded, mark.comment


@pytest.mark.parametrize(
    ("answer", "awarded"),
    [("3.14", True), ("3.1", True), ("3.142", True), ("3", False), ("3.15", False), ("3.2", False)],
)
def test_without_a_tolerance_an_answer_may_be_rounded_to_two_figures(
    answer: str, awarded: bool
) -> None:
    assert worked(answer, Numeric(3.14159)).awarded is awarded


@pytest.mark.parametrize(
    ("answer", "awarded"), [("101.9", True), ("98", True), ("102.1", False), ("97.9", False)]
)
def test_a_tolerance_in_per_cent_counts_from_the_right_value(answer: str, awarded: bool) -> None:
    assert worked(answer, Numeric(100, tolerance_percent=2)).awarded is awarded


def two_parts(answer: str, earlier: str) -> PointMark:
    """The mark for part (b), three times part (a), which is 20 cm."""
    first = MarkPoint("p1", "", numeric=Numeric(20, "cm"))
    second = MarkPoint("p1", "", numeric=Numeric(60, "cm", carried="a * 3"))
    asked = script(answer, second, kind="number", earlier=(("a", earlier),))
    one = replace(asked.part, label="a", scheme=PointScheme((first,), 1))
    two: Part = replace(asked.part, label="b")
    question = replace(asked.question, parts=(one, two))
    return ExactJudge().judge(replace(asked, question=question, part=two))["p1"]


@pytest.mark.parametrize("earlier", ["25 cm", "= 0.25 m", "25", "it is 24 no wait 25 cm"])
def test_an_error_is_carried_forward(earlier: str) -> None:
    mark = two_parts("75 cm", earlier)

    assert mark.awarded
    assert mark.comment == "follows from your part (a)"


@pytest.mark.parametrize(
    ("answer", "earlier"),
    [("75 cm", "20 cm"), ("75 cm", "no idea"), ("75 cm", "25 g"), ("80 cm", "25 cm"), ("75", "25")],
)
def test_nothing_else_is_carried_forward(answer: str, earlier: str) -> None:
    assert not two_parts(answer, earlier).awarded


def test_the_right_answer_counts_whatever_was_said_before() -> None:
    mark = two_parts("60 cm", "25 cm")

    assert mark.awarded
    assert mark.comment == ""


def test_of_several_numbers_each_point_finds_its_own() -> None:
    points = (
        MarkPoint("mean", "", numeric=Numeric(4.5, "cm")),
        MarkPoint("spread", "", numeric=Numeric(0.3, "cm")),
    )
    asked = script("SD = 0.3 cm and the mean is 4.5 cm", *points, kind="number")

    marks = ExactJudge().judge(asked)

    assert [marks["mean"].quote, marks["spread"].quote] == ["4.5 cm", "0.3 cm"]


def test_a_method_is_seen_in_the_working_and_the_answer_at_the_end() -> None:
    points = (
        MarkPoint("m1", "", type="M", numeric=Numeric(300, unit_required=False)),
        MarkPoint("a1", "", type="A", numeric=Numeric(18000, unit_required=False)),
    )

    right = ExactJudge().judge(script("15 x 20 = 300, 300 x 60 = 18000", *points, kind="number"))
    wrong = ExactJudge().judge(script("18000? no: 15 x 20 = 300", *points, kind="number"))

    assert [right["m1"].awarded, right["a1"].awarded] == [True, True]
    assert [wrong["m1"].awarded, wrong["a1"].awarded] == [True, False]


@pytest.mark.parametrize(
    ("answer", "numeric"),
    [
        ("it falls by 0.24% per year", Numeric(0.24, "%")),
        ("0.24 % a year", Numeric(0.24, "%")),
        ("4700 m3 a year", Numeric(4700.0, "m^3")),
        ("2.2 ppm a year", Numeric(2.2, "ppm/year")),
        ("2.2 ppm each year", Numeric(2.2, "ppm/year")),
        ("the birth rate is 32 per 1000", Numeric(32.0)),
        ("32 births out of 1000 people", Numeric(32.0)),
        ("max is 200 m^2 when x = 10", Numeric(200.0, "m^2")),
        ("$-\\frac{4}{5}$", Numeric(-0.8)),
        ("−4⁄5", Numeric(-0.8)),
        ("0.5 or -2 (impossible)", Numeric(0.5)),
        ("x=0 or 6 so p is 6", Numeric(6.0)),
        ("period = 4 s\n4/60 min", Numeric(4.0, "s")),
        ("m = 0.33 -> -3", Numeric(-3.0)),
        ("p_8 = 0.460, p_9 = 0.445, so it takes 9 days", Numeric(9.0, "days")),
        ("P = 84/240, times 42 cyclists, so I expect 14.7 of them", Numeric(14.7)),
        ("5.2 degrees Celsius per minute", Numeric(5.2, "°C/min")),
        ("5.2 deg C/min", Numeric(5.2, "°C/min")),
        ("n = 29.4, so 29 bowls", Numeric(29.0)),
    ],
)
def test_a_rate_counts_as_students_say_it(answer: str, numeric: Numeric) -> None:
    assert worked(answer, numeric).awarded


@pytest.mark.parametrize(
    ("answer", "numeric"),
    [
        ("0.24% per year", Numeric(0.24, "J")),
        ("40 J a second", Numeric(40.0, "J")),
        ("0.5 mol", Numeric(0.5, "mol/dm^3")),
    ],
)
def test_a_rate_is_not_what_it_is_the_rate_of(answer: str, numeric: Numeric) -> None:
    assert not worked(answer, numeric).awarded


def test_a_unit_ends_with_its_line() -> None:
    wanted = [MarkPoint(f"p{n}", "", numeric=Numeric(n, "%")) for n in (45.0, 35.0)]

    marks = ExactJudge().judge(script("A: 45%\nB: 35%\nC: 20%", *wanted, kind="number"))

    assert all(mark.awarded for mark in marks.values())


def test_a_list_of_guesses_never_scores() -> None:
    guesses = " ".join(str(number) for number in range(1, 30))

    for value in range(1, 30):
        assert not worked(guesses, Numeric(value)).awarded


@pytest.mark.parametrize(
    "answer",
    [
        *(
            "9**9**9",
            "9" * 1_000_000,
            "(" * 100_000 + "5",
            "1 " * 200_000,
            "1/" * 100_000,
            "e" * 50_000,
        ),
        *(
            "5e99999999",
            "1e400",
            "10^999 mV",
            "x10" * 50_000,
            "__import__('os')",
            "0/0",
            "-" * 100_000,
        ),
        *("\x00", "٣٤", "½" * 50_000, "1," * 100_000, "²" * 1000, "5 " + "cm " * 50_000),
    ],
)
def test_hostile_numbers_cost_little_time_and_earn_nothing(answer: str) -> None:
    started = time.process_time()

    mark = worked(answer, Numeric(123.0, "mV"))

    assert not mark.awarded
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "formula", ["9**9**9", "(" * 300 + "a" + ")" * 300, "a.b", "a()", "a *", "c"]
)
def test_a_hostile_or_broken_formula_carries_nothing(formula: str) -> None:
    point = MarkPoint("p1", "", numeric=Numeric(60, "cm", carried=formula))
    asked = script("75 cm", point, kind="number", earlier=(("a", "25 cm"),))

    assert not ExactJudge().judge(asked)["p1"].awarded


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_judged_and_quotes_are_the_learners_words(text: str) -> None:
    for mark in (worked(text, RATE), worked(text, VOLTAGE), chosen(text)):
        assert mark.quote in text
        assert mark.awarded == bool(mark.quote)


@given(st.floats(min_value=1e-6, max_value=1e6), st.sampled_from(["", "-", "−"]), st.integers(3, 9))
@settings(max_examples=200, deadline=None)
def test_a_value_written_in_any_precision_is_found(value: float, sign: str, figures: int) -> None:
    written = f"{value:.{figures}g}"
    target = float(written) * (-1 if sign else 1)

    assert worked(f"x = {sign}{written} mV", Numeric(target, "mV")).awarded
    assert worked(f"x = {sign}{written} mV", Numeric(target / 1000, "V")).awarded
    assert not worked(f"x = {sign}{written} mV", Numeric(target * 1.5, "mV")).awarded


@given(st.integers(1, 10**9))
@settings(max_examples=100, deadline=None)
def test_thousands_may_be_parted_or_not(value: int) -> None:
    for written in (f"{value}", f"{value:,}", f"{value:,}".replace(",", " ")):
        assert worked(f"= {written} J", Numeric(value, "J", tolerance=0)).awarded


async def test_the_examiner_marks_parts_that_are_numbers_throughout() -> None:
    verdict = await ExactExaminer().mark(
        script("0.25 cm3/min", MarkPoint("p1", "", numeric=RATE), kind="number")
    )

    assert verdict.marks == 1
    assert verdict.examiner == "exact"


async def test_the_examiner_leaves_words_and_markbands_to_others() -> None:
    words = script("water leaves")
    bands = script("A long text.", scheme=essay("a"))

    for one in (words, bands):
        with pytest.raises(CouldNotMark) as could_not:
            await ExactExaminer().mark(one)
        assert not could_not.value.later


@pytest.mark.parametrize(
    "answer",
    [
        "2.75 - 2.31 = 0.44 and 0.44 / 2.31 x 100 = 19.0 %",
        "2.75 - 2.31 = 0.44, 0.44 / 2.31 × 100 = 19.0%",
        "the difference is 0.44 so that makes 19.0 %",
        "diff 0.44, so 19.0%",
    ],
)
def test_a_result_on_the_way_counts_when_the_sum_goes_straight_on(answer: str) -> None:
    step = Numeric(0.44, "g", tolerance=0.005, unit_required=False)
    points = (
        MarkPoint("m", "the difference", type="M", numeric=step),
        MarkPoint("a", "the share", type="A", numeric=Numeric(19.0, "%", tolerance_percent=1)),
    )

    marks = ExactJudge().judge(script(answer, *points, kind="number"))

    assert [marks[id].awarded for id in ("m", "a")] == [True, True]


@pytest.mark.parametrize("answer", ["0.42 or 0.44", "0.43/0.44", "0.42, 0.43, 0.44"])
def test_guesses_on_the_way_earn_nothing(answer: str) -> None:
    step = Numeric(0.44, "g", tolerance=0.001, unit_required=False)
    points = (
        MarkPoint("m", "the difference", type="M", numeric=step),
        MarkPoint("a", "the share", type="A", numeric=Numeric(19.0, "%")),
    )

    assert not ExactJudge().judge(script(answer, *points, kind="number"))["m"].awarded


@pytest.mark.parametrize(
    ("answer", "earned"),
    [("3510 J", True), ("3500 J", False), ("3520 J", False), ("3511 J", True), ("3.51 kJ", True)],
)
def test_the_last_zeros_of_a_rounded_number_need_not_be_exact(answer: str, earned: bool) -> None:
    assert worked(answer, Numeric(3511.2, "J", significant_figures=3)).awarded is earned


@pytest.mark.parametrize(
    "unit",
    [
        "J/(kg K)",
        "J / (kg K)",
        "J/(kg·K)",
        "J/kg/K",
        "J/kgK",
        "J kg-1 K-1",
        "J kg⁻¹ K⁻¹",
        "J/(kg*K)",
    ],
)
def test_a_unit_with_two_divisors_counts_however_it_is_written(unit: str) -> None:
    heat = Numeric(960.0, "J/(kg K)", tolerance_percent=1)

    assert worked(f"c = 960 {unit}", heat).awarded
    assert not worked(f"c = 960 {unit.replace('kg', 'mol')}", heat).awarded


def test_a_number_that_is_only_worked_with_is_no_result() -> None:
    points = (
        MarkPoint("e", "the energy", numeric=Numeric(64.0, "J", unit_required=False)),
        MarkPoint("d", "the distance", numeric=Numeric(9.7, "m", tolerance=0.1)),
    )

    marks = ExactJudge().judge(script("d = 64/6.6 = 9.7 m", *points, kind="number"))

    assert [marks[id].awarded for id in ("e", "d")] == [False, True]


@pytest.mark.parametrize(
    ("answer", "numeric"),
    [
        *((answer, Numeric(2.25, "years", unit_required=False)) for answer in (
            "2 years 3 months", "2 years and 3 months", "= 2 years + 3 months", "27 months",
            "PBP = 2 + 15/60 = 2.25, so 2 years, 3 months",
        )),
        ("1 h 30 min", Numeric(90.0, "min")),
        *((answer, Numeric(-4600.0, "dollars", unit_required=False)) for answer in (
            "net cash flow = (4600)", "closing balance: ($4,600)", "a loss of $4600",
            "overdrawn by 4600", "it is a deficit of $4,600", "-$4600", "(-)4600",
        )),
        *((answer, Numeric(-1.2, "%", unit_required=False)) for answer in (
            "it fell by 1.2 %", "a fall of about 1.2%", "1.2% decrease", "GDP shrank by 1.2 %",
        )),
        *((answer, Numeric(28_000.0, "dollars", unit_required=False)) for answer in (
            "28k", "$28K", "$28 thousand", "28.000 dollars", "0.028 mn", "$0.028m",
        )),
        *((answer, Numeric(1.5, unit_required=False)) for answer in (
            "1.5 : 1", "1.5:1", "The current ratio is 1.5 to 1", "1.5 times",
        )),
        ("450 cumecs", Numeric(450.0, "m^3/s")),
    ],
)  # fmt: skip
def test_sums_of_money_losses_times_and_ratios_count_as_people_write_them(
    answer: str, numeric: Numeric
) -> None:
    assert worked(answer, numeric).awarded


@pytest.mark.parametrize(
    ("answer", "numeric"),
    [
        ("it rose by 1.2 %", Numeric(-1.2, "%", unit_required=False)),
        ("it fell to 1.2 %", Numeric(-1.2, "%", unit_required=False)),
        ("a profit of $4600", Numeric(-4600.0, "dollars", unit_required=False)),
        ("2 years 3 months", Numeric(2.3, "years", unit_required=False)),
        ("2 years 3 months", Numeric(3.0, "months", unit_required=False)),
        ("1.234 m", Numeric(1234.0, "m")),
        ("300K", Numeric(300_000.0, "K")),
        ("2k", Numeric(2000.0, unknown="k")),
        ("it fell from 2 to 1", Numeric(2.0)),
    ],
)
def test_no_number_is_read_as_what_it_does_not_say(answer: str, numeric: Numeric) -> None:
    assert not worked(answer, numeric).awarded
