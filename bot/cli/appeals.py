"""`viva appeals`: what learners disagreed with, for a teacher to look at and decide.

No name, account or chat of a learner is shown; an answer may hold personal words all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot import rulings, storage
from bot.appeals import Appeal, Decided, Decision, judged
from bot.cli.problems import Unusable
from bot.dialogue import Marked
from bot.learners import Attempt
from bot.marking import CriterionMark, Verdict
from bot.ports import Records
from bot.questions import wanted
from bot.schedule import rescheduled
from bot.settings import Settings
from bot.speech import speaking
from knowledge.content import MarkPoint, Question
from knowledge.library import Library

_LONGEST = 300  # characters of an answer in the list


@asynccontextmanager
async def _records(settings: Settings) -> AsyncIterator[Records]:
    settings.data.mkdir(parents=True, exist_ok=True)
    async with storage.opened(settings.database) as transactions, transactions() as records:
        yield records


async def listed(settings: Settings, screen: Console) -> None:
    """Print the queue, oldest first."""
    async with _records(settings) as records:
        queue = await records.queue()
    for appeal in queue:
        _print(screen, _head(appeal), "bold")
        answer = " ".join(appeal.first.answer.split())
        short = answer if len(answer) <= _LONGEST else f"{answer[:_LONGEST].rstrip()}…"
        _print(screen, f"  answer  {short}")
        _print_readings(screen, appeal)
    waiting = f"{len(queue)} appeal{'' if len(queue) == 1 else 's'} to decide."
    what = "`viva appeals show N`, then `viva appeals decide N --award` or `--withhold`."
    screen.print(f"{waiting} {what}" if queue else "No appeal waits for you.", highlight=False)


async def shown(settings: Settings, id: int, screen: Console) -> None:
    """Print one appeal with its question, the whole answer and the point of the scheme."""
    async with _records(settings) as records:
        appeal, attempt = await _found(records, id)
    library = await asyncio.to_thread(Library.load, settings.content)
    _print(screen, _head(appeal), "bold")
    for line in _asked(_question(library, appeal), appeal):
        _print(screen, line)
    for label, earlier in attempt.earlier:
        _print(screen, f"\nanswer to ({label}), earlier\n  {earlier}")
    _print(screen, f"\nanswer\n  {appeal.first.answer}\n")
    _print_readings(screen, appeal)
    if attempt.verdict is not None:
        _print(screen, f"  mark    {attempt.verdict.marks}/{attempt.verdict.out_of} now")
    if appeal.decision is not None:
        _print(screen, f"  teacher {_decision(appeal.decision)}")


async def decided(settings: Settings, id: int, decision: Decision) -> str:
    """Record a decision, change the mark, and write to the learner: all of it or nothing.

    Raises Unusable, or CannotDecide where the mark scheme does not allow it.
    """
    library = await asyncio.to_thread(Library.load, settings.content)
    async with _records(settings) as records:
        appeal, before = await _found(records, id)
        if appeal.decision is not None:
            raise Unusable(
                f"Appeal {id} was decided before ({_decision(appeal.decision)}). The learner was "
                "told so, and it stays."
            )
        await records.keep(Decided(id, decision))
        _, after = await _found(records, id)
        if before.verdict is None or after.verdict is None:
            raise Unusable(f"Appeal {id} is about an answer without a marking.")
        if after.verdict != before.verdict:
            await _reschedule(records, after)
            await _resume(records, appeal, after.verdict)
        question = _question(library, appeal)
        learner = await records.learner(appeal.chat)
        with speaking(learner.language or "en"):
            told = rulings.decided(question, appeal, decision, before.verdict, after.verdict)
        await records.write(appeal.chat, told, decision.at)
        await records.commit()
    return (
        f"Appeal {id}: {_decision(decision)}. The mark was {before.verdict.marks} and is "
        f"{after.verdict.marks} of {after.verdict.out_of}; the learner is told."
    )


async def _found(records: Records, id: int) -> tuple[Appeal, Attempt]:
    appeal = await records.appeal(id)
    attempt = await records.attempt(appeal.attempt) if appeal else None
    if appeal is None or attempt is None:
        raise Unusable(f"There is no appeal {id}. `viva appeals` lists those that wait.")
    return appeal, attempt


async def _reschedule(records: Records, changed: Attempt) -> None:
    """When the question is due again, after its attempts as they are marked now."""
    theirs = await records.attempts(changed.learner)
    card = rescheduled(each for each in theirs if each.question == changed.question)
    if card is not None:
        await records.keep(card)


async def _resume(records: Records, appeal: Appeal, verdict: Verdict) -> None:
    """A conversation that is still about this marking goes on from the new one."""
    dialogue = await records.dialogue(appeal.chat)
    if isinstance(dialogue, Marked) and _same(dialogue.verdict, verdict):
        await records.keep_dialogue(appeal.chat, replace(dialogue, verdict=verdict))


def _same(one: Verdict, other: Verdict) -> bool:
    of_one = (one.question, one.part, one.answer)
    return of_one == (other.question, other.part, other.answer)


def _question(library: Library, appeal: Appeal) -> Question | None:
    """The question; None where it is no longer in the library."""
    try:
        question = library.question(appeal.first.question)
        question.part(appeal.first.part)
    except KeyError:
        return None
    return question


def _head(appeal: Appeal) -> str:
    part = f" ({appeal.first.part})" if appeal.first.part else ""
    mark = judged(appeal.first, appeal.point)
    if isinstance(mark, CriterionMark):
        what = f"criterion {appeal.number}: {mark.criterion.name}"
    else:
        what = f"point {appeal.number}: {wanted(mark.point)}".rstrip(": ")
    return f"{appeal.id} · {_day(appeal.at)} · {appeal.first.question}{part} · {what}"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _asked(question: Question | None, appeal: Appeal) -> list[str]:
    """What was asked, and what the point wants."""
    if question is None:
        lines = ["", "The question is no longer in the library."]
    else:
        part = question.part(appeal.first.part)
        drawn = ["(Its numbers are drawn anew each time: {{…}}.)"] if question.givens else []
        texts = [question.title, question.told, part.stem if part.label else "", *drawn]
        lines = ["", *(text for text in texts if text), f"command term: {part.command_term}"]
    mark = judged(appeal.first, appeal.point)
    if isinstance(mark, CriterionMark):
        bands = [f"  {band.low}–{band.high}: {band.descriptor}" for band in mark.criterion.bands]
        return [*lines, "", mark.criterion.name, *bands]
    return [*lines, "", *_scheme(mark.point)]


def _scheme(point: MarkPoint) -> list[str]:
    rows = (
        ("accept", point.accept),
        ("reject", point.reject),
        ("needs", point.needs_all),
        ("word", point.required),
    )
    ties = [f"  depends on {point.depends_on}"] if point.depends_on else []
    return [
        f"{point.id}: {wanted(point)}",
        *(f"  {name}: {'; '.join(texts)}" for name, texts in rows if texts),
        *ties,
    ]


def _print_readings(screen: Console, appeal: Appeal) -> None:
    first = judged(appeal.first, appeal.point)
    _print(screen, f"  first   {rulings.plainly(first)} [{appeal.first.examiner}]")
    second = appeal.second.mark(appeal.point) if appeal.second else None
    if appeal.second is None or second is None:
        _print(screen, "  second  none: nobody else could read it")
    else:
        _print(screen, f"  second  {rulings.plainly(second)} [{appeal.second.examiner}]")


def _decision(decision: Decision) -> str:
    note = f", “{decision.note}”" if decision.note else ""
    marks = "" if decision.marks is None else f", {decision.marks} marks"
    verb = "awarded" if decision.awarded else "withheld"
    return f"{verb}{marks} on {_day(decision.at)}{note}"


def _print(screen: Console, text: str, style: str = "") -> None:
    screen.print(Text(text, style), soft_wrap=True)
