"""A few addresses by which another process speaks for people: for demos and benchmarks.

POST /control/say    {"person": "Ada", "text": "/start"}
POST /control/press  {"person": "Ada", "label": "Hint"}
POST /control/read   {"person": "Ada"}      the next unread message, waiting for it
GET  /control/chat?person=Ada               everything said, both sides
POST /control/fail   {"method": "sendMessage", "code": 429, "retry_after": 3}
"""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from tests.botapi.world import Person


class Emulator(Protocol):
    """What is controlled."""

    def person(self, name: str, language: str = "en") -> Person:
        """Somebody of this name."""
        ...

    def fail_next(
        self, method: str, code: int, *, retry_after: int = 0, skip: int = 0, times: int = 1
    ) -> None:
        """Let calls fail."""
        ...


def control(api: Emulator) -> list[web.RouteDef]:
    """The routes."""

    async def say(request: web.Request) -> web.Response:
        asked = await request.json()
        update = await api.person(asked["person"]).says(asked["text"])
        return web.json_response({"update_id": update})

    async def press(request: web.Request) -> web.Response:
        asked = await request.json()
        update = await api.person(asked["person"]).presses(asked["label"])
        return web.json_response({"update_id": update})

    async def read(request: web.Request) -> web.Response:
        shown = await api.person((await request.json())["person"]).reads()
        return web.json_response(
            {"id": shown.id, "kind": shown.kind, "text": shown.text, "buttons": shown.labels}
        )

    async def chat(request: web.Request) -> web.Response:
        transcript = api.person(request.query["person"]).room.transcript
        return web.json_response([{"who": who, "said": said} for who, said in transcript])

    async def fail(request: web.Request) -> web.Response:
        asked = await request.json()
        api.fail_next(
            asked["method"],
            asked["code"],
            retry_after=asked.get("retry_after", 0),
            times=asked.get("times", 1),
        )
        return web.json_response({"ok": True})

    return [
        web.post("/control/say", say),
        web.post("/control/press", press),
        web.post("/control/read", read),
        web.get("/control/chat", chat),
        web.post("/control/fail", fail),
    ]
