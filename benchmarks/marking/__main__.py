"""`python -m benchmarks.marking [--data DIR]`: every marker on every paper, side by side.

Each marker runs in a process of its own, so that its memory is its own. With VIVA_MODEL set, the
language model and the panel are measured too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.marking import markers, measures, papers

_MARKERS = ("commoner mark", "words in common", "embedding cosine", "trained")
_WITH_MODEL = ("language model", "panel")


def main() -> None:
    """Measure and print; with `--only`, one marker's numbers as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    parser.add_argument("--fp32", type=Path, help="a checkpoint of the training, to compare with")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        sys.stdout.write(json.dumps(asyncio.run(_measured(given.only, given.data, given.fp32))))
        return
    names = [*_MARKERS, *(_WITH_MODEL if markers.has_model() else ())]
    if given.fp32:
        names.append("trained, fp32 reader")
    screen = Console(width=160)
    found = {name: _apart(name, screen) for name in names}
    for title in next(iter(found.values())):
        _print(title, {name: tables.get(title, {}) for name, tables in found.items()}, screen)


def _apart(name: str, screen: Console) -> dict[str, measures.Numbers]:
    """One marker's numbers, from a process of its own."""
    screen.print(f"Measuring: {name} …")
    command = [sys.executable, "-m", "benchmarks.marking", "--only", name, *sys.argv[1:]]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603  ourselves
    tables: dict[str, measures.Numbers] = json.loads(done.stdout)
    return tables


async def _measured(name: str, data: Path | None, fp32: Path | None) -> dict[str, measures.Numbers]:
    marker = await markers.made(name, fp32)
    tables: dict[str, measures.Numbers] = {}
    for title, answers in papers.papers(data):
        judged = await measures.judged(marker.examiner, answers)
        tables[title] = measures.agreeing(judged, certain=marker.certain)
        if title == papers.OWN:
            tables["robustness, " + title] = measures.robust(judged)
            cost = await measures.speed(marker.examiner, answers)
            tables["cost, two points in up to 40 words"] = cost | {"MB": measures.memory()}
    return tables


def _print(title: str, rows: dict[str, measures.Numbers], screen: Console) -> None:
    columns = list(dict.fromkeys(column for numbers in rows.values() for column in numbers))
    table = Table("marker", *columns, title=title)
    for name, numbers in rows.items():
        table.add_row(name, *(_shown(numbers.get(column)) for column in columns))
    screen.print(table)


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    if value == int(value):
        return f"{value:.0f}"
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.1f}"


if __name__ == "__main__":
    main()
