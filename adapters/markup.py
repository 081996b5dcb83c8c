"""The tutor's Markdown, as pages of each platform or as plain text. The door to markdown_it.

A line break inside a paragraph is a space, as everywhere in Markdown; a backslash at the end of
a line keeps the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from adapters import blocks, discord_markdown, formulas, html
from adapters.blocks import Block, Line, Run, Style, restyled
from adapters.tables import Align, table

LONGEST_PAGE = 4096  # Telegram's, after parsing entities; we count the raw HTML, to be safe
LONGEST_DISCORD_PAGE = 2000
LEAST_LIMIT = 256  # below this, tags could leave no room for text
_RULE = "─" * 12
_STYLES: dict[str, Style] = {"strong": "b", "em": "i", "s": "s"}
_LINKS = ("http://", "https://", "tg://", "mailto:")


def telegram_pages(markdown: str, limit: int = LONGEST_PAGE, hidden: str = "") -> tuple[str, ...]:
    """Markdown as pages of Telegram's HTML, each complete in itself; none for blank text.

    `hidden` is more Markdown, shown below and covered.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"a page needs {LEAST_LIMIT} characters or more, not {limit}")

    def fits(page: blocks.Page) -> bool:
        return html.units(html.html(page)) <= limit

    said = (*parsed(markdown), *covered(hidden))
    return tuple(html.html(page) for page in blocks.pages(said, fits))


def discord_pages(
    markdown: str, limit: int = LONGEST_DISCORD_PAGE, hidden: str = ""
) -> tuple[str, ...]:
    """Markdown as pages of Discord's own, each complete in itself; none for blank text.

    `hidden` is more Markdown, shown below and covered.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"a page needs {LEAST_LIMIT} characters or more, not {limit}")

    def fits(page: blocks.Page) -> bool:
        return html.units(discord_markdown.markdown(page)) <= limit

    packed = blocks.pages((*parsed(markdown), *covered(hidden)), fits)
    return tuple(discord_markdown.markdown(page) for page in packed)


def plain(markdown: str) -> str:
    """What the Markdown says, as text alone."""
    return html.plain(parsed(markdown))


def parsed(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order."""
    return tuple(_blocks(SyntaxTreeNode(reader().parse(markdown)).children))


def covered(markdown: str) -> tuple[Block, ...]:
    """A Markdown text as one block, so that it is uncovered at once; none for blank text."""
    lines: list[Line] = []
    for block in parsed(markdown):
        if lines:
            lines.append(())
        lines += (tuple(_spoken(run) for run in line) for line in block.lines)
    return (Block(tuple(lines), hidden=True),) if lines else ()


def _spoken(run: Run) -> Run:
    """A run without code, which no platform covers."""
    return replace(run, style=tuple(style for style in run.style if style != "code"))


@cache
def reader() -> MarkdownIt:
    """CommonMark without what would swallow or restyle text that somebody just typed."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})
    parser.enable(["table", "strikethrough"]).disable(["code", "lheading", "reference"])
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:
    """`$…$` or `$$…$$`; '$5 and $10' is no formula, for a space stands before the second sign."""
    match = formulas.FORMULA.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = match["display"] or match["inline"]
        token.markup = "$$" if match["display"] else "$"
    state.pos = match.end()
    return True


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                lines = tuple(restyled(line, "b") for line in _inline(node))
                yield Block(lines, "heading", level=int(node.tag.removeprefix("h")))
            case "paragraph":
                yield Block(_inline(node))
            case "bullet_list" | "ordered_list":
                yield Block(tuple(_items(node)))
            case "blockquote":
                yield Block(tuple(_quoted(node)), "quote")
            case "table":
                yield from _table(node)
            case "hr":
                yield Block(((Run(_RULE),),))
            case _:  # fenced code
                yield _code(node)


def _code(node: SyntaxTreeNode) -> Block:
    lines = node.content.removesuffix("\n").split("\n")
    return Block(tuple((Run(line),) for line in lines), "pre", _language(node.info))


def _language(info: str) -> str:
    """The language of code, where it is a plain word."""
    words = info.split()
    return words[0] if words and re.fullmatch(r"[\w+#-]{1,20}", words[0]) else ""


def _items(node: SyntaxTreeNode) -> Iterator[Line]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, first):
        marker = f"{number}. " if node.type == "ordered_list" else "• "
        lines = [line for block in _blocks(item.children) for line in _flat(block)]
        for at, line in enumerate(lines or [()]):
            yield (Run("    " if at else marker), *line)


def _quoted(node: SyntaxTreeNode) -> Iterator[Line]:
    for at, block in enumerate(_blocks(node.children)):
        if at:
            yield ()
        yield from _flat(block)


def _flat(block: Block) -> tuple[Line, ...]:
    """The lines of a block inside another one, where code cannot be a block."""
    if block.kind != "pre":
        return block.lines
    return tuple(restyled(line, "code") for line in block.lines)


def _table(node: SyntaxTreeNode) -> tuple[Block, ...]:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_cell(cell) for cell in row.children) for row in rows]
    aligns = tuple(_align(cell) for cell in rows[0].children)
    return table(cells[0], cells[1:], aligns)


def _cell(node: SyntaxTreeNode) -> Line:
    line: Line = ()
    for piece in _inline(node):
        line = (*line, *((Run(" "),) if line else ()), *piece)
    return line


def _align(node: SyntaxTreeNode) -> Align:
    style = str(node.attrs.get("style", ""))
    if style.endswith("right"):
        return "right"
    return "center" if style.endswith("center") else "left"


def _inline(node: SyntaxTreeNode) -> tuple[Line, ...]:
    """The lines of a paragraph, a heading or a cell."""
    lines: list[Line] = [()]
    for child in node.children:
        for run in _runs(child.children, Run("")):
            first, *further = run.text.split("\n")
            lines[-1] = (*lines[-1], replace(run, text=first))
            lines.extend((replace(run, text=piece),) for piece in further)
    return tuple(tuple(run for run in line if run.text) for line in lines)


def _runs(nodes: Iterable[SyntaxTreeNode], around: Run) -> Iterator[Run]:
    """Inline nodes as runs; `around` has the style and the link that they stand in."""
    for node in nodes:
        match node.type:
            case "strong" | "em" | "s":
                style = (*around.style, _STYLES[node.type])
                yield from _runs(node.children, replace(around, style=tuple(dict.fromkeys(style))))
            case "link":
                yield from _runs(node.children, replace(around, href=_href(node)))
            case _:
                yield _leaf(node, around)


def _leaf(node: SyntaxTreeNode, around: Run) -> Run:
    match node.type:
        case "code_inline":
            return replace(around, text=node.content, style=(*around.style, "code"))
        case "formula":
            return _shown(node.content, around)
        case "image":
            return replace(around, text=f"[{_alt(node)}]")
        case "softbreak":
            return replace(around, text=" ")
        case "hardbreak":
            return replace(around, text="\n")
        case _:
            return replace(around, text=node.content)


def _shown(latex: str, around: Run) -> Run:
    exact = formulas.unicode(latex)
    if exact is None:
        return replace(around, text=formulas.source(latex), style=(*around.style, "code"))
    return replace(around, text=exact)


def _alt(node: SyntaxTreeNode) -> str:
    tokens: list[Token] = node.token.children or [] if node.token else []
    return "".join(token.content for token in tokens)


def _href(node: SyntaxTreeNode) -> str:
    """Where a link leads; '' where it leads nowhere outside, such as to another note."""
    href = str(node.attrs.get("href", ""))
    return href if leads_outside(href) else ""


def leads_outside(href: str) -> bool:
    """Whether a platform can follow a link: one to another note leads nowhere."""
    return href.lower().startswith(_LINKS)
