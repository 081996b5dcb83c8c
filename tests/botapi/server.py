"""The emulator as a real HTTP server, and as an object that tests talk to."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.botapi.bell import Bell
from tests.botapi.control import control
from tests.botapi.faults import Faults, Refused
from tests.botapi.methods import Methods
from tests.botapi.params import Params, params
from tests.botapi.updates import Updates
from tests.botapi.world import FIRST_GROUP, PATIENCE, Group, Person, Room, World

TOKEN = "123456:emulated-token-of-the-tests"  # noqa: S105 - it opens nothing
BOT_ID = 123456
USERNAME = "VivaTestBot"
_LARGEST_REQUEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot's, in the order they came, whether it was granted or refused."""

    method: str
    params: Params


class BotApi:
    """Telegram for one bot, at `base_url` between `__aenter__` and `__aexit__`."""

    token = TOKEN
    username = USERNAME
    id = BOT_ID

    def __init__(self, *, port: int = 0, webhook_retry: float = 1.0) -> None:
        bot = {"id": BOT_ID, "is_bot": True, "first_name": "Viva", "username": USERNAME}
        self.bell = Bell()
        self._port = port
        self._runner: web.AppRunner | None = None
        self._people: dict[str, Person] = {}
        self.updates = Updates(self.bell, webhook_retry)
        self.world = World(dict(bot), self.bell, self.updates)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.base_url = ""
        self._methods = Methods(self.world)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/documents/{id}", self._download)
        app.add_routes(control(self))
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=1, access_log=None
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def person(self, name: str, language: str = "en") -> Person:
        """Somebody of this name, the same each time."""
        if name not in self._people:
            id = 1000 + len(self._people)
            room = self.world.rooms[id] = Room(id, "private", name)
            self._people[name] = Person(self.world, room, language)
        return self._people[name]

    def group(self, name: str) -> Group:
        """A new group that the bot is in."""
        id = FIRST_GROUP - len(self.world.rooms)
        room = self.world.rooms[id] = Room(id, "supergroup", name)
        return Group(self.world, room)

    def fail_next(
        self,
        method: str,
        code: int,
        *,
        description: str = "",
        retry_after: int = 0,
        skip: int = 0,
        times: int = 1,
        answer_lost: bool = False,
    ) -> None:
        """Let the next calls of a method fail; `skip` lets some succeed before.

        With `answer_lost` the call is carried out, and the bot does not learn of it.
        """
        self.faults.add(
            method,
            code,
            description=description,
            retry_after=retry_after,
            skip=skip,
            times=times,
            answer_lost=answer_lost,
        )

    async def called(self, method: str, times: int = 1) -> Call:
        """Wait until the bot has called a method so often. The last of these calls."""

        def look() -> Call | None:
            calls = [call for call in self.calls if call.method == method]
            return calls[times - 1] if len(calls) >= times else None

        return await self.bell.until(look, PATIENCE)

    async def acknowledged(self) -> None:
        """Wait until the bot has acknowledged every update."""
        await self.updates.acknowledged(PATIENCE)

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        said = await params(request)
        self.calls.append(Call(method, said))
        self.bell.ring()
        try:
            result = await self._answer(request.match_info["token"], method, said)
        except Refused as refused:
            return web.json_response(refused.body, status=refused.code)
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, token: str, method: str, said: Params) -> object:
        if token != TOKEN:
            raise Refused(401, "Unauthorized")
        fault = self.faults.of(method)
        if fault is not None and not fault.answer_lost:
            raise fault.refusal
        result = await self._methods.call(method, said)
        if fault is not None:
            raise fault.refusal
        return result

    async def _download(self, request: web.Request) -> web.Response:
        data = self.world.files.get(request.match_info["id"])
        if data is None or request.match_info["token"] != TOKEN:
            raise web.HTTPNotFound
        return web.Response(body=data)
