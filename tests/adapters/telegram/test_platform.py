"""The tutor on Telegram, end to end over HTTP against the emulated Bot API."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from telegram.error import NetworkError

from adapters.patience import Patience
from adapters.telegram import Telegram, TokenRefused, Webhook
from bot.commands import COMMANDS
from bot.messages import (
    Chat,
    Choice,
    Command,
    Delayed,
    File,
    Image,
    Message,
    Press,
    Reply,
    Undeliverable,
    Unreachable,
    Upload,
    Words,
    literal,
)
from bot.speech import say, speaking
from tests.botapi import TOKEN, BotApi, Person
from tests.platforms import running

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)


@dataclass(slots=True)
class Inbox:
    """A `receive` that keeps what it is handed, unless it is told to fail."""

    said: list[Message] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    then: Callable[[Message], Awaitable[None]] | None = None
    platforms: list[Telegram] = field(default_factory=list)  # that fill it

    async def receive(self, message: Message) -> None:
        """Store a message."""
        if self.failures:
            raise self.failures.pop(0)
        self.said.append(message)
        if self.then is not None:
            await self.then(message)

    @property
    def contents(self) -> list[object]:
        """What was said."""
        return [message.content for message in self.said]


@dataclass(slots=True)
class Waits:
    """Time that passes at once, and is remembered."""

    seconds: list[float] = field(default_factory=list)

    async def pause(self, seconds: float) -> None:
        """Let others run; that is all."""
        self.seconds.append(seconds)
        await asyncio.sleep(0)

    @property
    def patience(self) -> Patience:
        """To be handed to the platform."""
        return Patience(pause=self.pause, chance=lambda: 1.0)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(webhook_retry=0.01) as started:
        yield started


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    inbox = Inbox()
    yield inbox
    for platform in inbox.platforms:
        await platform.close()


@pytest.fixture
def waits() -> Waits:
    return Waits()


def telegram(
    api: BotApi, inbox: Inbox, waits: Waits | None = None, webhook: Webhook | None = None
) -> Telegram:
    """A platform that talks to the emulator."""
    platform = Telegram(
        SecretStr(TOKEN),
        inbox.receive,
        base_url=api.base_url,
        webhook=webhook,
        patience=(waits or Waits()).patience,
    )
    inbox.platforms.append(platform)
    return platform


def chat_with(person: Person) -> Chat:
    """The private chat with somebody."""
    return Chat("telegram", str(person.id), str(person.id))


class TestHearing:
    """Long polling."""

    async def test_a_conversation_goes_both_ways(self, api: BotApi, inbox: Inbox) -> None:
        platform = telegram(api, inbox)

        async def echo(message: Message) -> None:
            said = message.content
            text = said.text if isinstance(said, Words) else repr(said)
            await platform.deliver(message.chat, Reply(literal(text), (Choice("Next", "next"),)))

        inbox.then = echo
        ada = api.person("Ada")
        async with running(platform):
            await ada.says("a < b & *c*")
            assert (await ada.reads()).text == "a < b & *c*"
            await ada.presses("Next")
            assert (await ada.reads()).text == "Press(action='next', text='')"

    async def test_updates_are_acknowledged_only_once_they_are_stored(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        stored = asyncio.Event()
        inbox.then = lambda _: wait(stored)
        ada = api.person("Ada")
        async with running(telegram(api, inbox)):
            await ada.says("first")
            await api.called("getUpdates")
            await ada.says("second")
            pending = len(api.updates.pending)
            stored.set()
            await api.acknowledged()

        assert pending == 2
        assert inbox.contents == [Words("first"), Words("second")]

    async def test_a_kill_before_storing_loses_nothing_over_two_restarts(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        for text in ("one", "two", "three"):
            await ada.says(text)
        reached = asyncio.Event()

        async def die_at_two(message: Message) -> None:
            if message.content == Words("two"):
                inbox.said.pop()  # it was not committed
                reached.set()
                await asyncio.Event().wait()

        inbox.then = die_at_two
        for _ in range(2):
            reached.clear()
            async with running(telegram(api, inbox)):
                await reached.wait()
        inbox.then = None
        async with running(telegram(api, inbox)):
            await api.acknowledged()

        numbers = [message.update_id for message in inbox.said]
        assert [message.content for message in inbox.said][-3:] == [
            Words("one"),
            Words("two"),
            Words("three"),
        ]
        assert len(set(numbers)) == 3

    async def test_a_locked_database_is_tried_again_in_order(
        self, api: BotApi, inbox: Inbox, waits: Waits, caplog: pytest.LogCaptureFixture
    ) -> None:
        inbox.failures = [OSError("locked: my secret doubt"), OSError("locked")]
        ada = api.person("Ada")
        await ada.says("one")
        await ada.says("two")

        async with running(telegram(api, inbox, waits)):
            await api.acknowledged()

        assert inbox.contents == [Words("one"), Words("two")]
        assert waits.seconds == [0.5, 1.0]
        assert "is not stored yet: OSError" in caplog.text
        assert "my secret doubt" not in caplog.text

    async def test_a_malformed_update_is_skipped_with_a_reference(
        self, api: BotApi, inbox: Inbox, caplog: pytest.LogCaptureFixture
    ) -> None:
        ada = api.person("Ada")
        bad = api.updates.add_malformed()
        await ada.says("after it")

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        assert inbox.contents == [Words("after it")]
        assert f"skipped update {bad}, which is malformed" in caplog.text

    async def test_what_is_none_of_its_business_is_acknowledged_too(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada, group = api.person("Ada"), api.group("Class 12B")
        await ada.edits("an edit")
        await ada.says("hello all", group=group)
        await ada.says("/quiz@VivaTestBot", group=group, thread=4)

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        assert inbox.contents == [Command("quiz")]
        assert inbox.said[0].chat == Chat("telegram", f"{group.room.id}:4", str(ada.id))

    async def test_a_press_stops_spinning_after_it_is_stored(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        await platform.deliver(chat_with(ada), Reply("Ready?", (Choice("Go", "quiz"),)))

        async with running(platform):
            await ada.presses("Go")
            await api.called("answerCallbackQuery")
            seen = inbox.contents

        assert seen == [Press("quiz")]

    async def test_a_press_from_long_ago_is_heard_though_its_answer_is_refused(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        await platform.deliver(chat_with(ada), Reply("Ready?", (Choice("Go", "quiz"),)))
        api.fail_next("answerCallbackQuery", 400, description="Bad Request: query is too old")

        async with running(platform):
            await ada.presses("Go")
            await api.called("answerCallbackQuery")
            await ada.says("still here")
            await api.acknowledged()

        assert inbox.contents == [Press("quiz"), Words("still here")]

    async def test_an_update_that_comes_twice_keeps_its_number(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        await ada.says("once")
        again = api.updates.pending[0]

        async with running(telegram(api, inbox)):
            await api.acknowledged()
            api.updates.repeat(again)
            await ada.says("later")
            await api.acknowledged()

        assert [message.update_id for message in inbox.said][:2] == [inbox.said[0].update_id] * 2
        assert inbox.contents[-1] == Words("later")

    async def test_outages_are_waited_out_longer_each_time(
        self, api: BotApi, inbox: Inbox, waits: Waits
    ) -> None:
        api.fail_next("getMe", 502)
        api.fail_next("getUpdates", 502, times=3)
        ada = api.person("Ada")
        await ada.says("anybody there?")

        async with running(telegram(api, inbox, waits)):
            await api.acknowledged()

        assert inbox.contents == [Words("anybody there?")]
        assert waits.seconds == [0.5, 0.5, 1.0, 2.0]

    async def test_being_asked_to_wait_is_obeyed(
        self, api: BotApi, inbox: Inbox, waits: Waits
    ) -> None:
        api.fail_next("getUpdates", 429, retry_after=7)
        await api.person("Ada").says("hello")

        async with running(telegram(api, inbox, waits)):
            await api.acknowledged()

        assert waits.seconds == [7.0]

    async def test_another_poller_is_named_and_waited_for(
        self, api: BotApi, inbox: Inbox, waits: Waits, caplog: pytest.LogCaptureFixture
    ) -> None:
        api.fail_next("getUpdates", 409)
        await api.person("Ada").says("hello")

        async with running(telegram(api, inbox, waits)):
            await api.acknowledged()

        assert inbox.contents == [Words("hello")]
        assert "another process is reading this bot's updates" in caplog.text

    @pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
    @pytest.mark.parametrize("code", [401, 404])
    async def test_a_wrong_token_stops_with_a_clear_error(
        self, api: BotApi, inbox: Inbox, method: str, code: int
    ) -> None:
        api.fail_next(method, code)

        with pytest.raises(TokenRefused, match="BotFather") as refused:
            await telegram(api, inbox).run()

        assert TOKEN not in repr(refused.value.__context__)

    async def test_a_webhook_of_before_is_removed(self, api: BotApi, inbox: Inbox) -> None:
        await api.updates.set_webhook("http://127.0.0.1:9/old", "", None)
        await api.person("Ada").says("hello")

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        assert inbox.contents == [Words("hello")]

    async def test_the_menus_show_what_is_of_use_where_they_are(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        async with running(telegram(api, inbox)):
            await api.called("getUpdates")

        menus = api.world.commands
        assert menus["default"] == [line.name for line in COMMANDS]
        assert {"quiz", "daily"} <= {*menus["all_private_chats"]} & {*menus["all_group_chats"]}
        assert "round" not in menus["all_private_chats"]
        assert not {"progress", "files", "link", "forget"} & {*menus["all_group_chats"]}

    async def test_the_menus_speak_the_languages_of_the_interface(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        async with running(telegram(api, inbox)):
            await api.called("getUpdates")

        with speaking("de"):
            german = [say(line.summary) for line in COMMANDS]
        assert api.world.described["default", "de"] == german
        assert api.world.described["default", ""] == [line.summary for line in COMMANDS]
        assert {("all_group_chats", language) for language in ("es", "fr", "de", "")} <= {
            *api.world.described
        }

    async def test_a_menu_that_is_refused_stops_nothing(self, api: BotApi, inbox: Inbox) -> None:
        api.fail_next("setMyCommands", 400)
        await api.person("Ada").says("hello")

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        assert inbox.contents == [Words("hello")]


class TestFiles:
    """What learners send."""

    async def test_a_document_arrives_whole(self, api: BotApi, inbox: Inbox) -> None:
        data = bytes(range(256)) * 1000
        await api.person("Ada").sends_document("notes.pdf", data, caption="mine")

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        assert inbox.contents == [Upload("notes.pdf", "application/pdf", data, "mine")]

    @pytest.mark.parametrize("claimed", [None, 5])
    async def test_a_document_that_is_too_large_is_said_to_be(
        self, api: BotApi, inbox: Inbox, claimed: int | None
    ) -> None:
        data = bytes(20 * 1024 * 1024 + 1)
        await api.person("Ada").sends_document("all.pdf", data, claimed_size=claimed)

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        (upload,) = inbox.contents
        assert isinstance(upload, Upload)
        assert upload.problem
        assert upload.data == b""

    async def test_a_document_that_cannot_be_fetched_holds_up_nobody(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        api.fail_next("getFile", 502)
        ada = api.person("Ada")
        await ada.sends_document("notes.pdf", b"%PDF")
        await ada.says("and a question")

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        upload, words = inbox.contents
        assert isinstance(upload, Upload)
        assert "send it again" in upload.problem
        assert words == Words("and a question")

    async def test_photos_in_their_largest_size_and_voices_arrive_whole(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        await ada.sends_photo("my answer", b"large")
        await ada.sends_voice(b"OggS")

        async with running(telegram(api, inbox)):
            await api.acknowledged()

        assert inbox.contents == [
            Upload("photo.jpg", "image/jpeg", b"large", "my answer"),
            Upload("voice.ogg", "audio/ogg", b"OggS"),
        ]


class TestDelivering:
    """What the tutor says."""

    async def test_a_long_reply_is_paged_with_its_buttons_at_the_end(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        text = "\n\n".join(f"**Point {number}.** {'word ' * 100}" for number in range(20))

        await telegram(api, inbox).deliver(chat_with(ada), Reply(text, (Choice("Next", "next"),)))

        pages = ada.room.shown
        assert len(pages) > 2
        assert [page.labels for page in pages] == [()] * (len(pages) - 1) + [("Next",)]
        assert [word for page in pages for word in page.text.split()].count("Point") == 20

    async def test_a_covered_text_arrives_as_a_spoiler(self, api: BotApi, inbox: Inbox) -> None:
        ada = api.person("Ada")

        await telegram(api, inbox).deliver(
            chat_with(ada), Reply("Listen.", hidden="**Ana:** Salgo a las seis.")
        )

        [said] = ada.room.shown
        assert said.text == "Listen.\n\nAna: Salgo a las seis."
        covered = [one for one in said.entities if one["type"] == "spoiler"]
        assert [(one["offset"], one["length"]) for one in covered] == [(9, 22)]

    async def test_figures_and_files_come_first_and_buttons_last(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        reply = Reply(
            "Look at the **figure**.",
            (Choice("Hint", "hint"),),
            (Image(PNG, "A cell"), File("scheme.txt", b"1 mark")),
        )

        await telegram(api, inbox).deliver(chat_with(ada), reply)

        photo, document, text = ada.room.shown
        assert (photo.kind, photo.text, photo.data) == ("photo", "A cell", PNG)
        assert (document.kind, document.file_name, document.data) == (
            "document",
            "scheme.txt",
            b"1 mark",
        )
        assert (text.text, text.labels) == ("Look at the figure.", ("Hint",))

    async def test_a_figure_alone_carries_the_buttons_and_a_short_caption(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        reply = Reply("", (Choice("Hint", "hint"),), (Image(PNG, "x" * 2000),))

        await telegram(api, inbox).deliver(chat_with(ada), reply)

        (photo,) = ada.room.shown
        assert len(photo.text) == 1024
        assert photo.labels == ("Hint",)

    async def test_a_figure_that_is_no_photo_comes_as_a_file(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        wide = PNG[:16] + (9000).to_bytes(4) + (9).to_bytes(4) + PNG[24:]

        await telegram(api, inbox).deliver(
            chat_with(ada), Reply("", attachments=(Image(wide, "A time line"),))
        )

        assert [(shown.kind, shown.text) for shown in ada.room.shown] == [
            ("document", "A time line")
        ]

    async def test_short_buttons_stand_side_by_side_and_long_ones_alone(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        labels = ["A", "B", "C", "D", "Hint", "Skip", "Show the answer", "My progress", "Topics"]
        ada = api.person("Ada")
        choices = tuple(Choice(label, f"press:{label}") for label in labels)

        await telegram(api, inbox).deliver(chat_with(ada), Reply("Choose", choices))

        (shown,) = ada.room.shown
        assert [[button.label for button in row] for row in shown.rows] == [
            ["A", "B", "C", "D"],
            ["Hint", "Skip"],
            ["Show the answer"],
            ["My progress", "Topics"],
        ]
        assert shown.rows[0][0].data == "press:A"

    async def test_links_show_no_preview(self, api: BotApi, inbox: Inbox) -> None:
        ada = api.person("Ada")

        await telegram(api, inbox).deliver(chat_with(ada), Reply("[x](https://example.org)"))

        assert '"is_disabled": true' in api.calls[-1].params.text("link_preview_options")
        assert ada.room.shown[0].entities[0]["url"] == "https://example.org"

    async def test_a_topic_of_a_forum_is_answered_in_the_topic(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        group = api.group("Class 12B")
        chat = Chat("telegram", f"{group.room.id}:12", "7")

        await telegram(api, inbox).deliver(chat, Reply("Here"))

        assert [(shown.text, shown.thread) for shown in group.room.shown] == [("Here", 12)]

    async def test_somebody_who_blocked_the_bot_is_unreachable(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        ada.blocks()

        with pytest.raises(Unreachable, match="blocked"):
            await platform.deliver(chat_with(ada), Reply("Hello?"))
        ada.unblocks()
        await platform.deliver(chat_with(ada), Reply("Welcome back"))

        assert [shown.text for shown in ada.room.shown] == ["Welcome back"]

    async def test_a_chat_that_is_gone_is_unreachable(self, api: BotApi, inbox: Inbox) -> None:
        with pytest.raises(Unreachable, match="not found"):
            await telegram(api, inbox).deliver(Chat("telegram", "5", "5"), Reply("Hello?"))

    async def test_what_telegram_will_never_take_is_undeliverable(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        api.fail_next("sendMessage", 400, description="Bad Request: MESSAGE_TOO_ODD")

        with pytest.raises(Undeliverable, match=r"(?i)too_odd"):
            await telegram(api, inbox).deliver(chat_with(ada), Reply("Hello"))

    async def test_a_reply_with_nothing_to_read_is_undeliverable(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        with pytest.raises(Undeliverable, match="nothing to read"):
            await telegram(api, inbox).deliver(chat_with(api.person("Ada")), Reply(" \n"))

    async def test_being_asked_to_wait_before_the_first_page_is_passed_on(
        self, api: BotApi, inbox: Inbox, waits: Waits
    ) -> None:
        platform, ada = telegram(api, inbox, waits), api.person("Ada")
        api.fail_next("sendMessage", 429, retry_after=30)

        with pytest.raises(Delayed) as delayed:
            await platform.deliver(chat_with(ada), Reply("Hello"))
        await platform.deliver(chat_with(ada), Reply("Hello"))

        assert delayed.value.seconds == 30
        assert waits.seconds == []
        assert [shown.text for shown in ada.room.shown] == ["Hello"]

    async def test_being_asked_to_wait_between_pages_sends_no_page_twice(
        self, api: BotApi, inbox: Inbox, waits: Waits
    ) -> None:
        ada = api.person("Ada")
        api.fail_next("sendMessage", 429, retry_after=3, skip=1, times=2)

        await telegram(api, inbox, waits).deliver(chat_with(ada), numbered_pages())

        assert waits.seconds == [3.0, 3.0]
        assert [shown.text[:5] for shown in ada.room.shown] == ["Page1", "Page2", "Page3"]

    async def test_after_an_outage_a_reply_goes_on_where_it_stopped(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        api.fail_next("sendMessage", 502, skip=1)

        with pytest.raises(NetworkError):
            await platform.deliver(chat_with(ada), numbered_pages())
        await platform.deliver(chat_with(ada), numbered_pages())

        assert [shown.text[:5] for shown in ada.room.shown] == ["Page1", "Page2", "Page3"]

    async def test_a_lost_page_is_never_the_end_of_another_reply(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        api.fail_next("sendMessage", 502, skip=1)

        with pytest.raises(NetworkError):
            await platform.deliver(chat_with(ada), numbered_pages())
        await platform.deliver(chat_with(ada), Reply("Something else"))

        assert ada.room.shown[-1].text == "Something else"

    async def test_markup_that_is_refused_is_sent_as_plain_text(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        ada = api.person("Ada")
        refusal = "Bad Request: can't parse entities: Unsupported start tag"
        api.fail_next("sendMessage", 400, description=refusal)

        await telegram(api, inbox).deliver(
            chat_with(ada), Reply("**a** \\< b", (Choice("Next", "next"),))
        )

        (shown,) = ada.room.shown
        assert (shown.text, shown.entities, shown.labels) == ("a < b", (), ("Next",))

    async def test_a_group_that_became_a_supergroup_is_followed(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, group = telegram(api, inbox), api.group("Class 12B")
        grown = group.becomes_supergroup()
        chat = Chat("telegram", str(group.room.id), "7")

        await platform.deliver(chat, Reply("one"))
        await platform.deliver(chat, Reply("two"))

        assert [shown.text for shown in grown.room.shown] == ["one", "two"]
        assert len([call for call in api.calls if call.method == "sendMessage"]) == 3

    async def test_thinking_shows_the_typing_sign_and_never_raises(
        self, api: BotApi, inbox: Inbox
    ) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        api.fail_next("sendChatAction", 502)

        await platform.thinking(chat_with(ada))
        await platform.thinking(chat_with(ada))
        await platform.thinking(Chat("telegram", "5", "5"))

        assert api.world.typing == [ada.id]

    async def test_a_server_that_is_gone_is_a_passing_error(self, inbox: Inbox) -> None:
        async with BotApi() as api:
            platform, ada = telegram(api, inbox), api.person("Ada")

        with pytest.raises(NetworkError) as problem:
            await platform.deliver(chat_with(ada), Reply("Hello"))
        await platform.thinking(chat_with(ada))

        assert TOKEN not in str(problem.value)

    async def test_no_markdown_is_ever_refused(self, api: BotApi, inbox: Inbox) -> None:
        platform, ada = telegram(api, inbox), api.person("Ada")
        for text in HOSTILE:
            with suppress(Undeliverable):
                await platform.deliver(chat_with(ada), Reply(text))

        sent = [call for call in api.calls if call.method == "sendMessage"]
        assert len(sent) == len(ada.room.shown) > len(HOSTILE)
        assert all(call.params.text("parse_mode") == "HTML" for call in sent)


HOSTILE = (
    "</b><b>",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp;amp; &bogus; &#0; &#x110000;",
    "**bold *both** italic*",
    "[a](https://example.org/\"onclick='x') [b](javascript:alert)",
    "``` <b>\n</pre></code>\n```",
    "> > > deep\n> - list\n>   ```\n>   code\n",
    "~~**__`</code>`__**~~",
    "| <a> | & |\n|---|---|\n| </pre> | `|` |",
    "$\\frac{<}{>}$ $x_{<b>}^{&}$",
    "\u202e\u200b\ufeff text \U0001f468\u200d\U0001f469",
    "# " + "<" * 5000,
    "&" * 9000,
    "**" + "word " * 3000 + "**",
    "\n".join(f"{'  ' * depth}- level {depth} <i>" for depth in range(30)),
)


def numbered_pages() -> Reply:
    """A reply of three pages."""
    return Reply("\n\n".join(f"Page{number} {'word ' * 600}" for number in (1, 2, 3)))


async def wait(event: asyncio.Event) -> None:
    """Until it is set."""
    await event.wait()


class TestListening:
    """The webhook."""

    @pytest.fixture
    def webhook(self) -> Webhook:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return Webhook(f"http://127.0.0.1:{port}/hook", SecretStr("a-good-secret"), port=port)

    async def test_updates_are_taken_once_stored_and_posted_again_until_then(
        self, api: BotApi, inbox: Inbox, webhook: Webhook
    ) -> None:
        inbox.failures = [OSError("database is locked")]
        ada = api.person("Ada")
        async with running(telegram(api, inbox, webhook=webhook)):
            await api.called("setWebhook")
            await ada.says("one")
            await ada.says("two")
            await api.acknowledged()

        assert inbox.contents == [Words("one"), Words("two")]

    async def test_the_webhook_outlives_a_restart(
        self, api: BotApi, inbox: Inbox, webhook: Webhook
    ) -> None:
        ada = api.person("Ada")
        async with running(telegram(api, inbox, webhook=webhook)):
            await api.called("setWebhook")
        await ada.says("while you were away")

        async with running(telegram(api, inbox, webhook=webhook)):
            await api.acknowledged()

        said = {(message.update_id, message.content) for message in inbox.said}
        assert [content for _, content in said] == [Words("while you were away")]

    async def test_a_malformed_update_is_not_posted_for_ever(
        self, api: BotApi, inbox: Inbox, webhook: Webhook
    ) -> None:
        async with running(telegram(api, inbox, webhook=webhook)):
            await api.called("setWebhook")
            api.updates.add_malformed()
            await api.person("Ada").says("after it")
            await api.acknowledged()

        assert inbox.contents == [Words("after it")]

    @pytest.mark.parametrize(
        ("secret", "body", "status"),
        [
            ("", b"{}", 403),
            ("wrong", b"{}", 403),
            ("é", b"{}", 403),
            ("a-good-secret", b"{", 400),
            ("a-good-secret", b"[]", 400),
            ("a-good-secret", b" " * 1_048_577, 413),
            ("a-good-secret", b"{}", 200),
        ],
    )
    async def test_strangers_and_nonsense_are_refused(
        self, webhook: Webhook, secret: str, body: bytes, status: int
    ) -> None:
        inbox = Inbox()
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with BotApi() as api, running(telegram(api, inbox, webhook=webhook)):
            await api.called("setWebhook")
            async with (
                aiohttp.ClientSession() as session,
                session.post(webhook.url, data=io.BytesIO(body), headers=headers) as answer,
            ):
                answered = answer.status

        assert answered == status
        assert inbox.said == []

    async def test_a_body_of_unknown_length_is_cut_off(
        self, api: BotApi, inbox: Inbox, webhook: Webhook
    ) -> None:
        async def endless() -> AsyncIterator[bytes]:
            for _ in range(40):
                yield b" " * 65536

        headers = {"X-Telegram-Bot-Api-Secret-Token": "a-good-secret"}
        async with running(telegram(api, inbox, webhook=webhook)):
            await api.called("setWebhook")
            async with (
                aiohttp.ClientSession() as session,
                session.post(webhook.url, data=endless(), headers=headers) as answer,
            ):
                assert answer.status == 413

    async def test_a_taken_port_is_an_error_at_once(
        self, api: BotApi, inbox: Inbox, webhook: Webhook
    ) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", webhook.port))
            taken.listen()

            with pytest.raises(OSError, match="in use"):
                await telegram(api, inbox, webhook=webhook).run()


class TestSecrecy:
    """What must not be in the logs."""

    async def test_neither_token_nor_words_are_ever_logged(
        self, api: BotApi, inbox: Inbox, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        platform, ada = telegram(api, inbox), api.person("Ada")
        api.fail_next("getUpdates", 502)
        api.fail_next("getUpdates", 409, skip=1)
        caplog.set_level(logging.DEBUG, "httpx")
        caplog.set_level(logging.DEBUG, "telegram.Bot")
        async with running(platform):
            await ada.says("my private doubt")
            await ada.sends_document("notes.pdf", b"%PDF private")
            await api.acknowledged()
            await platform.deliver(chat_with(ada), Reply("a private answer"))

        assert TOKEN not in caplog.text
        assert "private" not in caplog.text
        assert TOKEN not in repr(platform)
        assert "on Telegram as @VivaTestBot" in caplog.text

    def test_a_token_of_the_wrong_shape_is_refused_unseen(self, inbox: Inbox) -> None:
        with pytest.raises(TokenRefused) as refused:
            Telegram(SecretStr("not a token"), inbox.receive)

        assert "not a token" not in str(refused.value)

    def test_an_address_that_is_none_is_refused(self, inbox: Inbox) -> None:
        with pytest.raises(ValueError, match="VIVA_TELEGRAM_BASE_URL"):
            Telegram(SecretStr(TOKEN), inbox.receive, base_url="localhost:8081")


@settings(deadline=None)
@given(st.integers(1, 100), st.floats(0, 1))
def test_waits_grow_and_stay_within_bounds(failures: int, chance: float) -> None:
    waits = Waits()
    patience = Patience(pause=waits.pause, chance=lambda: chance)

    asyncio.run(patience.wait(failures))

    assert 0.25 <= waits.seconds[0] <= 60
