"""The data files of exams, entry by entry: what could be read, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from knowledge import reading
from knowledge.exams.forms import (
    SESSION,
    BoundariesForm,
    ConditionForm,
    CorePointsForm,
    GroupForm,
    NotFoundForm,
    ObjectiveForm,
    RuleOfThumbForm,
    SessionForm,
    SignForm,
    TermForm,
)
from knowledge.fields import Form
from knowledge.misfits import fitted
from knowledge.problems import ContentProblems, Loc, Problem
from knowledge.reading import Page, Tree

F = TypeVar("F", bound=Form)

TOP = "exams"  # what the paths of problems begin with
GROUPS = "groups.yaml"
OBJECTIVES = "objectives.yaml"
TERMS = "command_terms.yaml"
SIGNS = "notation.yaml"
BOUNDARIES = "grade_boundaries.yaml"
MISSING = "missing_boundaries.yaml"
RULE_OF_THUMB = "rule_of_thumb.yaml"
CORE = "core_points.yaml"
DIPLOMA = "diploma.yaml"
TIMETABLES = "timetables"

_KNOWN = frozenset(
    {GROUPS, OBJECTIVES, TERMS, SIGNS, BOUNDARIES, MISSING, RULE_OF_THUMB, CORE, DIPLOMA}
)
_STRAY = "this file has no place here: a session's is timetables/<year>-05.yaml or <year>-11.yaml"


@dataclass(frozen=True, slots=True)
class Entry(Generic[F]):
    """Something of a file that fits its form, and where on the page it stands."""

    page: Page
    loc: Loc
    form: F

    def problem(self, key: str | int, text: str, *inner: str | int) -> Problem:
        """A problem at one of its keys, or further in."""
        return self.page.problem((*self.loc, key, *inner), text)


@dataclass(frozen=True, slots=True)
class Files:
    """What could be read. None, or less than all, only where `problems` says why."""

    groups: tuple[Entry[GroupForm], ...]
    objectives: tuple[Entry[ObjectiveForm], ...]
    terms: tuple[Entry[TermForm], ...]
    signs: tuple[Entry[SignForm], ...]
    boundaries: tuple[Entry[BoundariesForm], ...]
    missing: tuple[Entry[NotFoundForm], ...]
    conditions: tuple[Entry[ConditionForm], ...]
    rule_of_thumb: Entry[RuleOfThumbForm] | None
    core: Entry[CorePointsForm] | None
    sessions: tuple[tuple[str, Entry[SessionForm]], ...]
    problems: tuple[Problem, ...]

    def whole(self, name: str) -> bool:
        """Whether nothing is wrong with this file, so that others can be compared with it."""
        return all(problem.path != f"{TOP}/{name}" for problem in self.problems)


def read(folder: Path) -> Files:
    """Everything in a folder of data files."""
    reader = _Reader(folder)
    return Files(
        groups=reader.entries(GROUPS, "groups", GroupForm),
        objectives=reader.entries(OBJECTIVES, "objectives", ObjectiveForm),
        terms=reader.entries(TERMS, "terms", TermForm),
        signs=reader.entries(SIGNS, "signs", SignForm),
        boundaries=reader.entries(BOUNDARIES, "sets", BoundariesForm),
        missing=reader.entries(MISSING, "sets", NotFoundForm),
        conditions=reader.entries(DIPLOMA, "conditions", ConditionForm),
        rule_of_thumb=reader.whole(RULE_OF_THUMB, RuleOfThumbForm),
        core=reader.whole(CORE, CorePointsForm),
        sessions=tuple(reader.sessions()),
        problems=tuple(reader.problems),
    )


class _Reader:
    """Reads one file after the other, and keeps all that is wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[Problem] = list(_strays(folder))

    def entries(self, name: str, key: str, form: type[F]) -> tuple[Entry[F], ...]:
        """The entries of a list that fit their form."""
        page = self._page(name, lambda file, path: reading.items(file, path, key))
        if page is None:
            return ()
        items = page.fields[key]
        assert isinstance(items, list)
        found = (self._fitted(form, page, item, (key, n)) for n, item in enumerate(items))
        return tuple(entry for entry in found if entry)

    def whole(self, name: str, form: type[F]) -> Entry[F] | None:
        """A file that is a single entry; None if something is wrong with it."""
        page = self._page(name, reading.keys)
        return self._fitted(form, page, dict(page.fields), ()) if page else None

    def sessions(self) -> Iterator[tuple[str, Entry[SessionForm]]]:
        """Each session's id and its file."""
        for file in sorted((self._folder / TIMETABLES).glob("*.yaml")):
            entry = self.whole(f"{TIMETABLES}/{file.name}", SessionForm)
            if entry and SESSION.fullmatch(file.stem):
                yield file.stem, entry

    def _page(self, name: str, how: Callable[[Path, str], Page]) -> Page | None:
        path = f"{TOP}/{name}"
        if not (self._folder / name).is_file():
            self.problems.append(Problem(path, 1, "the file is missing"))
            return None
        try:
            return how(self._folder / name, path)
        except ContentProblems as found:
            self.problems.extend(found.problems)
            return None

    def _fitted(self, form: type[F], page: Page, fields: Tree, loc: Loc) -> Entry[F] | None:
        if not isinstance(fields, dict):
            self.problems.append(page.problem(loc, "should be keys with values"))
            return None
        try:
            return Entry(page, loc, fitted(form, page, fields, loc))
        except ContentProblems as found:
            self.problems.extend(found.problems)
            return None


def _strays(folder: Path) -> Iterator[Problem]:
    for file in sorted(folder.rglob("*.y*ml")):
        path = file.relative_to(folder).as_posix()
        place, _, name = path.rpartition("/")
        a_session = place == TIMETABLES and SESSION.fullmatch(name.removesuffix(".yaml"))
        if path not in _KNOWN and not a_session:
            yield Problem(f"{TOP}/{path}", 1, _STRAY)
