"""The Bot API's methods, with Telegram's limits and Telegram's words for what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.botapi.faults import Json, Refused, bad
from tests.botapi.html import CannotParse, Entity, RichCheck, parsed, units
from tests.botapi.params import Params
from tests.botapi.world import Button, Room, Shown, World, message_json

LONGEST_TEXT = 4096  # UTF-16 units after parsing entities
LONGEST_CAPTION = 1024
LONGEST_DATA = 64  # bytes
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
MOST_IN_A_ROW = 8
MOST_RESULTS = 50
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


class Methods:
    """Carries out calls on the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def call(self, name: str, params: Params) -> object:  # noqa: C901, PLR0911, PLR0912 - a table
        """A method's result. Raises Refused."""
        match name.lower():
            case "getme":
                return self._world.bot
            case "getupdates":
                return await self._get_updates(params)
            case "setwebhook":
                return await self._set_webhook(params)
            case "deletewebhook":
                if params.text("drop_pending_updates") == "true":
                    self._world.updates.drop()
                await self._world.updates.set_webhook("", "", None)
                return True
            case "getwebhookinfo":
                return self._world.updates.webhook
            case "setmycommands":
                return self._set_commands(params)
            case "getmycommands":
                return [{"command": name} for name in self._world.commands["default"]]
            case "sendmessage":
                return self._send(params, "text")
            case "sendrichmessage":
                return self._send_rich(params)
            case "sendphoto":
                return self._send(params, "photo")
            case "senddocument":
                return self._send(params, "document")
            case "editmessagetext" | "editmessagereplymarkup":
                return self._edit(params, text=name.lower() == "editmessagetext")
            case "deletemessage":
                return self._delete(params)
            case "sendchataction":
                self._world.typing.append(self._world.room(params.number("chat_id")).id)
                return True
            case "answercallbackquery":
                return self._answer_press(params)
            case "answerinlinequery":
                return self._answer_inline(params)
            case "getchatadministrators":
                return self._administrators(params)
            case "setmessagereaction":
                return self._react(params)
            case "getfile":
                return self._get_file(params)
            case _:
                raise Refused(404, "Not Found")

    async def _get_updates(self, params: Params) -> list[Json]:
        limit = params.number("limit")
        return await self._world.updates.take(
            params.number("offset"),
            min(max(limit if limit is not None else 100, 1), 100),
            float(params.text("timeout") or 0),
            _names(params),
        )

    async def _set_webhook(self, params: Params) -> bool:
        secret = params.text("secret_token")
        if not all(char.isalnum() or char in "_-" for char in secret):
            raise bad("secret token contains unallowed characters")
        if params.text("drop_pending_updates") == "true":
            self._world.updates.drop()
        await self._world.updates.set_webhook(params.text("url"), secret, _names(params))
        return True

    def _set_commands(self, params: Params) -> bool:
        commands = params.json("commands")
        assert isinstance(commands, list)
        for command in commands:
            name = command["command"]
            if not (1 <= len(name) <= 32 and name.isascii() and name == name.lower()):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        scope = params.json("scope") or {"type": "default"}
        assert isinstance(scope, dict)
        self._world.commands[str(scope["type"])] = [str(command["command"]) for command in commands]
        where = str(scope["type"]), params.text("language_code")
        self._world.described[where] = [str(command["description"]) for command in commands]
        return True

    def _send(self, params: Params, kind: str) -> Json:
        room = self._world.room(params.number("chat_id"))
        text, entities = _text(params, "text" if kind == "text" else "caption")
        name, data = ("", b"") if kind == "text" else _file(params, kind)
        message = Shown(
            self._world.next_id(),
            text,
            entities,
            _rows(params),
            kind,
            name,
            data,
            params.number("message_thread_id"),
            _answered(params),
        )
        return self._show(room, message)

    def _show(self, room: Room, message: Shown) -> Json:
        room.put(message)
        room.transcript.append(("bot", message.text or f"[{message.kind}]"))
        self._world.files[f"sent-{message.id}"] = message.data
        self._world.bell.ring()
        return message_json(self._world, room, message)

    def _send_rich(self, params: Params) -> Json:
        if not self._world.knows_rich:
            raise Refused(404, "Not Found")
        room, thread = (
            self._world.room(params.number("chat_id")),
            params.number("message_thread_id"),
        )
        said = _rich(params)
        message = Shown(self._world.next_id(), said, (), _rows(params), "rich", thread=thread)
        return self._show(room, message)

    def _edit(self, params: Params, *, text: bool) -> Json:
        room, before = self._found(params, "message to edit not found")
        after = replace(before, rows=_rows(params))
        if text and params.text("rich_message"):
            after = replace(after, text=_rich(params), kind="rich")
        elif text:
            said, entities = _text(params, "text")
            after = replace(after, text=said, entities=entities)
        if after == before:
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        return self._show(room, after)

    def _delete(self, params: Params) -> bool:
        room, message = self._found(params, "message to delete not found")
        room.shown.remove(message)
        return True

    def _found(self, params: Params, refusal: str) -> tuple[Room, Shown]:
        room = self._world.room(params.number("chat_id"))
        id = params.number("message_id")
        message = next((one for one in room.shown if one.id == id), None)
        if message is None:
            raise bad(refusal)
        return room, message

    def _answer_press(self, params: Params) -> bool:
        query = params.text("callback_query_id")
        if query in self._world.answered or not query.isdigit():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self._world.answered.append(query)
        self._world.bell.ring()
        return True

    def _answer_inline(self, params: Params) -> bool:
        results = params.json("results")
        assert isinstance(results, list)
        if len(results) > MOST_RESULTS or len({one["id"] for one in results}) < len(results):
            raise bad("RESULT_ID_DUPLICATE")
        for one in results:
            content = one["input_message_content"]
            if not 1 <= len(one["id"].encode()) <= LONGEST_DATA:
                raise bad("RESULT_ID_INVALID")
            try:
                said, _ = parsed(content["message_text"])
            except CannotParse as problem:
                raise bad(f"can't parse entities: {problem}") from None
            (button,) = one["reply_markup"]["inline_keyboard"][0]
            offer = Shown(0, said, rows=((_button(button),),), file_name=one["title"])
            self._world.offered.setdefault(params.text("inline_query_id"), []).append(offer)
        self._world.offered.setdefault(params.text("inline_query_id"), [])
        self._world.bell.ring()
        return True

    def _administrators(self, params: Params) -> list[Json]:
        room = self._world.room(params.number("chat_id"))
        if room.kind == "private":
            raise bad("there are no administrators in the private chat")
        first = {"status": "creator", "is_anonymous": False}
        return [first | {"user": user} for user in room.chiefs]

    def _react(self, params: Params) -> bool:
        room = self._world.room(params.number("chat_id"))
        id = params.number("message_id")
        if id is None:
            raise bad("message to react not found")
        self._world.reactions[room.id, id] = params.json("reaction")
        return True

    def _get_file(self, params: Params) -> Json:
        id = params.text("file_id")
        data = self._world.files.get(id)
        if data is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(data) > LARGEST_DOWNLOAD:
            raise bad("file is too big")
        return {
            "file_id": id,
            "file_unique_id": id,
            "file_size": len(data),
            "file_path": f"documents/{id}",
        }


def _answered(params: Params) -> int:
    answered = params.json("reply_parameters")
    return int(answered["message_id"]) if isinstance(answered, dict) else 0


def _names(params: Params) -> list[str] | None:
    names = params.json("allowed_updates")
    return [str(name) for name in names] if isinstance(names, list) else None


def _text(params: Params, field: str) -> tuple[str, tuple[Entity, ...]]:
    """A text or a caption, within its limit; spaces around it are dropped."""
    said = params.text(field)
    entities: list[Entity] = []
    match params.text("parse_mode").lower():
        case "":
            pass
        case "html":
            try:
                said, entities = parsed(said)
            except CannotParse as problem:
                raise bad(f"can't parse entities: {problem}") from None
        case _:
            raise bad("unsupported parse_mode")
    if field == "text" and not said.strip():
        raise bad("message text is empty")
    longest, what = (
        (LONGEST_TEXT, "message") if field == "text" else (LONGEST_CAPTION, "message caption")
    )
    if units(said.strip()) > longest:
        raise bad(f"{what} is too long")
    return said.rstrip(), tuple(entities)


def _rich(params: Params) -> str:
    """The HTML of a rich message, whose tags Telegram knows."""
    message = params.json("rich_message")
    assert isinstance(message, dict)
    check = RichCheck()
    check.feed(str(message["html"]))
    check.close()
    if check.problem or check.open:
        raise bad(f"can't parse rich message: {check.problem or check.open}")
    return str(message["html"])


def _file(params: Params, kind: str) -> tuple[str, bytes]:
    sent = params.file(kind)
    if sent is None or not sent[1]:
        raise bad(f"there is no {kind} in the request")
    if kind == "photo":
        _check_photo(sent[1])
    return sent


def _check_photo(data: bytes) -> None:
    if not data.startswith((_PNG, _JPEG)):
        raise bad("IMAGE_PROCESS_FAILED")
    if len(data) > LARGEST_PHOTO:
        raise Refused(413, "Request Entity Too Large")
    if data.startswith(_PNG):
        width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        if width + height > 10_000 or max(width, height) > 20 * max(1, min(width, height)):
            raise bad("PHOTO_INVALID_DIMENSIONS")


def _rows(params: Params) -> tuple[tuple[Button, ...], ...]:
    if not params.text("reply_markup"):
        return ()
    markup = json.loads(params.text("reply_markup"))
    rows = [[_button(button) for button in row] for row in markup.get("inline_keyboard", [])]
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad("BUTTONS_TOO_MANY_IN_A_ROW")
    return tuple(tuple(row) for row in rows)


def _button(button: dict[str, str]) -> Button:
    label, data = button.get("text", ""), button.get("callback_data", "")
    if not label.strip():
        raise bad("can't parse inline keyboard button: field text must be non-empty")
    if url := button.get("url", ""):
        if not url.startswith(("https://", "http://", "tg://")):
            raise bad("inline keyboard button URL is invalid")
        return Button(label, "", url)
    if not data:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(data.encode()) > LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    return Button(label, data)
