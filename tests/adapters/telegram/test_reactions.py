"""What Telegram shows beside messages: that one was read, what an answer answers, a cheer."""

from __future__ import annotations

from tests.adapters.telegram.conftest import Classroom, Opened
from tests.botapi import Person
from tests.fakes import ScriptedExaminer


def reaction(room: Classroom, id: int, message: int) -> str:
    """The emoji at a message; '' without one."""
    found = room.api.world.reactions.get((id, message))
    return str(found[0]["emoji"]) if isinstance(found, list) and found else ""


async def answered(ada: Person, room: Classroom) -> int:
    """Take a question in the group and answer it in a reply; the number of the answer."""
    await ada.says("/quiz osmosis explain", group=room.group)
    question = await ada.reads(group=room.group)
    await ada.says("water leaves", group=room.group, answering=question)
    told = await ada.reads(group=room.group)
    assert told.answers
    return told.answers


async def test_in_a_group_an_answer_is_seen_to_be_read_and_answered(opened: Opened) -> None:
    async with opened(ScriptedExaminer(["p1"])) as room:
        (ada,) = room.people("Ada")
        answer = await answered(ada, room)
        await room.api.acknowledged()

        assert reaction(room, room.group.room.id, answer) == "👀"


async def test_full_marks_are_cheered(opened: Opened) -> None:
    async with opened(ScriptedExaminer(["p1", "p2"])) as room:
        (ada,) = room.people("Ada")
        answer = await answered(ada, room)
        await ada.says("/quiz osmosis explain")
        await ada.reads()
        await ada.says("water leaves")
        alone = await ada.reads()
        await room.settled(ada)

        assert reaction(room, room.group.room.id, answer) == "🎉"
        assert reaction(room, ada.id, alone.id - 1) == "🎉"
        assert not alone.answers  # nobody else talks there


async def test_what_is_not_served_is_not_acknowledged(opened: Opened) -> None:
    async with opened(allowed=("telegram:-1",)) as room:
        (ada,) = room.people("Ada")
        await ada.says("/quiz", group=room.group)
        await ada.reads(group=room.group)
        await ada.says("@VivaTestBot are you there?", group=room.group)
        await room.api.acknowledged()
        await ada.says("/start")
        await ada.reads()

        assert not room.api.world.reactions


async def test_a_group_without_reactions_gets_its_marks_all_the_same(opened: Opened) -> None:
    async with opened(ScriptedExaminer(["p1", "p2"])) as room:
        (ada,) = room.people("Ada")
        refused = "Bad Request: REACTION_INVALID"
        room.api.fail_next("setMessageReaction", 400, description=refused, times=9)

        assert await answered(ada, room)
