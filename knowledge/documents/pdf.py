"""PDF files, a passage a page; pages that are only pictures have no text."""

from __future__ import annotations

import io
import re

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from knowledge.documents.passage import DAMAGED, MOST_PAGES, CannotRead, Passage, Read
from knowledge.later import later

_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\x00": ""})


def read(data: bytes) -> Read:
    """The text of every page. Raises CannotRead."""
    try:
        pdf = PdfReader(io.BytesIO(data))
        locked = pdf.is_encrypted and not pdf.decrypt("")  # an empty password opens many
        pages = 0 if locked else len(pdf.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise CannotRead(DAMAGED) from problem
    if locked:
        raise CannotRead(
            later("is locked with a password. Please save it without one, and send that.")
        )
    if pages > MOST_PAGES:
        raise CannotRead(later("has more than 2,000 pages. Please send the chapters you need."))
    found = [Passage(_text(page), "", f"page {n}") for n, page in enumerate(pdf.pages, start=1)]
    written = tuple(passage for passage in found if passage.text)
    if not written:
        raise CannotRead(
            later(
                "has no text, only pictures of pages. Please send a file in which the words can be "
                "selected: many scanners offer to recognise text (OCR)."
            )
        )
    return Read(written, pages)


def _text(page: PageObject) -> str:
    """A page's words; one that is damaged has none, and the others are still read."""
    try:
        text = page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return ""
    return _BROKEN_WORD.sub("", text.translate(_LIGATURES)).strip()
