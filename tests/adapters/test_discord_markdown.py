"""The tutor's Markdown as Discord's: its own signs where we mean them, and none where we do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.markup import LONGEST_DISCORD_PAGE, discord_pages
from bot.messages import literal


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("# A heading", "# A heading"),
        ("##### A small one", "### A small one"),
        ("plain *i* **b** ~~s~~ `c`", "plain *i* **b** ~~s~~ `c`"),
        ("**bold *both***", "**bold** ***both***"),
        ("> said\n>\n> twice", "> said\n> \n> twice"),
        ("- a\n- b", "- a\n- b"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("| a | b |\n|--|--|\n| 1 | 2 |", "```\na  b\n────\n1  2\n```"),
        ("```python\nx = 1\n```", "```python\nx = 1\n```"),
        ("[here](https://a.example)", "[here](<https://a.example>)"),
        ("<https://a.example>", "<https://a.example>"),
        ("[a note](osmosis)", "a note"),
        (r"$x^2$ and $\int_0^1 x$", "x² and ∫₀¹ x"),
    ],
)
def test_what_we_mean_is_in_discords_signs(markdown: str, shown: str) -> None:
    assert discord_pages(markdown) == (shown,)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("snake_case * star", r"snake\_case \* star"),
        ("a|b||c||", r"a\|b\|\|c\|\|"),
        ("~~no~~ `none`", r"\~\~no\~\~ \`none\`"),
        ("@everyone <@123> <#1>", r"\@everyone \<\@123\> \<#1\>"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("-# not small", r"\-# not small"),
        ("http://a.example", r"http\://a.example"),
    ],
)
def test_what_somebody_typed_shows_as_it_was_typed(typed: str, shown: str) -> None:
    assert discord_pages(literal(typed)) == (shown,)


def test_hidden_text_is_covered_whole() -> None:
    (page,) = discord_pages("Listen.", hidden="- The **script**\n- `x`")

    assert page == "Listen.\n\n||· The **script**\n· x||"


def test_code_does_not_end_its_own_block() -> None:
    (page,) = discord_pages("````\na ``` b\n````")

    assert page.count("```") == 2


@given(st.lists(st.text(alphabet="ab *_`|-#<@>~1.\\", max_size=200), max_size=40))
def test_no_page_is_longer_than_a_message(lines: list[str]) -> None:
    for page in discord_pages("\n\n".join(lines)):
        assert 0 < len(page) <= LONGEST_DISCORD_PAGE
