"""Real files of every kind that can be sent, made anew: PDF, Word, PowerPoint, zip archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import pptx
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types


def pdf(pages: Sequence[str], locked: bool = False) -> bytes:
    """A PDF with one line of text a page; a locked one opens only with a password."""
    file = io.BytesIO()
    lock = StandardEncryption("secret", canPrint=0) if locked else None
    canvas = Canvas(file, encrypt=lock)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scanned_pdf() -> bytes:
    """A PDF whose page shows a shape and no text."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def endless_pdf(pages: int) -> bytes:
    """A PDF that shows one page again and again."""
    writer = PdfWriter()
    page = PdfReader(io.BytesIO(pdf(["again"]))).pages[0]
    for _ in range(pages):
        writer.add_page(page)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word() -> bytes:
    """A Word file with headings, a list and a table."""
    document = docx.Document()
    document.add_heading("Plant hormones", level=1)
    document.add_paragraph("Hormones carry messages.")
    document.add_heading("Auxin", level=2)
    document.add_paragraph("Auxin makes shoots bend towards light.")
    document.add_paragraph("made in the tip", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["hormone", "effect", "auxin", "growth"], strict=True):
        cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def slides() -> bytes:
    """Two slides, the second with a table and notes."""
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    _fill(first.shapes.title, "Viruses")
    _fill(first.placeholders[1], "A capsid protects the genome.")
    second = show.slides.add_slide(show.slide_layouts[5])
    _fill(second.shapes.title, "Cycles")
    frame = second.shapes.add_table(1, 2, Inches(1), Inches(2), Inches(4), Inches(1))
    frame.table.cell(0, 0).text = "lytic"
    frame.table.cell(0, 1).text = "bursts the cell"
    notes = second.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "Remember lambda."
    file = io.BytesIO()
    show.save(file)
    return file.getvalue()


def word_without_body() -> bytes:
    """A Word file that a parser chokes on in a way nobody foresaw."""
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = b'<w:document xmlns:w="' + space + b'"/>'
    return zipped(parts)


def _fill(shape: BaseShape | None, text: str) -> None:
    assert isinstance(shape, Shape)
    shape.text_frame.text = text


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()
