"""Rich messages: sent where they are wanted, and as before where Telegram does not take them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from pydantic import SecretStr

from adapters.patience import Patience
from adapters.telegram import Telegram
from adapters.telegram.courier import Rich
from bot.messages import Amendment, Chat, Choice, Delayed, Image, Receive, Reply
from tests.botapi import TOKEN, BotApi, Person, Shown
from tests.photos import photo

PNG = photo("a graph")
TABLE = Reply("| force | N |\n|--|--|\n| drag | 4 |\n", (Choice("Next", "next"),))


async def delivered(
    api: BotApi, mode: Rich, *replies: Reply, person: Person | None = None
) -> list[Shown]:
    """What the private chat shows after these replies, or what they amend."""
    ada = person or api.person("Ada")

    async def receive(_: object) -> None:
        raise AssertionError("nothing is said here")

    heard: Receive = receive
    patience = Patience(pause=lambda _: asyncio.sleep(0))
    platform = Telegram(
        SecretStr(TOKEN), heard, base_url=api.base_url, patience=patience, rich=mode
    )
    chat = Chat("telegram", str(ada.id), str(ada.id))
    try:
        for reply in replies:
            with suppress(Delayed):  # the next is the same one, tried again
                if not (reply.amendment and await platform.amend(chat, reply.amendment)):
                    await platform.deliver(chat, reply)
    finally:
        await platform.close()
    return ada.room.shown


@pytest.mark.parametrize(
    ("mode", "text", "kind"),
    [
        ("off", TABLE.text, "text"),
        ("needed", TABLE.text, "rich"),
        ("needed", "No table.", "text"),
        ("always", "No table.", "rich"),
    ],
)
async def test_rich_where_it_is_wanted(mode: Rich, text: str, kind: str) -> None:
    async with BotApi() as api:
        (shown,) = await delivered(api, mode, Reply(text, TABLE.choices))

        assert shown.kind == kind
        assert shown.labels == ("Next",)


@pytest.mark.parametrize("refusal", [(400, "Bad Request: RICH_MESSAGE_INVALID"), (403, "no")])
async def test_what_is_refused_comes_as_before(refusal: tuple[int, str]) -> None:
    async with BotApi() as api:
        api.fail_next("sendRichMessage", refusal[0], description=refusal[1])
        (shown,) = await delivered(api, "always", TABLE)

        assert shown.kind == "text"
        assert "drag" in shown.text
        assert shown.labels == ("Next",)


async def test_a_figure_above_one_that_has_to_wait_is_sent_once() -> None:
    async with BotApi() as api:
        ada = api.person("Ada")
        api.fail_next("sendRichMessage", 429, retry_after=3)
        reply = Reply(TABLE.text, (), (Image(PNG, "a graph"),))

        shown = await delivered(api, "always", reply, reply, person=ada)

        assert [one.kind for one in shown] == ["photo", "rich"]


async def test_an_older_server_is_asked_only_once() -> None:
    async with BotApi() as api:
        api.world.knows_rich = False
        shown = await delivered(api, "always", TABLE, TABLE)

        assert [one.kind for one in shown] == ["text", "text"]
        assert sum(call.method.lower() == "sendrichmessage" for call in api.calls) == 1


async def test_a_rich_message_is_amended_as_one() -> None:
    async with BotApi() as api:
        (first,) = await delivered(api, "always", TABLE)
        after = f"{TABLE.text}\n\nA hint."
        amended = Reply("A hint.", amendment=Amendment(str(first.id), TABLE.text, after))
        (shown,) = await delivered(api, "always", amended, person=api.person("Ada"))

        assert shown.id == first.id
        assert "A hint." in shown.text
        assert shown.kind == "rich"
