"""The emulator refuses what Telegram refuses: a test against it means something."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.botapi import TOKEN, BotApi
from tests.botapi.html import CannotParse, parsed

Json = dict[str, object]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as started:
        yield started


async def call(
    api: BotApi, method: str, values: Json | None = None, /, *, bot: str = TOKEN, **more: object
) -> Json:
    """A bare call, without any library."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.base_url}/bot{bot}/{method}", json=(values or {}) | more) as answer,
    ):
        told = await answer.json()
    assert isinstance(told, dict)
    return told


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("é<b><i>x</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("< b>", 'Unsupported start tag "" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(CannotParse) as refused:
        parsed(html)

    assert str(refused.value) == words


def test_html_becomes_text_and_entities_counted_in_utf16() -> None:
    text, entities = parsed(
        '😀 <b>a &lt; <i>b</i></b> <a href="https://x.org/?a=1&amp;b">&copy;</a>'
    )

    assert text == "😀 a < b &copy;"
    assert {str(one["type"]): (one["offset"], one["length"]) for one in entities} == {
        "italic": (7, 1),
        "bold": (3, 5),
        "text_link": (9, 6),
    }
    assert entities[-1]["url"] == "https://x.org/?a=1&b"


@pytest.mark.parametrize(
    ("values", "description"),
    [
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": " <b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x", "parse_mode": "Odd"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "<p>x</p>", "parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"text": "x", "chat_id": 5}, "Bad Request: chat not found"),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "B", "callback_data": "é" * 33}]]},
            },
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_a_message_beyond_the_limits_is_refused(
    api: BotApi, values: Json, description: str
) -> None:
    ada = api.person("Ada")

    told = await call(api, "sendMessage", {"chat_id": ada.id} | values)

    assert told == {"ok": False, "error_code": 400, "description": description}
    assert ada.room.shown == []


async def test_the_limit_counts_what_is_read_and_not_the_markup(api: BotApi) -> None:
    html = "<b>" + "&lt;" * 4096 + "</b>"
    ada = api.person("Ada")

    told = await call(api, "sendMessage", chat_id=ada.id, text=html, parse_mode="HTML")

    assert told["ok"] is True


async def test_updates_come_again_until_a_later_offset_is_asked_for(api: BotApi) -> None:
    first = await api.person("Ada").says("one")
    await api.person("Ada").says("two")

    again = [await call(api, "getUpdates") for _ in range(2)]
    later = await call(api, "getUpdates", offset=first + 1, limit=1)

    assert again[0] == again[1]
    assert [dig(one, "message", "text") for one in _list(again[0])] == ["one", "two"]
    assert [dig(one, "message", "text") for one in _list(later)] == ["two"]
    assert len(api.updates.pending) == 1


async def test_only_allowed_updates_are_kept(api: BotApi) -> None:
    await call(api, "getUpdates", allowed_updates=["message"])
    await api.person("Ada").edits("changed")
    await api.person("Ada").says("new")

    told = await call(api, "getUpdates")

    assert [sorted(one) for one in _list(told)] == [["message", "update_id"]]


async def test_a_long_poll_ends_when_something_is_said(api: BotApi) -> None:
    asking = asyncio.create_task(call(api, "getUpdates", timeout=50))
    await api.called("getUpdates")

    await api.person("Ada").says("hello")

    assert len(_list(await asking)) == 1


async def test_of_two_pollers_the_earlier_is_sent_away(api: BotApi) -> None:
    earlier = asyncio.create_task(call(api, "getUpdates", timeout=50))
    await api.called("getUpdates")

    await call(api, "getUpdates", timeout=0)

    assert (await earlier)["error_code"] == 409


async def test_polling_beside_a_webhook_is_a_conflict(api: BotApi) -> None:
    await call(api, "setWebhook", url="http://127.0.0.1:9/hook")

    told = await call(api, "getUpdates")
    await call(api, "deleteWebhook")

    assert told["error_code"] == 409
    assert (await call(api, "getUpdates"))["ok"] is True


async def test_a_webhook_that_refuses_is_named_and_keeps_the_update(api: BotApi) -> None:
    await call(api, "setWebhook", url=f"{api.base_url}/nothing/here")
    await api.person("Ada").says("hello")

    problem = await api.bell.until(lambda: api.updates.webhook.get("last_error_message"), 10)

    assert problem == "Wrong response from the webhook: 404 Not Found"
    assert api.updates.webhook["pending_update_count"] == 1


async def test_a_wrong_token_and_an_unknown_method_are_refused(api: BotApi) -> None:
    assert (await call(api, "getMe", bot="1:x"))["error_code"] == 401
    assert (await call(api, "getNothing"))["error_code"] == 404


async def test_messages_are_edited_deleted_and_reacted_to(api: BotApi) -> None:
    ada = api.person("Ada")
    await call(api, "sendMessage", chat_id=ada.id, text="one")
    id = (await ada.reads()).id
    at: Json = {"chat_id": ada.id, "message_id": id}

    same = await call(api, "editMessageText", at, text="one")
    edited = await call(api, "editMessageText", at, text="two")
    await call(api, "setMessageReaction", at, reaction=[{"type": "emoji", "emoji": "👍"}])
    shown = ada.room.shown[0].text
    deleted = await call(api, "deleteMessage", at)

    assert "message is not modified" in str(same["description"])
    assert (edited["ok"], shown, deleted["ok"]) == (True, "two", True)
    assert ada.room.shown == []
    assert (ada.id, id) in api.world.reactions


async def test_a_press_is_answered_once(api: BotApi) -> None:
    ada = api.person("Ada")
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await call(api, "sendMessage", chat_id=ada.id, text="?", reply_markup=keyboard)
    await ada.presses("Go")
    (update,) = _list(await call(api, "getUpdates"))

    press = dig(update, "callback_query", "id")
    answers = [await call(api, "answerCallbackQuery", callback_query_id=press) for _ in "12"]

    assert dig(update, "callback_query", "data") == "go"
    assert [answer["ok"] for answer in answers] == [True, False]


async def test_scripted_failures_come_when_they_were_asked_for(api: BotApi) -> None:
    ada = api.person("Ada")
    api.fail_next("sendMessage", 429, retry_after=3, skip=1)
    api.fail_next("sendMessage", 502, answer_lost=True)

    told = [await call(api, "sendMessage", chat_id=ada.id, text=text) for text in "abcd"]

    assert [one["ok"] for one in told] == [True, False, False, True]
    assert told[1]["parameters"] == {"retry_after": 3}
    assert [shown.text for shown in ada.room.shown] == ["a", "c", "d"]


async def test_another_process_can_speak_for_people() -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.botapi", stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    try:
        url, token = [(await server.stdout.readline()).decode().split("=")[1].strip() for _ in "12"]
        async with aiohttp.ClientSession() as session:

            async def post(path: str, **values: object) -> Json:
                async with session.post(f"{url}{path}", json=values) as answer:
                    return dict(await answer.json())

            await post("/control/say", person="Ada", text="/start")
            updates = await post(f"/bot{token}/getUpdates")
            ada = dig(_list(updates)[0], "message", "chat", "id")
            await post("/control/fail", method="sendMessage", code=502)
            failed = await post(f"/bot{token}/sendMessage", chat_id=ada, text="lost")
            await post(f"/bot{token}/sendMessage", chat_id=ada, text="Hello")
            read = await post("/control/read", person="Ada")
            async with session.get(f"{url}/control/chat", params={"person": "Ada"}) as answer:
                chat = json.loads(await answer.text())
    finally:
        server.terminate()
        await server.wait()

    assert failed["ok"] is False
    assert read["text"] == "Hello"
    assert chat == [{"who": "Ada", "said": "/start"}, {"who": "bot", "said": "Hello"}]


def _list(told: Json) -> list[Json]:
    result = told["result"]
    assert isinstance(result, list)
    return result


def dig(value: object, *path: str) -> object:
    """What lies deep in JSON."""
    for name in path:
        assert isinstance(value, dict)
        value = value[name]
    return value
