"""What learners find: in the notes, in their own files, and that the notes do not cover it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest

from bot.ports import Notes
from knowledge.content import Note, NoteId, Unreadable
from knowledge.covering import covering
from knowledge.embedding import embedding
from knowledge.index import Refreshed
from knowledge.retrieval import Retriever, retriever
from tests.knowledge.biology import notes, subject

MEIOSIS = b"""# Cell division

## Meiosis
Meiosis halves the chromosome number in two divisions. Crossing over happens in prophase I, when
bivalents form.

## Mitosis
Mitosis gives two identical cells.
"""


WORDS = """\
## Rooms
Words for a flat: *la habitación*, *la cocina*, *el pasillo*, *la ventana*.

## Se
*Se* has many uses: *se vende*, *se dice que el tren no llega*, *¿qué es lo que se ve?*

## Commands
*Bebe*, *no salgas*, *quédate*: what somebody should do. Cuando ... de ... la ... que.
"""


@pytest.fixture
async def searched(tmp_path: Path) -> AsyncIterator[Retriever]:
    made = await asyncio.to_thread(retriever, tmp_path / "index")
    await made.refresh(subject(), notes())
    yield made
    await made.close()


async def test_a_doubt_is_answered_from_the_notes(searched: Retriever) -> None:
    findings = await searched.search("why is the inside of an axon negative??", "biology", None)

    assert findings.covered
    assert findings.found[0].chunk.note == "biology/resting-potential"
    scores = [found.score for found in findings.found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("doubt", "trail"),
    [
        ("¿qué es lo que se llama habitaciones?", "Words › Rooms"),
        ("como se llaman las cocinas", "Words › Rooms"),
        ("¿qué es quedarse?", "Words › Commands"),
    ],
)
async def test_small_words_of_a_subjects_language_find_nothing(
    searched: Retriever, doubt: str, trail: str
) -> None:
    note = Note(NoteId("spanish-b/words"), "spanish-b", "words", "Words", WORDS, "G.1")
    await searched.refresh(replace(subject(), id="spanish-b", language="es"), (note,))

    findings = await searched.search(doubt, "spanish-b", None)

    assert findings.found[0].chunk.trail == trail


@pytest.mark.parametrize(
    "doubt",
    [
        "what does rubisco do in photosynthesis",
        "punnett grid help",
        "asdf",
        "hi",
        "what is GDP",
        "  ",
    ],
)
async def test_what_the_notes_lack_is_not_covered(searched: Retriever, doubt: str) -> None:
    findings = await searched.search(doubt, "biology", None)

    assert not findings.covered
    assert findings.found == ()


async def test_the_nearest_topics_are_offered_instead(searched: Retriever) -> None:
    findings = await searched.search("which enzyme fixes carbon in photosynthesis", "biology", None)

    assert not findings.covered
    assert findings.nearest[0] == NoteId("biology/enzyme-action")


async def test_a_subject_that_was_never_indexed_covers_nothing(searched: Retriever) -> None:
    for unknown in ("physics", ""):
        findings = await searched.search("why is the axon negative", unknown, None)

        assert (findings.covered, findings.found, findings.nearest) == (False, (), ())


async def test_a_file_of_ones_own_covers_what_the_notes_lack(searched: Retriever) -> None:
    document = await searched.add(42, "division.md", "text/markdown", MEIOSIS)

    findings = await searched.search("what happens in prophase I of meiosis", "biology", 42)

    assert (document.chunks, document.pages) == (2, 0)
    assert findings.covered
    assert findings.found[0].chunk.note == "division.md"
    assert findings.found[0].chunk.trail == "division.md › Cell division › Meiosis"


async def test_nobody_finds_the_files_of_another(searched: Retriever) -> None:
    await searched.add(42, "division.md", "text/markdown", MEIOSIS)

    for owner in (4, 43, 420, None):
        findings = await searched.search("what happens in prophase I of meiosis", "biology", owner)

        assert not findings.covered
        assert owner is None or await searched.documents(owner) == ()


async def test_a_file_of_the_same_name_takes_the_place_of_the_old(searched: Retriever) -> None:
    await searched.add(42, "mine.md", "text/markdown", MEIOSIS)
    await searched.add(42, "other.txt", "text/plain", b"Auxin makes shoots bend towards light.")

    await searched.add(42, "mine.md", "text/markdown", b"## Viruses\nA capsid protects viral RNA.")

    assert [d.name for d in await searched.documents(42)] == ["mine.md", "other.txt"]
    assert not (await searched.search("prophase I of meiosis", "biology", 42)).covered
    assert (await searched.search("what is a capsid", "biology", 42)).covered


async def test_files_can_be_dropped_one_by_one_or_all(searched: Retriever) -> None:
    await searched.add(42, "a.md", "text/markdown", MEIOSIS)
    await searched.add(42, "b.txt", "text/plain", b"Auxin makes shoots bend towards light.")

    await searched.drop(42, "a.md")
    await searched.drop(42, "never-there.pdf")
    left = await searched.documents(42)
    await searched.drop(42)

    assert [document.name for document in left] == ["b.txt"]
    assert await searched.documents(42) == ()
    assert not (await searched.search("what does auxin do", "biology", 42)).covered


async def test_files_move_to_another_owner_and_keep_apart_from_theirs(searched: Retriever) -> None:
    auxin = b"Auxin makes shoots bend towards light."
    await searched.add(42, "a.md", "text/markdown", MEIOSIS)
    await searched.add(42, "same.txt", "text/plain", auxin)
    await searched.add(7, "a.md", "text/markdown", b"## Viruses\nA capsid protects viral RNA.")
    await searched.add(7, "same.txt", "text/plain", auxin)

    await searched.move(42, 7)
    await searched.move(42, 7)

    assert await searched.documents(42) == ()
    names = [document.name for document in await searched.documents(7)]
    assert names == ["a (2).md", "a.md", "same.txt"]
    found = (await searched.search("prophase I of meiosis", "biology", 7)).found[0].chunk
    assert found.trail == "a (2).md › Cell division › Meiosis"
    assert (await searched.search("what is a capsid", "biology", 7)).covered


async def test_a_file_that_cannot_be_read_changes_nothing(searched: Retriever) -> None:
    await searched.add(42, "a.md", "text/markdown", MEIOSIS)

    with pytest.raises(Unreadable, match=r"a.md is empty"):
        await searched.add(42, "a.md", "text/markdown", b"")

    assert len(await searched.documents(42)) == 1


async def test_removing_a_note_removes_its_chunks(searched: Retriever) -> None:
    done = await searched.refresh(subject(), notes()[:1])

    assert done == Refreshed(added=0, removed=2, kept=4)


async def test_the_loop_keeps_beating_while_two_hundred_texts_are_embedded(
    searched: Retriever,
) -> None:
    text = "Potassium ions leak out through channels, so the inside becomes negative. " * 3
    data = "\n\n".join(f"## Part {number}\n{text}" for number in range(200)).encode()
    gaps: list[float] = []

    async def beat() -> None:
        last = perf_counter()
        while True:
            await asyncio.sleep(0.01)
            gaps.append(perf_counter() - last)
            last = perf_counter()

    beating = asyncio.create_task(beat())
    document = await searched.add(42, "long.md", "text/markdown", data)
    beating.cancel()

    assert document.chunks == 200
    assert len(gaps) > 20
    assert (
        sorted(gaps)[len(gaps) // 2] < 0.05
    )  # half of the beats come within a twentieth of a second


async def test_the_retriever_is_what_the_tutor_calls_notes(searched: Retriever) -> None:
    tutors: Notes = searched

    assert (await tutors.search("what is induced fit", "biology", None)).covered


def test_the_decision_was_calibrated_on_the_model_that_ships() -> None:
    assert covering().embedding == embedding().name
