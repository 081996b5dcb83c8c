"""Markdown as Telegram's rich messages: every tag is one that they have, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rich import LONGEST, MOST_COLUMNS, needs_rich, rich
from tests.botapi.html import RichCheck

TABLE = "| force | N |\n|:--|--:|\n| drag | **4** |\n"


def checked(html: str | None) -> str:
    """The HTML, which Telegram can parse."""
    assert html is not None
    check = RichCheck()
    check.feed(html)
    check.close()
    assert not check.problem, html
    assert not check.open, html
    return html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# Osmosis", "<h1>Osmosis</h1>"),
        (
            "Water *moves*\\\nin & **out**",
            "<p>Water <em>moves</em><br>in &amp; <strong>out</strong></p>",
        ),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("so $v^2 < u$ holds", "<p>so <tg-math>v^2 &lt; u</tg-math> holds</p>"),
        (r"$$\frac{a}{b}$$", r"<tg-math-block>\frac{a}{b}</tg-math-block>"),
        (
            "[here](https://a.example) [note](osmosis)",
            '<p><a href="https://a.example">here</a> note</p>',
        ),
        ("![a graph](x.svg)", "<p>[a graph]</p>"),
        (
            TABLE,
            '<table bordered="bordered">'
            '<tr><th align="left">force</th><th align="right">N</th></tr>'
            '<tr><td align="left">drag</td><td align="right"><strong>4</strong></td></tr></table>',
        ),
    ],
)
def test_markdown_in_the_tags_of_rich_messages(markdown: str, html: str) -> None:
    assert checked(rich(markdown)) == html


def test_what_is_covered_is_folded_up() -> None:
    html = checked(rich("Listen.", hidden="The *script*"))

    assert html.endswith("<summary>Show the text</summary><p>The <em>script</em></p></details>")


def test_only_tables_and_formulas_beyond_unicode_need_it() -> None:
    assert needs_rich(TABLE)
    assert needs_rich(r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$")
    assert not needs_rich("H$_2$O and *more*\n\n- a list")


def test_what_is_too_large_for_one_is_none() -> None:
    wide = "|" + "a|" * (MOST_COLUMNS + 1)

    assert rich("word " * LONGEST) is None
    assert rich("- a\n" * 501) is None
    assert rich(f"{wide}\n{wide.replace('a', '-')}\n") is None


@given(st.text(alphabet="ab $#*_`|-<>&[]()!\\\n1.~", max_size=60))
def test_whatever_is_typed_telegram_can_parse_it(markdown: str) -> None:
    checked(rich(markdown))
