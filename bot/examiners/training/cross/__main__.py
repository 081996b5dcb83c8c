"""`python -m bot.examiners.training.cross --data DIR --checkpoint FILE`: only the cross-encoder."""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path
from random import Random

from rich.console import Console

from bot.examiners import examples
from bot.examiners.evaluate import SUBJECTS
from bot.examiners.reader import FOLDER
from bot.examiners.training.cross import curriculum, export, teaching
from bot.examiners.training.cross.curriculum import Lesson
from bot.examiners.training.cross.teaching import Progress

SEED = 7
EPOCHS = 3, 2  # of each round
SAMPLES = 400  # pairs by which int8 is compared with fp32: none was learnt from


def plan(content: Path, data: Path, seed: int = SEED) -> tuple[list[list[Lesson]], list[int]]:
    """All batches in order, and the steps of each round.

    Sentences that follow from others come first, then answers to questions.
    """
    chance = Random(seed)
    found = teaching.batches(curriculum.epoch(curriculum.inferred(data), chance), chance)
    own = list(curriculum.own(examples.of(content)))
    public = list(curriculum.public(data))
    ends = [0]
    for epochs in EPOCHS:
        for _ in range(epochs):
            found += teaching.batches(curriculum.epoch([*own, *public], chance), chance)
        ends.append(len(found))
    return found, [end - start for start, end in pairwise(ends)]


def trained(content: Path, data: Path, checkpoint: Path, out: Path, screen: Console) -> None:
    """Train, or go on with a training that was cut off, and write the model into a folder."""
    batches, rounds = plan(content, data)
    net = teaching.taught(batches, SEED, checkpoint, lambda one: _tell(screen, one), rounds)
    samples = list(curriculum.public(data, "questions"))[:SAMPLES]
    screen.print(str(export.export(net, samples, out)))


def _tell(screen: Console, one: Progress) -> None:
    screen.print(f"{one.step} of {one.steps}: loss {one.loss:.3f}, {one.seconds:.0f} s")


def parser(says: str | None) -> argparse.ArgumentParser:
    """The arguments of a training."""
    made = argparse.ArgumentParser(description=says)
    made.add_argument("--content", type=Path, default=SUBJECTS, help="folder with the subjects")
    made.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    made.add_argument("--checkpoint", type=Path, required=True, help="where the training stands")
    made.add_argument("--out", type=Path, default=FOLDER, help="where the model goes")
    return made


def main() -> None:
    """Train and write the cross-encoder."""
    given = parser(__doc__).parse_args()
    trained(given.content, given.data, given.checkpoint, given.out, Console())


if __name__ == "__main__":
    main()
