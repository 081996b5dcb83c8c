"""The decision about coverage keeps its promise on the doubts it was calibrated on."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from benchmarks.retrieval.asked import Doubt, doubts, subjects
from benchmarks.retrieval.calibration import Judged, fitted, held_out, rates
from benchmarks.retrieval.filling import SUBJECTS, filled, whole
from benchmarks.retrieval.ranking import measured, placed
from knowledge.chunks import cut
from knowledge.covering import Decision, Evidence, covering, evidence
from knowledge.index import Index
from knowledge.library import Library
from knowledge.sources import taught, untaught


def _seen(cosine: float) -> Evidence:
    """Evidence in which only the cosine speaks."""
    return Evidence(cosine, 0.5, 0.0, 0.5, 0.0, 0.0)


SOME = ("ess", "physics")  # of the subjects; all take minutes: `python -m benchmarks.retrieval`
CLEAR = [
    Judged(_seen(0.2 + cosine / 20), covered=cosine > 5, group=str(cosine % 4))
    for cosine in range(12)
]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(SUBJECTS)


@pytest.fixture(scope="module")
def index(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = filled(tmp_path_factory.mktemp("index"), library, SOME, subjects())
    yield opened
    opened.close()


def test_the_likelihood_is_that_of_a_logistic_regression() -> None:
    decision = Decision((2.0, 1.0, 0.5, -1.0, 0.5, 2.0), bias=-1.0, threshold=0.5)
    seen = Evidence(0.5, 0.4, -0.2, 0.1, 0.2, 0.3)

    likely = decision.likelihood(seen)

    assert likely == pytest.approx(1 / (1 + math.exp(-(1 + 0.4 - 0.1 - 0.1 + 0.1 + 0.6 - 1))))
    assert decision.covers(seen) is (likely >= 0.5)


def test_classes_that_part_cleanly_are_parted() -> None:
    decision = fitted(CLEAR)

    assert (rates(decision, CLEAR).refused, rates(decision, CLEAR).let_through) == (0, 0)
    assert decision.weights[0] > 0
    assert held_out(CLEAR).refused <= 1 / 3


@pytest.mark.parametrize("subject", subjects())
def test_each_covered_doubt_names_headings_that_exist(library: Library, subject: str) -> None:
    chunks = [chunk for note in library.notes(subject) for chunk in cut(note)]

    lost = [d.doubt for d in doubts(subject) if d.covered and not any(map(d.answered_by, chunks))]

    assert lost == []


def test_the_doubts_are_many_and_no_doubt_is_asked_twice() -> None:
    asked = [doubt for subject in subjects() for doubt in doubts(subject)]

    covered = sum(doubt.covered for doubt in asked)

    assert min(covered, len(asked) - covered) >= 40
    for subject in subjects():
        texts = [doubt.doubt for doubt in doubts(subject)]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("own_files", [False, True])
def test_few_covered_doubts_are_refused_and_few_others_let_in(
    index: Index, own_files: bool
) -> None:
    decision = covering().documents if own_files else covering().subject

    judged = [
        _judged(index, subject, doubt, whole(subject) if own_files else untaught(subject))
        for subject in SOME
        for doubt in doubts(subject)
    ]

    assert rates(decision, judged).refused <= 0.1  # of few: the whole is measured
    assert rates(decision, judged).let_through <= 0.2


def test_most_doubts_find_a_right_passage_among_the_first_five(index: Index) -> None:
    found = [one for subject in SOME for one in placed(index, subject, doubts(subject))]

    fused = measured(found, "fused")

    assert fused.five >= 0.9
    assert fused.five >= max(measured(found, "dense").five, measured(found, "BM25").five)


def _judged(index: Index, subject: str, doubt: Doubt, rivals: str) -> Judged:
    abroad = [taught(other) for other in subjects() if other != subject]
    seen = evidence(index, taught(subject), rivals, index.probe(doubt.doubt), abroad)
    return Judged(seen, doubt.covered, doubt.group)
