"""`python -m bot.examiners.training.cross --data DIR`: train the cross-encoder."""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

from rich.console import Console

from bot.examiners import examples
from bot.examiners.evaluate import SUBJECTS
from bot.examiners.training.cross import curriculum, teaching
from bot.examiners.training.cross.curriculum import Lesson
from bot.examiners.training.cross.teaching import Progress

SEED = 7
EPOCHS = 3


def plan(content: Path, data: Path, seed: int = SEED) -> list[list[Lesson]]:
    """All batches in order: sentences that follow from others first, then answers to questions."""
    chance = Random(seed)
    found = teaching.batches(curriculum.epoch(curriculum.inferred(data), chance), chance)
    own = list(curriculum.own(examples.of(content)))
    public = list(curriculum.public(data))
    for _ in range(EPOCHS):
        found += teaching.batches(curriculum.epoch([*own, *public], chance), chance)
    return found


def main() -> None:
    """Train, or go on with a training that was cut off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=SUBJECTS, help="folder with the subjects")
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    parser.add_argument("--checkpoint", type=Path, required=True, help="where the training stands")
    given = parser.parse_args()
    screen = Console()
    teaching.taught(
        plan(given.content, given.data), SEED, given.checkpoint, lambda one: _tell(screen, one)
    )


def _tell(screen: Console, one: Progress) -> None:
    screen.print(f"{one.step} of {one.steps}: loss {one.loss:.3f}, {one.seconds:.0f} s")


if __name__ == "__main__":
    main()
