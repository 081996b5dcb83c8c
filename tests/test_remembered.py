"""The same answer always gets the same mark, and nobody's words are kept for it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.examiners.memory import key
from bot.examiners.sheets import BandSheet, CriterionEntry
from knowledge.content import QuestionId
from knowledge.instances import instance
from knowledge.library import Library
from tests.bot.examiners.papers import OUT, script
from tests.content import HEAT, write_subject
from tests.openai_server import Fails, Fills, OpenAIServer
from tests.tutored import classroom, sheet

ANSWER = "Water leaves the cells, because Thelonius has a lower water potential."
MODELS_WORDS = "you speak of Thelonius"
ESSAY = "With a competitive one, more substrate pushes Thelonius out."


async def test_a_second_time_and_after_a_restart_the_model_is_not_asked(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(sheet("Water leaves the cells", "", comment=MODELS_WORDS))

    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        ada = room.learner("ada")
        await ada.says("/quiz osmosis explain")
        first = await ada.says(ANSWER)
    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        bob = room.learner("bob")
        await bob.says("/quiz osmosis explain")
        second = await bob.says(ANSWER)

    assert first == second
    assert "“Water leaves the cells”" in second
    assert MODELS_WORDS in second
    assert len(server.requests) == 1


async def test_two_same_answers_at_once_cost_one_call(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(sheet("Water leaves the cells", ""))

    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        ada, bob = room.learner("ada"), room.learner("bob")
        for one in (ada, bob):
            await one.says("/quiz osmosis explain")
        said = await asyncio.gather(ada.says(ANSWER), bob.says(ANSWER))

    assert said[0] == said[1]
    assert len(server.requests) == 1


async def test_a_failure_is_not_remembered(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Fails(401), sheet("Water leaves the cells", "a lower water potential"))

    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        await ada.says(ANSWER)
        assert (await ada.presses("Mark it now")).startswith("**2/2**")


async def test_who_is_forgotten_leaves_no_word_and_the_mark_stays(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = CriterionEntry(
        number=1, quotes=("more substrate pushes Thelonius",), reason=MODELS_WORDS, band=1, marks=2
    )
    server.will(
        sheet("Water leaves the cells", "", comment=MODELS_WORDS),
        Fills(BandSheet(criteria=(entry,))),
    )

    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        ada = room.learner("ada")
        await ada.says("/quiz osmosis explain")
        await ada.says(ANSWER)
        await ada.says("/quiz discuss")
        assert MODELS_WORDS in await ada.says(ESSAY)
        await ada.says("/forget")
        await ada.presses("Yes")
    files = (tmp_path / "data").glob("viva.db*")
    left = [file.name for file in files if b"Thelonius" in file.read_bytes()]

    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        bob = room.learner("bob")
        await bob.says("/quiz osmosis explain")
        short = await bob.says(ANSWER)
        await bob.says("/quiz discuss")
        essay = await bob.says(ESSAY)

    assert left == []
    assert short.startswith("**1/2**")
    assert "“Water leaves the cells”" in short
    assert MODELS_WORDS not in short
    assert "2/6" in essay.splitlines()[0]
    assert "“more substrate pushes Thelonius”" in essay
    assert "marked before" in essay
    assert len(server.requests) == 2


async def test_a_judgement_of_another_form_is_made_anew(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = ("Water leaves the cells", "a lower water potential")
    server.will(sheet(marks[0], ""), sheet(*marks))

    async with classroom(tmp_path, server, monkeypatch, "llm") as room:
        ada, bob, eve = (room.learner(name) for name in ("ada", "bob", "eve"))
        await ada.says("/quiz osmosis explain")
        await ada.says(ANSWER)
        with sqlite3.connect(tmp_path / "data" / "viva.db") as direct:
            direct.execute("UPDATE judgements SET marks = ?", (json.dumps(["of long ago"]),))
        direct.close()
        for one in (bob, eve):
            await one.says("/quiz osmosis explain")
            assert (await one.says(ANSWER)).startswith("**2/2**")

    assert len(server.requests) == 2


async def test_the_trained_examiner_needs_no_memory(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with classroom(tmp_path, server, monkeypatch, "trained") as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        await ada.says(ANSWER)

    with sqlite3.connect(tmp_path / "data" / "viva.db") as direct:
        assert direct.execute("SELECT count(*) FROM judgements").fetchone() == (0,)
    direct.close()


def test_a_judgement_is_of_the_answer_the_scheme_the_earlier_parts_and_the_examiner() -> None:
    one = script("osmosis")
    reworded = replace(one, question=replace(one.question, title="Chips", reread="Osmosis"))
    hinted = replace(one, part=replace(one.part, hints=("Think of water.",), model_answer="It is."))

    assert key(one, "gpt with a@1") == key(script("osmosis"), "gpt with a@1")
    assert key(one, "gpt with a@1") == key(reworded, "gpt with a@1") == key(hinted, "gpt with a@1")
    others = {
        key(one, "gpt with a@1"),
        key(one, "gpt with a@2"),
        key(script("Osmosis"), "gpt with a@1"),
        key(script("osmosis", OUT), "gpt with a@1"),
        key(script("osmosis", earlier=(("a", "12 g"),)), "gpt with a@1"),
        key(replace(one, question=replace(one.question, stem="Why?")), "gpt with a@1"),
    }
    assert len(others) == 6


def test_other_numbers_are_another_question(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / "biology" / "questions" / "osmosis" / "heat.md").write_text(HEAT)
    question = Library.load(tmp_path).question(QuestionId("biology/osmosis/heat"))
    drawn = {instance(question, seed).stem: instance(question, seed) for seed in range(4)}

    keys = {
        key(replace(script("5 kJ"), question=one, part=one.parts[0]), "gpt")
        for one in drawn.values()
    }

    assert len(keys) == len(drawn) > 1
