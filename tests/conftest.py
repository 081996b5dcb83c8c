"""A tutor to talk to, over a small subject, with the real storage and scripted marking."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import storage
from bot.appeals import SecondReader
from bot.couriers import Couriers
from bot.daily import Daily
from bot.desk import Desk
from bot.door import Door
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
from bot.ports import Clock, LanguageModel, Notes, Transactions, Transcriber
from bot.storage import Database
from bot.switchboard import Lessons
from bot.transcribing import Transcribing
from bot.tutor import Tutor
from knowledge.exams.facts import Exams
from knowledge.exams.loading import load
from knowledge.library import Library
from prompts import library as prompts
from tests.chat import Learner, Letterbox
from tests.content import write_subject
from tests.fakes import FixedClock, ScriptedExaminer
from tests.openai_server import OpenAIServer, serving
from tests.postgres import Postgres, missing, running
from tests.silence import NobodyElse, NoNotes


@dataclass
class School:
    """A running tutor, and everything a test may want to look at."""

    library: Library
    records: Transactions
    desk: Desk
    box: Letterbox
    clock: FixedClock
    daily: Daily

    def learner(self, name: str = "ada", room: str = "") -> Learner:
        """Somebody who talks to this tutor."""
        return Learner(self.desk, self.box, name, room)

    async def sends_what_is_due(self) -> None:
        """Plan and send all that is due by now."""
        while not await self.daily.tick(self.clock(), [self.box]):
            pass


Opened = Callable[..., Awaitable[School]]


def tutored(  # noqa: PLR0917  each is named where it is used
    content: Library,
    exams: Exams,
    records: Database,
    clock: Clock,
    examiner: Examiner | None = None,
    notes: Notes | None = None,
    model: LanguageModel | None = None,
    second: SecondReader | None = None,
    allowed: Collection[str] = (),
    transcriber: Transcriber | None = None,
) -> tuple[Desk, Daily]:
    """The desk of a tutor, over the real storage, and who sends its daily questions."""
    searched = notes or NoNotes()
    explainer = Explainer(model, prompts.load("follow_up")) if model else None
    couriers = Couriers()
    quizzing = Quizzing(content, examiner or ScriptedExaminer(["p1"]), records, explainer)
    playing = Playing(content, quizzing, records, couriers.in_charge)
    pushing = Pushing(content, quizzing, records)
    meetings = Meetings(content, records, couriers.in_charge)
    enrolling, reading = Enrolling(content, searched), Reading(content)
    linking, filing = Linking(records, searched), Filing(searched)
    lessons = Lessons(
        enrolling,
        reading,
        Asking(content, searched, model, prompts.load("answer_doubt")),
        quizzing,
        Progress(content, records),
        filing,
        Terms(content, exams),
        Appealing(content, second or NobodyElse(), records),
        linking,
        Arriving(content, records, enrolling, reading, quizzing, linking, playing),
        Arranging(content, records, couriers.in_charge),
        Calling(content, playing, records, couriers.in_charge),
        playing,
        HandingIn(content, transcriber or Transcribing(), filing, quizzing, playing),
        Appointing(content, records),
        pushing,
        meetings,
    )
    desk = Desk(
        records,
        Tutor(content, lessons, records, clock).respond,
        clock,
        records.turnstile,
        couriers=couriers,
        chores=[Revealing(content, records).tick, meetings.tick],
        door=Door(allowed),
    )
    return desk, Daily(records, desk, pushing, clock)


def tutor(
    content: Library,
    exams: Exams,
    records: Database,
    clock: Clock,
    *others: Any,
    **named: Any,
) -> Desk:
    """The desk alone."""
    return tutored(content, exams, records, clock, *others, **named)[0]


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    """A server that speaks OpenAI's protocol, on a free port."""
    async with serving() as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started once; a test that wants one is skipped where there is none."""
    if why := missing():
        pytest.skip(why)
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A small subject without a single problem."""
    folder = tmp_path_factory.mktemp("subjects")
    write_subject(folder)
    return Library.load(folder)


@pytest.fixture(scope="session")
def exams() -> Exams:
    """What all subjects share, as it is shipped."""
    return load()


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Database]:
    """A database of its own, in a real file."""
    async with storage.opened(f"sqlite+aiosqlite:///{tmp_path / 'viva.db'}") as opened:
        yield opened


@pytest.fixture
async def school(library: Library, exams: Exams, records: Database) -> AsyncIterator[Opened]:
    """Opens a tutor: `await school(examiner=…, notes=…, model=…)`."""
    stack = AsyncExitStack()

    async def opened(  # noqa: PLR0917  each is named where it is used
        examiner: Examiner | None = None,
        notes: Notes | None = None,
        model: LanguageModel | None = None,
        clock: FixedClock | None = None,
        content: Library = library,
        second: SecondReader | None = None,
        allowed: Collection[str] = (),
        transcriber: Transcriber | None = None,
    ) -> School:
        time = clock or FixedClock()
        who = examiner, notes, model, second, allowed, transcriber
        desk, daily = tutored(content, exams, records, time, *who)
        box = Letterbox()
        await stack.enter_async_context(desk.serving([box]))
        return School(content, records, desk, box, time, daily)

    async with stack:
        yield opened
