"""A group's daily question: arranged by those in charge, answered in private, revealed next day."""

from __future__ import annotations

from bot.messages import Command
from tests.chat import Learner
from tests.conftest import Opened, School
from tests.fakes import ScriptedExaminer

CLASS = "class"


async def arranged(open: School, words: str = "18:30 zone Madrid") -> Learner:
    """The head of a class that studies Biology and wants a question a day."""
    open.box.chiefs.add("head")
    head = open.learner("head", CLASS)
    await head.says("/settings")
    await head.presses("Biology")
    assert "comes here, for everybody" in await head.says(f"/daily {words}")
    return head


async def at(open: School, *, days: int = 0, hour: int, minute: int = 0) -> list[str]:
    """Let it become this time (UTC) so many days from now; what the class then reads."""
    wanted = open.clock().replace(hour=hour, minute=minute)
    before = len(open.box.read(CLASS))
    open.clock.advance(days=days, minutes=(wanted - open.clock()).total_seconds() / 60)
    for _ in range(3):
        await open.desk.tick()
        for chat in list(open.box.delivered):
            await open.desk.settled(chat)
        await open.desk.settled(open.learner("head", CLASS).chat.everybody)
    return open.box.read(CLASS)[before:]


async def test_it_comes_at_the_groups_hour_and_is_revealed_the_next_day_with_the_board(
    school: Opened,
) -> None:
    open = await school(ScriptedExaminer([], []))
    await arranged(open)
    ada, bob = open.learner("ada", CLASS), open.learner("bob", CLASS)

    early = await at(open, hour=17, minute=29)
    asked = await at(open, hour=17, minute=30)
    answers = [await one.presses("Answer", typing="water leaves") for one in (ada, bob)]
    again = await at(open, hour=23)
    next_day = await at(open, days=1, hour=17, minute=30)

    assert early == again == []
    assert len(asked) == 1
    assert "# Today's question for everybody" in asked[0]
    assert all("Your answer is in" in answer for answer in answers)
    assert "# Yesterday's question" in next_day[0]
    assert "**Ada**: 0/" in next_day[0]
    assert "**This week**" in next_day[0]
    assert "# Today's question for everybody" in next_day[1]
    assert len(next_day) == 2


async def test_only_those_in_charge_arrange_it(school: Opened) -> None:
    open = await school()
    await arranged(open)
    ada = open.learner("ada", CLASS)

    assert "only those who run this group" in await ada.says("/daily off")
    assert "at 18:30" in await ada.says("/daily")


async def test_what_is_missing_or_not_understood_is_asked_for(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("head")
    head = open.learner("head", CLASS)

    assert "Of which subject?" in await head.says("/daily 18:30")
    await head.presses("Settings")
    await head.presses("Biology")
    assert "By whose clock?" in await head.says("/daily 18:30")
    assert "I do not know where" in await head.says("/daily 18:30 zone Xanadu")
    assert "our private chat" in await head.says("/daily 18:30 2 questions")
    assert "no time of day" in await head.says("/daily 25:00")
    assert "those who run this group say when" in (await head.says("/daily")).lower()


async def test_who_has_a_daily_question_of_their_own_lends_its_clock(school: Opened) -> None:
    open = await school()
    alone = open.learner("head")
    await alone.says("/daily 7:30")
    await alone.says("Tokyo")
    head = await arranged(open, "16:00 weekdays")

    assert "On weekdays at 16:00** (Tokyo time)" in await head.says("/daily")


async def test_a_day_that_is_not_wished_for_has_only_its_reveal(school: Opened) -> None:
    open = await school()
    await arranged(open, "18:30 mon wed zone Madrid")  # it is Monday

    monday = await at(open, hour=17, minute=30)
    tuesday = await at(open, days=1, hour=17, minute=30)
    wednesday = await at(open, days=1, hour=17, minute=30)

    assert "# Today's question" in monday[0]
    assert len(tuesday) == len(wednesday) == 1
    assert "# Yesterday's question" in tuesday[0]
    assert "# Today's question" in wednesday[0]


async def test_a_pause_off_and_on(school: Opened) -> None:
    open = await school()
    head = await arranged(open)

    assert "Thursday 5 March" in await head.says("/daily pause until 5 March")
    assert await at(open, hour=18) == []
    assert "is off" in await head.says("/daily off")
    assert "at 18:30" in await head.presses("Turn it on")


async def test_a_round_can_be_played_beside_it_and_a_doubt_asked(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    await arranged(open)
    ada = open.learner("ada", CLASS)
    await at(open, hour=17, minute=30)
    start = ada.button("Answer").start
    alone = open.learner("ada")
    await alone.sends(Command("start", start))

    round = await ada.says("/round osmosis explain 90")
    doubt = await alone.says("What is osmosis?")

    assert "# A round for everybody" in round
    assert "Your answer is in" not in doubt


async def test_after_a_night_off_line_the_group_gets_one_question_at_most(school: Opened) -> None:
    open = await school()
    await arranged(open)

    after = await at(open, days=3, hour=18)

    assert len(after) == 1
    assert "# Today's question" in after[0]
