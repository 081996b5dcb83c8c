"""What a learner of a language meets: texts of a length, gaps, and texts that are only heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.rehearsing import unearned
from bot.examiners.exact import ExactExaminer, ExactJudge
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
async def leaflet(school: Opened, tmp_path: Path) -> Learner:
    """Somebody who was asked for the three forms of a leaflet, marked with no model."""
    write_language(tmp_path / "subjects")
    examiner = TrainedExaminer(embedding(), ExactJudge())
    library = Library.load(tmp_path / "subjects")
    bob = (await school(content=library, examiner=examiner)).learner("bob")
    await bob.says("/quiz identify")
    return bob


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


@pytest.mark.parametrize(
    "answer",
    [
        "1 beba 2 no salga 3 quédese",
        "1) beba, 2) salga, 3) quédese.",
        "(1) Beba\n(2) no salga\n(3) quédese",
        "beba, salga, quédese",
        "beba\nno salga\nquédese",
        "En el 3, «quédese»; la 1 es beba y el 2 salga",
        "1. beba mucha agua 2. no salga a mediodía 3. quedese en casa",
    ],
)
async def test_gaps_are_read_in_whatever_way_they_are_written(
    leaflet: Learner, answer: str
) -> None:
    assert (await leaflet.says(answer)).startswith("**3/3**")


async def test_each_gap_is_named_with_the_learners_own_word(leaflet: Learner) -> None:
    said = await leaflet.says("1 BEBA 2 sal 3 quedese")

    assert said.startswith("**2/3**")
    assert "✅ **1** [1] gap 1: **beba** ← *“BEBA”*" in said
    assert "❌ **2** [1] missing: gap 2: **no salga** (you wrote “sal”)" in said
    assert "gap 3: **quédese** ← *“quedese”* (it is spelt “quédese”)" in said


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("1 beba bebe 2 salga 3 quédese", "you wrote “beba bebe”"),
        ("1 beba, 1 bebe, 2 salga, 3 quédese", "you gave two answers: “beba” and “bebe”"),
        ("2 salga 3 quédese", "you left it empty"),
    ],
)
async def test_a_gap_with_two_forms_or_none_earns_nothing(
    leaflet: Learner, answer: str, told: str
) -> None:
    said = await leaflet.says(answer)

    assert said.startswith("**2/3**")
    assert told in said


async def test_an_answer_that_fits_no_gap_is_kept_and_the_question_stays_open(
    leaflet: Learner,
) -> None:
    said = await leaflet.says("beba mucha agua y no salga")

    assert "There are 3: write each number with its word" in said.replace("\\", "")
    assert "Your answer is kept" in said
    assert (await leaflet.says("1 beba 2 salga 3 quédese")).startswith("**3/3**")


async def test_accents_count_where_the_point_is_about_them(school: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "subjects"
    write_language(folder)
    file = folder / "spanish-b" / "questions" / "advice" / "leaflet.md"
    file.write_text(file.read_text().replace("gap: 3", "gap: 3, accents: true"))
    bob = (await school(content=Library.load(folder), examiner=ExactExaminer())).learner("bob")
    await bob.says("/quiz identify")

    assert (await bob.says("1 beba 2 salga 3 quedese")).startswith("**2/3**")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("earns: [p2], shows: partial", "earns: [p1, p2], shows: partial", "misses p1: you wrote"),
        ("earns: [p2], shows: partial", "earns: [], shows: zero", "earns p2 as well"),
        ('"1 bebes 2 sales 3 quedas"', "bebes y sales", "does not say which form is for which gap"),
    ],
)
def test_examples_of_gaps_must_earn_what_the_rule_gives(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    write_language(tmp_path)
    file = tmp_path / "spanish-b" / "questions" / "advice" / "leaflet.md"
    file.write_text(file.read_text().replace(old, new))

    [problem] = unearned(tmp_path, drawn_only=True)

    assert told in str(problem)


async def test_a_text_that_is_heard_is_covered_and_comes_before_its_questions(
    school: Opened, tmp_path: Path
) -> None:
    write_language(tmp_path / "subjects")
    library = Library.load(tmp_path / "subjects")
    ada = (await school(content=library, examiner=ExactExaminer())).learner()

    said = await ada.says("/quiz find")

    heard, asked = ada.replies
    assert "Somos sesenta, y salimos a las seis." in heard.hidden
    assert "read aloud twice" in heard.text
    assert asked.hidden == ""
    assert "¿A qué hora salen?" in asked.text
    assert "sesenta" not in said

    await ada.says("A")
    await ada.presses("Go on to (b)")

    [asked] = ada.replies
    assert asked.hidden == ""
    assert "¿Quién habla primero?" in asked.text


MATCHING = """\
---
title: ¿Quién lo dice?
level: SL
paper: "2"
command_term: identify
kind: short
marks: 3
mark_scheme:
  - {point: los dos, gap: a, accept: [ambos]}
  - {point: Ximena, gap: b}
  - {point: los dos, gap: c, accept: [ambos]}
hints: [Hay dos voces., Una voz es de mujer., A veces hablan juntos.]
model_answer: a los dos, b Ximena, c los dos
examples:
  - {answer: "a) ambos b) Ximena c) ambos", earns: [p1, p2, p3], shows: full}
  - {answer: "los dos, ximena, ambos", earns: [p1, p2, p3], shows: full}
  - {answer: "a. Ximena b. Ximena c. Ximena", earns: [p2], shows: partial}
  - {answer: "b: los dos", earns: [], shows: zero}
---
¿Quién lo dice: Ximena, Tadeo o los dos? (a) Fue horrible. (b) Leí más. (c) Perdí el tren.
"""


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        ("a) los dos, b) Ximena, c) los dos", 3),
        ("a y c ambos; b Ximena", 0),  # a letter alone is a word: only a sign makes it a label
        ("a) y c) ambos; b) Ximena", 3),
        ("a ambos, b ximena, c ambos", 3),
        ("c: los dos\nb: Ximena", 2),
        ("ambos / Ximena / Tadeo", 2),
        ("a) Ximena y Tadeo b) Ximena o Tadeo c) los dos", 1),
    ],
)
async def test_things_are_matched_by_letters_or_in_order(
    school: Opened, tmp_path: Path, answer: str, marks: int
) -> None:
    folder = tmp_path / "subjects"
    write_language(folder)
    (folder / "spanish-b" / "questions" / "advice" / "leaflet.md").write_text(MATCHING)
    bob = (await school(content=Library.load(folder), examiner=ExactExaminer())).learner("bob")
    await bob.says("/quiz identify")

    said = await bob.says(answer)

    assert said.startswith(f"**{marks}/3**") if marks else "Your answer is kept" in said
