"""Is what all subjects share of their exams in order, and do the subjects keep to its terms?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.checks import writing
from knowledge.content import Subject
from knowledge.exams import files
from knowledge.exams.facts import Exams
from knowledge.exams.loading import load
from knowledge.misfits import nearest
from knowledge.problems import ContentProblems, Problem
from knowledge.shelf import Shelf, Written


def problems(shelf: Shelf, folder: Path) -> Iterator[Problem]:
    """Everything wrong with the data files of a folder, and between them and the subjects."""
    try:
        exams = load(folder)
    except ContentProblems as found:
        yield from found.problems
        return
    for file in sorted(folder.rglob("*.yaml")):
        path = f"{files.TOP}/{file.relative_to(folder).as_posix()}"
        yield from writing.unfinished(file, path)
    for subject in shelf.subjects.values():
        yield from _terms(exams, subject)


def _terms(exams: Exams, written: Written[Subject]) -> Iterator[Problem]:
    """Terms that no list has. A teacher's own subject, which is in no group, may have any."""
    subject = written.value
    if exams.group(subject.id) is None:
        return
    known = [term.term for term in exams.terms]
    for term, _ in subject.command_terms:
        if term.lower() not in known:
            text = f'"{term}" is not in {files.TOP}/{files.TERMS}{nearest(term, known)}'
            yield written.page.problem(("command_terms", term), text)
