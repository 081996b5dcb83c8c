"""Telegram's HTML, read as strictly as Telegram reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_NAME = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s+([a-z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+))?", re.IGNORECASE)

Entity = dict[str, object]


class CannotParse(Exception):
    """What Telegram answers to markup that it does not take."""


@dataclass(slots=True)
class _Open:
    tag: str
    at: int  # UTF-16 units of text before it
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    text: str = ""
    units: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, said: str) -> None:
        self.text += said
        self.units += units(said)


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parsed(html: str) -> tuple[str, list[Entity]]:
    """The text and its entities. Raises CannotParse with Telegram's words."""
    reading = _Reading()
    at = 0
    for start, end in _tags(html):
        reading.add(_unescaped(html[at:start]))
        _take(reading, html[start:end], len(html[:start].encode()))
        at = end
    reading.add(_unescaped(html[at:]))
    if reading.open:
        raise CannotParse(f"Can't find end tag corresponding to start tag {reading.open[-1].tag}")
    return reading.text, reading.entities


def _tags(html: str) -> Iterator[tuple[int, int]]:
    """Where each tag begins and ends; quoted attributes may hold a '>'."""
    at = 0
    while (start := html.find("<", at)) >= 0:
        match = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>").match(html, start)
        if match is None:
            offset = len(html[:start].encode())
            raise CannotParse(f"Unclosed start tag at byte offset {offset}")
        yield match.span()
        at = match.end()


def _unescaped(said: str) -> str:
    """Only the four named entities are known; others are shown as they are."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), said)


def _take(reading: _Reading, tag: str, offset: int) -> None:
    if tag.startswith("</"):
        _close(reading, tag[2:-1].strip().lower(), offset)
        return
    name = _NAME.match(tag, 1)
    if name is None or name[0].lower() not in _TAGS:
        unknown = name[0].lower() if name else ""
        raise CannotParse(f'Unsupported start tag "{unknown}" at byte offset {offset}')
    opened = _Open(name[0].lower(), reading.units, _attributes(tag[name.end() : -1], offset))
    if opened.tag == "span" and opened.attributes.get("class") != "tg-spoiler":
        raise CannotParse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    reading.open.append(opened)


def _attributes(said: str, offset: int) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while said[at:].strip():
        match = _ATTRIBUTE.match(said, at)
        if match is None:
            raise CannotParse(f"Empty attribute name in the tag at byte offset {offset}")
        found[match[1].lower()] = _unescaped((match[2] or "").strip("\"'"))
        at = match.end()
    return found


def _close(reading: _Reading, name: str, offset: int) -> None:
    if not reading.open:
        raise CannotParse(f"Unexpected end tag at byte offset {offset}")
    opened = reading.open.pop()
    if name not in ("", opened.tag):
        raise CannotParse(
            f"Unmatched end tag at byte offset {offset}, "
            f'expected "</{opened.tag}>", found "</{name}>"'
        )
    length = reading.units - opened.at
    if length:
        entity: Entity = {"type": _TAGS[opened.tag], "offset": opened.at, "length": length}
        if opened.tag == "a":
            entity["url"] = opened.attributes.get("href", "")
        reading.entities.append(entity)


class RichCheck(HTMLParser):
    """Whether HTML has only tags that rich messages have, closed in their order."""

    KNOWN = frozenset(
        {
            *("p", "b", "strong", "i", "em", "s", "code", "pre", "a", "ul", "ol", "li"),
            *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "th", "td"),
            *("details", "summary", "tg-math", "tg-math-block", "tg-spoiler"),
        }
    )
    INSIDE = frozenset({"p", "h1", "table", "ul", "ol", "tg-math-block", "blockquote", "pre"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.problem = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag is opened."""
        if tag in {"br", "hr"}:
            return
        if tag not in self.KNOWN or (tag in self.INSIDE and "p" in self.open):
            self.problem = self.problem or f"unexpected tag {tag}"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag is closed."""
        if tag in {"br", "hr"}:
            return
        if not self.open or self.open.pop() != tag:
            self.problem = self.problem or f"unexpected end of {tag}"
