"""Killed with -9 between any two steps of a turn, a tutor loses nothing that was acknowledged."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.content import write_subject

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    folder = tmp_path_factory.mktemp("crashes")
    write_subject(folder / "subjects")
    command = [
        sys.executable,
        "-m",
        "tests.crashing",
        str(folder / "subjects"),
        str(folder / "runs"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_undisturbed_conversation_is_whole(rounds: list[dict[str, object]]) -> None:
    whole = rounds[0]

    assert whole["killed"] is False
    assert whole["attempts"] == ["an answer of several words"]
    assert whole["dialogue"] == "Marked"
    assert len(str(whole["arrived"])) > 100


def test_every_step_was_a_place_to_die(rounds: list[dict[str, object]]) -> None:
    assert len(rounds) > 60
    assert all(round["killed"] for round in rounds[1:])


@pytest.mark.parametrize(
    "what", ["attempts", "marks", "appeals", "cards", "dialogue", "unanswered", "unsent"]
)
def test_what_is_kept_does_not_depend_on_when_it_died(
    rounds: list[dict[str, object]], what: str
) -> None:
    different = [round for round in rounds if round[what] != rounds[0][what]]

    assert different == []


def test_every_reply_arrives_and_at_most_the_one_in_flight_arrives_twice(
    rounds: list[dict[str, object]],
) -> None:
    expected = _arrived(rounds[0])

    for round in rounds[1:]:
        extra = Counter(_arrived(round)) - Counter(expected)
        assert set(_arrived(round)) == set(expected), round["at"]
        assert extra.total() <= 1, round["at"]
        assert list(dict.fromkeys(_arrived(round))) == list(dict.fromkeys(expected)), round["at"]


def _arrived(round: dict[str, object]) -> list[str]:
    texts = round["arrived"]
    assert isinstance(texts, list)
    return [str(text) for text in texts]
