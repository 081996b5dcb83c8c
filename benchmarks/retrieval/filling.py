"""An index over the shipped notes, as the bot has it, and over all that the syllabus names."""

from __future__ import annotations

from pathlib import Path

import knowledge
from knowledge.chunks import cut
from knowledge.embedding import embedding
from knowledge.index import Index
from knowledge.library import Library
from knowledge.sources import decoys, taught, untaught

SUBJECTS = Path(knowledge.__file__).parent / "subjects"
WHOLE = "whole-syllabus"  # the collection of everything in the syllabus, taught or not


def filled(folder: Path, library: Library) -> Index:
    """Biology in a new index; close it when done."""
    index = Index(folder, embedding())
    syllabus = library.subject("biology").syllabus
    missing = [entry for entry in syllabus if not entry.topics]
    notes = library.notes("biology")
    index.refresh(taught("biology"), [chunk for note in notes for chunk in cut(note)])
    index.refresh(untaught("biology"), list(decoys("biology", missing)))
    index.refresh(WHOLE, list(decoys("biology", syllabus)))
    return index
