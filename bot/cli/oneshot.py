"""What the command line does without a conversation: a doubt, marking, batches, the index."""

from __future__ import annotations

import asyncio
import mimetypes
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, track

from adapters.console import HERE
from bot import app, feedback, storage
from bot.actions import target
from bot.cli import spending
from bot.cli.problems import Unusable
from bot.examiners.batch import mark_lines
from bot.examiners.memory import Memory
from bot.lessons.asking import Answer
from bot.marking import CouldNotMark, Examiner, Script
from bot.ports import Amounts, Item, Tally
from bot.settings import Settings
from knowledge.content import Found, NoteId, Unreadable
from knowledge.embedding import embedding
from knowledge.instances import DEFAULT, instance
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Asked:
    """A doubt's answer, with its sources best first; none: not covered."""

    text: str
    sources: tuple[Found, ...]

    def as_json(self) -> dict[str, object]:
        """As `viva ask --json` prints it."""
        return {"answer": self.text, "sources": [_source(found) for found in self.sources]}

    def as_markdown(self) -> str:
        """For reading."""
        if not self.sources:
            return self.text
        lines = [f"{place}. {found.chunk.trail}" for place, found in enumerate(self.sources, 1)]
        return f"{self.text}\n\n**From the notes**\n\n" + "\n".join(lines)


def _source(found: Found) -> dict[str, object]:
    title, _, heading = found.chunk.trail.partition(" › ")
    return {
        "subject": found.chunk.subject,
        "note": found.chunk.note,
        "heading": heading or title,
        "score": round(found.score, 4),
    }


async def asked(settings: Settings, doubt: str, subject: str) -> Asked:
    """Answer a doubt from one subject's notes, or from those of the subject that covers it best."""
    async with app.opened(settings) as viva:
        names = [one.id for one in viva.library.subjects]
        if subject and subject not in names:
            raise Unusable(f"There is no subject {subject!r}. There is: {', '.join(names)}")
        owner = await _owner(viva)
        answers = [
            await viva.asking.answered(doubt, one, owner)
            for one in ([subject] if subject else names)
        ]
    best = max(answers, key=lambda answer: answer.likelihood)
    if not best.sources:
        return Asked(_not_covered(viva.library, best), ())
    return Asked(best.text, best.sources)


def _not_covered(library: Library, answer: Answer) -> str:
    near = ", ".join(library.note(NoteId(id)).title for id in answer.nearest)
    return "My notes do not cover that." + (f" The nearest topics: {near}." if near else "")


async def _owner(viva: app.Viva) -> int:
    async with viva.records() as records:
        learner = await records.learner(HERE)
        await records.commit()
    return learner.id


async def marked(settings: Settings, id: str, answer: str) -> str:
    """The verdict on one answer, in Markdown."""
    library = await asyncio.to_thread(Library.load, settings.content)
    question_id, label = target(id)
    try:
        question = instance(library.question(question_id), DEFAULT)
        part = question.part(label) if label else question.parts[0]
    except KeyError:
        raise Unusable(
            f"There is no question {id!r}. `viva check --coverage` shows the topics."
        ) from None
    script = Script(question, part, answer)
    try:
        async with _examining(settings) as (examiner, _):
            verdict = await examiner.mark(script)
    except CouldNotMark as why:
        return feedback.could_not_mark(script, why).text
    title = library.note(question.note).title
    return feedback.told(script, verdict, library.subject(question.subject), title).text


class _Counted:
    """A Tally of what is marked now, which also counts for the day."""

    def __init__(self, day: Tally) -> None:
        self._day = day
        self.amounts: Counter[Item] = Counter()

    async def add(self, amounts: Amounts) -> None:
        """So many more."""
        self.amounts.update(amounts)
        await self._day.add(amounts)


@asynccontextmanager
async def _examining(settings: Settings) -> AsyncIterator[tuple[Examiner, Amounts]]:
    """Who marks, and what is counted meanwhile. The trained examiner needs no database."""
    embed = embedding(settings.embedding)
    if settings.examiner == "trained":
        yield await asyncio.to_thread(app.examining, settings, embed, None), {}
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    async with storage.opened(settings.database) as records:
        ledger = app.ledger(settings, records)
        counted = _Counted(ledger)
        model = await app.language_model(settings, ledger)
        memory = Memory(records, counted)
        examiner = await asyncio.to_thread(app.examining, settings, embed, model, memory, counted)
        yield examiner, counted.amounts


async def marked_batch(settings: Settings, source: Path, out: Path, errors: Console) -> None:
    """Mark a file of JSON lines into another, in order; a bad line becomes an error line.

    Where a panel marked, the last line on the screen says how many calls that saved.
    """
    try:
        lines = (await asyncio.to_thread(source.read_text, "utf-8", "replace")).splitlines()
    except OSError as problem:
        raise Unusable(f"{source} cannot be read: {problem.strerror}") from None
    async with _examining(settings) as (examiner, counted):
        with Progress(console=errors, disable=not errors.is_terminal) as progress:
            task = progress.add_task("Marking", total=len(lines))
            with await asyncio.to_thread(out.open, "w", encoding="utf-8") as sink:
                async for number, line in mark_lines(lines, examiner):
                    sink.write(line + "\n")
                    progress.update(task, completed=number)
    if said := spending.saved(counted):
        errors.print(said, markup=False, highlight=False)


async def indexed(settings: Settings, paths: Sequence[Path], screen: Console) -> bool:
    """Refresh the index, and add files to the local learner's own. False if one failed."""
    fine = True
    async with app.opened(settings) as viva:
        owner = await _owner(viva)
        for path in track(
            list(_files(paths)), "Reading", console=screen, disable=not screen.is_terminal
        ):
            kind = mimetypes.guess_type(path.name)[0] or ""
            try:
                data = await asyncio.to_thread(path.read_bytes)
                document = await viva.notes.add(owner, path.name, kind, data)
            except (Unreadable, OSError) as why:
                fine = False
                screen.print(f"{path}: {why}", style="red", markup=False, highlight=False)
            else:
                screen.print(f"{path}: {document.chunks} passages", markup=False, highlight=False)
        if not paths:
            topics = sum(len(subject.topics) for subject in viva.library.subjects)
            screen.print(
                f"The index holds {topics} notes of {len(viva.library.subjects)} subjects."
            )
    return fine


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")
            )
        else:
            yield path
