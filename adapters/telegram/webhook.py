"""Updates that Telegram posts to us: acknowledged with 200 only once they are stored."""

from __future__ import annotations

import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from traceback import format_tb
from types import TracebackType
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from adapters.telegram.intake import Intake, Json
from adapters.telegram.secrecy import Secret

LARGEST_UPDATE = 1024 * 1024  # bytes; real ones are a few thousand
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_log = logging.getLogger(__name__)

Take = Callable[[Json], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram posts to, what proves that it is Telegram, and where a proxy finds us."""

    url: str
    secret: Secret = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8443


class WebhookServer:
    """Listens for Telegram's posts between `start` and `stop`."""

    def __init__(self, webhook: Webhook, intake: Intake) -> None:
        self._webhook = webhook
        self._intake = intake
        routes = [
            (
                urlsplit(webhook.url).path or "/",
                _Post,
                {"secret": webhook.secret.get_secret_value(), "take": self._take},
            )
        ]
        self._server = HTTPServer(Application(routes, log_function=_say_nothing))

    def start(self) -> None:
        """Begin to listen. Raises OSError if the port is taken."""
        host = self._webhook.host
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, self._webhook.port), family=family)
        listening.setblocking(False)
        self._server.add_sockets([listening])

    async def stop(self) -> None:
        """Listen no more; what was not acknowledged will be posted again."""
        self._server.stop()
        await self._server.close_all_connections()

    async def _take(self, update: Json) -> bool:
        """Whether the update needs no other post: it is stored, or says nothing to the tutor."""
        return all([await self._intake.stored(*pair) for pair in await self._intake.read([update])])


@stream_request_body
class _Post(RequestHandler):
    """One post. The secret and the size are checked before the body is read."""

    def initialize(self, secret: str, take: Take) -> None:
        self._secret = secret
        self._take = take
        self._body = bytearray()

    def prepare(self) -> None:
        given = self.request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        length = self.request.headers.get("Content-Length", "0")
        if length.isdigit() and int(length) > LARGEST_UPDATE:
            raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def data_received(self, chunk: bytes) -> None:
        if len(self._body) <= LARGEST_UPDATE:
            self._body += chunk

    async def post(self) -> None:
        """Take an update."""
        if len(self._body) > LARGEST_UPDATE:
            raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            update = json.loads(self._body)
        except ValueError:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        if not isinstance(update, dict):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        if not await self._take(update):
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """A bare status: strangers learn nothing from it."""
        self.finish()

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """A stranger's mistake is not worth a line; ours is, without anybody's words."""
        if typ is not None and not issubclass(typ, HTTPError):
            _log.error("a post failed: %s\n%s", typ.__name__, "".join(format_tb(tb)))


def _say_nothing(handler: RequestHandler) -> None:
    """No access log."""
