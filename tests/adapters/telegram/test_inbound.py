"""Real payloads of Telegram, and what they say to the tutor."""

from __future__ import annotations

import pytest
from telegram import Update

from adapters.telegram.inbound import Me, message
from bot.messages import Chat, Command, Content, Press, Upload, Words
from tests.botapi import BOT_ID, USERNAME

ME = Me(BOT_ID, USERNAME)
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "es"}
VIVA = {"id": BOT_ID, "is_bot": True, "first_name": "Viva", "username": USERNAME}
OTHER = {"id": 99, "is_bot": True, "first_name": "Other", "username": "OtherBot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Class 12B", "is_forum": True}

Json = dict[str, object]


def update(content: Json | None = None, *, kind: str = "message", **more: object) -> Update:
    """A payload as Telegram sends it; `message` unless another kind is named."""
    said: Json = {"message_id": 5, "date": 1_700_000_000, "from": ADA, "chat": PRIVATE}
    said = said | (content or {}) | more
    return Update.de_json({"update_id": 41, kind: said})


def press(**content: object) -> Update:
    """A press on a button of the bot's."""
    under: Json = {"message_id": 4, "date": 1_699_999_000, "chat": PRIVATE, "from": VIVA}
    query = {"id": "1", "from": ADA, "chat_instance": "x", "message": under, "data": "next"}
    return Update.de_json({"update_id": 42, "callback_query": query | content})


def content(said: Update) -> Content | None:
    """What the tutor hears, None if nothing."""
    heard = message(said, ME)
    return heard.content if heard else None


def test_plain_words_in_a_private_chat_are_heard() -> None:
    heard = message(update(text="water moves out"), ME)

    assert heard is not None
    assert heard.content == Words("water moves out")
    assert heard.chat == Chat("telegram", "7", "7")
    assert (heard.update_id, heard.locale) == ("41", "es")


def test_somebody_without_a_language_speaks_english() -> None:
    nobody: Json = {"id": 7, "is_bot": False, "first_name": "A"}

    heard = message(update({"from": nobody}, text="hi"), ME)

    assert heard is not None
    assert heard.locale == "en"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/quiz", Command("quiz")),
        ("/QUIZ Osmosis", Command("quiz", "Osmosis")),
        ("/quiz@VivaTestBot osmosis", Command("quiz", "osmosis")),
        ("/quiz@vivatestbot", Command("quiz")),
        ("/start quiz-osmosis", Command("start", "quiz-osmosis")),
        ("/ask why?\nand how?", Command("ask", "why?\nand how?")),
    ],
)
def test_a_command_is_read_with_what_follows_it(text: str, command: Command) -> None:
    assert content(update(text=text)) == command


def test_what_only_begins_like_a_command_is_words() -> None:
    assert content(update(text="/ 2 is a half")) == Words("/ 2 is a half")


@pytest.mark.parametrize(
    "text", ["hello all", "/quiz@OtherBot", "me@VivaTestBot.org", "@VivaTestBotanist hi"]
)
def test_a_group_talks_without_the_tutor(text: str) -> None:
    assert message(update(text=text, chat=GROUP), ME) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/quiz osmosis", Command("quiz", "osmosis")),
        ("/quiz@VivaTestBot", Command("quiz")),
        ("@VivaTestBot why is it negative?", Words("why is it negative?")),
        ("so @vivatestbot, why?", Words("so why?")),
        ("@VivaTestBot /quiz", Command("quiz")),
    ],
)
def test_in_a_group_the_tutor_hears_commands_and_its_name(text: str, heard: Content) -> None:
    assert content(update(text=text, chat=GROUP)) == heard


def test_in_a_group_a_reply_to_the_bot_is_heard() -> None:
    asked = {"message_id": 3, "date": 1_700_000_000, "chat": GROUP, "from": VIVA, "text": "Why?"}

    heard = message(update(text="by osmosis", chat=GROUP, reply_to_message=asked), ME)

    assert heard is not None
    assert heard.content == Words("by osmosis")
    assert heard.chat == Chat("telegram", "-1001", "7")


def test_in_a_group_a_reply_to_somebody_else_is_not_heard() -> None:
    said = {"message_id": 3, "date": 1_700_000_000, "chat": GROUP, "from": ADA, "text": "Why?"}

    assert message(update(text="because", chat=GROUP, reply_to_message=said), ME) is None


def test_a_topic_that_the_bot_opened_is_no_message_of_the_bots() -> None:
    birth = {
        "message_id": 3,
        "date": 1_700_000_000,
        "chat": GROUP,
        "from": VIVA,
        "forum_topic_created": {"name": "Biology", "icon_color": 0},
    }

    assert message(update(text="hello", chat=GROUP, reply_to_message=birth), ME) is None


def test_a_topic_of_a_forum_is_a_room_of_its_own() -> None:
    heard = message(
        update(text="/quiz", chat=GROUP, message_thread_id=12, is_topic_message=True), ME
    )

    assert heard is not None
    assert heard.chat == Chat("telegram", "-1001:12", "7")


def test_a_press_is_its_action_and_belongs_to_who_pressed() -> None:
    under: Json = {
        "message_id": 4,
        "date": 1_699_999_000,
        "chat": GROUP,
        "from": VIVA,
        "message_thread_id": 12,
        "is_topic_message": True,
    }

    heard = message(press(message=under, data="again:osmosis/potato"), ME)

    assert heard is not None
    assert heard.content == Press("again:osmosis/potato")
    assert heard.chat == Chat("telegram", "-1001:12", "7")
    assert heard.update_id == "42"


def test_a_press_on_a_message_too_old_to_be_shown_is_heard() -> None:
    assert content(press(message={"chat": PRIVATE, "message_id": 4, "date": 0})) == Press("next")


def test_a_press_on_a_game_or_an_inline_message_is_not_heard() -> None:
    assert message(press(data=None, game_short_name="chess"), ME) is None
    assert message(press(message=None, inline_message_id="x"), ME) is None


def test_a_document_is_an_upload_to_be_fetched() -> None:
    document = {
        "file_id": "f",
        "file_unique_id": "u",
        "file_name": "notes.pdf",
        "mime_type": "application/pdf",
        "file_size": 1000,
    }

    heard = content(update(document=document, caption="my notes"))

    assert heard == Upload("notes.pdf", "application/pdf", b"", "my notes")


def test_a_document_without_a_name_or_a_type_is_still_an_upload() -> None:
    heard = content(update(document={"file_id": "f", "file_unique_id": "u"}))

    assert heard == Upload("document", "application/octet-stream", b"")


def test_a_document_that_telegram_would_not_hand_over_has_a_problem() -> None:
    document = {"file_id": "f", "file_unique_id": "u", "file_size": 21 * 1024 * 1024}

    heard = content(update(document=document))

    assert isinstance(heard, Upload)
    assert "20 MB" in heard.problem


@pytest.mark.parametrize(
    ("field", "value", "name", "media_type"),
    [
        (
            "photo",
            [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}],
            "photo.jpg",
            "image/jpeg",
        ),
        ("voice", {"file_id": "f", "file_unique_id": "u", "duration": 3}, "voice.ogg", "audio/ogg"),
        (
            "audio",
            {"file_id": "f", "file_unique_id": "u", "duration": 3, "file_name": "oral.mp3"},
            "oral.mp3",
            "audio/mpeg",
        ),
    ],
)
def test_a_photo_or_a_recording_is_a_file(
    field: str, value: object, name: str, media_type: str
) -> None:
    heard = content(update({field: value}, caption="is this right?"))

    assert heard == Upload(name, media_type, b"", "is this right?")


@pytest.mark.parametrize("field", ["video", "video_note", "animation"])
def test_a_film_has_a_problem(field: str) -> None:
    film = {"file_id": "f", "file_unique_id": "u", "duration": 3, "length": 9}

    heard = content(update({field: film | {"width": 9, "height": 9}}, caption="is this right?"))

    assert isinstance(heard, Upload)
    assert "cannot read this" in heard.problem


def test_a_file_in_a_group_is_for_the_tutor_only_if_it_says_so() -> None:
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "notes.pdf"}

    assert content(update(document=document, chat=GROUP, caption="my notes")) is None
    assert content(update(document=document, chat=GROUP, caption="@VivaTestBot look")) == Upload(
        "notes.pdf", "application/octet-stream", b"", "look"
    )


@pytest.mark.parametrize(
    "kind",
    ["edited_message", "channel_post", "edited_channel_post", "business_message"],
)
def test_what_is_not_newly_said_to_the_bot_is_not_heard(kind: str) -> None:
    assert message(update(kind=kind, text="/quiz"), ME) is None


@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_members": [VIVA]},
        {"left_chat_member": ADA},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": PRIVATE}},
        {"migrate_from_chat_id": -1002},
        {"group_chat_created": True},
        {"location": {"longitude": 1.0, "latitude": 2.0}},
    ],
)
def test_the_news_of_a_chat_is_not_heard(service: Json) -> None:
    assert message(update(service), ME) is None


def test_other_bots_and_channels_are_not_heard() -> None:
    assert message(update({"from": OTHER}, text="/quiz"), ME) is None
    assert message(update({"from": None}, text="/quiz"), ME) is None


def test_a_name_alone_says_nothing() -> None:
    assert message(update(text="@VivaTestBot", chat=GROUP), ME) is None
