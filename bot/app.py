"""The composition root: settings in, a running tutor out. The only place that knows every room."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import examiners, storage
from bot.appeals import SecondReader
from bot.couriers import Couriers
from bot.daily import Daily
from bot.desk import Desk
from bot.door import Door
from bot.examiners.exact import ExactJudge
from bot.examiners.memory import Memory
from bot.examiners.second import Second
from bot.examiners.trained import TrainedExaminer
from bot.ledger import Ledger, Limits, Prices
from bot.lessons.appealing import Appealing
from bot.lessons.appointing import Appointing
from bot.lessons.arranging import Arranging
from bot.lessons.arriving import Arriving
from bot.lessons.asking import Asking
from bot.lessons.calling import Calling
from bot.lessons.enrolling import Enrolling
from bot.lessons.explaining import Explainer
from bot.lessons.filing import Filing
from bot.lessons.handing_in import HandingIn
from bot.lessons.linking import Linking
from bot.lessons.meeting import Meetings
from bot.lessons.playing import Playing
from bot.lessons.progress import Progress
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.lessons.reading import Reading
from bot.lessons.revealing import Revealing
from bot.lessons.terms import Terms
from bot.marking import Examiner
from bot.offers import Offers
from bot.ports import LanguageModel, Notes, Purse, Tally, Transactions
from bot.settings import Settings
from bot.suggestions import Suggestions
from bot.switchboard import Lessons
from bot.transcribing import Seeing, Transcribing
from bot.tutor import Tutor
from knowledge import conversion
from knowledge.beforehand import with_library
from knowledge.covering import covering
from knowledge.embedding import Embed, embedding
from knowledge.exams.loading import load as load_exams
from knowledge.index import Index
from knowledge.library import Library
from knowledge.retrieval import Retriever
from prompts import library as prompts

if TYPE_CHECKING:
    from bot.llm import ChatModel

_LOUD = (
    "httpx",
    "httpcore",
    "telegram",
    "discord",
    "chromadb",
    "tornado",
    "openai",
    "langchain",
    "bm25s",
)


@dataclass(frozen=True, slots=True)
class Viva:
    """Everything that a platform or a command needs of a running tutor."""

    library: Library
    notes: Notes
    asking: Asking
    examiner: Examiner
    records: Transactions
    desk: Desk
    daily: Daily
    suggestions: Suggestions
    offers: Offers


@dataclass(frozen=True, slots=True)
class Marking:
    """Who marks, and who reads a point again when a learner disagrees."""

    examiner: Examiner
    second: SecondReader


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Viva]:
    """A tutor, ready to answer; closed at the end of the block.

    Raises ContentProblems, StorageUnusable, IndexUnavailable or ModelProblem before it starts.
    """
    async with AsyncExitStack() as stack:
        library = await asyncio.to_thread(Library.load, settings.content)
        exams = await asyncio.to_thread(load_exams)
        settings.data.mkdir(parents=True, exist_ok=True)
        embed = embedding(settings.embedding)
        notes = await stack.enter_async_context(searchable(settings, library, embed))
        records = await stack.enter_async_context(storage.opened(settings.database))
        kept = ledger(settings, records)
        model = await language_model(settings, kept)
        memory = Memory(records, kept)
        marking = await asyncio.to_thread(marked_by, settings, embed, model, memory, kept)
        examiner = marking.examiner
        asking = Asking(library, notes, model, prompts.load("answer_doubt"))
        explainer = Explainer(model, prompts.load("follow_up")) if model else None
        couriers = Couriers()
        quizzing = Quizzing(library, examiner, records, explainer)
        playing = Playing(library, quizzing, records, couriers.in_charge)
        pushing = Pushing(library, quizzing, records)
        meetings = Meetings(library, records, couriers.in_charge)
        enrolling, reading = Enrolling(library, notes), Reading(library)
        linking, filing = Linking(records, notes), Filing(notes)
        lessons = Lessons(
            enrolling,
            reading,
            asking,
            quizzing,
            Progress(library, records),
            filing,
            Terms(library, exams),
            Appealing(library, marking.second, records),
            linking,
            Arriving(library, records, enrolling, reading, quizzing, linking, playing),
            Arranging(library, records, couriers.in_charge),
            Calling(library, playing, records, couriers.in_charge),
            playing,
            HandingIn(library, transcriber(settings, model, kept), filing, quizzing, playing),
            Appointing(library, records),
            pushing,
            meetings,
        )
        tutor = Tutor(library, lessons, records, now)
        revealing = Revealing(library, records)
        desk = Desk(
            records,
            tutor.respond,
            now,
            records.turnstile,
            couriers=couriers,
            chores=[revealing.tick, meetings.tick],
            door=Door(settings.served),
        )
        daily = Daily(records, desk, pushing, now)
        suggestions = Suggestions(library, exams, notes, records)
        offers = Offers(library, records)
        yield Viva(library, notes, asking, examiner, records, desk, daily, suggestions, offers)


@asynccontextmanager
async def searchable(
    settings: Settings, library: Library, embed: Embed
) -> AsyncIterator[Retriever]:
    """The notes of the library, indexed as they are now, and learners' own files."""
    index = await asyncio.to_thread(Index, settings.index, with_library(embed))
    try:
        retriever = Retriever(index, covering())
        for subject in library.subjects:
            notes, questions = library.notes(subject.id), library.questions(subject.id)
            await retriever.refresh(subject, notes, questions)
        yield retriever
    finally:
        await asyncio.to_thread(index.close)


def ledger(settings: Settings, records: Transactions) -> Ledger:
    """What the language model used and may use."""
    limits = Limits(
        settings.model_tokens_per_learner,
        settings.model_tokens_per_group,
        settings.model_tokens_per_day,
    )
    prices = Prices(settings.model_price_read, settings.model_price_written)
    return Ledger(records, now, limits, prices)


def transcriber(
    settings: Settings, model: ChatModel | None, purse: Purse | None = None
) -> Transcribing:
    """Who reads photos and listens to recordings, as far as the settings name somebody."""
    eyes = None
    if model and settings.model_sees:
        eyes = Seeing(model, prompts.load("transcribe_picture"))
    if not settings.voice_model:
        return Transcribing(eyes)
    from bot.llm.hearing import Hearing  # noqa: PLC0415  only where one is wanted

    ears = Hearing(
        settings.voice_model,
        settings.voice_url,
        settings.voice_key,
        settings.model_timeout,
        purse,
    )
    return Transcribing(eyes, ears)


async def language_model(settings: Settings, purse: Purse | None = None) -> ChatModel | None:
    """The configured language model; None if none is. `purse` pays for its calls."""
    if not settings.model:
        return None
    from bot.llm import chat_model  # noqa: PLC0415  only where a model is wanted

    model = chat_model(
        settings.model,
        base_url=settings.model_url or None,
        api_key=settings.model_key,
        timeout=settings.model_timeout,
        purse=purse,
    )
    await model.prepare()
    return model


def examining(
    settings: Settings,
    embed: Embed,
    model: LanguageModel | None,
    memory: Memory | None = None,
    tally: Tally | None = None,
) -> Examiner:
    """The examiner that the settings ask for. Takes a second or two: call it in a thread."""
    return marked_by(settings, embed, model, memory, tally).examiner


def marked_by(
    settings: Settings,
    embed: Embed,
    model: LanguageModel | None,
    memory: Memory | None = None,
    tally: Tally | None = None,
) -> Marking:
    """Who marks, and who reads again. Takes a second or two: call it in a thread."""
    conversion.prepare()
    exact = ExactJudge()
    trained = TrainedExaminer(embed, exact)
    kind = settings.examiner
    if kind == "auto":
        kind = "panel" if model else "trained"
    if model is None:
        return Marking(examiners.build(kind, trained, None), Second(trained, None, exact))
    from bot.examiners.llm import LLMExaminer  # noqa: PLC0415  only where a model is wanted

    language = LLMExaminer(model, exact, memory)
    built = examiners.build(kind, trained, language, tally)
    return Marking(built, Second(trained, language, exact))


def log_to_stderr(settings: Settings) -> None:
    """Logs go to standard error; vendors' loggers, which may name addresses, stay quiet."""
    logging.basicConfig(
        level=settings.log_level,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    for vendor in _LOUD:
        logging.getLogger(vendor).setLevel(logging.WARNING)
