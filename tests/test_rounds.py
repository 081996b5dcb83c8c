"""A question for everybody in a group: begun, answered in private, revealed, counted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.examiners.exact import ExactExaminer
from bot.messages import Command, Message, Press
from bot.ports import Transactions
from knowledge.library import Library
from tests.chat import Learner
from tests.conftest import Opened, School
from tests.content import write_subject
from tests.fakes import ScriptedExaminer
from tests.language import write_language

CLASS = "class"
ANSWERS = {
    "ada": ["p1", "p2"],
    "bob": ["p1"],
    "cy": [],
    "dee": ["p1"],
    "eve": ["p1", "p2"],
}


def pupils(open: School, *names: str) -> list[Learner]:
    """Learners in the class's room."""
    return [open.learner(name, CLASS) for name in names or ANSWERS]


async def begun(learner: Learner, words: str = "osmosis explain 90") -> str:
    """A round on the potato, and its id."""
    assert "# A round for everybody" in await learner.says(f"/round {words}")
    return learner.button("Answer").start.removeprefix("round-")


async def answers(learner: Learner, words: str = "water leaves") -> str:
    """Answer by the button, as where a box opens behind it."""
    return await learner.presses("Answer", typing=words)


async def over(open: School, minutes: float = 2) -> str:
    """Time passes, what is due is done, and the room reads what comes."""
    open.clock.advance(minutes=minutes)
    await open.desk.tick()
    for chat in list(open.box.delivered):
        await open.desk.settled(chat)
    await open.desk.settled(pupils(open, "ada")[0].chat.everybody)
    return open.box.read(CLASS)[-1]


async def test_a_round_of_five_ends_with_everybodys_marks_and_a_fair_board(school: Opened) -> None:
    open = await school(ScriptedExaminer(*ANSWERS.values()))
    five = pupils(open)
    await begun(five[0])
    for one in five:
        assert "Your answer is in" in await answers(one)
        assert one.replies[0].private
        assert "/2" not in one.replies[0].text

    told = await over(open)

    assert told.startswith("# The round is over")
    for line in ("**Ada**: 2/2", "**Bob**: 1/2", "**Cy**: 0/2", "**Dee**: 1/2", "**Eve**: 2/2"):
        assert line in told
    assert "An answer worth 2/2" in told
    assert "The mark scheme" in told
    assert "The best answer" not in told  # nobody allowed it
    board = told[told.index("This week") :].splitlines()[2:]
    assert [line.split(":")[0] for line in board] == [
        "- 🥇 Ada",
        "- 🥇 Eve",
        "- 🥉 Bob",
        "- 🥉 Dee",
        "- 5. Cy",
    ]


async def test_a_reveal_comes_once(school: Opened) -> None:
    open = await school()
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    await answers(bob)
    await over(open)
    await over(open)

    assert sum("The round is over" in text for text in open.box.read(CLASS)) == 1


async def test_the_first_answer_stands(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"], ["p1", "p2"]))
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    await answers(ada)
    again = await answers(ada, "something better")
    await answers(bob)

    assert "first answer stands" in again
    assert "**Ada**: 1/2" in await over(open)


async def test_an_answer_that_cannot_be_read_does_not_use_up_the_one_answer(
    school: Opened, tmp_path: Path
) -> None:
    write_language(tmp_path / "subjects")
    library = Library.load(tmp_path / "subjects")
    open = await school(ExactExaminer(), content=library)
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada, "identify 90")
    unread = await answers(ada, "beba mucha agua y no salga")
    await answers(ada, "1 beba 2 no salga 3 quédese")
    await answers(bob, "1 beba 2 sal 3 quédese")

    assert "It is not in the round yet: answer once more" in unread
    said = await over(open)
    assert "**Ada**: 3/3" in said
    assert "**Bob**: 2/3" in said
    assert "Ada: **3**/3" in await ada.says("/round board")


async def test_an_answer_is_given_in_the_private_chat_behind_a_link(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, bob = pupils(open, "ada", "bob")
    id = await begun(ada)
    alone = open.learner("bob")
    shown = await alone.says(f"/start round-{id}")
    said = await alone.says("water leaves")
    await answers(ada)

    told = await over(open)

    assert "limp" in shown
    assert "90 seconds left" in shown
    assert "Your answer is in" in said
    assert "**Bob**: 1/2" in told
    private = open.box.delivered[alone.chat][-1]
    assert "Yours: **1/2**" in private.text
    assert "**1/2**" in await alone.presses("My marking")
    assert "Point 2" in await alone.says("why not point 2?")
    assert bob.chat not in open.box.delivered


async def test_a_marking_is_shown_to_its_learner_after_the_reveal(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, bob = pupils(open, "ada", "bob")
    id = await begun(ada)
    await answers(ada)
    early = await ada.sends(Press(f"round-mine:{id}"))
    await over(open)

    assert "when the time is up" in early
    assert "← *“water leaves”*" in await ada.sends(Press(f"round-mine:{id}"))
    assert ada.replies[0].private
    assert "no answer in that round" in await bob.sends(Press(f"round-mine:{id}"))


async def test_a_round_survives_a_restart_and_an_overdue_reveal_happens(
    school: Opened, records: Transactions
) -> None:
    before = await school(ScriptedExaminer(["p1", "p2"]))
    ada, bob = pupils(before, "ada", "bob")
    await begun(ada)
    await answers(ada)

    after = await school(ScriptedExaminer(["p1"]), clock=before.clock)
    late = after.learner("bob", CLASS)
    action = bob.button("Answer").action
    assert "Your answer is in" in await late.sends(Press(action, "water leaves"))
    told = await over(after, minutes=600)

    assert "**Ada**: 2/2" in told
    assert "**Bob**: 1/2" in told
    async with records() as kept:
        assert await kept.rounds.due(after.clock()) == []


async def test_an_answer_that_came_in_time_counts_though_it_was_marked_later(
    school: Opened, records: Transactions
) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    await answers(ada)
    action = bob.button("Answer").action
    async with records() as inbox:  # stored, and then the process died
        message = Message(bob.chat, Press(action, "water leaves"), "lost", name="Bob")
        await inbox.receive(message, open.clock())
        await inbox.commit()
    open.clock.advance(minutes=2)
    await open.desk.tick()
    waiting = [text for text in open.box.read(CLASS) if "is over" in text]

    after = await school(ScriptedExaminer(["p1"]), clock=open.clock)
    await after.desk.settled(bob.chat)
    told = await over(after, minutes=0)

    assert waiting == []
    assert "**Bob**: 1/2" in told


async def test_a_message_that_is_never_answered_holds_up_no_reveal_for_good(
    school: Opened, records: Transactions
) -> None:
    open = await school()
    (ada,) = pupils(open, "ada")
    await begun(ada)
    await answers(ada)
    async with records() as inbox:
        await inbox.receive(Message(ada.chat, Command("help"), "stuck"), open.clock())
        await inbox.commit()
    open.clock.advance(minutes=2)
    await open.desk.tick()

    assert not any("is over" in text for text in open.box.read(CLASS))
    assert "is over" in await over(open, minutes=3)


async def test_a_late_answer_is_told_kindly_and_marked_as_practice(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    await answers(ada)
    told = await over(open)

    late = await answers(bob)

    assert "Time was up" in late
    assert "**1/2**" in late
    assert bob.replies[0].private
    assert "Bob" not in told
    assert "1 answer so far" in await bob.says("/progress")


async def test_words_long_after_a_round_are_no_answer_to_it(school: Opened) -> None:
    open = await school()
    (ada,) = pupils(open, "ada")
    id = await begun(ada)
    alone = open.learner("bob")
    await alone.says(f"/start round-{id}")
    await over(open, minutes=60)

    assert "do not cover" in await alone.says("what is turgor")


async def test_one_round_at_a_time_and_another_one_after_it(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"], ["p1", "p2"], ["p1"], []))
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    second = await bob.says("/round osmosis")
    elsewhere = open.learner("bob", "other")
    await begun(elsewhere)
    await answers(ada)
    await answers(bob)
    await over(open)
    await begun(bob, "osmosis identify 60")
    await answers(ada, "5/20")
    await answers(bob, "4")
    told = await over(open)

    assert "A round is running here: 90 seconds left" in second
    assert "🥇 Ada: **2**/3 in 2 rounds" in told
    assert "🥇 Bob: **2**/3 in 2 rounds" in told


async def test_two_who_start_at_once_start_one_round(school: Opened) -> None:
    open = await school()
    ada, bob = pupils(open, "ada", "bob")
    for one in (ada, bob):
        await open.desk.receive(Message(one.chat, Command("round", "osmosis"), one.name))
    await open.desk.settled(ada.chat)
    await open.desk.settled(bob.chat)

    texts = open.box.read(CLASS)
    assert sum("# A round for everybody" in text for text in texts) == 1
    assert sum("A round is running here" in text for text in texts) == 1


async def test_the_best_answer_is_quoted_only_with_its_writers_permission(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"], ["p1", "p2"], ["p1"]))
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    await answers(ada, "my poor answer")
    await ada.presses("You may quote me")
    await answers(bob, "my fine *answer*")
    kept_back = await over(open)
    await begun(ada, "osmosis identify")
    await answers(bob, "my fine *answer*")
    await bob.presses("You may quote me")

    assert "poor" not in kept_back
    assert "fine" not in kept_back
    assert r"by Bob:**" in (told := await over(open))
    assert r"> my fine \*answer\*" in told


async def test_a_permission_can_be_taken_back(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    (ada,) = pupils(open, "ada")
    await begun(ada)
    await answers(ada, "my answer")
    await ada.presses("You may quote me")
    await ada.presses("Rather not")

    assert "my answer" not in await over(open)
    assert "is over" in await ada.presses("You may quote me")


async def test_nobody_answered(school: Opened) -> None:
    open = await school()
    (ada,) = pupils(open, "ada")
    await begun(ada)
    told = await over(open)

    assert "Nobody answered" in told
    assert "An answer worth 2/2" in told
    assert "Nothing counts yet" in await ada.says("/round board")


async def test_leaving_a_round_leaves_nothing_in_it(school: Opened) -> None:
    open = await school()
    ada, bob, cy = pupils(open, "ada", "bob", "cy")
    id = await begun(ada)
    for one in (ada, bob):
        await answers(one)
    assert "out of this round" in await ada.says("/round leave")
    assert "out of this round" in await bob.presses("Take it back")
    alone = open.learner("cy")
    await alone.says(f"/start round-{id}")
    assert "out of this round" in await alone.presses("Leave the round")
    assert "do not cover" in await alone.says("water leaves")
    told = await over(open)

    assert "Nobody answered" in told
    assert cy.chat not in open.box.delivered


async def test_leaving_the_boards_and_being_forgotten(school: Opened) -> None:
    open = await school()
    three = pupils(open, "ada", "bob", "cy")
    await begun(three[0])
    for one in three:
        await answers(one)
    await over(open)
    assert "off the boards" in await three[0].says("/round leave")
    await three[1].says("/forget")
    await three[1].presses("Yes")

    board = await three[2].says("/round board")

    assert "Ada" not in board
    assert "Bob" not in board


async def test_nobody_climbs_the_board_alone_or_by_the_same_question(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)
    await answers(ada)
    alone = await over(open)
    await begun(ada)
    again = await answers(ada)
    await answers(bob)
    both = await over(open)
    open.clock.advance(days=8)
    await begun(ada)
    await answers(ada)
    await answers(bob)
    later = await over(open)

    assert "once two have answered" in alone
    assert "This week" not in alone
    assert "within the last week" in again
    assert "met before: no count" in both
    assert "Bob: **1**/2" in both
    assert "Ada: **1**/2" not in both
    assert "Ada: **1**/2 in 1 round" in later


async def test_a_question_practised_just_before_does_not_count(school: Opened) -> None:
    open = await school()
    ada, bob = pupils(open, "ada", "bob")
    alone = open.learner("ada")
    await begun(bob)
    await alone.says("/quiz osmosis explain")
    await alone.says("water leaves")

    assert "does not count on the board" in await answers(ada)


async def test_starter_and_admins_may_reveal_early_and_nobody_else(school: Opened) -> None:
    open = await school()
    ada, bob, cy = pupils(open, "ada", "bob", "cy")
    await begun(ada)
    await answers(ada)
    refused = await bob.presses("Reveal")
    open.box.unsure = True
    unsure = await bob.presses("Reveal")
    open.box.unsure = False
    open.box.chiefs.add("cy")
    await cy.presses("Reveal")

    assert "Only who started" in refused
    assert "could not find out" in unsure
    assert "**Ada**: 1/2" in await over(open, minutes=0)
    assert "No round is running" in await ada.says("/round reveal")


async def test_plain_words_in_the_room_are_no_answer(school: Opened) -> None:
    open = await school()
    ada, bob = pupils(open, "ada", "bob")
    await begun(ada)

    assert "nobody reads along" in await bob.says("water leaves the cells")
    assert "Nobody answered" in await over(open)


async def test_a_round_is_no_thing_to_do_alone(school: Opened) -> None:
    ada = (await school()).learner()

    assert "only you and me" in await ada.says("/round osmosis")
    assert ada.button("Quiz me")


@pytest.mark.parametrize(
    ("words", "lasting"),
    [
        ("", "2 minutes"),
        ("osmosis 60", "1 minute"),
        ("osmosis 600", "10 minutes"),
        ("75s", "75 seconds"),
        ("osmosis 3 min", "3 minutes"),
        ("paper 2", "2 minutes"),
        ("paper 2 100", "100 seconds"),
    ],
)
async def test_how_long_a_round_lasts(school: Opened, words: str, lasting: str) -> None:
    (ada,) = pupils(await school(), "ada")

    assert f"for everybody: {lasting}\n" in await ada.says(f"/round {words}")


@pytest.mark.parametrize("seconds", ["0", "59", "601", "99999", "11 min"])
async def test_a_time_that_no_round_lasts_is_told(school: Opened, seconds: str) -> None:
    (ada,) = pupils(await school(), "ada")

    assert "60 to 600 seconds" in await ada.says(f"/round osmosis {seconds}")


async def test_a_topic_that_is_unclear_is_asked_for(school: Opened) -> None:
    (ada,) = pupils(await school(), "ada")

    assert "not sure which topic" in await ada.says("/round zebras 90")
    assert "for everybody: 90 seconds" in await ada.presses("Osmosis")


async def test_essays_are_no_questions_for_a_round(school: Opened) -> None:
    (ada,) = pupils(await school(), "ada")

    assert "no short question" in await ada.says("/round inhibition")


async def test_questions_go_round(school: Opened) -> None:
    open = await school()
    (ada,) = pupils(open, "ada")
    titles = set()
    for _ in range(4):
        await ada.says("/round osmosis")
        titles.add(ada.replies[0].text.split("**")[1])
        await over(open)

    assert len(titles) == 4


async def test_accounts_that_are_joined_count_once(school: Opened, records: Transactions) -> None:
    open = await school(ScriptedExaminer(["p1"], ["p1", "p2"], ["p1"]))
    ada, bob, cy = pupils(open, "ada", "bob", "cy")
    await begun(ada)
    for one in (ada, bob, cy):
        await answers(one)
    first, second = open.learner("ada"), open.learner("bob")
    code = (await first.says("/link")).split("/link ")[1][:9]
    await second.says(f"/start link-{code}")
    await second.presses("Join them")

    told = await over(open)

    assert "**Ada**: 1/2" in told
    assert "Bob" not in told
    assert "**Cy**: 1/2" in told


async def test_a_round_whose_question_is_gone_is_revealed_all_the_same(
    school: Opened, tmp_path: Path, library: Library
) -> None:
    open = await school()
    (ada,) = pupils(open, "ada")
    await begun(ada)
    await answers(ada)
    folder = tmp_path / "subjects"
    write_subject(folder)
    (folder / "biology/questions/osmosis/potato.md").unlink()
    poorer = await school(content=Library.load(folder), clock=open.clock)

    assert "**Ada**: 1/2" in await over(poorer)


async def test_no_name_and_no_answer_is_logged(
    school: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot")
    open = await school()
    ada, bob = pupils(open, "zebedee", "yolanda")
    await begun(ada)
    await answers(ada, "xylophone")
    await answers(bob, "xylophone")
    open.clock.advance(minutes=2)
    await open.desk.tick()

    for word in ("zebedee", "yolanda", "xylophone"):
        assert word not in caplog.text.lower()


async def test_no_name_stays_in_the_inbox(school: Opened, tmp_path: Path) -> None:
    open = await school()
    (ada,) = pupils(open, "ada")
    await ada.says("/help")
    with sqlite3.connect(tmp_path / "viva.db") as direct:
        assert direct.execute("SELECT DISTINCT name FROM inbox").fetchall() == [("",)]
    direct.close()
