"""Formulas in text: the readable ones pass, and each that is not is told with its place."""

from __future__ import annotations

import pytest

from knowledge.formulas import faults


@pytest.mark.parametrize(
    "text",
    [
        "no formula at all",
        r"the ratio $\frac{a}{b}$ and $x^{2}$ of $\mathrm{Na^+}$",
        r"it costs \$5, or \$10 for two",
        "`$x` is code, and so is\n```\n$y {\n```\n",
        "$$\n\\Delta G < 0\n$$",
        "| $a$ | $b$ |\n|---|---|\n| $c$ | d |",
    ],
)
def test_what_can_be_read_has_no_faults(text: str) -> None:
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    ("text", "offset", "told"),
    [
        (r"see $\frac{1{2}$", 4, "{ and } do not match"),
        ("see $a}$", 4, "{ and } do not match"),
        (r"see $\begin{matrix}1$", 4, "never ends"),
        ("it costs $5", 9, "without its partner"),
        ("$ $", 0, "a formula is empty"),
        ("fine $x$\n\nand $10 % of y$", 14, "would vanish"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, offset: int, told: str) -> None:
    found = list(faults(text))

    assert [fault.offset for fault in found] == [offset]
    assert told in found[0].text
