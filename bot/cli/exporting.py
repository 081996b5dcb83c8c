"""`viva appeals export`: decided appeals as examples, in the format of the content files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot import storage
from bot.appeals import Appeal
from bot.cli.problems import Unusable
from bot.learners import Attempt
from bot.marking import Verdict
from bot.settings import Settings
from knowledge.content import BandScheme
from knowledge.library import Library

_HEAD = """\
# Answers that a teacher decided about. Paste each under `examples:` of the question above it, then
# run `viva check`. These are learners' own words: take out whatever could tell who wrote them.
"""
_DRAWN = "# The numbers of this question are drawn anew: put gaps, {{= name}}, in place of its own."
_FULL, _PARTIAL, _ZERO = "full", "partial", "zero"


async def exported(settings: Settings, file: Path) -> str:
    """Write an example for each answer with a decision; what was done. Raises Unusable."""
    settings.data.mkdir(parents=True, exist_ok=True)
    async with storage.opened(settings.database) as transactions, transactions() as records:
        decided = await records.queue(decided=True)
        attempts = {id: await records.attempt(id) for id in {each.attempt for each in decided}}
    library = await asyncio.to_thread(Library.load, settings.content)
    found = [
        (attempt, [each for each in decided if each.attempt == attempt.id])
        for attempt in attempts.values()
        if attempt is not None
    ]
    found.sort(key=lambda pair: (pair[0].question, pair[0].part, pair[0].id))
    text = "\n".join([_HEAD, *_blocks(found, _drawn(library))]) + "\n"
    try:
        await asyncio.to_thread(file.write_text, text, "utf-8")
    except OSError as problem:
        raise Unusable(f"{file} cannot be written: {problem.strerror}") from None
    return f"{len(found)} example{'' if len(found) == 1 else 's'} written to {file}."


def _drawn(library: Library) -> frozenset[str]:
    """The questions whose numbers are drawn."""
    return frozenset(
        question.id
        for subject in library.subjects
        for question in library.questions(subject.id)
        if question.givens
    )


def _blocks(
    found: Iterable[tuple[Attempt, Sequence[Appeal]]], drawn: frozenset[str]
) -> Iterator[str]:
    for (question, part), group in groupby(found, lambda pair: (pair[0].question, pair[0].part)):
        yield f"# {question}" + (f", part {part}" if part else "")
        if question in drawn:
            yield _DRAWN
        for attempt, appeals in group:
            if attempt.verdict is not None:
                yield from _indented(_example(attempt, attempt.verdict, appeals), bool(part))
        yield ""


def _indented(lines: Sequence[str], in_part: bool) -> Iterator[str]:
    """The lines of a list's entry, as deep as `examples` of a question or of a part stands."""
    deep = " " * (6 if in_part else 2)
    yield f"{deep}- {lines[0]}"
    yield from (f"{deep}  {line}" for line in lines[1:])


def _example(attempt: Attempt, verdict: Verdict, appeals: Sequence[Appeal]) -> list[str]:
    notes = [each.decision.note for each in appeals if each.decision and each.decision.note]
    reason = " ".join(notes)
    lines = [f"answer: {_text(attempt.answer)}"]
    if isinstance(verdict.scheme, BandScheme):
        lines.append(f"marks: {_by_criterion(verdict)}")
        reason = reason or "These are a teacher's marks."
    else:
        earned = [
            mark.point.id for mark in verdict.points if _counts(mark.awarded, mark.point.type)
        ]
        lines.append(f"earns: [{', '.join(earned)}]")
    lines.append(f"shows: {_shows(verdict)}")
    if reason:
        lines.append(f"reason: {_text(reason)}")
    if attempt.earlier:
        pairs = ", ".join(f"{label}: {_text(said)}" for label, said in attempt.earlier)
        lines.append(f"earlier: {{{pairs}}}")
    return lines


def _by_criterion(verdict: Verdict) -> str:
    """The marks of each criterion; a single number where there is only one."""
    if len(verdict.criteria) <= 1:
        return str(verdict.marks)
    pairs = ", ".join(f"{mark.criterion.id}: {mark.marks}" for mark in verdict.criteria)
    return f"{{{pairs}}}"


def _counts(awarded: bool, type: str) -> bool:
    return awarded and type != "AG"


def _shows(verdict: Verdict) -> str:
    if verdict.marks == verdict.out_of:
        return _FULL
    return _PARTIAL if verdict.marks else _ZERO


def _text(text: str) -> str:
    """A text between double quotes, as the content files take it."""
    return json.dumps(text, ensure_ascii=False)
