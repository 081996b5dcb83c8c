"""A subject, by the name that a learner gives it."""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

from knowledge.library import Library

_SURE = 70  # out of 100: how alike a typed subject must be to one of ours


def subject_called(library: Library, name: str) -> str | None:
    """The id of the subject that goes by this name, typos forgiven; None if none does."""
    names = {subject.id: subject.name for subject in library.subjects}
    hit = process.extractOne(name, names, scorer=fuzz.WRatio, processor=utils.default_process)
    return None if hit is None or hit[1] < _SURE else str(hit[2])
