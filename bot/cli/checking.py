"""`viva check`: every problem of the content at once, and what the library covers."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.cli.rehearsing import ruled_out, unearned
from knowledge.checks import check
from knowledge.coverage import coverage, sums
from knowledge.library import Library


def checked(folder: Path, screen: Console) -> bool:
    """Print every problem. True if there is none."""
    problems = sorted({*check(folder), *unearned(folder, drawn_only=True), *ruled_out(folder)})
    for problem in problems:
        screen.print(str(problem), markup=False, highlight=False, soft_wrap=True)
    files = sum(path.is_file() for path in folder.rglob("*"))
    found = (
        f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else "no problem"
    )
    screen.print(f"{files} files, {found}.", style="red" if problems else "green")
    return not problems


def covered(folder: Path, screen: Console) -> bool:
    """Print what the library holds, a line a topic and a line a subject. Raises ContentProblems."""
    library = Library.load(folder)
    table = Table("topic", "min", "questions", "command terms", "figures", "examples", "cards")
    for row in coverage(library):
        terms = ", ".join(sorted(term for term, _ in row.command_terms))
        counts = (row.figures, row.examples, row.cards)
        table.add_row(
            f"{row.subject}/{row.topic}",
            str(row.minutes),
            f"{row.questions}: {', '.join(f'{count} {kind}' for kind, count in row.kinds)}",
            terms,
            *map(str, counts),
        )
    screen.print(table)
    totals = Table("subject", "topics", "questions", "examples", "figures", "cards")
    for one in sums(library):
        totals.add_row(*(str(value) for value in astuple(one)))
    screen.print(totals)
    return True
