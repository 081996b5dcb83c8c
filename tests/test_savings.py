"""A panel over a class set: the model is asked about what is unsure, and the saving is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import doctor, oneshot
from bot.settings import Settings
from tests.openai_server import OpenAIServer
from tests.tutored import classroom, sheet

POINTS = [{"id": "a", "text": "water leaves the cells", "accept": ["water moves out"]}]
ANSWERS = ("water leaves the cells", "banana", "the potato loses liquid")


def class_set(folder: Path) -> Path:
    lines = [
        {
            "id": number,
            "question": "Explain why a potato chip in syrup becomes limp.",
            "max_marks": 1,
            "points": POINTS,
            "answer": answer,
        }
        for number, answer in enumerate([*ANSWERS, *ANSWERS])
    ]
    path = folder / "in.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


async def test_a_batch_says_at_its_end_what_the_panel_saved_and_so_does_the_doctor(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.acts_as(lambda _: sheet(""))
    async with classroom(tmp_path, server, monkeypatch, "panel"):
        pass
    said = io.StringIO()

    out = tmp_path / "out.jsonl"
    screen = Console(file=said, width=200)
    await oneshot.marked_batch(Settings(), class_set(tmp_path), out, screen)

    marked = [json.loads(line) for line in out.read_text().splitlines()]
    asked = sum(", then " in line["examiner"] for line in marked)
    assert 0 < asked < 6  # of the third answer the shipped marker is unsure
    assert [line["marks"] for line in marked[:3]] == [line["marks"] for line in marked[3:]]
    assert (
        f"sure of {6 - asked} of 6 points, which saved {6 - asked} of 6 calls." in said.getvalue()
    )
    assert len(server.requests) == asked / 2
    shown = Console(record=True, width=300)
    await doctor.examined(shown)
    told = shown.export_text()
    assert f"{len(server.requests)} calls" in told
    assert f"sure of {6 - asked} of 6 points" in told
