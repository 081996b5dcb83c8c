"""Files become passages that say where they stood; others are refused with a reason and advice."""

from __future__ import annotations

import pytest

from knowledge.content import Unreadable
from knowledge.documents import LARGEST, Passage, passages
from tests.knowledge import files

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = b"""<!DOCTYPE html><html><head><title>x</title><style>p {color: red}</style></head><body>
<nav>Home</nav><h1>Hormones</h1><p>They carry <b>messages</b>.</p><h2>Auxin</h2>
<ul><li><p>made in the tip</p></li></ul><script>alert('no')</script>
<table><tr><th>hormone</th><th>effect</th></tr><tr><td>auxin</td><td>growth</td></tr></table>
</body></html>"""


def test_a_pdf_gives_its_pages() -> None:
    found, pages = passages(
        "a.pdf", "application/pdf", files.pdf(["Auxin bends shoots.", "", "End"])
    )

    assert found == (
        Passage("Auxin bends shoots.", "", "page 1"),
        Passage("End", "", "page 3"),
    )
    assert pages == 3


def test_a_word_file_gives_its_headings_lists_and_tables() -> None:
    found, pages = passages("a.docx", WORD, files.word())

    assert found == (
        Passage("Hormones carry messages.", "Plant hormones"),
        Passage(
            "Auxin makes shoots bend towards light.\n\n- made in the tip\n\n"
            "| hormone | effect |\n|---|---|\n| auxin | growth |",
            "Plant hormones › Auxin",
        ),
    )
    assert pages == 0


def test_slides_give_their_titles_texts_tables_and_notes() -> None:
    found, pages = passages("a.pptx", "", files.slides())

    assert found == (
        Passage("A capsid protects the genome.", "Viruses", "slide 1"),
        Passage("| lytic | bursts the cell |\n|---|---|\n\nRemember lambda.", "Cycles", "slide 2"),
    )
    assert pages == 2


def test_a_web_page_gives_what_a_reader_reads() -> None:
    found, _ = passages("a.html", "text/html", HTML)

    assert found == (
        Passage("They carry messages .", "Hormones"),
        Passage(
            "- made in the tip\n\n| hormone | effect |\n|---|---|\n| auxin | growth |",
            "Hormones › Auxin",
        ),
    )


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "a.md",
            b"# Plants\n\n## Auxin\nIt bends shoots.",
            Passage("It bends shoots.", "Plants › Auxin"),
        ),
        ("a.txt", "Auxin: Größe ändert sich".encode(), Passage("Auxin: Größe ändert sich")),
        ("a.txt", "Größe".encode("cp1252"), Passage("Größe")),
        ("a.txt", "Größe".encode("utf-16"), Passage("Größe")),
        ("notes", b"## Auxin\nbends", Passage("## Auxin\nbends")),
    ],
)
def test_texts_are_read_in_the_encoding_they_are_in(
    name: str, data: bytes, expected: Passage
) -> None:
    assert passages(name, "", data)[0] == (expected,)


def test_the_content_decides_whatever_the_file_is_called() -> None:
    found, pages = passages("essay.txt", "text/plain", files.pdf(["Auxin bends shoots."]))

    assert (found[0].page, pages) == ("page 1", 1)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"", "a.pdf is empty"),
        ("a.md", b"  \n ", "a.md is empty"),
        ("a.exe", b"MZ\x90\x00\x03\x00", "a.exe is of a kind that cannot be read. Please send"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg is damaged"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "send it as a photo"),
        ("a.rtf", b"{\\rtf1 hello}", "of a kind that cannot be read"),
        ("a.zip", files.zipped({"a.txt": b"hello"}), "of a kind that cannot be read"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office format, or locked"),
        ("a.pdf", files.pdf(["secret"], locked=True), "a.pdf is locked with a password"),
        ("a.pdf", b"%PDF-1.7\nnothing else", "a.pdf is damaged"),
        ("a.pdf", files.pdf(["cut off"])[:400], "a.pdf is damaged"),
        ("a.pdf", files.scanned_pdf(), "a.pdf has no text, only pictures"),
        ("a.pdf", files.endless_pdf(2001), "a.pdf has more than 2,000 pages"),
        ("a.docx", files.word()[:3000], "a.docx is damaged"),
        ("a.docx", files.zipped({"word/document.xml": b"<broken"}), "a.docx is damaged"),
        ("a.pptx", files.zipped({"ppt/presentation.xml": b"<broken"}), "a.pptx is damaged"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no text in a.html"),
        ("a.txt", bytes([65]) * (LARGEST + 1), "a.txt is larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        passages(name, "", data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = files.zipped({"word/document.xml": bytes(201 * 1024 * 1024)})

    assert len(bomb) < 300_000
    with pytest.raises(Unreadable, match="unpacks to more than 200 MB"):
        passages("a.docx", WORD, bomb)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unreadable, match="takes too long to read"):
        passages("a.txt", "text/plain", b"slow", patience=0.0)


def test_a_file_that_kills_its_reader_does_not_kill_the_bot() -> None:
    with pytest.raises(Unreadable, match="could not be read: it is damaged, or needs too much"):
        passages("a.docx", WORD, files.word_without_body())
