"""What kind of file this is: by its content first, and by its name only among plain texts."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Literal

from knowledge.content import Unreadable
from knowledge.later import later

Kind = Literal["pdf", "docx", "pptx", "picture", "html", "markdown", "text"]

LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_PARTS = 10_000
_ADVICE = later("Please send Markdown, plain text, PDF, Word (.docx), PowerPoint (.pptx) or HTML.")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*")
_PHONES = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypavif")  # how phones' own pictures begin
_RICH_TEXT = b"{\\rtf"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also an Office file with a password


def kind(name: str, media_type: str, data: bytes) -> Kind:
    """The kind of a file. Raises Unreadable, with advice to whoever sent it."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(name, data)
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "picture"
    if data[4:12].startswith(_PHONES):
        raise Unreadable(
            "{name} is in a format of phones (HEIC) that I do not know. Please send it as a photo "
            "and not as a file, or save it as JPEG.",
            name=name,
        )
    if data.startswith(_OLD_OFFICE):
        raise Unreadable(
            "{name} is in an old Office format, or locked with a password. Please save it as "
            ".docx, .pptx or PDF without a password, and send that.",
            name=name,
        )
    if data.startswith(_RICH_TEXT) or not _is_text(data):
        raise Unreadable(
            "{name} is of a kind that cannot be read. {advice}", name=name, advice=_ADVICE
        )
    return _written(name, media_type, data)


def _zipped(name: str, data: bytes) -> Kind:
    """Word and PowerPoint files are zip archives; what is in them tells which."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise Unreadable(
            "{name} is damaged. Please save it anew from the program it was made with, and send "
            "that.",
            name=name,
        ) from problem
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable(
            "{name} unpacks to more than 200 MB. Please send it in smaller parts, or as PDF.",
            name=name,
        )
    names = {part.filename for part in parts}
    if "word/document.xml" in names:
        return "docx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    raise Unreadable("{name} is of a kind that cannot be read. {advice}", name=name, advice=_ADVICE)


def _is_text(data: bytes) -> bool:
    """Whether it is UTF-8 or UTF-16, or an older encoding without control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data[:8192])  # noqa: PLR2004
    return control == 0


def _written(name: str, media_type: str, data: bytes) -> Kind:
    """Among texts: a page that begins like HTML is HTML, whatever it is called."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = PurePath(name).suffix.lower()
    if start.startswith((b"<!doctype html", b"<html")) or suffix in {".html", ".htm", ".xhtml"}:
        return "html"
    if media_type == "text/html" and start.startswith(b"<"):
        return "html"
    return "markdown" if suffix in {".md", ".markdown"} or media_type == "text/markdown" else "text"
