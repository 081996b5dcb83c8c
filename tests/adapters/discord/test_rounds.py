"""Rounds on Discord, against an emulated one: boxes, marks for one alone, threads."""

from __future__ import annotations

import discord
from simcord import ChannelHandle, InteractionResult, MemberActor

from bot.messages import Chat
from tests.adapters.discord.conftest import Opened, World
from tests.adapters.discord.seeing import labels, read, shown, texts
from tests.fakes import ScriptedExaminer

EARNED = {"ada": ["p1", "p2"], "bob": ["p1"], "cy": [], "dee": ["p1"], "eve": ["p1", "p2"]}


async def thread(world: World) -> ChannelHandle:
    """A thread in the server's channel."""
    place = world.env.bot.get_channel(world.room.id)
    assert isinstance(place, discord.TextChannel)
    started = await place.create_thread(name="Revision", type=discord.ChannelType.public_thread)
    return next(one for one in world.room.threads if one.id == started.id)


async def begun(world: World, room: ChannelHandle) -> InteractionResult:
    """A round of a minute and a half."""
    return await world.ada.slash(room, "round", about="osmosis explain 90")


async def answer(person: MemberActor, round: InteractionResult) -> InteractionResult:
    """Answer in the box behind the button."""
    box = await person.click(shown(round), label="Answer")
    assert box.modal
    return await person.submit_modal(box, {"words": "water leaves"})


async def over(world: World, room: ChannelHandle) -> None:
    """The time of a round passes."""
    world.clock.advance(minutes=2)
    await world.desk.tick()
    await world.desk.settled(Chat("discord", str(room.id), ""))
    await world.env.settle()


async def test_a_round_shows_how_much_time_is_left_and_closes_its_message(world: Opened) -> None:
    async with world(ScriptedExaminer(["p1"])) as w:
        await begun(w, w.room)
        assert w.room.last_message
        id = w.room.last_message.id

        async def seen(minutes: float) -> discord.Message:
            w.clock.advance(minutes=minutes)
            await w.desk.tick()
            await w.desk.settled(Chat("discord", str(w.room.id), ""))
            await w.env.settle()
            return next(one for one in w.room.history() if one.id == id)

        halfway, closed = await seen(0.75), await seen(1)

        assert "⏳ **45 seconds left**" in halfway.content
        assert labels(halfway) == ["Answer", "Reveal"]
        assert "The time is up" in closed.content
        assert not closed.components


async def test_a_round_of_five_in_a_thread(world: Opened) -> None:
    async with world(ScriptedExaminer(*EARNED.values())) as w:
        room = await thread(w)
        five = [w.ada, *(w.person(name) for name in list(EARNED)[1:])]
        round = await begun(w, room)
        for person in five:
            said = await answer(person, round)
            assert "Your answer is in" in read(said)
            assert said.ephemeral
        quoted = await five[4].click(shown(said), label="You may quote me")
        await over(w, room)
        told = room.last_message
        assert told

        assert "A round for everybody" in read(round)
        assert not round.ephemeral
        assert "I quote it" in texts(quoted)
        for line in ("**ada**: 2/2", "**bob**: 1/2", "**cy**: 0/2", "**dee**: 1/2", "**eve**: 2/2"):
            assert line in told.content
        assert "by eve:" in told.content
        assert "🥇 ada: **2**/2 in 1 round" in told.content
        assert "5. cy: **0**/2 in 1 round" in told.content
        mine = await five[1].click(told, label="My marking")
        assert "A limp potato chip" in texts(mine)
        assert all(one.ephemeral for one in mine.followups)
        assert "Point 2" in texts(await five[1].click(mine.followups[-1], label="Why?"))


async def test_a_round_outlives_a_restart_and_a_late_answer_is_practice(world: Opened) -> None:
    async with world(ScriptedExaminer(["p1"])) as w:
        round = await begun(w, w.room)
        await answer(w.ada, round)
        bob = w.person("bob")
        box = await bob.click(shown(round), label="Answer")
        async with w.restarted(ScriptedExaminer(["p1", "p2"])):
            await over(w, w.room)
            told = w.room.last_message
            late = await bob.submit_modal(box, {"words": "water leaves"})

            assert told
            assert "**ada**: 1/2" in told.content
            assert "bob" not in told.content
            assert "Time was up" in read(late)
            assert "**2/2**" in read(late)
            assert late.ephemeral


async def test_permissions_say_who_runs_a_channel(world: Opened) -> None:
    async with world() as w:
        chief = w.guild.create_role(
            "Teacher", permissions=discord.Permissions(manage_channels=True)
        )
        teacher = w.guild.add_member(w.env.create_user("teacher"), roles=[chief])
        settings = await w.ada.slash(w.room, "settings")
        refused = await w.ada.click(shown(settings), label="Rounds: admins only")
        changed = await teacher.click(shown(settings), label="Rounds: admins only")
        room = await thread(w)
        round = await begun(w, w.room)
        in_thread = await teacher.slash(room, "settings")
        also = await teacher.click(shown(in_thread), label="Rounds: admins only")

        assert "only those who run this group" in texts(refused)
        assert all(one.ephemeral for one in refused.followups)
        assert "only those who run this group" in texts(changed)  # now it says so
        assert "only those who run this group" in texts(round)
        assert "Rounds: everyone" in [
            label for one in also.followups for label in labels(one.message)
        ]


async def test_a_server_that_is_not_invited_hears_that_once_and_then_alone(world: Opened) -> None:
    async with world(allowed=("discord:guild:1",)) as w:
        first = await w.ada.slash(w.room, "quiz")
        second = await w.ada.slash(w.room, "quiz")
        await w.ada.send(w.room, f"{w.env.bot.user.mention if w.env.bot.user else ''} hello")

        assert "invited groups only" in texts(first)
        assert "invited groups only" in texts(second)
        assert [one for one in w.room.history(viewer=w.person("bob")) if one.author.bot] == [
            shown(first).message
        ]


async def test_a_channel_that_is_invited_is_served_with_its_threads(world: Opened) -> None:
    served: list[str] = []
    async with world(allowed=served) as w:
        room = await thread(w)
        served.append(f"discord:channel:{w.room.id}")
        async with w.restarted():
            for place in (w.room, room):
                assert "Biology" in texts(await w.ada.slash(place, "topics"))
