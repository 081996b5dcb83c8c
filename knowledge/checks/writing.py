"""Is what is written fit to be read: placeholders, formulas, names of files?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from knowledge.checks.asked import Asked
from knowledge.content import BandScheme, PointScheme
from knowledge.formulas import faults
from knowledge.problems import Loc, Problem
from knowledge.reading import Page
from knowledge.shelf import Shelf

_UNFINISHED = re.compile(r"\b(?:TODO|FIXME|TBD|[Ll]orem ipsum|xxx+)\b|\?\?\?")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def names(shelf: Shelf) -> Iterator[Problem]:
    """Files and folders whose names cannot be ids."""
    for path in shelf.files:
        for step in PurePosixPath(path).with_suffix("").parts:
            if not _NAME.fullmatch(step):
                text = f'the name "{step}" may have only a-z, 0-9 and single hyphens'
                yield Problem(path, 1, text)


def placeholders(shelf: Shelf) -> Iterator[Problem]:
    """Text that was left to be written later."""
    for path in shelf.pages:
        yield from unfinished(shelf.folder / path, path)


def unfinished(file: Path, path: str) -> Iterator[Problem]:
    """The same of a single file."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if found := _UNFINISHED.search(line):
            yield Problem(path, number, f'"{found[0]}" is left to be written')


def in_body(page: Page) -> Iterator[Problem]:
    """Formulas of a body that cannot be read."""
    for fault in faults(page.body):
        yield page.in_body(fault.offset, fault.text)


def in_keys(asked: Asked) -> Iterator[Problem]:
    """Formulas that cannot be read in what a part's keys will show to a learner."""
    for at, text in _shown(asked):
        for fault in faults(text):
            yield asked.problem(at, fault.text)


def _shown(asked: Asked) -> Iterator[tuple[Loc, str]]:
    part = asked.part
    yield ("stem",), part.stem
    yield ("model_answer",), part.model_answer
    for number, hint in enumerate(part.hints):
        yield ("hints", number), hint
    for option in part.options:
        yield ("options", option.letter, "text"), option.text
        yield ("options", option.letter, "why"), option.why
    match part.scheme:
        case PointScheme() as scheme:
            for number, point in enumerate(scheme.points):
                yield ("mark_scheme", number), point.text
        case BandScheme() as scheme:
            for number, line in enumerate(scheme.content):
                yield ("mark_scheme", "content", number), line
