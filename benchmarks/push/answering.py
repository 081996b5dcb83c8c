"""`python -m benchmarks.push.answering`: a Bot API server that grants everything at once.

Prints its address. It looks at nothing that it is sent, so that what is measured is the sender.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

_MESSAGE = (
    b'{"ok":true,"result":{"message_id":1,"date":1700000000,"text":"x",'
    b'"chat":{"id":1,"type":"private","first_name":"Ada"}}}'
)
_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Viva","username":"VivaBot"}}'
_YES = b'{"ok":true,"result":true}'
_NOTHING = b'{"ok":true,"result":[]}'
_ANSWERS = {"getMe": _ME, "getUpdates": _NOTHING, "sendMessage": _MESSAGE, "sendPhoto": _MESSAGE}
_A_POLL = 30.0  # seconds


async def _answer(request: web.Request) -> web.Response:
    method = request.match_info["method"]
    await request.read()
    if method == "getUpdates":
        await asyncio.sleep(_A_POLL)
    return web.Response(body=_ANSWERS.get(method, _YES), content_type="application/json")


async def serve() -> None:
    """Serve until killed."""
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", _answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    sys.stdout.write(f"http://{host}:{port}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
