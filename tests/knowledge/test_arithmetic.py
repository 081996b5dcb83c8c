"""The sums of mark schemes and of formulas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import marking
from knowledge import arithmetic
from knowledge.arithmetic import total
from knowledge.calculation import labels, unknown_in, worked_out
from knowledge.content import Cap, MarkPoint, PointScheme
from knowledge.conversion import converted, defined

ONE, TWO, THREE = (MarkPoint(id, f"point {id}") for id in ("p1", "p2", "p3"))


def test_examiners_and_the_check_share_one_arithmetic() -> None:
    assert marking.total is arithmetic.total


def test_any_two_of_three_points_earn_two_marks() -> None:
    scheme = PointScheme((ONE, TWO, THREE), out_of=2)

    assert [total(scheme, ids) for ids in ((), ("p3",), ("p1", "p2", "p3"))] == [0, 1, 2]


def test_a_cap_holds_until_its_condition_is_met() -> None:
    scheme = PointScheme((ONE, TWO, THREE), 3, caps=(Cap(1, unless=("p3",)),))

    assert total(scheme, ("p1", "p2")) == 1
    assert total(scheme, ("p1", "p3")) == 2


def test_a_cap_on_some_points_leaves_the_others_alone() -> None:
    scheme = PointScheme((ONE, TWO, THREE), 3, caps=(Cap(1, points=("p1", "p2")),))

    assert total(scheme, ("p1", "p2", "p3")) == 2


def test_of_two_routes_the_better_one_counts() -> None:
    by_graph = MarkPoint("g1", "reads the graph", marks=2, route="graph")
    by_sum = MarkPoint("s1", "adds up", route="sum")
    scheme = PointScheme((by_graph, by_sum, ONE), out_of=3)

    assert total(scheme, ("g1", "s1", "p1")) == 3
    assert total(scheme, ("s1", "p1")) == 2


def test_an_answer_that_was_given_earns_nothing() -> None:
    scheme = PointScheme((MarkPoint("p1", "shows that x = 2", type="AG"), TWO), out_of=2)

    assert total(scheme, ("p1", "p2")) == 1


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("5 / 20", 0.25),
        ("2^3 * sqrt(4)", 16.0),
        ("log(1000) + ln(exp(1))", 4.0),
        ("a * 3", 6.0),
        ("b * 3", None),
        ("1 / 0", None),
        ("9^9^9^9", None),
        ("5 over 20", None),
        ("'x' * 3", None),
        ("__import__('os')", None),
        ("1" * 300, None),
    ],
)
def test_a_formula_is_worked_out_or_refused(formula: str, value: float | None) -> None:
    assert worked_out(formula, {"a": 2.0}) == (None if value is None else pytest.approx(value))


def test_the_labels_of_a_formula_are_its_names_that_stand_for_parts() -> None:
    assert labels("sqrt(b) * a / pi") == ("a", "b")
    assert labels("5 over 20") == ()


@pytest.mark.parametrize(
    ("unit", "unknown"),
    [
        ("", ""),
        ("cm^3/min", ""),
        ("mmol kg^-1", ""),
        ("mol dm⁻³", ""),
        ("°C", ""),
        ("%", ""),
        ("beats/min", ""),
        ("cm^3/mim", "mim"),
        ("cm per secnd", "secnd"),
    ],
)
def test_a_slip_in_a_unit_is_found(unit: str, unknown: str) -> None:
    assert unknown_in(unit) == unknown


def test_units_that_are_taken_for_known_are_units_for_pint_as_well() -> None:
    prefixes = ["", *"GMkhdcmµμunp"]
    symbols = ["m", "g", "s", "mol", "J", "N", "V", "W", "Pa", "Hz", "A", "K", "L", "l", "C", "eV"]
    usual = [prefix + symbol for prefix in prefixes for symbol in symbols]

    assert [name for name in usual if unknown_in(name) or not defined(name)] == []


def test_the_common_units_are_known_without_loading_pint() -> None:
    program = (
        "import sys; from knowledge.calculation import unknown_in; "
        "sys.exit(bool(unknown_in('mmol/dm^3 minutes kPa beats °C')) or 'pint' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], check=False
    )

    assert done.returncode == 0


def test_a_value_is_converted_between_units_of_one_thing_only() -> None:
    assert converted(2.5, "kilojoule", "joule") == pytest.approx(2500)
    assert converted(20, "degree_Celsius", "kelvin") == pytest.approx(293.15)
    assert converted(2.5, "gram", "second") is None
