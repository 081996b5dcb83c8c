"""Questions with givens: numbers are drawn, gaps filled, answers worked out; mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.rehearsing import unearned
from knowledge.calculation import worked_out
from knowledge.checks import check
from knowledge.content import Given, Numeric, PointScheme, Question, QuestionId
from knowledge.gaps import Draw, NoNumber, filled, numbered
from knowledge.instances import drawn, instance
from knowledge.library import Library
from knowledge.problems import ContentProblems
from tests.content import HEAT, write_subject

DRAW = Draw({"m": "2.50", "T": "-70"}, {"m": "2.50 g", "T": "−70 °C"})


def _write(folder: Path, question: str = HEAT) -> None:
    write_subject(folder)
    (folder / "biology/questions/osmosis/heat.md").write_text(question)


def _loaded(folder: Path, question: str = HEAT) -> Question:
    _write(folder, question)
    return Library.load(folder).question(QuestionId("biology/osmosis/heat"))


def _number(question: Question) -> Numeric:
    scheme = question.parts[-1].scheme
    assert isinstance(scheme, PointScheme)
    numeric = scheme.points[-1].numeric
    assert numeric is not None
    return numeric


def test_the_library_returns_a_question_as_it_is_written(tmp_path: Path) -> None:
    question = _loaded(tmp_path)

    assert question.givens[0].values[:3] == ("50.0", "52.5", "55.0")
    assert question.givens[0].values[-1] == "200.0"
    assert question.givens[1] == Given("dT", ("4", "6", "8.5"), "K")
    assert "Water of {{m}} warms" in question.stem
    assert _number(question).value == pytest.approx(50 * 4.18 * 4 / 1000)


def test_the_first_instance_has_the_first_of_all_numbers_everywhere(tmp_path: Path) -> None:
    question = instance(_loaded(tmp_path), 0)

    part = question.part("")
    assert isinstance(part.scheme, PointScheme)
    assert question.id == "biology/osmosis/heat"
    assert question.stem.startswith("Water of 50.0 g warms by 4 K; it takes $4.18$ J")
    assert part.model_answer == "50.0 × 4.18 × 4 J = 0.836 kJ"
    assert part.hints[1] == "The warming is 4 K."
    assert [point.text for point in part.scheme.points] == [
        "multiplies 50.0 by 4.18 and by 4",
        "0.836 kJ",
    ]
    assert [example.answer for example in part.examples] == [
        *("0.836 kJ", "E = 836 J", "50.0*4.18*4 = 3 kJ", "209 kJ"),
    ]
    assert _number(question).formula == "50.0 * 4.18 * 4 / 1000"
    assert question.givens == ()


def test_seeds_draw_different_numbers_and_always_the_same_ones(tmp_path: Path) -> None:
    question = _loaded(tmp_path)

    stems = [instance(question, seed).stem for seed in range(50)]

    assert len(set(stems)) > 30
    assert stems == [instance(question, seed).stem for seed in range(50)]
    assert "Water of 162.5 g warms by 8.5 K" in stems[7]


def test_a_question_without_givens_is_its_own_instance(tmp_path: Path) -> None:
    question = _loaded(tmp_path)
    plain = Library.load(tmp_path).question(QuestionId("biology/osmosis/rate"))

    assert instance(plain, 3) is plain
    assert instance(once := instance(question, 3), 4) is once


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(),
    start=st.integers(-500, 500),
    count=st.integers(2, 200),
    step=st.integers(1, 40),
)
def test_every_instance_is_whole_and_its_answer_right(
    tmp_path_factory: pytest.TempPathFactory, seed: int, start: int, count: int, step: int
) -> None:
    tenths = f"from: {start / 10}, to: {(start + (count - 1) * step) / 10}, step: {step / 10}"
    question = _loaded(
        tmp_path_factory.mktemp("content"), HEAT.replace("from: 50, to: 200, step: 2.5", tenths)
    )

    made = instance(question, seed)

    values = drawn(question.id, question.givens, seed).values
    assert len(question.givens[0].values) == count
    assert start / 10 <= values["m"] <= (start + (count - 1) * step) / 10
    assert "{{" not in repr(made)
    assert "}}" not in repr(made)
    assert _number(made).value == pytest.approx(values["m"] * 4.18 * values["dT"] / 1000)
    assert worked_out(_number(made).formula, {}) == pytest.approx(_number(made).value)


def test_what_is_carried_from_an_earlier_part_uses_the_numbers_drawn(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/chips.md"
    text = file.read_text().replace('paper: "2"', 'paper: "2"\ngivens: {first: {one_of: [3.0, 4]}}')
    for old, new in [
        ("value: 0.6, unit: g, formula: 3.0 - 2.4", "unit: g, formula: first - 2.4"),
        ('value: 20, unit: "%", formula: 0.6 / 3.0', 'unit: "%", formula: (first - 2.4) / first'),
        ("a / 3.0", "a / first"),
        ("weighs 3.0 g", "weighs {{= first}} g"),
    ]:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)
    question = Library.load(tmp_path).question(QuestionId("biology/osmosis/chips"))

    made = instance(question, 0)

    assert _number(made).carried == "a / 3.0 * 100"
    assert _number(made).value == pytest.approx(20)
    assert made.stem.startswith("A chip weighs 3.0 g")


@pytest.mark.parametrize(
    ("gap", "shown"),
    [
        ("{{m}}", "2.50 g"),
        ("{{ T }}", "−70 °C"),
        ("{{= m}}", "2.50"),
        ("{{=T}}", "−70"),
        ("{{= m | 1sf}}", "3"),
        ("{{= m * 2}}", "5"),
        ("{{= m / 3 | 3sf}}", "0.833"),
        ("{{= m * 4 | 3sf}}", "10.0"),
        ("{{= 9.996 | 3sf}}", "10.0"),
        ("{{= 999.7 | 3sf}}", "1000"),
        ("{{= 0.125 | 2sf}}", "0.13"),
        ("{{= 1.005 | 2dp}}", "1.01"),
        ("{{= m * 10 | 2 dp}}", "25.00"),
        ("{{= -0.001 | 2dp}}", "0.00"),
        ("{{= T * 100 | 2sf}}", "−7000"),
        ("{{= 1234567 | 3sf}}", "1.23 × 10⁶"),
        ("{{= T / 10^6 | 2sf}}", "−7.0 × 10⁻⁵"),
        ("{{= 10^300 | 2dp}}", "1 × 10³⁰⁰"),
        ("{{= m - m}}", "0"),
        ("$\\frac{{{m}}}{2}$", "$\\frac{2.50 g}{2}$"),
    ],
)
def test_a_gap_is_filled_as_print_would_have_it(gap: str, shown: str) -> None:
    assert filled(gap, DRAW) == shown


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        ("{{x}}", 'there is no given "x"'),
        ("{{m * 2}}", 'there is no given "m \\* 2"'),
        ("{{}}", 'there is no given ""'),
        ("{{= x * 2}}", "cannot be calculated"),
        ("{{= m / 0}}", "cannot be calculated"),
        ("{{= __import__('os')}}", "cannot be calculated"),
        ("{{= m.__class__}}", "cannot be calculated"),
        ("{{= m | 3}}", "3sf or 2dp"),
        ("{{= m | 13sf}}", "3sf or 2dp"),
        ("{{= m | 0sf}}", "3sf or 2dp"),
    ],
)
def test_a_gap_that_no_number_fits_is_refused(gap: str, told: str) -> None:
    with pytest.raises(NoNumber, match=told):
        filled(gap, DRAW)


@given(st.text(), st.floats(-1e300, 1e300), st.integers(1, 12))
def test_a_text_without_gaps_stays_and_rounding_keeps_the_figures(
    text: str, value: float, figures: int
) -> None:
    draw = Draw({"x": repr(value)}, {})

    shown = filled(f"{{{{= x | {figures}sf}}}}", draw)

    assert "{{" in text or filled(text, draw) == text
    raised = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")
    read = float(shown.replace(" × 10", "e").translate(raised))
    assert read == pytest.approx(value, rel=0.6 * 10 ** (1 - figures))


def test_a_formula_with_its_numbers_needs_no_names() -> None:
    formula = numbered("m * exp(T) + 1e3 * m2 - T^2", DRAW)

    assert formula == "2.50 * exp((-70)) + 1e3 * m2 - (-70)^2"


def test_good_givens_have_no_problems(tmp_path: Path) -> None:
    _write(tmp_path)

    assert check(tmp_path, 1) == ()
    assert unearned(tmp_path, drawn_only=True) == ()


GIVENS = "{from: 50, to: 200, step: 2.5, unit: g}"


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (GIVENS, "{from: 50, to: 200}", 9, '"from", "to" and "step" are needed, or "one_of"'),
        (GIVENS, "{from: 50, to: 20, step: 1}", 9, '"to" should be a step or more above "from"'),
        (GIVENS, "{from: 50, to: 51, step: 2}", 9, '"to" should be a step or more above "from"'),
        (GIVENS, "{from: 1, to: 2, step: 0.0001}", 9, "makes 10001 numbers: 1000 are enough"),
        (GIVENS, "{from: 1, to: 2, step: 0}", 9, '"step" should be more than 0'),
        (GIVENS, "{from: a, to: 2, step: 1}", 9, '"from" should be a number, not "a"'),
        (GIVENS, "{from: 1, to: 1e300, step: 1}", 9, '"to" should be a number, not "1e300"'),
        (GIVENS, "{form: 1, to: 2, step: 1}", 9, 'no key "form": did you mean "from"?'),
        (GIVENS, "{one_of: [1, 1.0]}", 9, "two numbers or more, each of them once"),
        (GIVENS, "{one_of: [1]}", 9, "two numbers or more, each of them once"),
        (GIVENS, "{one_of: [1, 2], step: 1}", 9, '"one_of" stands alone'),
        ("  m: {", "  2m: {", 9, 'the name "2m" may have only letters'),
        ("  m: {", "  pi: {", 9, 'the name "pi" means something else'),
        ("Water of {{m}}", "Water of {{mass}}", 24, 'there is no given "mass"'),
        ("The warming is {{dT}}.", "It is {{dt}}.", 16, 'hint 2: there is no given "dt"'),
        ("{{= m}} × 4.18", "$\\frac{{a}}{b}$", 17, "a space between the braces of a formula"),
        ("* dT / 1000, sig", "* x / 1000, sig", 15, "m * 4.18 * x / 1000 cannot be calculated"),
        ("formula: m * 4.18 * dT / 1000, ", "", 15, '"value" is missing'),
        ('| 3sf}} kJ"\n', '| 3sg}} kJ"\n', 17, "3sf or 2dp should stand after the |"),
    ],
)
def test_givens_that_cannot_be_used_are_refused_at_their_line(
    tmp_path: Path, *, old: str, new: str, line: int, told: str
) -> None:
    assert old in HEAT
    _write(tmp_path, HEAT.replace(old, new, 1))

    with pytest.raises(ContentProblems) as caught:
        Library.load(tmp_path)

    found = [problem.line for problem in caught.value.problems if told in problem.text]
    assert found == [line], caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("unit: g}", "unit: gg}", 9, 'given m, unit: "gg" is no unit that Viva knows'),
        ("  m: {", "  n: {one_of: [1, 2]}\n  m: {", 9, "given n: it is used nowhere"),
        ("title: Warming a cup", "title: Warming {{m}}", 2, "a title is the same for everybody"),
        ("{unit: kJ,", "{value: 0.9, unit: kJ,", 15, "is 0.836 with m = 50.0 g, dT = 4 K"),
        ("Three factors.", "Near 0.836.", 16, "gives the answer away: 0.836 (with m = 50.0 g"),
        ("shows: zero", "shows: full", 22, '"full" earns everything; this one earns 0 of 2'),
        ("4.18 * dT / 1000, sig", "4.18 / (dT - 6), sig", 15, "calculated (with m = "),
        ("{{= m}}*4.18", "{{= m / (dT - 6)}}*4.18", 21, "cannot be calculated (with m = "),
    ],
)
def test_givens_that_do_not_hold_together_are_found_at_their_line(
    tmp_path: Path, *, old: str, new: str, line: int, told: str
) -> None:
    assert old in HEAT
    _write(tmp_path, HEAT.replace(old, new, 1))

    problems = check(tmp_path, 1)

    assert [problem.line for problem in problems if told in problem.text] == [line], problems


def test_what_is_wrong_with_every_number_is_told_once_and_without_numbers(tmp_path: Path) -> None:
    _write(tmp_path, HEAT.replace("hints: [Three factors., ", "hints: ["))

    assert [problem.text for problem in check(tmp_path, 1)] == ["hints: there should be 3, not 2"]


def test_two_options_that_come_out_the_same_are_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/direction.md"
    text = file.read_text().replace("options:", "givens: {n: {one_of: [1, 2]}}\noptions:")
    text = text.replace("{text: Into the cell,", '{text: "{{= n}} into it",')
    file.write_text(text.replace("{text: Nowhere,", '{text: "{{= n^2}} into it",'))

    told = [str(problem) for problem in check(tmp_path, 1)]

    assert told == [
        'biology/questions/osmosis/direction.md:10: option A: another option reads "1 into it", '
        "too (with n = 1)",
        'biology/questions/osmosis/direction.md:12: option C: another option reads "1 into it", '
        "too (with n = 1)",
    ]


def test_a_part_and_a_given_cannot_have_one_name(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/chips.md"
    givens = 'paper: "2"\ngivens: {b: {one_of: [3, 4]}}'
    file.write_text(file.read_text().replace('paper: "2"', givens).replace("3.0 g b", "{{b}} g b"))

    told = [problem.text for problem in check(tmp_path, 1)]

    assert told == ["given b: a part has this label: rename the given"]


def test_a_gap_in_a_question_without_givens_is_found_but_not_in_a_formula(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/potato.md"
    text = file.read_text().replace("left in thick", "left for $x^{{2}}$ in {{sort}} of")
    file.write_text(text.replace("Which substance", "Which {{one}}"))

    told = [(problem.line, problem.text) for problem in check(tmp_path, 1)]

    assert [line for line, _ in told] == [16, 36]
    assert all('a gap for a number here, but the question has no "givens"' in t for _, t in told)


def test_a_full_example_that_the_rules_would_not_mark_so_is_found(tmp_path: Path) -> None:
    _write(tmp_path, HEAT.replace('"E = {{= m * 4.18 * dT | 3sf}} J"', '"E = {{= m * 4 * dT}} J"'))

    (problem,) = unearned(tmp_path, drawn_only=True)

    assert problem.line == 20
    assert '"E = 800 J" is marked by rule, and misses a1' in problem.text
