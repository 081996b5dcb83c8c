"""Right answers that their own mark scheme would refuse are found before a learner meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.rehearsing import ruled_out
from tests.content import write_subject

REJECT = "reject: [sugar leaves the cells]"


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ("reject: [the chip goes out of the cells]", "p1 is earned, but by its own reject"),
        ("required: [osmosis]", "p1 is earned, but by its own required"),
        (
            "reject: [syrup water leaves the cells by osmosis]",
            "model answer: its own reject refuses p1",
        ),
    ],
)
def test_a_right_answer_that_its_scheme_refuses_is_found(
    tmp_path: Path, instead: str, told: str
) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/potato.md"
    file.write_text(file.read_text().replace(REJECT, instead))

    assert told in "\n".join(str(problem) for problem in ruled_out(tmp_path))


def test_what_is_said_is_not_rejected_for_another_figure(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/potato.md"
    text = file.read_text().replace(REJECT, "reject: [water in cell 3 leaves the cells]")
    text = text.replace("watr moovs out of teh cells", "water in cell 2 leaves the cells")
    file.write_text(text)

    assert ruled_out(tmp_path) == ()
