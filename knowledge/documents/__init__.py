"""Files of teachers and learners as passages: texts, PDF, Word, PowerPoint, web pages, pictures.

A file may be broken or hostile, so it is parsed in a process of its own, which has a time limit, a
memory limit where the system knows them, and none of the bot's keys.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.content import Unreadable
from knowledge.documents.kinds import kind
from knowledge.documents.passage import Passage, Read

__all__ = ["Passage", "passages"]

LARGEST = 20 * 1024 * 1024  # bytes
PATIENCE = 60.0  # seconds; 2,000 pages of plain text take about 20

_ROOT = Path(__file__).parent.parent.parent
_INHERITED = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")  # what Python needs to start, and no keys


def passages(
    name: str, media_type: str, data: bytes, patience: float = PATIENCE
) -> tuple[tuple[Passage, ...], int]:
    """The passages of a file, and its number of pages (0 where the format has none).

    Raises Unreadable. It waits for another process: call it in a thread.
    """
    if not data.strip():
        raise Unreadable("{name} is empty. Please check the file and send it again.", name=name)
    if len(data) > LARGEST:
        raise Unreadable("{name} is larger than 20 MB. Please send it in smaller parts.", name=name)
    read = _parsed(name, kind(name, media_type, data), data, patience)
    if read.problem:
        raise Unreadable("{name} {problem}", name=name, problem=read.problem)
    if not read.passages:
        raise Unreadable("There is no text in {name}. Please send a file that has some.", name=name)
    return read.passages, read.pages


def _parsed(name: str, kind: str, data: bytes, patience: float) -> Read:
    """What the worker says; a worker that hangs or dies is the file's fault."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {key: os.environ[key] for key in _INHERITED if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and a kind from our own table
            [sys.executable, "-m", "knowledge.documents.worker", kind],
            input=data,
            capture_output=True,
            timeout=patience,
            check=True,
            env=kept | {"PYTHONPATH": os.pathsep.join(paths)},
        )
    except subprocess.TimeoutExpired as problem:
        raise Unreadable(
            "{name} takes too long to read. Please send it in smaller parts, or as a new PDF.",
            name=name,
        ) from problem
    except subprocess.CalledProcessError as problem:
        raise Unreadable(
            "{name} could not be read: it is damaged, or needs too much memory. Please save it "
            "anew from the program it was made with, and send that.",
            name=name,
        ) from problem
    return TypeAdapter(Read).validate_json(done.stdout)
