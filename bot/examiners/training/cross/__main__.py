"""`python -m bot.examiners.training.cross --data DIR --checkpoint FILE`: only the cross-encoder."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from rich.console import Console

from bot.examiners import examples
from bot.examiners.evaluate import SUBJECTS
from bot.examiners.reader import FOLDER
from bot.examiners.training.cross import curriculum, export, teaching
from bot.examiners.training.cross.curriculum import Lesson
from bot.examiners.training.cross.teaching import Plan, Progress

SEED = 7
EPOCHS = 3, 2  # of each round
FURTHER = 1  # epochs of a training that goes on from an earlier one
SAMPLES = 400  # pairs by which int8 is compared with fp32: none was learnt from


@dataclass(frozen=True, slots=True)
class Task:
    """What to train on, and where to put it.

    `checkpoint` is where this training stands, `after` that of an earlier one to go on from, or the
    folder of a model that ships;
    without `modules` the public modules that stand for unseen domains are left out.
    """

    content: Path
    data: Path
    checkpoint: Path
    out: Path
    after: Path | None = None
    modules: bool = True


def plan(task: Task, seed: int = SEED) -> Plan:
    """All batches in order.

    Sentences that follow from others come first, then answers to questions. A training that goes
    on from an earlier one is one more round of answers.
    """
    chance = Random(seed)
    found: list[list[Lesson]] = []
    if task.after is None:
        found += teaching.batches(curriculum.epoch(curriculum.inferred(task.data), chance), chance)
    own = list(curriculum.own(examples.of(task.content)))
    public = list(curriculum.public(task.data, modules=task.modules))
    ends = [0]
    for epochs in EPOCHS if task.after is None else (FURTHER,):
        for _ in range(epochs):
            found += teaching.batches(curriculum.epoch([*own, *public], chance), chance)
        ends.append(len(found))
    return Plan(found, [end - start for start, end in pairwise(ends)], task.after)


def trained(task: Task, screen: Console) -> None:
    """Train, or go on with a training that was cut off, and write the model into a folder."""
    net = teaching.taught(plan(task), SEED, task.checkpoint, lambda one: _tell(screen, one))
    unseen = {"unseen questions": list(curriculum.public(task.data, "questions"))}
    if not task.modules:
        unseen["unseen modules"] = list(curriculum.unseen_modules(task.data))
    for name, lessons in unseen.items():
        right = teaching.accuracy(net, lessons)
        screen.print(f"{name} of the public sets: {right:.3f} of {len(lessons)}")
    samples = unseen["unseen questions"][:SAMPLES]
    screen.print(str(export.export(net, samples, task.out)))


def _tell(screen: Console, one: Progress) -> None:
    screen.print(f"{one.step} of {one.steps}: loss {one.loss:.3f}, {one.seconds:.0f} s")


def parser(says: str | None) -> argparse.ArgumentParser:
    """The arguments of a training."""
    made = argparse.ArgumentParser(description=says)
    made.add_argument("--content", type=Path, default=SUBJECTS, help="folder with the subjects")
    made.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    made.add_argument("--checkpoint", type=Path, required=True, help="where the training stands")
    made.add_argument("--after", type=Path, help="checkpoint or folder of a model to go on from")
    made.add_argument(
        "--without-modules",
        action="store_true",
        help="leave out modules of the public sets, to measure how unseen domains are marked",
    )
    made.add_argument("--out", type=Path, default=FOLDER, help="where the model goes")
    return made


def asked(says: str | None) -> Task:
    """The training that the command line asks for."""
    given = parser(says).parse_args()
    modules = not given.without_modules
    return Task(given.content, given.data, given.checkpoint, given.out, given.after, modules)


def main() -> None:
    """Train and write the cross-encoder."""
    trained(asked(__doc__), Console())


if __name__ == "__main__":
    main()
