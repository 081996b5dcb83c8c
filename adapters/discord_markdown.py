"""Blocks as Discord's Markdown, in which everything that somebody typed shows as it was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from adapters.blocks import Block, Line, Page, Run, Style, text

_DEEPEST = 3  # headings have three sizes
_BETWEEN = "\u200b"  # keeps the signs of two styles apart where nothing else stands between them
_SIGNS: dict[Style, str] = {"b": "**", "i": "*", "s": "~~"}
_MARKER = re.compile(r"• |\d+\. |    ")  # what our lists begin their lines with
_SPECIAL = re.compile(r"([\\*_~`|<>@\[\]])|(?<=[a-z]):(?=//)")
_NUMBER = re.compile(r"^(\d+)\.")
_LINKS = ("http://", "https://")


def markdown(page: Page) -> str:
    """A page as Discord's Markdown."""
    said = ""
    for at, block in enumerate(page):
        if at:
            said += "\n" if page[at - 1].kind == "heading" else "\n\n"
        said += _block(block)
    return said


@lru_cache(maxsize=512)  # packing a page asks for the same blocks again and again
def _block(block: Block) -> str:
    match block.kind:
        case "pre":
            code = "\n".join(text(line) for line in block.lines)
            return f"```{block.language}\n{_unfenced(code)}\n```"
        case "quote":
            return "\n".join(f"> {_line(line)}" for line in block.lines)
        case "heading":
            sign = "#" * min(block.level, _DEEPEST)
            said = " ".join(_line(_unbold(line)) for line in block.lines)
            return f"{sign} {said}"
        case "text" if block.hidden:
            said = "\n".join(_covered(line) for line in block.lines)
            return f"||{said}||"
        case "text":
            return "\n".join(_line(line) for line in block.lines)


def _covered(line: Line) -> str:
    """A line of covered text, where a list would end the cover: its markers become others."""
    return _line(tuple(replace(run, text=_unlisted(run.text)) for run in line))


def _unlisted(said: str) -> str:
    return re.sub(r"^(\d+)\. $", r"\1) ", "· " if said == "• " else said)


def _unfenced(code: str) -> str:
    """Code that does not end its own block."""
    return code.replace("```", f"`{_BETWEEN}`{_BETWEEN}`")


def _unbold(line: Line) -> Line:
    """A heading is bold by itself."""
    return tuple(
        Run(run.text, tuple(style for style in run.style if style != "b"), run.href) for run in line
    )


def _line(line: Line) -> str:
    """A line, its list's marker before it."""
    marker = ""
    while line and line[0] == Run(line[0].text) and _MARKER.fullmatch(line[0].text):
        marker += line[0].text.replace("•", "-")
        line = line[1:]
    said = ""
    for run in _joined(line):
        piece = _run(run, first=not said)
        apart = run.style and said.endswith(("*", "~", "`")) and piece[:1] in "*~`"
        said += (_BETWEEN if apart else "") + piece
    return marker + said


def _joined(line: Line) -> Line:
    """Neighbours of one style as one run."""
    same = groupby((run for run in line if run.text), key=lambda run: (run.style, run.href))
    return tuple(
        Run("".join(run.text for run in runs), style, href) for (style, href), runs in same
    )


def _run(run: Run, *, first: bool) -> str:
    """A run in its style; spaces at its ends stay outside, where the signs would not take them."""
    core = run.text.strip()
    if not core:
        return run.text
    before, after = run.text.split(core, 1)
    said = _styled(Run(core, run.style, run.href), first=first and not before)
    return f"{before}{said}{after}"


def _styled(run: Run, *, first: bool) -> str:
    if "code" in run.style and not run.href:
        return _code(run.text)
    said = _escaped(run.text, first=first and not run.style)
    if run.href.startswith(_LINKS):
        said = f"<{run.href}>" if run.text == run.href else f"[{said}](<{_address(run.href)}>)"
    elif run.href:
        said = f"{said} ({_escaped(run.href, first=False)})"
    for sign in (_SIGNS[style] for style in reversed(run.style) if style != "code"):
        said = f"{sign}{said}{sign}"
    return said


def _code(said: str) -> str:
    if "`" not in said:
        return f"`{said}`"
    said = said.replace("``", f"`{_BETWEEN}`")
    return f"`` {said} ``"


def _address(href: str) -> str:
    return href.replace(">", "%3E").replace(" ", "%20")


def _escaped(said: str, *, first: bool) -> str:
    """The text as it is; what would begin a heading or a list is escaped too where it is first."""
    said = _SPECIAL.sub(lambda found: f"\\{found[0]}", said)
    if not first:
        return said
    return f"\\{said}" if said[:1] in ("#", "-") else _NUMBER.sub(r"\1\.", said, count=1)
