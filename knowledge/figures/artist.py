"""Drawing in a process of its own, which stays for the next figure."""

from __future__ import annotations

import json
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer

from knowledge.figures import rendering

WIDTH = 1000  # pixels: sharp on a phone, and small enough to send
PATIENCE = 30.0  # seconds for one figure; a busy machine takes one

Worker = subprocess.Popen[bytes]


class Undrawable(Exception):
    """A figure's file is not an SVG that can be drawn; the message says what the renderer met."""


class Artist:
    """Draws figures one by one in another process: resvg keeps Python's lock, even in a thread.

    The process begins with the first drawing. It ends with the artist, at `close`, or at exit.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._one_at_a_time = Lock()
        self._worker: Worker | None = None
        self._end: Callable[[], object] = _nothing

    def png(self, svg: bytes, width: int = WIDTH, style_sheet: str = "") -> bytes:
        """The picture; `style_sheet` is CSS added to its own. Waits. Raises Undrawable."""
        try:
            order = {"svg": svg.decode(), "width": width, "style_sheet": style_sheet}
        except UnicodeDecodeError as error:
            raise Undrawable("the file is not UTF-8") from error
        with self._one_at_a_time:
            drawn, answer = self._answer(json.dumps(order).encode() + b"\n")
        if not drawn:
            raise Undrawable(answer.decode())
        return answer

    def close(self) -> None:
        """End the process. Another drawing begins a new one."""
        self._end()
        self._worker = None

    def _answer(self, order: bytes) -> tuple[bool, bytes]:
        worker = self._ready()
        too_long = Timer(self._patience, worker.kill)  # which breaks off the reading
        too_long.start()
        try:
            return _exchanged(worker, order)
        except (OSError, EOFError) as error:
            self.close()
            text = f"it takes more than {self._patience:g} seconds, or breaks the renderer"
            raise Undrawable(text) from error
        finally:
            too_long.cancel()

    def _ready(self) -> Worker:
        if self._worker is None or self._worker.poll() is not None:
            self.close()
            self._worker = subprocess.Popen(  # noqa: S603 - a file of our own
                [sys.executable, "-I", str(Path(rendering.__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a chat in the terminal is no place for its last words
            )
            self._end = weakref.finalize(self, _ended, self._worker)
        return self._worker


def _nothing() -> None:
    """The end of a process that never began."""


def _exchanged(worker: Worker, order: bytes) -> tuple[bool, bytes]:
    assert worker.stdin is not None
    worker.stdin.write(order)
    worker.stdin.flush()
    drawn, size = rendering.ANSWER.unpack(_read(worker, rendering.ANSWER.size))
    return drawn, _read(worker, size)


def _read(worker: Worker, size: int) -> bytes:
    assert worker.stdout is not None
    read = worker.stdout.read(size)
    if len(read) < size:
        raise EOFError
    return read


def _ended(worker: Worker) -> None:
    with suppress(OSError), worker:  # an order that was not taken is dropped
        worker.kill()
