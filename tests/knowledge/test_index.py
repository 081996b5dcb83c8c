"""The index embeds only what changed, finds by meaning and by words, and says when it cannot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.chunks import cut
from knowledge.content import Chunk
from knowledge.embedding import Embed, embedding
from knowledge.hits import fused
from knowledge.home import IndexUnavailable
from knowledge.index import Index, Refreshed
from tests.knowledge.biology import ENZYMES, PUMP, Counting, note, notes

BIOLOGY = "subject-biology"
ALL = tuple(chunk for each in notes() for chunk in cut(each))


@pytest.fixture(scope="module")
def embed() -> Embed:
    return embedding()


@pytest.fixture
def opened(tmp_path: Path, embed: Embed) -> Iterator[Callable[..., Index]]:
    """Opens the index of one folder again and again, closing the one before."""
    indexes: list[Index] = []

    def again(chosen: Embed | None = None) -> Index:
        for index in indexes:
            index.close()
        indexes[:] = [Index(tmp_path / "index", chosen or embed)]
        return indexes[0]

    yield again
    for index in indexes:
        index.close()


def _best(index: Index, doubt: str, *collections: str) -> list[str]:
    found = index.search(collections or (BIOLOGY,), index.probe(doubt), 5)
    return [hit.chunk.id for hit in found]


def test_a_doubt_finds_its_passage_with_all_that_was_kept_of_it(
    opened: Callable[..., Index],
) -> None:
    index = opened()
    index.refresh(BIOLOGY, ALL)

    best = index.search([BIOLOGY], index.probe("how many Na+ does the pump move"), 3)[0]

    assert best.chunk in ALL
    assert best.chunk.trail == "Resting potential › The pump"
    assert best.score == pytest.approx(1)
    assert 0 < best.share <= 1
    assert best.cosine > 0.4


FROG = "Ouabain is added to a frog's giant fibre overnight. What becomes of its charge?"


def test_a_passage_is_found_by_a_question_that_it_answers_and_judged_by_its_own_text(
    opened: Callable[..., Index],
) -> None:
    index = opened()
    index.refresh(BIOLOGY, ALL)
    [before] = [hit for hit in index.search([BIOLOGY], index.probe(FROG), 9) if _is_leak(hit.chunk)]

    asked = {"Leak channels": (FROG,)}
    index.refresh(BIOLOGY, (*cut(notes()[0], asked), *cut(notes()[1])))
    best = index.search([BIOLOGY], index.probe("frog fibre in ouabain"), 1)[0]
    [after] = [hit for hit in index.search([BIOLOGY], index.probe(FROG), 9) if _is_leak(hit.chunk)]

    assert _is_leak(best.chunk)
    assert best.chunk.asks == (FROG,)
    assert best.nearness > best.cosine
    assert (after.cosine, after.share) == pytest.approx((before.cosine, before.share))


def test_a_question_that_is_no_longer_asked_finds_nothing(opened: Callable[..., Index]) -> None:
    index = opened()
    index.refresh(BIOLOGY, cut(notes()[0], {"Leak channels": (FROG, "Why is it negative?")}))
    [before] = [hit for hit in index.search([BIOLOGY], index.probe(FROG), 9) if _is_leak(hit.chunk)]

    done = index.refresh(BIOLOGY, cut(notes()[0], {"Leak channels": ("Why is it negative?",)}))
    [after] = [hit for hit in index.search([BIOLOGY], index.probe(FROG), 9) if _is_leak(hit.chunk)]

    assert done == Refreshed(added=1, removed=0, kept=3)
    assert after.nearness < before.nearness
    assert after.words < before.words


def _is_leak(chunk: Chunk) -> bool:
    return chunk.trail.endswith("Leak channels")


def test_a_refresh_embeds_only_what_changed_and_removes_what_is_gone(
    opened: Callable[..., Index], embed: Embed
) -> None:
    counting = Counting(embed)
    index = opened(counting)
    assert index.refresh(BIOLOGY, ALL) == Refreshed(added=6, removed=0, kept=0)
    counting.texts.clear()

    changed = cut(note(body=PUMP.replace("splits one", "uses one")))
    done = index.refresh(BIOLOGY, changed)

    assert done == Refreshed(added=1, removed=2, kept=3)
    assert len(counting.texts) == 1
    assert "uses one ATP" in counting.texts[0]
    assert not any("enzyme" in id for id in _best(index, "what is denaturation"))


def test_nothing_is_embedded_again_after_a_restart(
    opened: Callable[..., Index], embed: Embed
) -> None:
    opened().refresh(BIOLOGY, ALL)
    counting = Counting(embed)

    done = opened(counting).refresh(BIOLOGY, ALL)

    assert done == Refreshed(added=0, removed=0, kept=6)
    assert counting.texts == []


def test_a_search_sees_new_words_at_once(opened: Callable[..., Index]) -> None:
    index = opened()
    index.refresh(BIOLOGY, cut(notes()[0]))
    before = _best(index, "denaturation")

    index.refresh(BIOLOGY, ALL)

    assert before[0].startswith("biology/resting")
    assert _best(index, "denaturation")[0] == "biology/enzyme-action#denaturation:1"


def test_another_model_embeds_everything_anew_even_on_a_mere_search(
    opened: Callable[..., Index], embed: Embed
) -> None:
    opened().put("owner-1", "enzymes.md", cut(note(body=ENZYMES)), pages=3)
    other = Counting(embed, name="another model")

    index = opened(other)
    found = _best(index, "induced fit", "owner-1")

    assert found[0] == "biology/resting-potential#active-site:1"
    assert len(other.texts) == 2 + 1  # two chunks and the doubt
    assert [each.pages for each in index.documents("owner-1")] == [3]
    counting = Counting(embed, name="another model")
    _best(opened(counting), "induced fit", "owner-1")
    assert len(counting.texts) == 1


def test_several_collections_are_searched_as_one(opened: Callable[..., Index]) -> None:
    index = opened()
    index.refresh(BIOLOGY, ALL)
    mine = Chunk(
        "mine.pdf#1", "", "mine.pdf", "mine.pdf", "Meiosis halves the chromosomes.", "page 3"
    )
    index.put("owner-7", "mine.pdf", [mine], pages=4)

    both = index.search([BIOLOGY, "owner-7"], index.probe("what does meiosis do"), 3)

    assert both[0].chunk == mine
    assert any(hit.chunk.subject == "biology" for hit in both)


def test_missing_and_dropped_collections_are_empty(opened: Callable[..., Index]) -> None:
    index = opened()
    index.refresh(BIOLOGY, ALL)

    index.drop(BIOLOGY)
    index.drop("owner-99")

    assert _best(index, "the pump") == []
    assert index.documents("owner-99") == ()
    assert index.share(BIOLOGY, "pump") == 0


def test_a_collection_may_become_empty_and_be_searched(opened: Callable[..., Index]) -> None:
    index = opened()
    index.refresh(BIOLOGY, ALL)

    index.refresh(BIOLOGY, [])

    assert _best(index, "the pump") == []


def test_a_second_process_is_told_that_the_index_is_in_use(
    opened: Callable[..., Index], tmp_path: Path
) -> None:
    opened()
    program = (
        "import sys; from pathlib import Path; from knowledge.home import Home, IndexUnavailable\n"
        "try: Home(Path(sys.argv[1]))\n"
        "except IndexUnavailable as problem: print(problem)"
    )

    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "index")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "in use by another running Viva" in said


def test_a_damaged_folder_is_reported_with_what_to_do_each_time(
    opened: Callable[..., Index], tmp_path: Path, embed: Embed
) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 500)

    for _ in range(2):
        with pytest.raises(IndexUnavailable, match=r"is damaged.*move that folder away"):
            Index(folder, embed)


def test_a_folder_that_cannot_be_one_is_reported(tmp_path: Path, embed: Embed) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(IndexUnavailable, match="Choose another folder"):
        Index(tmp_path / "file", embed)


def test_a_server_that_does_not_answer_is_named(embed: Embed) -> None:
    with pytest.raises(IndexUnavailable, match=r"http://127.0.0.1:9 cannot be used"):
        Index("http://127.0.0.1:9", embed)


def test_ranks_are_fused_and_first_in_both_is_one() -> None:
    scores = fused({"a": 0.9, "b": 0.5, "c": 0.1}, {"a": 7.0, "c": 3.0, "b": 0.0})

    assert list(scores) == ["a", "c", "b"]
    assert scores["a"] == pytest.approx(1)
    assert scores["b"] == pytest.approx(61 / 62 / 2)
