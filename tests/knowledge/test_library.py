"""The library: what it loads, what it refuses, and what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.content import (
    BandScheme,
    NoteId,
    Numeric,
    PointScheme,
    QuestionId,
)
from knowledge.coverage import coverage
from knowledge.library import Library
from knowledge.problems import ContentProblems
from tests.content import write_subject


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_subject(tmp_path)
    return Library.load(tmp_path)


def test_a_question_is_what_its_file_says(library: Library) -> None:
    question = library.question(QuestionId("biology/osmosis/potato"))

    part = question.part("")

    assert question.title == "A limp potato chip"
    assert question.stem.startswith("A chip of potato")
    assert question.note == "biology/osmosis"
    assert isinstance(part.scheme, PointScheme)
    assert part.marks == 2
    assert [point.id for point in part.scheme.points] == ["p1", "p2"]
    assert part.scheme.points[0].reject == ("sugar leaves the cells",)
    assert part.examples[0].earns == ("p1", "p2")


def test_a_choice_has_one_point_for_its_right_option(library: Library) -> None:
    part = library.question(QuestionId("biology/osmosis/direction")).part("")

    assert part.correct == "B"
    assert [option.letter for option in part.options] == ["A", "B", "C"]
    assert isinstance(part.scheme, PointScheme)
    assert [point.text for point in part.scheme.points] == ["Out of the cell"]


def test_a_number_needs_no_words_beside_it(library: Library) -> None:
    part = library.question(QuestionId("biology/osmosis/rate")).part("")

    assert isinstance(part.scheme, PointScheme)
    point = part.scheme.points[1]
    assert point.text == "0.25 cm/min"
    assert point.numeric == Numeric(0.25, "cm/min", significant_figures=2, formula="5 / 20")


def test_parts_keep_their_order_and_what_was_written_before(library: Library) -> None:
    question = library.question(QuestionId("biology/osmosis/chips"))

    later = question.after("a")

    assert later is not None
    assert (later.label, question.after("b"), question.marks) == ("b", None, 3)
    assert later.examples[1].earlier == (("a", "5.4 g"),)


def test_an_essay_is_marked_by_bands(library: Library) -> None:
    part = library.question(QuestionId("biology/inhibition/essay")).part("")

    assert isinstance(part.scheme, BandScheme)
    assert [(b.low, b.high) for b in part.scheme.criteria[0].bands] == [(1, 2), (3, 4), (5, 6)]
    assert part.marks == 6


def test_notes_come_in_teaching_order_not_by_name(library: Library) -> None:
    titles = [note.title for note in library.notes("biology")]

    assert titles == ["Osmosis", "Enzyme inhibition"]
    assert library.note(NoteId("biology/osmosis")).body.startswith("## The big idea")


@pytest.mark.parametrize("look", ["subject", "note", "question"])
def test_what_is_not_there_is_a_key_error(library: Library, look: str) -> None:
    with pytest.raises(KeyError):
        getattr(library, look)("biology/alchemy")


def test_questions_are_found_by_topic_paper_term_and_level(library: Library) -> None:
    def names(**wanted: str) -> list[str]:
        found = library.questions("biology", **wanted)  # type: ignore[arg-type]  # levels are text
        return [question.id.split("/")[-1] for question in found]

    assert names() == ["chips", "direction", "potato", "rate", "essay"]
    assert names(topic="osmosis", paper="2") == ["chips", "potato", "rate"]
    assert names(command_term="calculate") == ["chips", "rate"]
    assert names(level="SL") == ["chips", "direction", "potato", "rate"]
    assert names(level="HL") == names()


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("osmosis", ("osmosis",)),
        ("Osmossis", ("osmosis",)),
        ("enzime inhibiton", ("inhibition",)),
        ("Enzyme inhibition", ("inhibition",)),
        ("photosynthesis", ()),
        ("", ()),
    ],
)
def test_topics_are_recognised_with_typos(
    library: Library, words: str, topics: tuple[str, ...]
) -> None:
    assert library.topics_like("biology", words) == topics


@pytest.mark.parametrize(("line", "language"), [("", "en"), ("language: es\n", "es")])
def test_a_question_is_in_the_language_of_its_subject(
    tmp_path: Path, line: str, language: str
) -> None:
    write_subject(tmp_path)
    subject = tmp_path / "biology/subject.yaml"
    subject.write_text(subject.read_text() + line)

    library = Library.load(tmp_path)

    assert library.subject("biology").language == language
    assert {question.language for question in library.questions("biology")} == {language}


def test_words_that_fit_two_topics_offer_both_best_first(tmp_path: Path) -> None:
    write_subject(tmp_path)
    notes = tmp_path / "biology/notes"
    subject = tmp_path / "biology/subject.yaml"
    subject.write_text(
        subject.read_text().replace("[inhibition]", "[resting-potential, action-potential]")
    )
    text = (notes / "inhibition.md").read_text()
    (notes / "inhibition.md").unlink()
    for name in ("resting", "action"):
        titled = text.replace("Enzyme inhibition", f"The {name} potential")
        (notes / f"{name}-potential.md").write_text(titled)
    for file in (tmp_path / "biology/questions/inhibition").iterdir():
        file.unlink()
    library = Library.load(tmp_path)

    assert library.topics_like("biology", "restng potental") == ("resting-potential",)
    assert library.topics_like("biology", "action potential") == ("action-potential",)
    assert set(library.topics_like("biology", "potential")) == {
        "resting-potential",
        "action-potential",
    }


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write_subject(tmp_path)
    for path, old, new in [
        ("questions/osmosis/potato.md", "marks: 2", "marks: two"),
        ("questions/osmosis/rate.md", "kind: number", "kind: sum"),
        ("notes/osmosis.md", "title: Osmosis", "titel: Osmosis"),
    ]:
        file = tmp_path / "biology" / path
        file.write_text(file.read_text().replace(old, new))

    with pytest.raises(ContentProblems) as caught:
        Library.load(tmp_path)

    assert str(caught.value).splitlines() == [
        'biology/notes/osmosis.md:2: "title" is missing',
        'biology/notes/osmosis.md:2: there is no key "titel": did you mean "title"?',
        'biology/questions/osmosis/potato.md:7: "marks" should be a whole number, not "two"',
        'biology/questions/osmosis/rate.md:6: "kind" should be one of choice, number, short, '
        'extended, essay, writing, not "sum"',
    ]


def test_an_empty_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(ContentProblems, match="no content"):
        Library.load(tmp_path)


def test_coverage_counts_what_there_is_on_each_topic(library: Library) -> None:
    osmosis, inhibition = coverage(library)

    assert (osmosis.topic, osmosis.questions, osmosis.figures, osmosis.examples) == (
        *("osmosis", 4, 1),
        17,
    )
    assert osmosis.kinds == (("choice", 1), ("number", 3), ("short", 1))
    assert inhibition.command_terms == (("discuss", 1),)
    assert (inhibition.note, inhibition.minutes) == ("Enzyme inhibition", 1)
