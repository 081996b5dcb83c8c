"""Training the cross-encoder: from whom it learns, that it can be resumed, and what it ships as."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bot.examiners import examples
from bot.examiners.evaluate import SUBJECTS
from bot.examiners.pairs import Pair
from bot.examiners.reader import Shipped
from bot.examiners.training import sets, splits
from bot.examiners.training.cross import curriculum, export, network, teaching
from bot.examiners.training.cross.curriculum import Lesson
from bot.examiners.training.cross.teaching import Plan

PAIRS = [
    Lesson("water leaves the cells ? explain", "water moves out of them", True, "example"),
    Lesson("water leaves the cells ? explain", "water moves into them", False, "example"),
    Lesson("by osmosis ? explain", "osmosis made it go", True, "accept"),
    Lesson("by osmosis ? explain", "it is active transport", False, "reject"),
]
SHARED = Path(__file__).parents[4] / "shared" / "data"


def test_every_held_out_topic_exists_and_each_subject_has_two() -> None:
    topics = {f"{one.subject}/{one.topic}" for one in examples.of(SUBJECTS)}
    subjects = [topic.split("/")[0] for topic in splits.held_out()]

    assert splits.held_out() <= topics
    assert {subjects.count(topic.split("/")[0]) for topic in topics} == {2}


def test_nothing_is_learnt_from_what_is_only_measured() -> None:
    questions = examples.of(SUBJECTS)
    kept = [q for q in questions if splits.is_held_out(q) or splits.in_development(str(q.id))]

    assert len(kept) > len(questions) / 5
    assert not list(curriculum.own(kept))


def test_an_epoch_has_more_than_examples_and_is_the_same_for_the_same_seed() -> None:
    every = examples.of(SUBJECTS)
    lessons = next(found for one in every if len(found := list(curriculum.own([one]))) > 40)

    one, two = (curriculum.epoch(lessons, Random(4)) for _ in "ab")

    assert one == two
    assert {lesson.source for lesson in lessons} >= {"example", "accept"}
    assert {lesson.said for lesson in one} - {lesson.said for lesson in lessons}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public sets are not here")
def test_the_public_sets_are_held_apart_by_question_and_module() -> None:
    answers = list(sets.graded(SHARED, "scientsbank"))
    by_split = {
        split: {one.key for one in answers if one.split == split}
        for split in ("train", "questions")
    }
    without = set(curriculum.public(SHARED, modules=False))
    modules = set(curriculum.unseen_modules(SHARED))

    assert all(by_split.values())
    assert not by_split["train"] & by_split["questions"]
    assert modules
    assert not without & modules
    assert without < set(curriculum.public(SHARED))
    assert {one.module for one in answers if one.of_unseen_module} == sets.UNSEEN_MODULES
    assert all(one.split != "test" for one in answers)


def test_the_test_part_of_a_set_is_never_read_for_inference(tmp_path: Path) -> None:
    rows = [
        {"premise": "a", "hypothesis": "b", "label": "entailment", "split": "test"},
        {"premise": "c", "hypothesis": "d", "label": "neutral", "split": "dev"},
    ]
    text = "\n".join(map(json.dumps, rows))
    (tmp_path / "snli_dev_test.jsonl").write_text(text)
    (tmp_path / "med.jsonl").write_text("")

    assert [one.premise for one in sets.inferences(tmp_path)] == ["c"]


def test_a_training_that_was_cut_off_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    plan, begun = Plan([PAIRS[:2], PAIRS[2:]]), Plan([PAIRS[:2]])
    told: list[int] = []

    whole = teaching.taught(plan, 3, tmp_path / "whole.pt", lambda one: told.append(one.step))
    teaching.taught(begun, 3, tmp_path / "cut.pt", lambda _: None)
    resumed = teaching.taught(plan, 3, tmp_path / "cut.pt", lambda _: None)

    assert told == [2]
    assert np.array_equal(teaching.logits(whole, PAIRS), teaching.logits(resumed, PAIRS))


def test_a_further_round_begins_with_what_was_learnt(tmp_path: Path) -> None:
    first = tmp_path / "first.pt"
    learnt = teaching.taught(Plan([PAIRS]), 3, first, lambda _: None)

    rested = teaching.taught(Plan([], after=first), 5, tmp_path / "rested.pt", lambda _: None)
    further = teaching.taught(Plan([PAIRS], after=first), 5, tmp_path / "on.pt", lambda _: None)

    before = teaching.logits(learnt, PAIRS)
    assert np.array_equal(teaching.logits(rested, PAIRS), before)
    assert not np.array_equal(teaching.logits(further, PAIRS), before)


def test_what_is_shipped_reads_each_pair_alone_and_like_the_network(tmp_path: Path) -> None:
    net = teaching.taught(Plan([PAIRS]), 3, tmp_path / "state.pt", lambda _: None)
    with_difference = [replace(one, said=one.said * 3) for one in PAIRS]

    fidelity = export.export(net, PAIRS, tmp_path / "model", lowest=0.0)
    reader = Shipped(tmp_path / "model")
    pairs = [Pair(one.sought, one.said) for one in (*PAIRS, *with_difference)]

    assert fidelity.mean_difference < 0.2
    assert reader.logits(pairs) == tuple(reader.logits([one])[0] for one in pairs)
    assert (tmp_path / "model" / "model.onnx").stat().st_size < 30e6
    assert reader.name == Shipped(tmp_path / "model").name


def test_a_model_that_decides_otherwise_is_not_shipped(tmp_path: Path) -> None:
    net = teaching.taught(Plan([PAIRS]), 3, tmp_path / "state.pt", lambda _: None)

    with pytest.raises(ValueError, match="nothing was written"):
        export.export(net, PAIRS, tmp_path / "model", lowest=1.01)

    assert not (tmp_path / "model").exists()


def test_a_model_that_ships_can_be_gone_on_from(tmp_path: Path) -> None:
    net = network.untrained(3).eval()
    wanted = teaching.logits(net, PAIRS)
    export.export(net, PAIRS, tmp_path / "model", lowest=0.0)

    read = teaching.taught(
        Plan([], after=tmp_path / "model"), 4, tmp_path / "on.pt", lambda _: None
    )

    assert {name: tuple(values.shape) for name, values in read.state_dict().items()} == {
        name: tuple(values.shape) for name, values in net.state_dict().items()
    }
    assert np.allclose(teaching.logits(read, PAIRS), wanted, atol=0.1)
