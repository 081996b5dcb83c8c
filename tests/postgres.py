"""A PostgreSQL server of the tests' own: installed by the system, started here, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

INSTALLED = Path("/usr/lib/postgresql")  # where Debian keeps the programs that are on nobody's PATH
PATIENCE = 60  # seconds for a server that takes one or two to start
_TEMPLATE = "viva_template"


@dataclass
class Postgres:
    """A running server. Its password is a secret that tests look for where it must not stand."""

    port: int
    password: str = field(repr=False)
    _numbers: Iterator[int] = field(default_factory=count, repr=False)
    _ready: bool = False

    def url(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql+asyncpg://viva:{self.password}@127.0.0.1:{self.port}/{database}"

    async def empty(self) -> str:
        """The URL of a new database with nothing in it."""
        return await self._created("template0")

    async def fresh(self) -> str:
        """The URL of a new database with our tables."""
        from bot import storage  # noqa: PLC0415  only where there is a server

        if not self._ready:
            await self._told(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
            await storage.upgrade(self.url(_TEMPLATE))
            self._ready = True
        return await self._created(_TEMPLATE)

    async def _created(self, template: str) -> str:
        name = f"viva_{next(self._numbers)}"
        await self._told(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    async def _told(self, statement: str) -> None:
        await execute(self.url("postgres"), statement)


async def execute(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements one by one, as an operator would by hand; the rows of the last."""
    engine = create_async_engine(make_url(url), isolation_level="AUTOCOMMIT")
    rows: list[tuple[object, ...]] = []
    try:
        async with engine.connect() as connection:
            for statement in statements:
                done = await connection.execute(text(statement))
                rows = [tuple(row) for row in done] if done.returns_rows else []
    finally:
        await engine.dispose()
    return rows


def missing() -> str:
    """Why no server can be started here; '' if one can."""
    if _program("initdb") is None:
        return "PostgreSQL is not installed (Debian: apt install postgresql)"
    if os.geteuid() == 0 and _ordinary_user() is None:
        return "initdb refuses root, and there is no user 'postgres' or 'nobody' to run it as"
    return ""


@contextmanager
def running() -> Iterator[Postgres]:
    """A server on a free port, in a temporary folder, for one `with` block."""
    who = _ordinary_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="viva-postgres-"))
    try:
        if who:
            shutil.chown(folder, who)
        password = secrets.token_hex(16)
        _initialise(folder, who, password)
        port = _free_port()
        server = _started(folder, who, port)
        try:
            _wait(server, folder, port)
            yield Postgres(port, password)
        finally:
            server.terminate()  # it ends when its clients have; they have
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(folder: Path, who: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o644 if who else 0o600)  # in a folder that is the user's alone
    _run(
        *(who, "initdb", f"--pgdata={folder / 'data'}", "--username=viva", f"--pwfile={secret}"),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"),
    )


def _run(who: str | None, program: str, *words: str) -> None:
    subprocess.run(
        [str(_program(program)), *words], user=who, cwd="/", check=True, capture_output=True
    )


def _started(folder: Path, who: str | None, port: int) -> subprocess.Popen[bytes]:
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": 200,
        "fsync": "off",  # the tests kill our processes, never the server
        "full_page_writes": "off",
        "autovacuum": "off",
        "log_min_messages": "fatal",
        "log_min_error_statement": "panic",
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    with log:
        return subprocess.Popen(
            [str(_program("postgres")), "-D", str(folder / "data"), *words],
            user=who,
            cwd="/",
            stdout=log,
            stderr=log,
        )


def _wait(server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    """Wait until the server can be talked to."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        ready = [str(_program("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _program(name: str) -> Path | None:
    """A program of PostgreSQL's newest version; None if it is not installed."""
    versions = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name)
    return versions[-1] if versions else Path(found) if found else None


def _ordinary_user() -> str | None:
    """Somebody whom root can run the server as."""
    known = {user.pw_name for user in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)
