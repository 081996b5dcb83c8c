"""The answers that markers are measured on: none of them was learnt from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.examiners import examples
from bot.examiners.evaluate import SUBJECTS
from bot.examiners.examples import Marked
from bot.examiners.training import sets, splits
from knowledge.content import BandScheme

Paper = tuple[str, tuple[Marked, ...]]

OWN = "own held-out topics"
CHOSEN_BY = "own development questions"
PUBLIC = {"scientsbank": "SciEntsBank", "beetle": "Beetle"}


def own(*, held_out: bool) -> tuple[Marked, ...]:
    """Examples of the topics that are held out, or of the questions that settle thresholds."""
    questions = [one for one in examples.of(SUBJECTS) if splits.is_held_out(one) == held_out]
    if not held_out:
        questions = [one for one in questions if splits.in_development(str(one.id))]
    found = examples.marked(questions)
    return tuple(one for one in found if not isinstance(one.script.part.scheme, BandScheme))


def papers(data: Path | None) -> Iterator[Paper]:
    """Each set with its name: our own, and the public ones where their folder is at hand."""
    yield OWN, own(held_out=True)
    if data is None:
        return
    for name, title in PUBLIC.items():
        training = sets.graded(data, name)
        unlearnt = tuple(one.marked for one in training if one.split == "questions")
        yield f"{title}, unseen questions (from its training part)", unlearnt
        unseen = sets.graded(data, name, "test_ua")
        yield f"{title}, unseen answers (its test)", tuple(one.marked for one in unseen)
