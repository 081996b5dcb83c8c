"""The tutor's Markdown as the HTML of Telegram's rich messages, with its own tables and formulas.

Which tags there are, and the limits: core.telegram.org/bots/api#rich-message-formatting-options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters import formulas
from adapters.markup import leads_outside, reader
from bot.speech import say

LONGEST = 32_768  # characters
MOST_BLOCKS = 500
MOST_COLUMNS = 20
_ALIGNED = re.compile(r"text-align:(left|center|right)")
_ALONE = re.compile(r"<p><tg-math-block>((?:(?!</p>).)*)</tg-math-block></p>", re.DOTALL)
_BLOCKS = frozenset({"paragraph_open", "heading_open", "list_item_open", "tr_open", "fence", "hr"})
_NAMELESS = frozenset({"thead_open", "thead_close", "tbody_open", "tbody_close"})


def needs_rich(markdown: str) -> bool:
    """Whether it has a table, or a formula that Unicode cannot say."""
    tokens = list(_all(reader().parse(markdown)))
    return any(
        token.type == "table_open"
        or (token.type == "formula" and formulas.unicode(token.content) is None)
        for token in tokens
    )


def rich(markdown: str, hidden: str = "") -> str | None:
    """One rich message; None where it would be larger than one may be. `hidden` is folded up."""
    said = _rendered(markdown)
    folded = _rendered(hidden) if hidden else ""
    if said is None or folded is None:
        return None
    if folded:
        title = escape(say("Show the text"), quote=False)
        said += f"<details><summary>{title}</summary>{folded}</details>"
    return said if len(said) <= LONGEST else None


def _rendered(markdown: str) -> str | None:
    """The HTML; None for more than a message may hold."""
    tokens = reader().parse(markdown)
    blocks = sum(token.type in _BLOCKS for token in tokens)
    if blocks > MOST_BLOCKS or _widest(tokens) > MOST_COLUMNS:
        return None
    for token in tokens:
        if token.children:
            token.children = list(_inline(token.children))
    kept = [_plain(token) for token in tokens if token.type not in _NAMELESS]
    said = str(_renderer().renderer.render(kept, _renderer().options, {}))
    alone = _ALONE.sub(r"<tg-math-block>\1</tg-math-block>", said.replace("\n<", "<"))
    return alone.strip()


def _widest(tokens: list[Token]) -> int:
    """The most columns of any table."""
    widest = columns = 0
    for token in tokens:
        columns = 0 if token.type == "tr_open" else columns + (token.type in {"th_open", "td_open"})
        widest = max(widest, columns)
    return widest


def _plain(token: Token) -> Token:
    """A block without what Telegram has no name for."""
    aligned = _ALIGNED.fullmatch(str(token.attrs.pop("style", "")))
    if aligned:
        token.attrs["align"] = aligned[1]
    if token.type == "table_open":
        token.attrs["bordered"] = "bordered"
    return token


def _inline(children: list[Token]) -> Iterator[Token]:
    """What a line holds, without links that lead nowhere, and pictures as their words."""
    kept: list[bool] = []
    for token in children:
        match token.type:
            case "link_open":
                kept.append(leads_outside(str(token.attrs.get("href", ""))))
                if kept[-1]:
                    yield token
            case "link_close":
                if kept.pop():
                    yield token
            case "image":
                words = "".join(child.content for child in token.children or [])
                yield Token("text", "", 0, content=f"[{words}]")
            case _:
                yield token


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


@cache
def _renderer() -> MarkdownIt:
    """Renders HTML, formulas in Telegram's tags."""
    renderer = MarkdownIt("commonmark")

    def formula(_: object, tokens: list[Token], at: int, *__: object) -> str:
        alone = tokens[at].markup == "$$" and len(tokens) == 1
        tag = "tg-math-block" if alone else "tg-math"
        return f"<{tag}>{escape(tokens[at].content, quote=False)}</{tag}>"

    def said(text: str) -> object:
        return lambda *_: text

    renderer.add_render_rule("formula", formula)
    renderer.add_render_rule("hardbreak", said("<br>"))  # type: ignore[arg-type]
    renderer.add_render_rule("softbreak", said(" "))  # type: ignore[arg-type]
    renderer.add_render_rule("hr", said("<hr/>"))  # type: ignore[arg-type]
    return renderer
