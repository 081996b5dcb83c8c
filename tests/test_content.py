"""Everything that is shipped can be loaded, and the check has nothing to say against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import about
from bot.cli.rehearsing import ruled_out, unearned
from bot.messages import LONGEST_ACTION
from knowledge.checks import check
from knowledge.library import Library

SHIPPED = Path(__file__).parent.parent / "knowledge" / "subjects"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(SHIPPED)


def test_the_check_has_nothing_to_say_against_the_shipped_content() -> None:
    problems = check(SHIPPED)

    assert not problems, "\n".join(str(problem) for problem in problems)


def test_every_full_example_of_a_number_or_a_choice_earns_its_marks_by_rule() -> None:
    assert unearned(SHIPPED, drawn_only=False) == ()


def test_no_right_answer_is_refused_by_its_own_mark_scheme() -> None:
    assert ruled_out(SHIPPED) == ()


def test_every_topic_has_a_note_and_questions_for_everybody_who_learns_it(library: Library) -> None:
    for subject in library.subjects:
        assert [note.topic for note in library.notes(subject.id)] == list(subject.topics)
        for note in library.notes(subject.id):
            assert library.questions(subject.id, topic=note.topic, level=note.level)


def test_every_part_of_every_question_fits_into_a_button(library: Library) -> None:
    for subject in library.subjects:
        for question in library.questions(subject.id):
            for part in question.parts:
                assert len(about("again", question, part).encode()) <= LONGEST_ACTION
