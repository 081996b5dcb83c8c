"""Public sets of short answers as scripts, read the way `viva mark --batch` reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.examiners import batch
from bot.examiners.examples import Marked
from bot.examiners.training import splits
from bot.marking import Script
from knowledge.content import Example, Shows

POINT = "p1"
GRADED = ("scientsbank", "beetle")
UNSEEN_FOLDS = frozenset({0})  # of ten, by question
UNSEEN_MODULES = frozenset({"II", "MS"})  # of SciEntsBank, lowest SHA-256: stand for unseen domains


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer with one point, earned or not by the set's own label. `key` names its question."""

    script: Script
    earned: bool
    name: str
    module: str
    key: str

    @property
    def marked(self) -> Marked:
        """The answer as an example that a person marked."""
        earns = (POINT,) if self.earned else ()
        shows: Shows = "full" if self.earned else "partial"
        return Marked(self.script, Example(self.script.answer, earns, shows=shows))

    @property
    def split(self) -> str:
        """'train', or 'questions': those that are kept for choosing."""
        return "questions" if splits.fold(self.key) in UNSEEN_FOLDS else "train"

    @property
    def of_unseen_module(self) -> bool:
        """Whether it is of a module that stands for an unseen domain, in a training without it."""
        return self.name == "scientsbank" and self.module in UNSEEN_MODULES


@dataclass(frozen=True, slots=True)
class Inference:
    """Two sentences, and whether the first entails the second."""

    premise: str
    hypothesis: str
    entailed: bool


def graded(folder: Path, name: str, part: str = "train") -> Iterator[Graded]:
    """A set's answers. Raises FileNotFoundError where the folder does not hold it."""
    for row in _rows(folder / f"{name}_{part}.jsonl"):
        point = {
            "id": POINT,
            "text": row["reference"][0],
            "marks": 1,
            "accept": row["reference"][1:],
        }
        line = {
            "question": row["question"],
            "max_marks": 1,
            "points": [point],
            "answer": row["answer"],
        }
        earned = row["label_2way"] == "correct"
        key = f"{name}/{row['question_id']}"
        yield Graded(batch.script(line, key), earned, name, row["module"], key)


def inferences(folder: Path) -> Iterator[Inference]:
    """What may be trained on of SNLI and MED: not the former's test part."""
    for name in ("snli_dev_test", "med"):
        for row in _rows(folder / f"{name}.jsonl"):
            if row["split"] != "test":
                entailed = row["label"] == "entailment"
                yield Inference(row["premise"], row["hypothesis"], entailed)


def _rows(file: Path) -> Iterator[dict]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
