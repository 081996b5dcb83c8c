"""What those who run a group arrange for it, links into private chats, and groups not served."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import Command, Message, NotServed, Press, Words
from bot.rounds import Arranged, Room
from bot.suggestions import Suggestions
from knowledge.exams.facts import Exams
from knowledge.library import Library
from tests.conftest import Opened
from tests.content import write_subject
from tests.language import write_language
from tests.silence import NoNotes

CLASS = "class"


async def test_those_in_charge_set_a_groups_subject_and_level(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("head")
    head, ada = open.learner("head", CLASS), open.learner("ada", CLASS)
    before = await ada.says("/settings")
    refused = await ada.presses("Biology")
    await head.says("/settings")
    await head.presses("Biology")
    shown = await head.presses("SL")

    assert "each learner's own subject" in before
    assert "only those who run this group" in refused
    assert "**Biology SL**" in shown
    assert "HL): 1 min to read, 0 questions" in await ada.says("/topics")
    alone = open.learner("ada")  # where she has her own
    assert "HL): 1 min to read, 1 questions" in await alone.says("/topics")


async def test_in_a_group_with_a_subject_nobody_changes_it_by_the_way(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("head")
    head, ada = open.learner("head", CLASS), open.learner("ada", CLASS)
    alone = open.learner("ada")
    await alone.says("/subject Biology HL")
    await head.says("/settings")
    await head.presses("Biology")
    await head.presses("SL")

    assert "This group studies **Biology SL**" in await ada.says("/subject HL")
    assert "This group studies **Biology SL**" in await ada.sends(Press("level:HL"))
    await ada.says("/start")
    assert "Biology HL" in await alone.says("/start")


async def test_those_in_charge_say_who_starts_rounds(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("head")
    head, ada = open.learner("head", CLASS), open.learner("ada", CLASS)
    await head.says("/settings")
    await head.presses("Rounds: admins only")

    assert "only those who run this group" in await ada.says("/round osmosis")
    assert "# A round for everybody" in await head.says("/round osmosis")


async def test_settings_outlive_a_restart(school: Opened) -> None:
    open = await school()
    open.box.chiefs.add("head")
    head = open.learner("head", CLASS)
    await head.says("/settings")
    await head.presses("Biology")

    again = (await school()).learner("ada", CLASS)

    assert "**Biology HL**" in await again.says("/settings")


async def test_when_nobody_can_tell_who_is_in_charge_nothing_is_changed(school: Opened) -> None:
    open = await school()
    open.box.unsure = True
    head = open.learner("head", CLASS)
    await head.says("/settings")

    assert "could not find out" in await head.presses("Biology")
    assert "each learner's own" in await head.says("/settings")


async def test_alone_settings_are_ones_own(school: Opened) -> None:
    ada = (await school()).learner()

    assert "You are set to **Biology HL**" in await ada.says("/settings")
    assert "left behind" in await ada.sends(Press("room-subject:biology"))


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("quiz-osmosis", "mark"),
        ("note-osmosis", "# Osmosis"),
        ("link-ABCD-2345", "opens nothing"),
        ("link-ABCD2345", "opens nothing"),
    ],
)
async def test_a_link_leads_where_it_says(school: Opened, letters: str, expected: str) -> None:
    ada = (await school()).learner()

    assert expected in await ada.says(f"/start {letters}")


@pytest.mark.parametrize(
    "letters",
    [
        "",
        "quiz-",
        "quiz-zebras",
        "note-../secret",
        "link-x",
        "round-nosuchround",
        "hello",
        "-",
        "💥",
    ],
)
async def test_a_link_that_leads_nowhere_is_a_start(school: Opened, letters: str) -> None:
    ada = (await school()).learner()

    assert "Hello, I am Viva" in await ada.says(f"/start {letters}".strip())


async def test_a_group_that_is_not_invited_is_told_so_once(school: Opened) -> None:
    open = await school(allowed={"test:class"})
    inside, stranger = open.learner("ada", CLASS), open.learner("bob", "elsewhere")
    first = await stranger.says("/quiz")
    with pytest.raises(NotServed, match="invited groups only"):
        await stranger.says("/quiz")
    with pytest.raises(NotServed):
        await open.learner("cy", "elsewhere").says("hello")

    assert "invited groups only" in first
    assert "mark" in await inside.says("/quiz osmosis")
    assert "mark" in await open.learner("bob").says("/quiz osmosis")  # in private, everybody


async def test_that_it_was_told_outlives_a_restart(school: Opened) -> None:
    before = await school(allowed={"test:class"})
    await before.learner("bob", "elsewhere").says("/quiz")
    after = await school(allowed={"test:class"})

    with pytest.raises(NotServed):
        await after.desk.receive(
            Message(
                after.learner("bob", "elsewhere").chat, Words("hi"), "new", places=("elsewhere",)
            )
        )


async def test_a_rooms_topics_are_suggested_where_it_has_a_subject(
    exams: Exams, school: Opened, tmp_path: Path
) -> None:
    write_subject(tmp_path / "subjects")
    write_language(tmp_path / "subjects")
    library = Library.load(tmp_path / "subjects")
    open = await school(content=library)
    open.box.chiefs.add("head")
    head = open.learner("head", CLASS)
    suggestions = Suggestions(library, exams, NoNotes(), open.records)
    await open.learner("head").says("/subject Biology")
    await head.says("/settings")
    await head.presses("Spanish B")

    assert await suggestions.suggest(head.chat, Command("round", "adv")) == ("Giving advice",)


async def test_a_learners_own_topics_are_suggested_where_a_rooms_subject_is_gone(
    exams: Exams, school: Opened, tmp_path: Path
) -> None:
    write_subject(tmp_path / "subjects")
    write_language(tmp_path / "subjects")
    library = Library.load(tmp_path / "subjects")
    open = await school(content=library)
    ada = open.learner("ada", CLASS)
    await open.learner("ada").says("/subject Spanish B")
    async with open.records() as records:
        await records.keep(Arranged(ada.chat, Room("alchemy")))
        await records.commit()
    suggestions = Suggestions(library, exams, NoNotes(), open.records)

    assert await suggestions.suggest(ada.chat, Command("round", "adv")) == ("Giving advice",)
