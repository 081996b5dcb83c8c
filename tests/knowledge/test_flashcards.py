"""Flashcards: two sides, or a sentence with gaps; what is wrong with them is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check
from knowledge.content import Flashcard
from knowledge.coverage import coverage
from knowledge.library import Library
from knowledge.problems import ContentProblems
from tests.content import CARDS, write_subject

BY_HEART = "- {{front: {}, back: Water.}}\n"


def _write(folder: Path, cards: str, topic: str = "osmosis") -> None:
    write_subject(folder)
    (folder / "biology/cards").mkdir()
    (folder / f"biology/cards/{topic}.yaml").write_text(cards)


def _cards(folder: Path, cards: str) -> tuple[Flashcard, ...]:
    _write(folder, cards)
    return Library.load(folder).cards("biology", "osmosis")


def test_a_card_has_two_sides_and_a_sentence_makes_a_card_for_each_gap(tmp_path: Path) -> None:
    first, second, third = _cards(tmp_path, CARDS)

    assert (first.topic, first.back) == ("osmosis", "Water, but not what is dissolved in it.")
    assert second.front == (
        "Water moves to the side of the … water potential, which is written $\\psi$."
    )
    assert second.back == (
        "Water moves to the side of the **lower** water potential, which is written $\\psi$."
    )
    assert (
        third.front == "Water moves to the side of the lower water potential, which is written …."
    )
    assert third.back.endswith("is written **$\\psi$**.")


def test_content_with_good_cards_has_no_problems(tmp_path: Path) -> None:
    _write(tmp_path, CARDS)

    assert check(tmp_path, 1) == ()


def test_a_gap_may_hold_a_formula_full_of_braces(tmp_path: Path) -> None:
    (card,) = _cards(tmp_path, "- cloze: It is {{ $\\frac{1}{x^{2^{3}}}$ }} at $x^{2^{y}}$.\n")

    assert card.front == "It is … at $x^{2^{y}}$."
    assert card.back == "It is **$\\frac{1}{x^{2^{3}}}$** at $x^{2^{y}}$."


def test_a_card_keeps_its_id_when_its_place_or_its_back_changes(tmp_path: Path) -> None:
    before = _cards(tmp_path / "a", "- {front: What moves?, back: Water.}\n")

    after = _cards(tmp_path / "b", BY_HEART.format("Who?") + "- {front: What moves?, back: H2O.}\n")

    assert before[0].id == after[1].id != after[0].id
    assert before[0].id.startswith("biology/osmosis/")


def test_cards_are_found_by_topic_and_come_in_teaching_order(tmp_path: Path) -> None:
    _write(tmp_path, CARDS)
    (tmp_path / "biology/cards/inhibition.yaml").write_text(BY_HEART.format("Where?"))
    library = Library.load(tmp_path)

    topics = [card.topic for card in library.cards("biology")]

    assert topics == ["osmosis", "osmosis", "osmosis", "inhibition"]
    assert [card.front for card in library.cards("biology", "inhibition")] == ["Where?"]
    assert library.cards("biology", "alchemy") == ()


def test_a_subject_needs_no_cards(tmp_path: Path) -> None:
    write_subject(tmp_path)

    assert Library.load(tmp_path).cards("biology") == ()


def test_coverage_counts_cards(tmp_path: Path) -> None:
    _write(tmp_path, CARDS)

    osmosis, inhibition = coverage(Library.load(tmp_path))

    assert (osmosis.cards, inhibition.cards) == (3, 0)
    assert osmosis.cards == 3


@pytest.mark.parametrize(
    ("cards", "line", "told"),
    [
        ("- {front: Who?, bakc: Me}", 1, 'card 1: there is no key "bakc": did you mean "back"?'),
        ("- {front: Who?}", 1, 'card 1: "back" is missing'),
        ("- {back: Me}", 1, 'card 1: "front" is missing'),
        ("- {front: Who?, back: ''}", 1, 'card 1: "back" is empty'),
        ("- {front: Who?, back: [Me]}", 1, 'card 1: "back" should be text, not a list'),
        ("- front: Who?\n  back: Me\n  cloze: A {{b}}", 3, '"cloze" makes both sides'),
        ("- cloze: Water moves.", 1, 'card 1: "cloze" has no gap'),
        ("- cloze: Water {{moves.", 1, "has a {{ without its }}"),
        ("- cloze: Water {{moves}} }}.", 1, "has a {{ without its }}"),
        ("- cloze: Take $x = {{v}} / t$.", 1, "has a gap inside a formula"),
        ("- Who?", 1, "card 1: should be keys with values: front and back, or cloze"),
        ("front: Who?\nback: Me", 1, "there should be a list here"),
        ("- {front: Who", 1, "[ ] or { } are not closed"),
        ("", 1, "the file is empty"),
    ],
)
def test_a_card_that_is_none_is_refused_at_its_line(
    tmp_path: Path, cards: str, line: int, told: str
) -> None:
    _write(tmp_path, cards)

    with pytest.raises(ContentProblems) as caught:
        Library.load(tmp_path)

    (problem,) = caught.value.problems
    assert problem.line == line
    assert told in problem.text


@pytest.mark.parametrize(
    ("cards", "line", "told"),
    [
        (CARDS + BY_HEART.format("A" * 301), 4, "card 3: its front has 301 characters, more than"),
        (
            BY_HEART.format("Who?") + BY_HEART.format("what") + BY_HEART.format("who?"),
            *(3, "card 3: its front is that of card 1"),
        ),
        ("- cloze: The {{cat}} and the {{cat}}\n" * 2, 2, "card 2: its front is that of card 1"),
        ("- front: Who?\n  back: Is it $5?", 1, 'a "$" without its partner'),
        ("- cloze: It {{is}} $\\frac{1$.", 1, "its { and } do not match"),
        ("- {front: Who?, back: TODO}", 1, '"TODO" is left to be written'),
    ],
)
def test_a_card_that_is_hard_to_learn_from_is_found_at_its_line(
    tmp_path: Path, cards: str, line: int, told: str
) -> None:
    _write(tmp_path, cards)

    problems = check(tmp_path, 1)

    assert {problem.line for problem in problems if told in problem.text} == {line}, problems


def test_two_gaps_with_the_same_words_make_two_cards(tmp_path: Path) -> None:
    _write(tmp_path, '- cloze: "{{Up}} and up: {{up}}"\n')

    assert check(tmp_path, 1) == ()


def test_cards_of_no_topic_are_found(tmp_path: Path) -> None:
    _write(tmp_path, CARDS, topic="diffusion")

    (problem,) = check(tmp_path, 1)

    assert str(problem) == (
        'biology/cards/diffusion.yaml:1: no entry of the syllabus has "diffusion" among its topics'
    )


def test_a_topic_with_too_long_a_name_for_its_cards_is_found(tmp_path: Path) -> None:
    long = "a-very-long-name-for-a-topic-of-biology"
    _write(tmp_path, CARDS, topic=long)

    assert any("is longer than 48 bytes" in problem.text for problem in check(tmp_path, 1))
