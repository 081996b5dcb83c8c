"""Long answers, marked by bands across HTTP: best fit, a reason for each criterion, evidence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.examiners.sheets import BandSheet, CriterionEntry
from knowledge.library import Library
from tests.chat import Learner
from tests.content import LETTER, write_subject
from tests.openai_server import Fills, OpenAIServer
from tests.tutored import classroom

TEXT = "Dear neighbours, our lake is silent. Let us clean it on Sunday. Yours, Ada"


@pytest.fixture
async def ada(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Learner]:
    """Somebody who was asked for a letter, marked by three criteria."""
    write_subject(tmp_path / "subjects")
    topic = tmp_path / "subjects" / "biology" / "questions" / "inhibition"
    (topic / "essay.md").unlink()
    (topic / "letter.md").write_text(LETTER)
    async with classroom(tmp_path, server, monkeypatch, "panel") as room:
        ada = room.learner()
        await ada.says("/quiz discuss")
        yield ada


def judged(number: int, band: int, marks: int, *quotes: str) -> CriterionEntry:
    return CriterionEntry(
        number=number, quotes=quotes, reason=f"Reason {number}.", band=band, marks=marks
    )


def filled(*criteria: CriterionEntry) -> Fills:
    return Fills(BandSheet(criteria=criteria))


GOOD = filled(
    judged(1, 3, 7, "our lake is silent"),
    judged(2, 2, 6, "Let us clean it on Sunday"),
    judged(3, 3, 5, "Dear neighbours", "Yours, Ada"),
)


async def test_three_criteria_are_judged_each_with_its_band_reason_and_evidence(
    ada: Learner, server: OpenAIServer
) -> None:
    server.will(GOOD)

    said = await ada.says(TEXT)

    assert said.startswith("**18/30**")
    assert "**Language: 7/12** (band 7–9)" in said
    assert "**Message: 6/12** (band 4–6)" in said
    assert "**Form and tone: 5/6** (band 5–6)" in said
    assert all(f"Reason {number}" in said for number in (1, 2, 3))
    assert "“our lake is silent”" in said
    assert "“Yours, Ada”" in said


async def test_the_model_sees_every_band_of_every_criterion_and_is_asked_cold(
    ada: Learner, server: OpenAIServer
) -> None:
    server.will(GOOD)

    await ada.says(TEXT)

    told = server.requests[0].prompt
    assert "Criterion 3: Form and tone, out of 6" in told
    assert "Band 4, 10 to 12 marks: Fitting words" in told
    assert "Best fit" in told
    assert told.endswith(f"> {TEXT}")
    assert server.requests[0].body["temperature"] == 0


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (judged(1, 3, 10, "our lake is silent"), "marks of band 3 are 7 to 9, not 10"),
        (judged(1, 5, 12, "our lake is silent"), "no band 5"),
        (judged(1, 3, 7, "a lively and varied text"), "no quote that is in the answer"),
    ],
)
async def test_marks_that_cannot_stand_are_asked_for_again_with_the_reason(
    ada: Learner, server: OpenAIServer, bad: CriterionEntry, told: str
) -> None:
    others = (judged(2, 2, 6, "Let us clean it"), judged(3, 3, 5, "Dear neighbours"))
    server.will(filled(bad, *others), GOOD)

    assert (await ada.says(TEXT)).startswith("**18/30**")

    assert told in server.requests[1].messages[-1]["content"]


async def test_marks_that_still_cannot_stand_are_no_marks(
    ada: Learner, server: OpenAIServer
) -> None:
    bad = filled(judged(1, 3, 10, "our lake is silent"), judged(2, 1, 1, "us"), judged(3, 0, 0))
    server.will(bad, bad)

    said = await ada.says(TEXT)

    assert "has not cost you any marks" in said
    assert ada.button("Mark it now")
    assert len(server.requests) == 2


def test_the_letter_is_content_without_a_problem(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / "biology" / "questions" / "inhibition" / "letter.md").write_text(LETTER)

    questions = Library.load(tmp_path).questions("biology")

    letter = next(one for one in questions if one.title == "A letter about the lake")
    assert letter.marks == 30
