"""A tutor that dies: `python -m tests.crashing CONTENT FOLDER` kills it at every step of a turn.

A step is a database statement, a commit, a marking or a delivery. For every step, a child process
holds the same conversation, is killed with -9 just there, and a second child goes on from what the
first left behind, as an operator's restart would: the platform sends again what was not confirmed.
A line of JSON for each step says what was kept.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot import storage
from bot.actions import about
from bot.appeals import Reading as SecondReading
from bot.couriers import Couriers
from bot.desk import Desk
from bot.lessons.appealing import Appealing
from bot.lessons.appointing import Appointing
from bot.lessons.arranging import Arranging
from bot.lessons.arriving import Arriving
from bot.lessons.asking import Asking
from bot.lessons.calling import Calling
from bot.lessons.enrolling import Enrolling
from bot.lessons.filing import Filing
from bot.lessons.handing_in import HandingIn
from bot.lessons.linking import Linking
from bot.lessons.meeting import Meetings
from bot.lessons.playing import Playing
from bot.lessons.progress import Progress
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.lessons.reading import Reading
from bot.lessons.terms import Terms
from bot.marking import Script, Verdict
from bot.messages import Amendment, Chat, Command, Content, Message, Press, Reply, Words
from bot.switchboard import Lessons
from bot.transcribing import Transcribing
from bot.tutor import Tutor
from knowledge.exams.loading import load
from knowledge.library import Library
from prompts import library as prompts
from tests.fakes import FixedClock, awarding
from tests.silence import NoNotes

ADA = Chat("test", "ada", "ada")


class Fuse:
    """Kills this process, as a power cut would, at the step it was set to; 0 is never."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.steps = 0

    def step(self, *_: object) -> None:
        """One more step of the turn."""
        self.steps += 1
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Marker:
    """An examiner that awards the first point, between two steps."""

    name = "marker"

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse

    async def mark(self, script: Script) -> Verdict:
        """The verdict."""
        self._fuse.step()
        verdict = awarding(script, ["p1"])
        self._fuse.step()
        return verdict


class Again:
    """A second examiner that awards whatever it is asked about, between two steps."""

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse

    async def read(
        self, script: Script, first: Verdict, point: str, words: str = ""
    ) -> SecondReading:
        """The second reading."""
        self._fuse.step()
        marks = tuple(m for m in awarding(script, [point]).points if m.point.id == point)
        self._fuse.step()
        return SecondReading("trained", "again", marks)


class Wire:
    """A courier whose other end is a file: what stands in it has arrived."""

    platform = "test"

    def __init__(self, folder: Path, fuse: Fuse) -> None:
        self._file = folder / "arrived"
        self._fuse = fuse

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Send a reply."""
        self._fuse.step()
        append(self._file, reply.text)
        self._fuse.step()
        return ""

    async def amend(self, chat: Chat, amendment: Amendment) -> bool:
        """What has arrived stays as it is."""
        return False

    async def thinking(self, chat: Chat) -> None:
        """Nobody watches."""

    async def in_charge(self, chat: Chat) -> bool:
        """Nobody runs anything."""
        return False


def append(file: Path, text: str) -> None:
    """Add a line of JSON to a file, all of it or nothing."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(text) + "\n")


def lines(file: Path) -> list[str]:
    """The lines that were appended."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def conversation(library: Library) -> Iterator[Content]:
    """A question, a hint, an answer, a doubt about the marking, and a note."""
    subject = library.subjects[0]
    topic = subject.topics[0]
    question = library.questions(subject.id, topic=topic)[0]
    yield Command("quiz", topic)
    yield Press(about("hint", question, question.parts[0]))
    yield Words("an answer of several words")
    yield Words("why not point 2?")
    yield Words("I think I deserved point 2")
    yield Command("note", topic)


async def _converse(content: Path, folder: Path, fuse: Fuse) -> None:
    library = Library.load(content)
    clock = FixedClock()
    async with storage.opened(f"sqlite+aiosqlite:///{folder / 'viva.db'}") as records:
        nobody = Couriers().in_charge
        quizzing = Quizzing(library, Marker(fuse), records)
        playing = Playing(library, quizzing, records, nobody)
        enrolling, reading = Enrolling(library, NoNotes()), Reading(library)
        linking = Linking(records, NoNotes())
        lessons = Lessons(
            enrolling,
            reading,
            Asking(library, NoNotes(), None, prompts.load("answer_doubt")),
            quizzing,
            Progress(library, records),
            Filing(NoNotes()),
            Terms(library, load()),
            Appealing(library, Again(fuse), records),
            linking,
            Arriving(library, records, enrolling, reading, quizzing, linking, playing),
            Arranging(library, records, nobody),
            Calling(library, playing, records, nobody),
            playing,
            HandingIn(library, Transcribing(), Filing(NoNotes()), quizzing, playing),
            Appointing(library, records),
            Pushing(library, quizzing, records),
            Meetings(library, records, nobody),
        )
        tutor = Tutor(library, lessons, records, clock)
        desk = Desk(records, tutor.respond, clock, records.turnstile)
        for what in ("before_cursor_execute", "commit"):
            event.listen(Engine, what, fuse.step)
        async with desk.serving([Wire(folder, fuse)]):
            await desk.settled(ADA)
            confirmed = lines(folder / "confirmed")
            for number, said in enumerate(conversation(library)):
                if str(number) not in confirmed:  # a platform sends again what was not confirmed
                    await desk.receive(Message(ADA, said, str(number)))
                    append(folder / "confirmed", str(number))
                    await desk.settled(ADA)


async def _kept(folder: Path) -> dict[str, object]:
    url = f"sqlite+aiosqlite:///{folder / 'viva.db'}"
    async with storage.opened(url) as records, records() as transaction:
        learner = await transaction.learner(ADA)
        attempts = await transaction.attempts(learner.id)
        return {
            "attempts": [attempt.answer for attempt in attempts],
            "marks": [attempt.verdict and attempt.verdict.marks for attempt in attempts],
            "appeals": [appeal.point for appeal in await transaction.appeals(learner.id)],
            "cards": len(await transaction.cards(learner.id)),
            "dialogue": type(await transaction.dialogue(ADA)).__name__,
            "unanswered": len(await transaction.unanswered("test")),
            "unsent": len(await transaction.unsent("test", FixedClock().advance(days=1))),
            "arrived": lines(folder / "arrived"),
        }


def _in_a_child(content: Path, folder: Path, at: int) -> int:
    """Hold the conversation in a process of its own. The steps it took; -1 if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _live(content, folder, at, writing)
    os.close(writing)
    with os.fdopen(reading) as end:
        steps = end.read()
    _, status = os.waitpid(child, 0)
    return -1 if os.WIFSIGNALED(status) else int(steps)


def _live(content: Path, folder: Path, at: int, writing: int) -> NoReturn:
    """A child's whole life. It must not return: what follows is its parent's."""
    fuse = Fuse(at)
    try:
        asyncio.run(_converse(content, folder, fuse))
        os.write(writing, str(fuse.steps).encode())
    except BaseException:  # noqa: BLE001  a child that returned would go on as its parent
        traceback.print_exc()
    finally:
        os._exit(0)


def main(words: Sequence[str]) -> None:
    """Kill at every step, and say after each what was kept. The first line is of no kill at all."""
    content, scratch = Path(words[0]), Path(words[1])
    steps = _round(content, scratch / "0", 0)
    for at in range(1, steps + 1):
        _round(content, scratch / str(at), at)


def _round(content: Path, folder: Path, at: int) -> int:
    folder.mkdir(parents=True)
    steps = _in_a_child(content, folder, at)
    killed = steps == -1
    if killed:
        _in_a_child(content, folder, 0)
    kept = asyncio.run(_kept(folder))
    sys.stdout.write(json.dumps({"at": at, "killed": killed, **kept}) + "\n")
    sys.stdout.flush()
    return steps


if __name__ == "__main__":
    main(sys.argv[1:])
