"""Questions shared into other chats by Telegram's inline mode."""

from __future__ import annotations

from tests.adapters.telegram.conftest import Opened
from tests.fakes import ScriptedExaminer


async def test_a_question_is_found_shared_and_answered_in_private(opened: Opened) -> None:
    async with opened(ScriptedExaminer(["p1"])) as room:
        ada, bob = room.people("Ada", "Bob")
        found = await ada.finds("osmosis")
        potato = next(one for one in found if one.file_name == "A limp potato chip")
        await ada.shares(potato, room.group)
        await bob.follows("Answer", group=room.group)
        asked = await bob.reads()
        await bob.says("water leaves")
        marked = await bob.reads()

        assert "left in thick syrup" in potato.text
        assert "Answer in private" in potato.text
        assert "left in thick syrup" in asked.text
        assert "1/2" in marked.text


async def test_without_words_questions_of_all_topics_are_offered(opened: Opened) -> None:
    async with opened() as room:
        (ada,) = room.people("Ada")

        assert await ada.finds("")
        assert await ada.finds("quantum gravity") == []


async def test_a_shared_question_that_is_gone_leads_to_a_welcome(opened: Opened) -> None:
    async with opened() as room:
        (ada,) = room.people("Ada")
        await ada.says("/start ask-biology_osmosis_gone")

        assert "Viva" in (await ada.reads()).text
