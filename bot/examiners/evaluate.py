"""`python -m bot.examiners.evaluate`: an examiner against the people who marked the examples."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.examiners import examples
from bot.examiners.agreement import Case, agreement, robustness
from bot.examiners.exact import ExactExaminer, ExactJudge
from bot.examiners.trained import TrainedExaminer
from bot.marking import Examiner
from knowledge.content import Question
from knowledge.embedding import embedding

SUBJECTS = Path(__file__).parents[2] / "knowledge" / "subjects"


async def evaluated(examiner: Examiner, questions: Iterable[Question]) -> tuple[Case, ...]:
    """Every example of the questions, marked by any examiner, one after the other."""
    return tuple([await examples.case(one, examiner) for one in examples.marked(questions)])


def report(name: str, cases: Sequence[Case], screen: Console) -> None:
    """Print the numbers: agreement, then what becomes of each kind of answer."""
    numbers = agreement(cases)
    table = Table("measure", "value", title=name)
    for measure, value in numbers.as_metrics().items():
        shown = f"{value:.0f}" if measure in ("cases", "points") else f"{value:.3f}"
        table.add_row(measure.replace("_", " "), shown)
    screen.print(table)
    kinds = Table("answers that show", "count", "exact marks", "points wrongly given", "withheld")
    for shows, (count, exact, given, withheld) in robustness(cases).items():
        kinds.add_row(shows, str(count), f"{exact:.3f}", str(given), str(withheld))
    screen.print(kinds)


def main() -> None:
    """Evaluate the exact or the trained examiner over a content folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examiner", choices=("exact", "trained"), default="trained")
    parser.add_argument("--content", type=Path, default=SUBJECTS, help="folder with the subjects")
    given = parser.parse_args()
    examiner: Examiner = ExactExaminer()
    if given.examiner == "trained":
        examiner = TrainedExaminer(embedding(), ExactJudge())
    cases = asyncio.run(evaluated(examiner, examples.of(given.content)))
    report(examiner.name, cases, Console())


if __name__ == "__main__":
    main()
