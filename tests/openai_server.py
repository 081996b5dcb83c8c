"""A real HTTP server that speaks OpenAI's chat protocol and says what a test tells it to.

It fails in the ways that real ones do. Its errors repeat the key and the request on purpose: that
is how a test finds out whether they leak.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for."""

    body: Mapping[str, object]
    key: str

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The turns, each with `role` and `content`."""
        messages = self.body["messages"]
        assert isinstance(messages, list)
        return messages

    @property
    def prompt(self) -> str:
        """All that the model was told, as one text."""
        return "\n\n".join(_text(message["content"]) for message in self.messages)

    @property
    def pictures(self) -> list[bytes]:
        """The pictures that the model was shown."""
        blocks = [block for message in self.messages for block in _blocks(message["content"])]
        urls = [block["image_url"]["url"] for block in blocks if block["type"] == "image_url"]
        return [base64.b64decode(url.partition("base64,")[2]) for url in urls]


def _blocks(content: object) -> list[dict[str, Any]]:
    return content if isinstance(content, list) else []


def _text(content: object) -> str:
    words = [str(block["text"]) for block in _blocks(content) if block["type"] == "text"]
    return "\n".join(words) if isinstance(content, list) else str(content)


Tokens = tuple[int, int] | None
"""The tokens of the prompt and of the answer; None where the server does not count them."""


@dataclass(frozen=True, slots=True)
class Says:
    """An answer in words. `finish` is 'length' where the model was cut off."""

    text: str | None
    finish: str = "stop"
    refusal: str | None = None
    tokens: Tokens = (1, 1)


@dataclass(frozen=True, slots=True)
class Fills:
    """An answer that is JSON, as structured output is."""

    form: BaseModel | Mapping[str, object]
    tokens: Tokens = (1, 1)


@dataclass(frozen=True, slots=True)
class Calls:
    """An answer that is a tool's arguments."""

    name: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fails:
    """An HTTP error."""

    status: int
    message: str = "it went wrong"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """A reply with a body that no client expects."""

    text: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Hangs:
    """No reply, for as long as the server runs."""


@dataclass(frozen=True, slots=True)
class HangsUp:
    """The connection is closed without a reply."""


Answer = Says | Fills | Calls | Fails | Body | Hangs | HangsUp
Model = Callable[[Request], Answer]


class OpenAIServer:
    """Answers in the order it was told to, or as a function of the request; keeps all requests."""

    def __init__(
        self, *, takes_shapes: bool = True, takes_temperature: bool = True, key: str | None = None
    ) -> None:
        self.requests: list[Request] = []
        self.url = ""
        self._takes_shapes = takes_shapes
        self._takes_temperature = takes_temperature
        self._key = key
        self._answers: deque[Answer] = deque()
        self._model: Model | None = None
        self.recordings: list[bytes] = []
        self.will_hear = ""
        self._closing = asyncio.Event()

    def will(self, *answers: Answer) -> None:
        """Answer the next requests like this."""
        self._answers.extend(answers)

    def acts_as(self, model: Model) -> None:
        """Answer every request beyond the scripted ones by asking this function."""
        self._model = model

    def close(self) -> None:
        """Let go of the requests that hang."""
        self._closing.set()

    async def chat(self, web_request: web.Request) -> web.StreamResponse:
        """POST /v1/chat/completions."""
        key = web_request.headers.get("Authorization", "").removeprefix("Bearer ")
        request = Request(await web_request.json(), key)
        self.requests.append(request)
        if self._key is not None and key != self._key:
            return _error(401, f"Incorrect API key provided: {key}", {})
        if "response_format" in request.body and not self._takes_shapes:
            return _error(400, "Unknown parameter: response_format", {})
        if "temperature" in request.body and not self._takes_temperature:
            return _error(400, "Unsupported value: 'temperature' does not support 0.0", {})
        return await self._reply(web_request, self._answer(request), request)

    async def transcribe(self, web_request: web.Request) -> web.StreamResponse:
        """POST /v1/audio/transcriptions. Hears what it was told to; nothing is a broken server."""
        form = await web_request.post()
        recording = form["file"]
        assert isinstance(recording, web.FileField)
        self.recordings.append(recording.file.read())
        key = web_request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not self.will_hear:
            return _error(500, f"it broke; your key is {key}", {})
        return web.json_response({"text": self.will_hear})

    def _answer(self, request: Request) -> Answer:
        if self._answers:
            return self._answers.popleft()
        if self._model is not None:
            return self._model(request)
        return Fails(418, "the test scripted no more answers")

    async def _reply(
        self, web_request: web.Request, answer: Answer, request: Request
    ) -> web.StreamResponse:
        match answer:
            case Says() | Fills() | Calls():
                return _completion(answer)
            case Fails(status, message, headers):
                told = f"{message}; your key is {request.key}; you said {request.prompt}"
                return _error(status, told, headers)
            case Body(text, media_type):
                return web.Response(text=text, content_type=media_type)
            case Hangs():
                await self._closing.wait()
            case HangsUp():
                pass
        if web_request.transport is not None:
            web_request.transport.abort()
        return web.Response()


def _message(answer: Says | Fills | Calls) -> tuple[dict[str, object], str]:
    """The assistant's message, and why it ended."""
    match answer:
        case Says(text, finish, refusal, _):
            return {"content": text, "refusal": refusal}, finish
        case Fills(form):
            given = form.model_dump_json() if isinstance(form, BaseModel) else json.dumps(form)
            return {"content": given}, "stop"
        case Calls(name, arguments):
            function = {"name": name, "arguments": json.dumps(arguments)}
            call = {"id": "call-1", "type": "function", "function": function}
            return {"content": None, "tool_calls": [call]}, "tool_calls"


def _completion(answer: Says | Fills | Calls) -> web.Response:
    message, finish = _message(answer)
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}
    body: dict[str, object] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
    tokens = (1, 1) if isinstance(answer, Calls) else answer.tokens
    return web.json_response(body | ({"usage": _usage(*tokens)} if tokens else {}))


def _usage(prompt: int, answer: int) -> dict[str, int]:
    total = prompt + answer
    return {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": total}


def _error(status: int, message: str, headers: Mapping[str, str]) -> web.Response:
    body = {"error": {"message": message, "type": "invalid_request_error", "code": None}}
    return web.json_response(body, status=status, headers=headers)


@asynccontextmanager
async def serving(
    *, takes_shapes: bool = True, takes_temperature: bool = True, key: str | None = None
) -> AsyncIterator[OpenAIServer]:
    """A server on a free port of this machine; its `url` is what a client takes as base URL."""
    server = OpenAIServer(takes_shapes=takes_shapes, takes_temperature=takes_temperature, key=key)
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.chat)
    app.router.add_post("/v1/audio/transcriptions", server.transcribe)

    async def one_request_a_connection(_: web.Request, response: web.StreamResponse) -> None:
        response.force_close()  # LangChain's pool of connections outlives a test's event loop

    app.on_response_prepare.append(one_request_a_connection)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        server.url = f"http://{host}:{port}/v1"
        yield server
    finally:
        server.close()
        await runner.cleanup()
