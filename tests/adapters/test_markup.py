"""Markdown becomes pages that Telegram takes, and nothing of the text is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.html import units, untagged
from adapters.markup import discord_pages, plain, telegram_pages
from bot.messages import literal
from tests.botapi.html import parsed

UNHURRIED = settings(deadline=None, max_examples=60)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"))
WORD = st.from_regex(r"[A-Za-zäßéλ中😀]{1,30}", fullmatch=True)
WORDS = st.lists(WORD, min_size=1, max_size=12)


def _inline(words: list[str], mark: str) -> str:
    return " ".join(f"{mark}{word}{mark}" for word in words)


MARKED = st.builds(_inline, WORDS, st.sampled_from(["", "**", "*", "~~", "`", "***"]))
BLOCK = st.one_of(
    MARKED,
    MARKED.map(lambda said: f"## {said}"),
    MARKED.map(lambda said: f"> {said}\n>\n> - {said}"),
    WORDS.map(lambda words: "```python\n" + "\n".join(words) + "\n```"),
    st.lists(MARKED, min_size=1).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(MARKED, min_size=1).map(lambda items: "\n".join(f"1. {i}\n   - {i}" for i in items)),
    st.lists(st.tuples(WORD, MARKED, WORD), min_size=1).map(
        lambda rows: "|a|b|c|\n|-|:-:|-:|\n" + "\n".join(f"|{x}|{y}|{z}|" for x, y, z in rows)
    ),
    st.lists(st.tuples(WORD, MARKED), min_size=1).map(
        lambda rows: "|term|meaning|\n|-|-|\n" + "\n".join(f"|{x}|{y}|" for x, y in rows)
    ),
    WORDS.map(lambda words: f"[{' '.join(words)}](https://example.org/?a=1&b=2)"),
    st.just("---"),
)
DOCUMENT = st.lists(BLOCK, max_size=8).map("\n\n".join)


def _words(said: str) -> str:
    """The letters alone, in their order."""
    return "".join(char for char in said if char.isalpha() or char == "😀")


@UNHURRIED
@given(TEXT)
def test_outside_text_shows_exactly_as_it_was_written(said: str) -> None:
    pages = telegram_pages(literal(said), limit=100_000)

    if pages:
        assert parsed(pages[0])[0] == unescape(pages[0]) == said
    else:
        assert not any(char.isprintable() and not char.isspace() for char in said)


@UNHURRIED
@given(TEXT.filter(str.strip))
def test_outside_text_stays_where_it_was_put(said: str) -> None:
    pages = telegram_pages(f"- **before** {literal(said)} *after*\n- next", limit=100_000)

    text, _ = parsed(pages[0])
    expected = f"• before {said} after\n• next"
    assert [line.strip() for line in text.split("\n")] == [
        line.strip() for line in expected.split("\n")
    ]


@UNHURRIED
@given(TEXT, st.integers(256, 600))
def test_any_markdown_at_all_becomes_pages_that_telegram_takes(said: str, limit: int) -> None:
    for page in telegram_pages(said, limit):
        text, _ = parsed(page)
        assert text.strip()
        assert units(page) <= limit


@UNHURRIED
@given(st.text(st.sampled_from("*_~`$|>#-+1.[]()<>&!\\ \n\tab😀"), max_size=400))
def test_any_mixture_of_marks_becomes_pages_that_telegram_takes(said: str) -> None:
    for page in telegram_pages(said, 256):
        assert parsed(page)[0].strip()
        assert units(page) <= 256
    plain(said)


@UNHURRIED
@given(DOCUMENT, st.integers(256, 1200))
def test_pages_hold_all_of_the_text_in_its_order(document: str, limit: int) -> None:
    pages = telegram_pages(document, limit)

    assert all(units(page) <= limit for page in pages)
    cut = "".join(parsed(page)[0] for page in pages)
    whole = "".join(parsed(page)[0] for page in telegram_pages(document, 10_000_000))
    assert _words(cut) == _words(whole)
    written = re.sub(r"```python|\(https://.*\)", "", document)
    assert all(word in whole for word in re.findall(r"[^\W\d_]+", written))


@UNHURRIED
@given(st.lists(WORD, min_size=1, max_size=300), st.sampled_from(["", "**", "`", "> ", "# ", "- "]))
def test_every_word_of_a_long_paragraph_arrives_whole(words: list[str], mark: str) -> None:
    closing = mark if mark in ("**", "`") else ""

    pages = telegram_pages(f"{mark}{' '.join(words)}{closing}", 256)

    said = " ".join(parsed(page)[0] for page in pages).removeprefix("• ")
    assert said.split() == words


def test_headings_styles_lists_and_links_become_telegrams_html() -> None:
    (page,) = telegram_pages(
        "# Osmosis\n\nWater *moves* **down** ~~up~~ `psi` [here](https://example.org/a?b=1&c=2).\n\n"
        "- one\n- two\n  - deep\n\n3. three\n4. four\n\n> said **so**\n\n---"
    )

    assert page == (
        "<b>Osmosis</b>\n\n"
        "Water <i>moves</i> <b>down</b> <s>up</s> <code>psi</code> "
        '<a href="https://example.org/a?b=1&amp;c=2">here</a>.\n\n'
        "• one\n• two\n    • deep\n\n3. three\n4. four\n\n"
        "<blockquote>said <b>so</b></blockquote>\n\n────────────"
    )


def test_code_keeps_its_lines_and_its_language() -> None:
    (page,) = telegram_pages("```python\nif a < b:\n    swap()\n\ndone\n```")

    assert page == (
        '<pre><code class="language-python">if a &lt; b:\n    swap()\n\ndone</code></pre>'
    )


def test_a_line_break_is_a_space_and_a_backslash_keeps_it() -> None:
    assert telegram_pages("one\ntwo\\\nthree") == ("one two\nthree",)


def test_a_link_that_leads_to_another_note_is_text() -> None:
    assert telegram_pages("see [the action potential](action-potential.md)") == (
        "see the action potential",
    )


def test_a_formula_is_unicode_where_that_is_exact_and_code_elsewhere() -> None:
    (page,) = telegram_pages(r"$Na^+$ and **$H_2O$**, but $x^{x^2}$ at \$5 or $6")

    assert page == "Na⁺ and <b>H₂O</b>, but <code>x^(x^2)</code> at $5 or $6"


def test_a_small_table_is_aligned_in_monospace() -> None:
    (page,) = telegram_pages("| Ion | mV |\n|---|--:|\n| $Na^+$ | 60 |\n| $K^+$ | **-90** |")

    assert page == "<pre>Ion   mV\n────────\nNa⁺   60\nK⁺   -90</pre>"


def test_a_wide_glossary_is_a_line_a_term() -> None:
    (page,) = telegram_pages(
        "| term | meaning |\n|---|---|\n"
        "| osmosis | net movement of water through a partially permeable membrane |\n"
        "| turgor | pressure |"
    )

    assert page == (
        "<i>term</i><i> / </i><i>meaning</i>\n"
        "• <b>osmosis</b>: net movement of water through a partially permeable membrane\n"
        "• <b>turgor</b>: pressure"
    ).replace("</i><i>", "")


def test_a_wide_table_is_an_entry_a_row() -> None:
    (page,) = telegram_pages(
        "| Process | Needs energy | Example |\n|---|---|---|\n"
        "| diffusion | no | oxygen into a cell that respires |\n"
        "| active transport | yes | |"
    )

    assert page == (
        "<b>Process: diffusion</b>\n"
        "• <b>Needs energy</b>: no\n"
        "• <b>Example</b>: oxygen into a cell that respires\n\n"
        "<b>Process: active transport</b>\n"
        "• <b>Needs energy</b>: yes\n"
        "• <b>Example</b>: –"
    )


def test_pages_are_cut_between_blocks_and_a_heading_stays_with_its_text() -> None:
    pages = telegram_pages(f"{'a ' * 100}\n\n## Next\n\n{'b ' * 60}", 256)

    assert pages == (("a " * 100).strip(), f"<b>Next</b>\n\n{('b ' * 60).strip()}")


def test_a_list_longer_than_a_page_is_cut_between_items() -> None:
    pages = telegram_pages("\n".join(f"- {'word ' * 12}{number}" for number in range(20)), 256)

    assert len(pages) > 3
    assert all(page.startswith("• ") for page in pages)


def test_a_paragraph_longer_than_a_page_is_cut_after_a_sentence() -> None:
    pages = telegram_pages("Water leaves the cell by osmosis. " * 40, 256)

    assert all(page.strip().endswith(".") for page in pages)


def test_a_word_longer_than_a_page_is_cut_between_whole_characters() -> None:
    family = "👩‍👩‍👧"

    pages = telegram_pages(f"**{family * 200}**", 256)

    assert all(untagged(page).replace(family, "") == "" for page in pages)


def test_a_link_longer_than_a_page_gives_up_its_address_and_keeps_its_words() -> None:
    pages = telegram_pages(f"[the source](https://example.org/{'x' * 5000})")

    assert pages == ("the source",)


def test_blank_text_makes_no_page() -> None:
    assert telegram_pages(" \n\n&#32;&#8203;\n\n```\n\n```") == ()


def test_a_limit_too_small_for_tags_is_refused() -> None:
    with pytest.raises(ValueError, match="256"):
        telegram_pages("text", 100)


def test_plain_text_has_no_marks_and_keeps_addresses() -> None:
    said = plain("## Osmosis\n\n> **Water** [moves](https://example.org) $H_2O$\n\n- a\n- `b`")

    assert said == "Osmosis\n\n> Water moves (https://example.org) H₂O\n\n• a\n• b"


SCRIPT = "**Ana:** Salgo `ya` a las 6 | 7.\n\n- uno\n- dos"


def test_a_covered_text_is_one_spoiler_below_what_is_shown() -> None:
    [telegram] = telegram_pages("Listen.", hidden=SCRIPT)
    [discord] = discord_pages("Listen.", hidden=SCRIPT)

    assert telegram == (
        "Listen.\n\n<tg-spoiler><b>Ana:</b> Salgo ya a las 6 | 7.\n\n• uno\n• dos</tg-spoiler>"
    )
    assert discord == "Listen.\n\n||**Ana:** Salgo ya a las 6 \\| 7.\n\n· uno\n· dos||"


def test_a_long_covered_text_is_covered_on_every_page() -> None:
    script = "\n\n".join(f"**Voz {number}:** {'hola ' * 60}" for number in range(30))

    telegram = telegram_pages("Listen.", hidden=script)
    discord = discord_pages("Listen.", hidden=script)

    assert len(telegram) > 2
    assert all(units(page) <= 4096 and parsed(page) for page in telegram)
    for page in telegram:
        shown = re.sub(r"<tg-spoiler>.*?</tg-spoiler>", "", page, flags=re.DOTALL).strip()
        assert shown in ("", "Listen.")
    for page in discord:
        assert len(page) <= 2000
        assert page.removeprefix("Listen.\n\n").startswith("||") or page == "Listen."
        assert page.endswith("||") or page == "Listen."
    assert _words("".join(telegram)).count("hola") == 30 * 60
