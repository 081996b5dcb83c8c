"""What the library says as vectors is there before anybody starts, and is what the model says."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from benchmarks.retrieval.filling import SUBJECTS
from knowledge import beforehand
from knowledge.beforehand import Beforehand, texts, with_library, write
from knowledge.embedding import embedding
from knowledge.library import Library
from tests.content import write_subject
from tests.knowledge.biology import Counting


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load(SUBJECTS)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A small one, with room for its vectors."""
    (tmp_path / "models" / embedding().name).mkdir(parents=True)
    monkeypatch.setattr(beforehand, "MODELS", tmp_path / "models")
    write_subject(tmp_path / "subjects")
    return Library.load(tmp_path / "subjects")


def test_every_text_of_the_shipped_library_is_known(shipped: Library) -> None:
    known = with_library(embedding())

    assert isinstance(known, Beforehand)
    new = {name: sum(not known.knows(one) for one in each) for name, each in texts(shipped).items()}
    assert not any(new.values()), f"not embedded beforehand (run: make vectors): {new}"


def test_what_is_known_is_what_the_model_says(shipped: Library) -> None:
    model = Counting(embedding())
    sample = [text for each in texts(shipped).values() for text in each[::97]]

    rows = with_library(model).embed(["why is my own text not known", *sample])

    assert model.texts == ["why is my own text not known"]
    assert np.sum(rows[1:] * embedding().embed(sample), axis=1).min() > 0.9999
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


def test_only_what_is_new_is_embedded(library: Library, tmp_path: Path) -> None:
    every = set(chain(*texts(library).values()))
    first, second = Counting(embedding()), Counting(embedding())

    assert write(library, first) == len(every)
    kept = {file.name: file.read_bytes() for file in tmp_path.rglob("*.npy")}
    assert write(library, second) == 0

    assert (set(first.texts), second.texts) == (every, [])
    assert {file.name: file.read_bytes() for file in tmp_path.rglob("*.npy")} == kept


def test_a_model_that_never_read_the_library_runs_for_all_of_it(library: Library) -> None:
    write(library, embedding())
    other = Counting(embedding(), "another")

    assert with_library(other) is other
    assert with_library(other).embed([]).shape == (0, 384)
