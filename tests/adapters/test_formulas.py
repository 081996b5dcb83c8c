"""Formulas are shown in Unicode exactly, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.formulas import readable, source, unicode

UNHURRIED = settings(deadline=None)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"Na^+", "Na⁺"),
        (r"H_2O", "H₂O"),
        (r"\mathrm{SO_4^{2-}}", "SO₄²⁻"),
        (r"{}^{14}_{6}C", "¹⁴₆C"),
        (r"\text{rate} = k[\text{A}]^2", "rate = k[A]²"),
        (r"A + B \rightleftharpoons C", "A + B ⇌ C"),
        (r"\Delta G = \Delta H - T\Delta S", "ΔG = ΔH − TΔS"),
        (r"6.02 \times 10^{-23}", "6.02 × 10⁻²³"),
        (r"90^\circ", "90°"),
        (r"5\,\text{cm}^3", "5 cm³"),
        (r"\log_{10} x", "log₁₀ x"),
        (r"2\sin\theta", "2 sin θ"),
        (r"\bar{x}", "x̄"),
        (r"x \in \mathbb{R}", "x ∈ ℝ"),
    ],
)
def test_a_formula_of_one_line_is_shown_in_unicode(latex: str, shown: str) -> None:
    assert unicode(latex) == shown


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"v = \frac{s}{t}", "v = s/t"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\frac{1}{2}mv^2", "(1/2)mv²"),
        (r"x\frac{1}{2}", "x(1/2)"),
        (r"\left(\frac{1}{2}\right)^2", "(1/2)²"),
        (r"\sqrt{2}x", "(√2)x"),
        (r"\sqrt[3]{x+1}", "∛(x+1)"),
    ],
)
def test_quotients_and_roots_cannot_be_read_in_another_way(latex: str, shown: str) -> None:
    assert unicode(latex) == shown


@pytest.mark.parametrize(
    "latex",
    [
        r"x^{x^2}",
        r"x^{1/2}",
        r"x_{\text{q}}",
        r"\begin{matrix}1 & 2\end{matrix}",
        r"\unknown{x}",
        r"a^",
        r"{a",
        r"\vec{AB}",
        r"",
        "x" * 500,
        "{" * 300 + "}" * 100,
    ],
)
def test_what_unicode_cannot_say_exactly_is_left_alone(latex: str) -> None:
    assert unicode(latex) is None


@UNHURRIED
@given(st.text(st.sampled_from("ax2^_{}[]()\\ +-/$%&~#'") | st.characters(codec="utf-8")))
def test_no_formula_breaks_the_reader(latex: str) -> None:
    shown = unicode(latex)

    assert shown is None or shown.strip()


PIECES = ["\\frac", "\\sqrt", "\\text", "\\bar", "{", "}", "[3]", "^", "_", "x", " "]


@UNHURRIED
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_mixture_of_macros_breaks_the_reader(latex: str) -> None:
    assert unicode(latex) != ""


def test_what_is_not_exact_is_read_as_code_with_its_symbols() -> None:
    assert (
        source(r"\psi_w = \psi_s + \Delta t^{1/2} \unknown x") == r"ψ_w = ψ_s + Δt^(1/2) \unknown x"
    )


def test_formulas_inside_markdown_are_replaced_and_code_is_not() -> None:
    said = readable(r"**Water** is $H_2O$, `$H_2O$` is code, \$5 is money, $x^{x^2}$ is hard.")

    assert said == r"**Water** is H₂O, `$H_2O$` is code, \$5 is money, `x^(x^2)` is hard."
