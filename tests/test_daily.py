"""The daily question, as a learner has it: arranged, sent once, answered right there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.messages import Chat, Delayed, Reply, Undeliverable, Unreachable
from bot.pushes import Tally
from tests.chat import Learner, Letterbox
from tests.conftest import Opened, School
from tests.fakes import FixedClock, ScriptedExaminer

MONDAY_NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def arranged(open: School, words: str = "18:30", name: str = "ada") -> Learner:
    """Somebody in Madrid who wants a question a day."""
    ada = open.learner(name)
    await ada.says(f"/daily {words}")
    await ada.says("Madrid")
    return ada


async def at(open: School, *, days: int = 0, hour: int, minute: int = 0) -> None:
    """Let it become this time (UTC) of a day so many days from now, and send what is due."""
    now = open.clock()
    wanted = now.replace(hour=hour, minute=minute)
    open.clock.advance(days=days, minutes=(wanted - now).total_seconds() / 60)
    await open.sends_what_is_due()


def texts(open: School, learner: Learner) -> list[str]:
    return [reply.text for reply in open.box.delivered.get(learner.chat, [])]


def last(open: School, learner: Learner) -> str:
    return texts(open, learner)[-1]


async def test_a_place_is_asked_for_once_and_understood_as_it_is_typed(school: Opened) -> None:
    open = await school()
    ada = open.learner()

    asked = await ada.says("/daily 6.30 pm")
    nowhere = await ada.says("Xanadu")
    set = await ada.says("Barcelona")
    changed = await ada.says("/daily 19:00 weekdays")

    assert "Where do you live" in asked
    assert ada.button("London")
    assert "I do not know where “Xanadu” is" in nowhere
    assert "Every day at 18:30" in set
    assert "Madrid time" in set
    assert "Monday 2 March at 18:30" in set
    assert "On weekdays at 19:00" in changed


async def test_the_place_can_be_pressed_and_an_offset_typed(school: Opened) -> None:
    open = await school()
    ada, bob = open.learner("ada"), open.learner("bob")
    await ada.says("/daily 18:30")
    await bob.says("/daily 18:30")

    pressed = await ada.presses("New York")
    typed = await bob.says("UTC+5:30")

    assert "New York time" in pressed
    assert "Kolkata time" in typed


async def test_the_question_comes_at_the_learners_hour_and_is_answered_right_there(
    school: Opened,
) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada = await arranged(open)
    before = len(texts(open, ada))

    await at(open, hour=17, minute=29)
    too_early = len(texts(open, ada))
    await at(open, hour=17, minute=30)
    question = last(open, ada)
    await at(open, hour=17, minute=45)
    verdict = await ada.says("water leaves the cells")

    assert too_early == before
    assert "mark" in question
    assert {"Hint", "Skip", "Snooze 1 h", "Not today"} <= {
        choice.label for choice in open.box.delivered[ada.chat][before].choices
    }
    assert len(texts(open, ada)) == before + 2
    assert "/" in verdict


async def test_a_learner_gets_one_question_a_day_whatever_is_ticked_and_started_again(
    school: Opened,
) -> None:
    open = await school()
    ada = await arranged(open)
    before = len(texts(open, ada))

    for hour in range(10, 23):
        await at(open, hour=hour, minute=45)

    assert len(texts(open, ada)) == before + 1


async def test_what_is_not_understood_is_said_clearly_and_changes_nothing(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)

    for words, sentence in [
        ("25:00", "is no time of day"),
        ("banana", "I could not make sense of “banana”"),
        ("9 questions", "1 to 5 questions"),
        ("only astrology", "no subject called “astrology”"),
        ("pause until yesterday", "Until when?"),
        ("quiet 17-19", "within these quiet hours"),
        ("zone Xanadu", "I do not know where"),
    ]:
        assert sentence in await ada.says(f"/daily {words}"), words
    await ada.says("/daily")

    assert "Every day at 18:30" in last(open, ada)


async def test_an_hour_within_quiet_hours_switches_them_off_and_says_so(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)

    said = await ada.says("/daily 23:15")

    assert "quiet hours (22:00–07:00) are off" in said
    assert "at 23:15" in said


async def test_off_on_and_a_pause(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)

    assert "is off" in await ada.says("/daily off")
    await at(open, hour=18)
    nothing = len(texts(open, ada))
    on = await ada.presses("Turn it on")
    paused = await ada.says("/daily pause until 5 March")
    await at(open, days=1, hour=18)
    await at(open, days=1, hour=18)
    still = len(texts(open, ada))
    await at(open, days=1, hour=18)

    assert "Tuesday 3 March" in on
    assert "Thursday 5 March" in paused
    assert still == nothing + 2
    assert len(texts(open, ada)) == still + 1


async def test_a_snoozed_question_comes_again_once(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    await at(open, hour=17, minute=30)
    question = last(open, ada).split("\n\n", 1)[1]

    said = await ada.presses("Snooze 1 h")
    await at(open, hour=18, minute=29)
    waiting = last(open, ada)
    await at(open, hour=18, minute=31)
    again = last(open, ada)
    await at(open, hour=20)

    assert "It comes again at 19:30" in said
    assert waiting == said
    assert "again, as you asked" in again
    assert again.split("\n\n", 1)[1] == question
    assert last(open, ada) == again


async def test_a_question_answered_before_its_snooze_is_over_does_not_come_again(
    school: Opened,
) -> None:
    open = await school()
    ada = await arranged(open)
    await at(open, hour=17, minute=30)
    await ada.presses("Snooze 1 h")
    await ada.says("water leaves the cells")
    before = len(texts(open, ada))

    await at(open, hour=18, minute=31)

    assert len(texts(open, ada)) == before


async def test_not_today_leaves_the_question_and_costs_nothing(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    await at(open, hour=17, minute=30)

    said = await ada.presses("Not today")

    assert "Fine, not today. The next one comes on Tuesday 3 March at 18:30." in said
    assert "No question is open" in await ada.says("/hint")


async def test_who_is_at_another_question_is_not_interrupted(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    await at(open, hour=17, minute=20)
    await ada.says("/quiz osmosis explain")
    before = len(texts(open, ada))

    await at(open, hour=17, minute=40)
    waits = len(texts(open, ada))
    await ada.says("water leaves the cells")
    await at(open, hour=18, minute=21)

    assert waits == before
    assert len(texts(open, ada)) == before + 2


async def test_a_question_left_alone_is_kept_and_comes_back_as_it_was(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    await ada.says("/quiz osmosis explain")
    await ada.says("/hint")

    await at(open, hour=17, minute=30)
    offered = last(open, ada)
    back = await ada.presses("Back to: A limp potato chip")

    assert "“A limp potato chip” is kept for you" in offered
    assert "A limp potato chip" in back
    assert "Hint 2 of 3" in await ada.says("/hint")


async def test_questions_of_the_last_days_are_not_asked_again(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    asked: list[str] = []

    for _ in range(5):
        await at(open, days=bool(asked), hour=17, minute=30)
        asked.append(last(open, ada).split("**")[3])
        await ada.says("/skip")

    assert len(set(asked)) == 5


async def test_two_questions_a_day_are_one_push_and_a_button(school: Opened) -> None:
    open = await school()
    ada = await arranged(open, "18:30 2 questions")
    await at(open, hour=17, minute=30)
    first = last(open, ada)
    await ada.says("water leaves the cells")

    second = await ada.presses("Today's question 2 of 2")
    await ada.says("because it does")

    assert "(1 of 2)" in first
    assert second.split("**")[1] != first.split("**")[3]
    with pytest.raises(AssertionError):
        ada.button("Today's question 3")


async def test_it_goes_quiet_by_itself_says_so_once_and_comes_back_with_a_tap(
    school: Opened,
) -> None:
    open = await school()
    ada = await arranged(open)
    for day in range(5):
        await at(open, days=bool(day), hour=17, minute=30)
    five = len(texts(open, ada))

    await at(open, days=1, hour=17, minute=30)
    said = last(open, ada)
    for _ in range(3):
        await at(open, days=1, hour=17, minute=30)
    quiet = len(texts(open, ada))
    back = await ada.presses("Start again")
    await at(open, days=1, hour=17, minute=30)

    assert "I will be quiet from now on" in said
    assert quiet == five + 1
    assert "The next one comes on Wednesday 11 March" in back
    assert len(texts(open, ada)) == quiet + 2


async def test_the_week_is_looked_back_on_with_sundays_question(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada = await arranged(open)
    await ada.says("/quiz osmosis explain")
    await ada.says("water leaves the cells")

    for day in range(7):
        await at(open, days=bool(day), hour=17, minute=30)
        if day < 6:
            assert "Your week" not in last(open, ada)
            await ada.says("/skip")

    assert "**Your week:** 1 of 2 marks in 1 answer." in last(open, ada)
    assert "Worth rereading: *Osmosis*" in last(open, ada)
    assert "The big idea" in await ada.presses("Reread: Osmosis")


async def test_a_missed_day_is_forgiven_by_a_freeze(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    for day in range(7):
        await at(open, days=bool(day), hour=10)
        await ada.says("/quiz osmosis explain")
        await ada.says("water leaves the cells")
    week = await ada.says("/progress")

    await at(open, days=2, hour=10)
    missed = await ada.says("/progress")
    await at(open, hour=17, minute=30)
    said = last(open, ada)

    assert "7 days in a row (1 freeze in hand)" in week
    assert "7 days in a row." in missed
    assert "A freeze kept your streak for you: still 7 days in a row" in said


async def test_after_a_night_off_line_todays_question_still_comes_and_yesterdays_does_not(
    school: Opened,
) -> None:
    open = await school()
    ada = await arranged(open)
    before = len(texts(open, ada))

    await at(open, days=3, hour=19)
    await open.sends_what_is_due()

    assert len(texts(open, ada)) == before + 1


async def test_nothing_comes_late_into_quiet_hours(school: Opened) -> None:
    open = await school()
    ada = await arranged(open, "21:30")
    before = len(texts(open, ada))

    await at(open, hour=21, minute=10)
    await at(open, days=1, hour=8)

    assert len(texts(open, ada)) == before


async def test_a_platform_that_asks_to_wait_gets_it_later_and_once(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    open.box.failures.append(Delayed(90))
    before = len(texts(open, ada))

    await at(open, hour=17, minute=30)
    first = len(texts(open, ada))
    await at(open, hour=17, minute=32)

    assert first == before
    assert len(texts(open, ada)) == before + 1


async def test_who_cannot_be_reached_is_left_alone(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    open.box.failures.append(Unreachable())
    before = len(texts(open, ada))

    for day in range(3):
        await at(open, days=bool(day), hour=17, minute=30)

    assert len(texts(open, ada)) == before
    assert "is off" in await ada.says("/daily")


async def test_a_question_that_is_refused_costs_one_day(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    open.box.failures.append(Undeliverable())
    before = len(texts(open, ada))

    await at(open, hour=17, minute=30)
    await at(open, days=1, hour=17, minute=30)

    assert len(texts(open, ada)) == before + 1


async def test_a_question_that_may_have_got_lost_is_offered_and_never_sent_again(
    school: Opened,
) -> None:
    open = await school()
    ada = await arranged(open)
    open.box.failures.append(TimeoutError())
    before = len(texts(open, ada))

    await at(open, hour=17, minute=30)
    await at(open, hour=17, minute=50)
    async with open.records() as records:
        counted = await records.pushes.tally()
    said = await ada.says("/topics")
    shown = await ada.presses("Show the question")

    assert counted == Tally(uncertain=1)
    assert len(texts(open, ada)) == before + 3
    assert "cannot tell whether it reached you" in said
    assert "mark" in shown
    assert "cannot tell" not in await ada.says("water leaves the cells")


async def test_a_hint_leaves_the_daily_question_its_heading_and_its_buttons(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    open.box.amends = True
    await at(open, hour=17, minute=30)

    hint = await ada.presses("Hint")

    assert not open.box.amended
    assert "Hint 1 of" in hint
    assert ada.button("Snooze")


async def test_a_hint_is_added_to_a_question_that_was_asked_for(school: Opened) -> None:
    open = await school()
    ada = open.learner()
    open.box.amends = True
    asked = await ada.says("/quiz osmosis")

    await ada.presses("Hint")

    (amended,) = open.box.amended
    assert asked.splitlines()[0] in amended.after
    assert "Hint 1 of" in amended.after


class Lossy(Letterbox):
    """A courier that delivers, and learns nothing of it."""

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Keep the reply, and fail."""
        await super().deliver(chat, reply)
        raise TimeoutError


async def test_a_button_shows_that_a_question_did_arrive(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    open.clock.advance(hours=8.5)
    await open.daily.tick(open.clock(), [Lossy(delivered=open.box.delivered, shown=open.box.shown)])
    open.clock.advance(minutes=5)

    hint = await ada.presses("Hint")
    answer = await ada.says("water leaves the cells")

    assert "Hint 1 of" in hint
    assert "cannot tell" not in hint + answer
    assert "/" in answer.split("·")[0]


async def test_a_traveller_moves_the_hour_and_has_one_question_a_day(school: Opened) -> None:
    open = await school(clock=FixedClock(MONDAY_NINE))
    ada = await arranged(open)
    await at(open, hour=17, minute=30)
    before = len(texts(open, ada))

    moved = await ada.says("/daily zone New York")
    await at(open, hour=23, minute=40)

    assert "New York time" in moved
    assert "Tuesday 3 March at 18:30" in moved
    assert len(texts(open, ada)) == before + 1


async def test_a_learner_who_is_forgotten_gets_nothing_more(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    await ada.says("/forget")
    await ada.presses("Yes, delete everything")
    before = len(texts(open, ada))

    await at(open, hour=17, minute=30)

    assert len(texts(open, ada)) == before


async def test_a_message_to_everybody_waits_for_the_end_of_quiet_hours(school: Opened) -> None:
    open = await school()
    ada = await arranged(open)
    await at(open, hour=22)
    async with open.records() as records:
        await records.pushes.announce("term", Reply("Term starts."), open.clock())
        await records.commit()

    await at(open, hour=22, minute=30)
    night = texts(open, ada)
    await at(open, days=1, hour=6, minute=1)

    assert "Term starts." not in night
    assert texts(open, ada).count("Term starts.") == 1


class Slow(Letterbox):
    """A platform that takes its time with one chat, until it is let go."""

    def __init__(self, whom: str) -> None:
        super().__init__()
        self._whom = whom
        self.let_go = asyncio.Event()

    async def deliver(self, chat: Chat, reply: Reply) -> str:
        """Keep the reply, at once or once it is let go."""
        if chat.person == self._whom:
            await self.let_go.wait()
        return await super().deliver(chat, reply)


async def test_a_slow_call_holds_nobody_else_up_and_arrives_once(school: Opened) -> None:
    open = await school(clock=FixedClock(MONDAY_NINE))
    ada, bob = [await arranged(open, name=name) for name in ("ada", "bob")]
    open.clock.advance(minutes=(17 - 9) * 60 + 30)
    slow = Slow("ada")

    await open.daily.tick(open.clock(), [slow])

    assert bob.chat in slow.delivered
    assert ada.chat not in slow.delivered
    slow.let_go.set()
    await open.daily.settled()
    while not await open.daily.tick(open.clock(), [slow]):
        pass
    assert len(slow.delivered[ada.chat]) == len(slow.delivered[bob.chat]) == 1
