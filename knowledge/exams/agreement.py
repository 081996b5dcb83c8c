"""Do the data files of exams agree with each other, and does each say a thing once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from knowledge.exams.files import GROUPS, OBJECTIVES, Entry, Files
from knowledge.exams.forms import BoundariesForm, NotFoundForm, SignForm, TermForm
from knowledge.fields import Form
from knowledge.misfits import nearest
from knowledge.problems import Problem

F = TypeVar("F", bound=Form)


def problems(files: Files) -> Iterator[Problem]:
    """Everything that is wrong between entries that fit their forms."""
    yield from _once("id", ((entry, entry.form.id) for entry in files.groups))
    yield from _once("level", ((entry, str(entry.form.level)) for entry in files.objectives))
    yield from _once("term", ((entry, entry.form.term) for entry in files.terms))
    yield from _once("id", ((entry, entry.form.id) for entry in files.conditions))
    yield from _once("subject", ((entry, _set(entry.form)) for entry in files.boundaries))
    yield from _names_of_signs(files)
    yield from _subjects(files)
    yield from _symmetry(files)
    for entry in files.terms:
        if entry.form.term != entry.form.term.lower():
            yield entry.problem("term", "command terms are written in lower case")
        yield from _uses(files, entry)


def _once(key: str, named: Iterable[tuple[Entry[F], str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry, name in named:
        if name in seen:
            yield entry.problem(key, f'"{name}" is here twice')
        seen.add(name)


def _set(form: BoundariesForm) -> str:
    return " ".join(filter(None, (form.subject, form.level, form.session, form.zone, form.course)))


def _names_of_signs(files: Files) -> Iterator[Problem]:
    """Two signs of one name; `A` and `a` are two names."""
    seen: set[str] = set()
    for entry in files.signs:
        form = entry.form
        yield from _seen(entry, form.sign, seen, "sign")
        yield from _seen(entry, form.stands_for, seen, "stands_for")
        for number, name in enumerate(form.also):
            yield from _seen(entry, name, seen, "also", number)


def _seen(
    entry: Entry[SignForm], name: str, seen: set[str], key: str, *inner: int
) -> Iterator[Problem]:
    if name in seen:
        yield entry.problem(key, f'"{name}" is here twice', *inner)
    seen.update({name} - {""})


def _subjects(files: Files) -> Iterator[Problem]:
    known: list[str] = []
    for group in files.groups:
        for number, subject in enumerate(group.form.subjects):
            if subject in known:
                yield group.problem("subjects", f'"{subject}" is here twice', number)
            known.append(subject)
    if not files.whole(GROUPS):
        return
    entries: tuple[Entry[BoundariesForm] | Entry[NotFoundForm], ...]
    entries = (*files.boundaries, *files.missing)
    for entry in entries:
        subject = entry.form.subject
        if subject not in known:
            text = f'there is no subject "{subject}"{nearest(subject, known)}'
            yield entry.problem("subject", text)


def _uses(files: Files, entry: Entry[TermForm]) -> Iterator[Problem]:
    groups = [group.form.id for group in files.groups]
    levels = [objective.form.level for objective in files.objectives]
    for group, use in entry.form.uses.items():
        if group not in groups and files.whole(GROUPS):
            text = f'there is no group "{group}"{nearest(group, groups)}'
            yield entry.problem("uses", text, group)
        if use.level not in (None, *levels) and files.whole(OBJECTIVES):
            text = f"there is no objective of level {use.level}"
            yield entry.problem("uses", text, group, "level")


def _symmetry(files: Files) -> Iterator[Problem]:
    """Core points that change when the grades of TOK and the essay are exchanged."""
    if files.core is None:
        return
    rows = dict(files.core.form.matrix)
    letters = tuple(rows)
    for at, ee in enumerate(letters):
        for place, tok in enumerate(letters[:at]):
            if rows[ee][place] != rows[tok][at]:
                text = f"{ee} with {tok} gives {rows[ee][place]}, but {tok} with {ee} another"
                yield files.core.problem("matrix", f"{text}: {rows[tok][at]}", ee, place)
