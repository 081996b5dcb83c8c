"""What a learner of a language meets: texts of a length, gaps, and texts that are only heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.examiners.exact import ExactJudge
from bot.examiners.sheets import BandSheet, CriterionEntry
from bot.examiners.trained import TrainedExaminer
from knowledge.embedding import embedding
from knowledge.library import Library
from tests.chat import Learner
from tests.conftest import Opened
from tests.language import write_language
from tests.openai_server import Fills, OpenAIServer
from tests.tutored import classroom

LETTER = "Queridos vecinos: el lago es triste. Vamos todos a limpiarlo. Un abrazo, Ana"  # 13 words
LONG = f"{LETTER} {'El domingo nadamos en el lago. ' * 6}"  # 49 words


@pytest.fixture
async def ada(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Learner]:
    """Somebody who was asked for a letter, which a language model will mark."""
    write_language(tmp_path / "subjects")
    async with classroom(tmp_path, server, monkeypatch, "panel") as room:
        ada = room.learner()
        await ada.says("/quiz discuss")
        yield ada


def judged() -> Fills:
    """Seven, six and three marks."""
    entries = [
        CriterionEntry(
            number=number, quotes=("el lago es triste",), reason="So.", band=band, marks=marks
        )
        for number, band, marks in ((1, 2, 7), (2, 1, 6), (3, 1, 3))
    ]
    return Fills(BandSheet(criteria=tuple(entries)))


async def test_a_writing_task_says_how_many_words_it_asks_for(
    school: Opened, tmp_path: Path
) -> None:
    write_language(tmp_path / "subjects")
    ada = (await school(content=Library.load(tmp_path / "subjects"))).learner()

    assert "30 marks · 20 to 40 words · Paper 1" in await ada.says("/quiz discuss")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LETTER, "too short: 13 words where 20 to 40 words are asked for"),
        (LONG, "too long: 49 words where 20 to 40 words are asked for"),
    ],
)
async def test_a_text_well_off_its_length_is_told_so_and_the_model_knows_the_count(
    ada: Learner, server: OpenAIServer, text: str, told: str
) -> None:
    server.will(judged())

    said = await ada.says(text)

    assert said.startswith("**16/30**")
    assert told in said
    count = told.split()[2]
    assert f"The answer has {count} words; 20 to 40 words are asked for." in (
        server.requests[0].prompt
    )


async def test_a_text_near_its_length_is_left_in_peace(ada: Learner, server: OpenAIServer) -> None:
    server.will(judged())

    said = await ada.says(f"{LETTER} y hasta pronto a las seis")

    assert said.startswith("**16/30**")
    assert "too short" not in said


async def test_without_a_model_a_short_text_is_told_its_length_and_the_bands_of_its_set(
    school: Opened, tmp_path: Path
) -> None:
    write_language(tmp_path / "subjects")
    examiner = TrainedExaminer(embedding(), ExactJudge())
    library = Library.load(tmp_path / "subjects")
    ada = (await school(content=library, examiner=examiner)).learner()
    await ada.says("/quiz discuss")

    said = await ada.says(LETTER)

    assert "The text is too short: 13 words, and 20 to 40 words are asked for" in said.replace(
        "\\", ""
    )
    assert "**Conceptual understanding** (out of 6)" in said
