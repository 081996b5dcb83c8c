"""Rounds in a Telegram group, over HTTP against the emulated Bot API, with the whole tutor."""

from __future__ import annotations

from adapters.telegram.keyboard import keyboard
from bot.messages import Chat, Choice
from tests.adapters.telegram.conftest import Opened
from tests.botapi import USERNAME, Group, Person, Shown
from tests.fakes import ScriptedExaminer

EARNED = {"Ada": ["p1", "p2"], "Bob": ["p1"], "Cy": [], "Dee": ["p1"], "Eve": ["p1", "p2"]}


async def answer(person: Person, group: Group, words: str = "water leaves") -> Shown:
    """Follow the link into the private chat, and answer there."""
    await person.follows("Answer", group=group)
    shown = await person.reads()
    assert "limp" in shown.text
    await person.says(words)
    return await person.reads()


async def test_a_round_of_five_in_a_topic_of_a_group(opened: Opened) -> None:
    async with opened(ScriptedExaminer(*EARNED.values())) as room:
        five = room.people(*EARNED)
        await five[0].says("/round osmosis explain 90", group=room.group, thread=7)
        begun = await five[0].reads(group=room.group)
        for person in five:
            said = await answer(person, room.group)
            assert "Your answer is in" in said.text
        await five[4].presses("You may quote me")
        assert "I quote it" in (await five[4].reads()).text
        await room.over()
        told = await five[0].reads(group=room.group)

        assert "A round for everybody" in begun.text
        assert begun.thread == told.thread == 7
        for line in ("Ada: 2/2", "Bob: 1/2", "Cy: 0/2", "Dee: 1/2", "Eve: 2/2"):
            assert line in told.text
        assert "The best answer, by Eve" in told.text
        assert "🥇 Ada: 2/2 in 1 round" in told.text
        assert "5. Cy: 0/2 in 1 round" in told.text
        assert "My marking" not in told.labels  # it would be shown to all
        mine = await five[1].reads()
        assert "Yours: 1/2" in mine.text
        await five[1].presses("My marking")
        assert "A limp potato chip" in (await five[1].reads()).text


async def test_a_round_outlives_a_restart_and_its_reveal_is_made_up_for(opened: Opened) -> None:
    async with opened(ScriptedExaminer(["p1"])) as room:
        ada, bob = room.people("Ada", "Bob")
        await ada.says("/round osmosis explain 90", group=room.group)
        await ada.reads(group=room.group)
        await answer(ada, room.group)
        await bob.follows("Answer", group=room.group)
        await bob.reads()
        await room.desk.settled(Chat("telegram", str(bob.id), str(bob.id)))
    room.clock.advance(minutes=30)
    async with opened(ScriptedExaminer(["p1", "p2"])) as room:
        await room.desk.tick()
        told = await ada.reads(group=room.group)
        await bob.says("water leaves")
        late = await bob.reads()

    assert "Ada: 1/2" in told.text
    assert "do not cover" in late.text  # long over: these words are a doubt


async def test_in_a_group_it_speaks_only_when_it_is_spoken_to(opened: Opened) -> None:
    async with opened() as room:
        ada, bob = room.people("Ada", "Bob")
        await ada.says("/round osmosis explain 90", group=room.group)
        await ada.reads(group=room.group)
        await bob.says("is it osmosis?", group=room.group)
        await bob.says("/quiz@OtherBot", group=room.group)
        await room.api.acknowledged()
        await bob.says("/round", group=room.group)
        next = await ada.reads(group=room.group)

        assert "A round is running here" in next.text
        assert len(room.group.room.shown) == 2


async def test_administrators_are_known_by_telegram(opened: Opened) -> None:
    async with opened() as room:
        ada, bob = room.people("Ada", "Bob")
        room.group.is_run_by(ada)
        await bob.says("/settings", group=room.group)
        await bob.reads(group=room.group)
        await bob.presses("Rounds: admins only", group=room.group)
        refused = await bob.reads(group=room.group)
        await ada.presses("Rounds: admins only", group=room.group)
        await bob.reads(group=room.group)
        await bob.says("/round", group=room.group)
        also = await bob.reads(group=room.group)
        room.api.fail_next("getChatAdministrators", 400, description="Bad Request: not now")
        await ada.says("/round", group=room.group)
        unsure = await bob.reads(group=room.group)

        assert "only those who run this group" in refused.text
        assert "only those who run this group" in also.text
        assert "could not find out" in unsure.text


async def test_an_administrator_who_stays_unnamed_is_heard_and_in_charge(opened: Opened) -> None:
    async with opened() as room:
        (ada,) = room.people("Ada")
        await ada.says("/settings", group=room.group, unnamed=True)
        shown = await ada.reads(group=room.group)
        await ada.says("/daily 17:00 zone Madrid", group=room.group, unnamed=True)
        told = await ada.reads(group=room.group)

        assert "Rounds: admins only" in shown.labels
        assert "only those who run this group" not in told.text


async def test_a_group_that_grows_keeps_its_settings_its_board_and_its_round(
    opened: Opened,
) -> None:
    async with opened(ScriptedExaminer(["p1"], ["p1", "p2"])) as room:
        ada, bob = room.people("Ada", "Bob")
        room.group.is_run_by(ada)
        await ada.says("/settings", group=room.group)
        await ada.reads(group=room.group)
        await ada.presses("Rounds: admins only", group=room.group)
        await ada.reads(group=room.group)
        await ada.says("/round osmosis explain 90", group=room.group)
        await ada.reads(group=room.group)
        for person in (ada, bob):
            await answer(person, room.group)
        grown = room.group.becomes_supergroup()
        await room.api.acknowledged()
        await room.over()
        told = await ada.reads(group=grown)
        await ada.says("/settings", group=grown)
        kept = await ada.reads(group=grown)

        assert "Bob: 2/2" in told.text
        assert "started by: everyone" not in kept.text


async def test_a_group_that_is_not_invited_hears_that_once(opened: Opened) -> None:
    async with opened(allowed=("telegram:-1",)) as room:
        (ada,) = room.people("Ada")
        await ada.says("/quiz", group=room.group)
        told = await ada.reads(group=room.group)
        await ada.says("/quiz", group=room.group)
        await ada.says("/start")
        await ada.reads()
        await room.api.acknowledged()

        assert "invited groups only" in told.text
        assert len(room.group.room.shown) == 1


async def test_an_invited_group_is_served_in_all_its_topics(opened: Opened) -> None:
    async with opened() as room:
        id = room.group.room.id
    async with opened(allowed=(f"telegram:{id}",)) as room:
        (ada,) = room.people("Ada")
        await ada.says("/topics", group=room.group, thread=9)

        assert "Biology" in (await ada.reads(group=room.group)).text


def test_a_button_leads_into_private_only_from_where_others_read() -> None:
    choices = (Choice("Answer", "round:x", with_text=True, start="round-x"),)
    shown = keyboard(choices, USERNAME)

    assert shown
    assert shown.inline_keyboard[0][0].url == f"https://t.me/{USERNAME}?start=round-x"
    assert keyboard(choices) is None
