"""A group's question of the day: arranged, answered in private, and revealed next day."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.marking import Script, Verdict
from knowledge.content import PointScheme
from tests.chat import Learner
from tests.conftest import Opened, School
from tests.fakes import FixedClock, awarding

CLASS = "class"
MONDAY_NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVERY_DAY = "18:30 zone Madrid"  # 17:30 in UTC


class Wordy:
    """An examiner that awards a point for each word, as far as there are points."""

    name = "wordy"

    async def mark(self, script: Script) -> Verdict:
        """The first points of the scheme."""
        assert isinstance(script.part.scheme, PointScheme)
        points = script.part.scheme.points[: len(script.answer.split())]
        return awarding(script, [point.id for point in points])


async def arranged(school: Opened, *, words: str = EVERY_DAY) -> tuple[School, Learner]:
    """A class that studies Biology, with a question at half past six in Madrid; and who runs it."""
    open = await school(Wordy(), clock=FixedClock(MONDAY_NINE))
    open.box.chiefs.add("host")
    host = open.learner("host", CLASS)
    await host.says("/settings")
    await host.presses("Biology")
    assert "A question a day for this group" in await host.says(f"/daily {words}")
    return open, host


async def later(open: School, hours: float) -> list[str]:
    """Time passes, what is due is done; all that the class has read so far."""
    open.clock.advance(hours=hours)
    await open.desk.tick()
    for chat in list(open.box.delivered):
        await open.desk.settled(chat)
    await open.desk.settled(open.learner("host", CLASS).chat.everybody)
    return open.box.read(CLASS)


def questions(texts: list[str]) -> list[str]:
    """The questions of the day among what was said."""
    return [text for text in texts if text.startswith("# Today's question for everybody")]


async def test_it_comes_at_its_hour_and_the_marks_with_the_next(school: Opened) -> None:
    open, _ = await arranged(school)
    assert not questions(await later(open, 8))
    [first] = questions(await later(open, 0.5))
    for name in ("ada", "bob"):
        learner = open.learner(name, CLASS)
        assert "Your answer is in" in await learner.presses("Answer", typing="water leaves cells")
    assert not any("Yesterday" in text for text in await later(open, 12))

    await later(open, 12)
    texts = await later(open, 0.01)

    assert "24 hours" in first
    [told] = [text for text in texts if text.startswith("# Yesterday's question")]
    assert re.search(r"\*\*Ada\*\*: (\d)/\1", told)
    assert "**Bob**" in told
    assert "🥇 Ada" in told
    assert len(questions(texts)) == 2
    assert texts.index(told) < texts.index(questions(texts)[1])


async def test_a_round_can_be_called_beside_it(school: Opened) -> None:
    open, _ = await arranged(school)
    await later(open, 8.5)
    ada = open.learner("ada", CLASS)

    assert "# A round for everybody" in await ada.says("/round osmosis explain 90")


async def test_it_is_put_once_however_often_is_looked(school: Opened) -> None:
    open, _ = await arranged(school)
    open.clock.advance(hours=8.5)
    for _ in range(3):
        await open.desk.tick()

    assert len(questions(await later(open, 0))) == 1


async def test_what_was_missed_by_hours_is_left_out_and_the_next_one_comes(school: Opened) -> None:
    open, _ = await arranged(school)

    assert not questions(await later(open, 8.5 + 7))
    assert len(questions(await later(open, 17))) == 1


async def test_days_are_kept_and_changed_and_so_is_the_hour(school: Opened) -> None:
    open, host = await arranged(school, words="6.30pm weekends zone Madrid")
    assert not questions(await later(open, 9))

    assert "at weekends" in await host.says("/daily")
    assert "on weekdays" in await host.says("/daily weekdays")
    assert "**07:00**" in await host.says("/daily 7:00")

    assert len(questions(await later(open, 13))) == 1


async def test_who_does_not_run_the_group_may_look_and_not_touch(school: Opened) -> None:
    open, _ = await arranged(school)
    ada = open.learner("ada", CLASS)

    refused = await ada.says("/daily off")

    assert "A question a day" not in refused
    assert "**18:30**" in await ada.says("/daily")
    assert len(questions(await later(open, 8.5))) == 1


async def test_it_goes_quiet_after_five_that_nobody_took_says_so_once_and_comes_back(
    school: Opened,
) -> None:
    open, host = await arranged(school)
    await later(open, 8.5)
    for _ in range(8):
        await later(open, 24)
        texts = await later(open, 0.01)

    assert len(questions(texts)) == 5
    assert sum("I will be quiet in this group" in text for text in texts) == 1
    await host.presses("On again")
    await later(open, 24)
    assert len(questions(await later(open, 24))) == 7


async def test_off_is_off_and_on_is_on(school: Opened) -> None:
    open, host = await arranged(school)

    assert "is off" in await host.says("/daily off")
    assert not questions(await later(open, 24))
    assert "18:30" in await host.says("/daily on")
    assert len(questions(await later(open, 8.5))) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("18:30", "By whose clock"),
        ("18:30 zone Springfieldistan", "I know no place"),
        ("weekdays", "In a group I take"),
        ("18:30 3 questions zone Madrid", "In a group I take"),
        ("25:00 zone Madrid", "no time of day"),
    ],
)
async def test_what_cannot_be_done_is_said(school: Opened, words: str, said: str) -> None:
    open = await school(clock=FixedClock(MONDAY_NINE))
    open.box.chiefs.add("host")
    host = open.learner("host", CLASS)
    await host.says("/settings")
    await host.presses("Biology")

    assert said in await host.says(f"/daily {words}")
    assert "no question of the day yet" in await host.says("/daily")


async def test_a_group_without_a_subject_is_asked_for_it_first(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("host")

    said = await open.learner("host", CLASS).says("/daily 18:30 zone Madrid")

    assert "/settings" in said


async def test_an_answer_in_private_counts_too(school: Opened) -> None:
    open, _ = await arranged(school)
    await later(open, 8.5)
    start = open.learner("ada", CLASS).button("Answer").start
    ada: Learner = open.learner("ada")

    opened = await ada.says(f"/start {start}")

    assert "hours left" in opened
    assert "Your answer is in" in await ada.says("water leaves the cells")
