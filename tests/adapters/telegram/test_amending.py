"""Messages on Telegram that change in their place: a hint below its question, a round's clock."""

from __future__ import annotations

from tests.adapters.telegram.conftest import Classroom, Opened
from tests.botapi import Person, Shown
from tests.fakes import ScriptedExaminer


async def asked(room: Classroom) -> Person:
    """Somebody with a question that has three hints."""
    (ada,) = room.people("Ada")
    await ada.says("/quiz osmosis explain")
    await ada.reads()
    return ada


async def hinted(ada: Person, room: Classroom) -> list[Shown]:
    """Press for a hint; what the chat shows then."""
    await ada.presses("Hint")
    await room.api.acknowledged()
    await room.settled(ada)
    return ada.room.shown


async def test_hints_are_added_to_the_question(opened: Opened) -> None:
    async with opened(ScriptedExaminer([])) as room:
        ada = await asked(room)
        (one,) = await hinted(ada, room)
        (three,) = [await hinted(ada, room) for _ in range(2)][-1]

        assert "A limp potato chip" in one.text
        assert one.text.count("Hint") == 1
        assert "Hint" in one.labels
        assert three.text.index("Hint 1 of 3") < three.text.index("Hint 3 of 3")
        assert "Hint" not in three.labels
        assert "Skip" in three.labels


async def test_a_hint_whose_question_is_gone_is_a_message_of_its_own(opened: Opened) -> None:
    async with opened(ScriptedExaminer([])) as room:
        ada = await asked(room)
        room.api.fail_next(
            "editMessageText", 400, description="Bad Request: message to edit not found"
        )
        await ada.presses("Hint")
        told = await ada.reads()

        assert told.text.startswith("Hint 1 of 3")
        assert "Another hint" in told.labels


async def test_a_hint_that_was_added_before_a_crash_is_not_sent_again(opened: Opened) -> None:
    async with opened(ScriptedExaminer([])) as room:
        ada = await asked(room)
        room.api.fail_next("editMessageText", 502, answer_lost=True)
        await hinted(ada, room)
        room.clock.advance(minutes=1)
        await room.desk.post()
        await room.settled(ada)

        assert len(ada.room.shown) == 1
        assert "Hint 1 of 3" in ada.room.shown[0].text


async def test_a_round_shows_how_much_time_is_left_and_closes_its_message(opened: Opened) -> None:
    async with opened(ScriptedExaminer(["p1"])) as room:
        ada, bob = room.people("Ada", "Bob")
        await ada.says("/round osmosis explain 90", group=room.group)
        begun = await ada.reads(group=room.group)
        await bob.follows("Answer", group=room.group)
        await bob.reads()
        await bob.says("water leaves")
        await bob.reads()

        shown = []
        for seconds in (1, 30, 1, 40):
            room.clock.advance(minutes=seconds / 60)
            await room.passes()
            shown.append(room.group.room.shown[0])
        await room.over()
        await ada.reads(group=room.group)
        closed = room.group.room.shown[0]

        assert "⏳" not in shown[0].text
        assert "⏳ 1 minute left · 1 answer is in" in shown[1].text
        assert shown[2] == shown[1]
        assert "⏳ 20 seconds left" in shown[3].text
        assert shown[3].labels == begun.labels
        assert "The time is up" in closed.text
        assert not closed.labels
        assert len(room.group.room.shown) == 2  # the question, and the reveal
