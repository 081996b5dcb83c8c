"""The tutor on Discord, end to end against an emulated one: what learners in a server meet."""

from __future__ import annotations

import asyncio
import logging

import discord
import pytest
from pydantic import SecretStr
from simcord import InteractionResult
from simcord.backend.models import AllowedMentions

from adapters.discord import Discord, TokenRefused
from adapters.discord.intake import NAME_ME, NOT_KEPT, NOT_YOURS
from bot.commands import COMMANDS
from bot.desk import Desk
from bot.marking import Script, Verdict
from bot.messages import (
    Chat,
    Choice,
    Image,
    Message,
    Receive,
    Reply,
    Undeliverable,
    Unreachable,
    Words,
)
from tests.adapters.discord.conftest import TOKEN, Opened, World
from tests.adapters.discord.seeing import json, labels, read, shown, texts
from tests.adapters.telegram.test_platform import PNG
from tests.fakes import ScriptedExaminer, awarding
from tests.photos import photo

ANSWER = "water leaves the cells"


class SlowExaminer:
    """An examiner that thinks until it is told to go on."""

    name = "slow"

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.asked = asyncio.Event()

    async def mark(self, script: Script) -> Verdict:
        """One point, in the end."""
        self.asked.set()
        await self.go_on.wait()
        return awarding(script, ["p1"])


async def asked(world: World, about: str = "osmosis explain") -> InteractionResult:
    """A question, asked for in the server."""
    return await world.ada.slash(world.room, "quiz", about=about)


async def answered(world: World, question: InteractionResult, words: str) -> InteractionResult:
    """The question, answered by its button."""
    box = await world.ada.click(shown(question), label="Answer")
    assert box.modal
    return await world.ada.submit_modal(box, {"words": words})


async def test_a_question_is_for_everybody_and_its_mark_for_the_learner(world: Opened) -> None:
    async with world() as w:
        question = await asked(w)
        mark = await answered(w, question, ANSWER)

        assert "limp" in read(question)
        assert not question.ephemeral
        assert "**1/2**" in read(mark)
        assert mark.ephemeral
        assert w.room.history(viewer=w.person("bob")) == [shown(question).message]


async def test_every_command_of_the_table_is_a_slash_command_that_is_answered(
    world: Opened,
) -> None:
    async with world() as w:
        await asked(w)
        for line in COMMANDS:
            given = {line.field: "osmosis"} if line.field else {}
            said = await w.ada.slash(w.room, line.name, **given)

            assert texts(said), line.name
            assert said.ephemeral or not line.private, line.name


async def test_commands_suggest_what_may_follow_them(world: Opened) -> None:
    async with world() as w:

        async def suggested(command: str, field: str, typed: str) -> list[str]:
            found = await w.ada.autocomplete(w.room, command, field, typed)
            return [one["name"] for one in found]

        assert await suggested("note", "topic", "osm") == ["Osmosis"]
        assert await suggested("subject", "subject", "bio") == ["Biology"]
        assert await suggested("subject", "subject", "Biology ") == ["Biology SL", "Biology HL"]
        assert await suggested("quiz", "about", "pap") == ["paper 1A", "paper 2"]
        assert await suggested("quiz", "about", "expl") == ["explain"]
        assert await suggested("terms", "term", "disc") == ["discuss"]
        assert "ECF" in await suggested("notation", "sign", "ec")
        assert await suggested("files", "action", "") == []


async def test_a_button_works_after_a_restart(world: Opened) -> None:
    async with world() as w:
        question = await asked(w)
        async with w.restarted():
            hint = await w.ada.click(shown(question), label="Hint")

            assert "Hint 1 of 3" in texts(hint)


async def test_hints_are_added_to_the_question_itself(world: Opened) -> None:
    async with world() as w:
        question = await asked(w)
        hint = await w.ada.click(shown(question), label="Hint")
        again = await w.ada.click(shown(hint), label="Hint")

        assert not again.followups
        assert "A limp potato chip" in read(again)
        assert "Hint 1 of 3" in read(again)
        assert "Hint 2 of 3" in read(again)
        assert shown(again).id == shown(question).id


async def test_a_box_that_was_opened_before_a_restart_is_still_heard(world: Opened) -> None:
    async with world() as w:
        question = await asked(w)
        box = await w.ada.click(shown(question), label="Answer")
        async with w.restarted():
            mark = await w.ada.submit_modal(box, {"words": ANSWER})

            assert "**1/2**" in read(mark)
            assert mark.ephemeral


async def test_a_button_that_is_out_of_date_is_answered_kindly_and_to_one_alone(
    world: Opened,
) -> None:
    async with world() as w:
        question = await asked(w)
        await w.ada.slash(w.room, "skip")
        late = await w.ada.click(shown(question), label="Hint")
        typed = await answered(w, question, "my long answer")

        assert "left behind" in texts(late)
        assert all(one.ephemeral for one in late.followups)
        assert "my long answer" in read(typed)
        assert "no longer open" in read(typed)
        assert typed.ephemeral


async def test_a_long_mark_stays_private_to_its_last_page(world: Opened) -> None:
    async with world() as w:
        question = await asked(w)
        box = await w.ada.click(shown(question), label="Answer")
        long = Reply(
            "\n\n".join(f"Point {number}: {'x' * 300}" for number in range(20)), (), (), True
        )
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        await w.platform.deliver(chat, long)  # behind the press
        await w.env.settle()

        pages = w.room.history(viewer=w.ada)[1:]
        assert len(pages) >= 4
        assert all(len(one.content) <= 2000 and one.flags.ephemeral for one in pages)
        assert "Point 19" in pages[-1].content
        assert len(w.room.history(viewer=w.person("bob"))) == 1
        assert box.modal


async def test_a_conversation_in_direct_messages_needs_no_mention(world: Opened) -> None:
    async with world() as w:
        user = w.ada.user
        await user.send_dm("/quiz osmosis explain")
        await user.send_dm(ANSWER)
        question, mark = (one for one in user.dm_channel.history() if one.author.bot)

        assert "limp" in question.content
        assert "**1/2**" in mark.content
        why = await user.click(mark, label="Why?")
        assert "Point 2" in texts(why)
        assert not any(one.ephemeral for one in why.followups)


async def test_a_command_in_direct_messages_leaves_what_is_private_to_be_read_again(
    world: Opened,
) -> None:
    async with world() as w:
        said = await w.ada.user.slash("progress")

        assert "Nothing yet" in read(said)
        assert not said.ephemeral


async def test_in_a_server_it_speaks_only_when_it_is_spoken_to(world: Opened) -> None:
    async with world() as w:
        me = w.env.bot.user
        assert me
        await w.ada.send(w.room, "hello everybody")
        silent = len(w.room.history())
        await w.ada.send(w.room, f"{me.mention} /topics")
        topics = w.room.last_message
        assert topics
        await w.ada.send(w.room, f"{me.mention} Osmosis", reply_to=topics)
        note = w.room.last_message

        assert silent == 1
        assert "# Biology" in topics.content
        assert note
        assert note.content.startswith("# Osmosis")


async def test_a_reply_that_discord_hides_is_answered_by_how_to_be_heard(world: Opened) -> None:
    async with world() as w:
        question = await asked(w)
        replied = {"channel_id": str(w.room.id), "message_id": str(shown(question).id)}
        silently = AllowedMentions(replied_user=False)
        w.env.backend.create_message(
            w.room.id, w.ada.id, ANSWER, reference=replied, allowed_mentions=silently
        )
        await w.env.settle()

        assert w.room.last_message
        assert w.room.last_message.content == NAME_ME


async def test_a_mark_asked_for_by_a_mention_comes_by_direct_message(world: Opened) -> None:
    async with world() as w:
        me = w.env.bot.user
        assert me
        await w.ada.send(w.room, f"{me.mention} /quiz osmosis explain")
        await w.ada.send(w.room, f"{me.mention} {ANSWER}")
        mark = w.ada.user.dm_channel.last_message

        assert mark
        assert "**1/2**" in mark.content
        assert [one.author.id for one in w.room.history()].count(me.id) == 1
        why = await w.ada.user.click(mark, label="Why?")
        assert "Point 2" in texts(why)  # it is about the conversation in the server


async def test_a_learner_who_takes_no_direct_messages_is_told_what_to_do(world: Opened) -> None:
    async with world() as w:
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        dm = w.ada.user.dm_channel
        w.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=50007)

        with pytest.raises(Unreachable):
            await w.platform.deliver(chat, Reply("**2/2**", private=True))

        assert w.room.last_message
        assert "for you alone" in w.room.last_message.content
        assert "2/2" not in w.room.last_message.content


async def test_a_thread_that_a_learner_starts_is_a_room_of_its_own(world: Opened) -> None:
    async with world() as w:
        await asked(w)
        place = w.env.bot.get_channel(w.room.id)
        assert isinstance(place, discord.TextChannel)
        started = await place.create_thread(
            name="Ada revises", type=discord.ChannelType.public_thread
        )
        thread = next(one for one in w.room.threads if one.id == started.id)
        nothing = await w.ada.slash(thread, "hint")
        question = await w.ada.slash(thread, "quiz", about="osmosis explain")
        mark = await answered(w, question, ANSWER)

        assert "No question is open" in texts(nothing)
        assert all(one.ephemeral for one in nothing.followups)  # its sign was for everybody
        assert shown(question).channel_id == thread.id
        assert mark.ephemeral


async def test_the_menu_on_a_message_marks_it_as_the_answer(world: Opened) -> None:
    async with world() as w:
        await asked(w)
        said = await w.ada.send(w.room, ANSWER)
        mark = await w.ada.context_menu(w.room, "Mark this answer", said)
        bob = w.person("bob")
        refused = await bob.context_menu(w.room, "Mark this answer", said)
        again = await w.ada.context_menu(w.room, "Mark this answer", said)

        assert "**1/2**" in read(mark)
        assert mark.ephemeral
        assert read(refused) == NOT_YOURS
        assert refused.ephemeral
        assert "No question is open" in texts(again)


async def test_figures_come_with_words_for_those_who_cannot_see_them(world: Opened) -> None:
    async with world() as w:
        note = await w.ada.slash(w.room, "note", topic="osmosis")
        assert note.response
        figure, *_ = note.response.attachments
        frame, *_ = note.response.embeds

        assert frame.image.url == "attachment://figure-1.png"
        assert frame.footer.text == figure.description
        assert figure.filename == "figure-1.png"
        assert (
            figure.description == "A U-tube with a membrane: water rises on the side of the sugar"
        )


async def test_where_no_files_may_be_attached_figures_are_told(world: Opened) -> None:
    async with world() as w:
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        w.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        await w.platform.deliver(chat, Reply("Look.", (), (Image(PNG, "A cell"),)))

        said = [one.content for one in w.room.history()]
        assert said == ["*Figure: A cell*", "Look."]


async def test_a_covered_text_arrives_as_a_spoiler(world: Opened) -> None:
    async with world() as w:
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        await w.platform.deliver(chat, Reply("Listen.", hidden="**Ana:** Salgo.\n\nY vuelvo."))

        [said] = w.room.history()
        assert said.content == "Listen.\n\n||**Ana:** Salgo.\n\nY vuelvo.||"


async def test_many_choices_are_a_list(world: Opened) -> None:
    async with world() as w:
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        choices = tuple(Choice(f"Topic {number}", f"note:{number}") for number in range(12))
        await w.platform.deliver(chat, Reply("Choose.", (*choices, Choice("Topics", "topics"))))
        said = w.room.last_message
        assert said
        topics = await w.ada.select(said, ["topics"])

        assert len(labels(said)) == 13
        assert "# Biology" in texts(topics)


async def test_a_photo_of_an_answer_in_a_direct_message_is_shown_and_marked(world: Opened) -> None:
    async with world() as w:
        user = w.ada.user
        await user.send_dm("/quiz osmosis explain")
        page = photo("Water leaves the cells of the fruit.")
        files = w.env.backend.store_attachments(user.dm_channel.id, [("answer.png", page)])
        await user.send_dm("", attachments=files)
        said = user.dm_channel.last_message
        assert said
        assert "Water leaves the cells of the fruit" in said.content

        await user.click(said, label="Mark it")

        marked = user.dm_channel.last_message
        assert marked
        assert "1/2" in marked.content


async def test_a_film_in_a_direct_message_is_not_watched(world: Opened) -> None:
    async with world() as w:
        user = w.ada.user
        film = w.env.backend.store_attachments(user.dm_channel.id, [("cells.mp4", b"film")])
        await user.send_dm("", attachments=film)

        said = user.dm_channel.last_message
        assert said
        assert "cannot watch films" in said.content


async def test_a_channel_where_it_may_not_write_is_unreachable(world: Opened) -> None:
    async with world() as w:
        place = w.env.bot.get_channel(w.room.id)
        assert isinstance(place, discord.TextChannel)
        await place.set_permissions(place.guild.me, send_messages=False)
        calls = len(w.env.http_requests)

        with pytest.raises(Unreachable):
            await w.platform.deliver(Chat("discord", str(w.room.id), "1"), Reply("Hello"))

        assert len(w.env.http_requests) == calls


async def test_failures_are_told_apart(world: Opened) -> None:
    async with world() as w:
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        for status, expected in (
            (403, Unreachable),
            (404, Unreachable),
            (400, Undeliverable),
            (503, discord.HTTPException),
        ):
            w.env.inject_error("POST", "/channels/*/messages", status=status)
            with pytest.raises(expected):
                await w.platform.deliver(chat, Reply("Hello"))


async def test_a_reply_is_tried_again_where_it_stopped(world: Opened) -> None:
    async with world() as w:
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        long = Reply("first " * 300 + "\n\n" + "second " * 250)
        w.env.inject_error("POST", "/channels/*/messages", status=500, times=1)
        for _ in range(2):
            try:
                await w.platform.deliver(chat, long)
            except discord.HTTPException:
                continue

        said = [one.content for one in w.room.history()]
        assert len(said) == len(set(said)) >= 2


async def test_an_answer_outlives_a_kill_while_it_is_marked(world: Opened) -> None:
    slow = SlowExaminer()
    async with world(examiner=slow) as w:
        await asked(w)
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        await w.desk.receive(Message(chat, Words(ANSWER), "kept"))
        await slow.asked.wait()
        async with w.restarted(ScriptedExaminer(["p1", "p2"])):
            await w.desk.settled(chat)

            mark = w.ada.user.dm_channel.last_message  # its interaction did not outlive it
            assert mark
            assert "**2/2**" in mark.content


async def test_the_three_seconds_are_kept_while_the_tutor_is_slow(world: Opened) -> None:
    slow = SlowExaminer()
    async with world(examiner=slow) as w:
        question = await asked(w)
        box = await w.ada.click(shown(question), label="Answer")
        submitting = asyncio.create_task(w.ada.submit_modal(box, {"words": ANSWER}))
        await slow.asked.wait()
        callbacks = [one for one in w.env.http_requests if one.path.endswith("/callback")]
        slow.go_on.set()
        mark = await submitting

        assert json(callbacks[-1])["type"] == 5  # it thinks, for this learner alone
        assert "**1/2**" in read(mark)


async def test_the_three_seconds_are_kept_while_storing_is_slow(world: Opened) -> None:
    def slowly(desk: Desk) -> Receive:
        async def receive(message: Message) -> None:
            await asyncio.sleep(60)  # of the emulator's time
            await desk.receive(message)

        return receive

    async with world(receive=slowly) as w:
        w.env.settle_timeout = 1
        question = await asked(w)
        await w.env.advance_time(2)
        acknowledged = question.deferred
        w.env.settle_timeout = 30
        await w.env.advance_time(60)

        assert acknowledged
        assert "limp" in read(question)


async def test_what_could_not_be_stored_is_not_lost_in_silence(
    world: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(desk: Desk) -> Receive:
        async def receive(message: Message) -> None:
            raise OSError(f"locked: {message.content}")

        return receive

    async with world(receive=broken) as w:
        said = await w.ada.slash(w.room, "ask", doubt="my secret doubt")
        await w.ada.user.send_dm("my secret doubt")

        assert texts(said) == NOT_KEPT
        assert w.ada.user.dm_channel.last_message
        assert w.ada.user.dm_channel.last_message.content == NOT_KEPT
        assert "is not stored yet: OSError" in caplog.text
        assert "my secret doubt" not in caplog.text


async def test_after_a_quarter_of_an_hour_a_reply_goes_to_the_channel(world: Opened) -> None:
    async with world() as w:
        await asked(w)
        await w.env.advance_time(901)
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        await w.platform.deliver(chat, Reply("In the room"))
        await w.platform.deliver(chat, Reply("Alone", private=True))

        assert w.room.last_message
        assert w.room.last_message.content == "In the room"
        assert w.ada.user.dm_channel.last_message
        assert w.ada.user.dm_channel.last_message.content == "Alone"


async def test_a_server_error_is_tried_again(world: Opened) -> None:
    async with world() as w:
        w.env.inject_error("PATCH", "/webhooks/*", status=500)
        said = await asked(w)
        assert said.response
        assert not said.response.content
        chat = Chat("discord", str(w.room.id), str(w.ada.id))
        await w.tries_again(chat)

        assert "limp" in read(said)


async def test_nobody_is_called_by_what_a_learner_writes(world: Opened) -> None:
    async with world() as w:
        said = await w.ada.slash(w.room, "note", topic="@everyone *loud*")
        sent = json([one for one in w.env.http_requests if one.method == "PATCH"][-1])

        assert "\\@everyone \\*loud\\*" in read(said)
        assert sent["allowed_mentions"] == {"parse": []}


async def test_it_runs_on_shards(world: Opened) -> None:
    async with world(shards=2) as w:
        second = w.env.create_guild(shard_id=1)
        room = second.create_text_channel("physics")
        bob = second.add_member(w.env.create_user("bob"))

        assert "Biology" in read(await bob.slash(room, "topics"))
        assert len(w.platform.client.shards) == 2


async def test_no_privileged_intent_is_asked_for(world: Opened) -> None:
    async with world() as w:
        asked_for = {name for name, wanted in w.platform.client.intents if wanted}

        assert asked_for == {"guilds", "guild_messages", "dm_messages"}


async def test_the_token_stays_out_of_the_log(
    world: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    async with world() as w:
        await asked(w)
        logger = logging.getLogger("discord.http")
        logger.warning("429 on %s with %s", "/webhooks/12/aSecretOne/messages", TOKEN)
        logger.debug("sent %s", "my secret words")

        assert "429 on /webhooks/12/<token>/messages with <token>" in caplog.text
        assert TOKEN not in caplog.text
        assert "secret" not in caplog.text


async def test_a_token_of_nothing_is_refused_with_what_to_do() -> None:
    async def nothing(*_: object) -> None:
        return None

    async def none(*_: object) -> tuple[str, ...]:
        return ()

    with pytest.raises(TokenRefused, match="VIVA_DISCORD_TOKEN"):
        Discord(SecretStr(" "), nothing, none)
