"""Blocks as Telegram's HTML, whose tags always balance, and as plain text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from itertools import groupby

from adapters.blocks import Block, Line, Page, Run, text

_TAG = re.compile(r"<[^<>]*>")


def html(page: Page) -> str:
    """A page as Telegram's HTML."""
    return "\n\n".join(_block(block) for block in page)


def units(said: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(said.encode("utf-16-le", "surrogatepass")) // 2


def untagged(said: str) -> str:
    """What a page of HTML says, without its tags."""
    return unescape(_TAG.sub("", said))


def plain(page: Page) -> str:
    """A page as text alone; a link shows its address behind it."""
    return "\n\n".join(_plain_block(block) for block in page)


@lru_cache(maxsize=512)  # packing a page asks for the same blocks again and again
def _block(block: Block) -> str:
    match block.kind:
        case "pre":
            code = escape("\n".join(text(line) for line in block.lines), quote=False)
            if block.language:
                code = f'<code class="language-{escape(block.language)}">{code}</code>'
            return f"<pre>{code}</pre>"
        case "quote":
            return f"<blockquote>{_lines(block)}</blockquote>"
        case "text" | "heading":
            said = _lines(block)
            return f"<tg-spoiler>{said}</tg-spoiler>" if block.hidden else said


def _lines(block: Block) -> str:
    return "\n".join("".join(_run(run) for run in _joined(line)) for line in block.lines)


def _joined(line: Line) -> Line:
    """Neighbours of one style as one run."""
    same = groupby((run for run in line if run.text), key=lambda run: (run.style, run.href))
    return tuple(
        Run("".join(run.text for run in runs), style, href) for (style, href), runs in same
    )


def _run(run: Run) -> str:
    """Code can hold no other style, so it gives way to a link and wins over the rest."""
    said = escape(run.text, quote=False)
    if run.href:
        said = f'<a href="{escape(run.href)}">{said}</a>'
    elif "code" in run.style:
        return f"<code>{said}</code>"
    for tag in reversed([style for style in run.style if style != "code"]):
        said = f"<{tag}>{said}</{tag}>"
    return said


def _plain_block(block: Block) -> str:
    lines = ("".join(_plain_run(run) for run in _joined(line)) for line in block.lines)
    return "\n".join(f"> {line}" if block.kind == "quote" else line for line in lines)


def _plain_run(run: Run) -> str:
    if not run.href or run.href == run.text:
        return run.text
    return f"{run.text} ({run.href})"
