"""Parses one file from standard input and writes what it read as JSON, in its own process."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pydantic import TypeAdapter

from knowledge.documents.passage import CannotRead, Read

MOST_MEMORY = 2 * 1024**3  # bytes


def main(kind: str) -> None:
    """Read, parse, write. Any failure but CannotRead ends the process, which says enough."""
    _limit_memory()
    try:
        read = _reader(kind)(sys.stdin.buffer.read())
    except CannotRead as problem:
        read = Read(problem=str(problem))
    sys.stdout.buffer.write(TypeAdapter(Read).dump_json(read))


def _reader(kind: str) -> Callable[[bytes], Read]:  # late imports: all together take a second
    match kind:
        case "pdf":
            from knowledge.documents import pdf  # noqa: PLC0415

            return pdf.read
        case "docx":
            from knowledge.documents import word  # noqa: PLC0415

            return word.read
        case "pptx":
            from knowledge.documents import slides  # noqa: PLC0415

            return slides.read
        case "picture":
            from knowledge.documents import picture  # noqa: PLC0415

            return picture.read
        case _:
            from knowledge.documents import texts  # noqa: PLC0415

            return {"html": texts.read_html, "markdown": texts.read_markdown}.get(
                kind, texts.read_text
            )


def _limit_memory() -> None:
    """A file that unpacks without end dies here, not in the bot."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main(sys.argv[1])
