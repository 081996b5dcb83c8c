"""Markdown, plain text and web pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from knowledge.chunks import sections
from knowledge.documents.passage import Passage, Read
from knowledge.documents.table import table

_HEADINGS = ("h1", "h2", "h3")
_WITH_TEXT = ("p", "li", "pre", "blockquote", "dt", "dd", "figcaption", "h4", "h5", "h6")
_NOT_READ = ("script", "style", "noscript", "template", "nav", "svg", "iframe")


def read_markdown(data: bytes) -> Read:
    """The text under each heading, from # to ###."""
    found = sections(_decoded(data), top=1)
    return Read(tuple(Passage(part.text, " › ".join(part.headings)) for part in found))


def read_text(data: bytes) -> Read:
    """The text as it is, without headings."""
    text = _decoded(data).strip()
    return Read((Passage(text),) if text else ())


def read_html(data: bytes) -> Read:
    """What a reader of the page would read, under its headings."""
    page = BeautifulSoup(data, "lxml")
    for hidden in page(list(_NOT_READ)):
        hidden.decompose()
    return Read(tuple(_under_headings(page)))


def _under_headings(page: BeautifulSoup) -> Iterator[Passage]:
    trail: tuple[str, ...] = ()
    texts: list[str] = []
    for tag in page.find_all([*_HEADINGS, *_WITH_TEXT, "table"]):
        if tag.name not in _HEADINGS:
            texts.append(_written(tag))
            continue
        yield from _passage(texts, trail)
        trail = (*trail[: _HEADINGS.index(tag.name)], _words(tag))
        texts = []
    if not trail and not any(texts):  # a page without paragraphs still has words
        texts = [_words(page)]
    yield from _passage(texts, trail)


def _passage(texts: Sequence[str], trail: tuple[str, ...]) -> Iterator[Passage]:
    if text := "\n\n".join(filter(None, texts)):
        yield Passage(text, " › ".join(filter(None, trail)))


def _written(tag: Tag) -> str:
    """A block's words; '' for one that stands in another block, which says them."""
    if tag.find_parent([*_WITH_TEXT, "table"]):
        return ""
    if tag.name == "table":
        rows = [[_words(cell) for cell in row.find_all(["td", "th"])] for row in tag.find_all("tr")]
        return table([row for row in rows if row])
    return f"- {_words(tag)}" if tag.name == "li" else _words(tag)


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 if it says so, or else the old Western encoding, which fits any bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
