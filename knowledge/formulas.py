"""The door to pylatexenc: formulas between `$…$`, found and proved readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pylatexenc.latexwalker import (  # type: ignore[import-untyped]  # ships no types
    LatexCommentNode,
    LatexWalker,
    LatexWalkerParseError,
)

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_DOLLAR = re.compile(r"(?<!\\)\$")
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=\|)|\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a formula, and the character of the text where it begins."""

    offset: int
    text: str


def faults(markdown: str) -> Iterator[Fault]:
    """Every formula of a text that cannot be read, and every `$` that opens none."""
    blank = _CODE.sub(lambda code: " " * len(code[0]), markdown)
    start = 0
    for end in _BLOCK_END.finditer(blank):
        yield from _in_block(blank[start : end.start()], start)
        start = end.end()


def within(markdown: str, offset: int) -> bool:
    """Whether this character stands inside a formula."""
    block = re.split(r"\n[ \t]*\n", markdown[:offset])[-1].replace("$$", " $")
    return len(_DOLLAR.findall(block)) % 2 > 0


def _in_block(block: str, start: int) -> Iterator[Fault]:
    block = block.replace("$$", " $")
    places = [dollar.start() for dollar in _DOLLAR.finditer(block)]
    if len(places) % 2:
        text = 'a "$" without its partner: write \\$ for the sign itself'
        yield Fault(start + places[-1], text)
        return
    for opening, closing in zip(places[::2], places[1::2], strict=True):
        fault = _fault(block[opening + 1 : closing])
        if fault:
            yield Fault(start + opening, fault)


def _fault(latex: str) -> str:
    if not latex.strip():
        return "a formula is empty"
    try:
        nodes, _, _ = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerParseError as error:
        return f"the formula ${latex}$ cannot be read: {_reason(str(error.msg))}"
    if any(node.isNodeType(LatexCommentNode) for node in nodes):
        return f"in the formula ${latex}$ all after % would vanish: write \\%"
    return ""


def _reason(message: str) -> str:
    if "closing brace" in message or "'}'" in message:
        return "its { and } do not match"
    return "something that was begun in it never ends"
