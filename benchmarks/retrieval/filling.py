"""An index over the shipped notes, as the bot has it, and over all that the syllabus names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import knowledge
from knowledge.beforehand import with_library
from knowledge.embedding import embedding
from knowledge.index import Index
from knowledge.library import Library
from knowledge.sources import ELSEWHERE, decoys, passages_of, strays, taught, untaught, untold

SUBJECTS = Path(knowledge.__file__).parent / "subjects"


def whole(subject: str) -> str:
    """The collection of everything in a subject's syllabus, taught or not."""
    return f"whole-{subject}"


def filled(
    folder: Path, library: Library, subjects: Iterable[str], others: Iterable[str] = ()
) -> Index:
    """These subjects in a new index, and of others the notes alone; close it when done."""
    index = Index(folder, with_library(embedding()))
    index.refresh(ELSEWHERE, tuple(strays()))
    for subject in others:
        passages = passages_of(library.notes(subject), ())
        index.refresh(taught(subject), tuple(passages))
    for subject in subjects:
        taken = library.subject(subject)
        passages = passages_of(library.notes(subject), library.questions(subject))
        index.refresh(taught(subject), tuple(passages))
        index.refresh(untaught(subject), list(untold(taken)))
        index.refresh(whole(subject), list(decoys(subject, taken.syllabus)))
    return index
