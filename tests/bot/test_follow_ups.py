"""Whether a learner asks about a marking or objects to it, in the spelling of a chat."""

from __future__ import annotations

import pytest

from bot.follow_ups import Objection, Why, read


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("I think I deserved point 2", (2,)),
        ("i think i diserved pont 2", (2,)),
        ("mark point 2 again", (2,)),
        ("can you mark pt 2 agian pls?", (2,)),
        ("could you please re-mark number 3", (3,)),
        ("remark 2", (2,)),
        ("check #2 again", (2,)),
        ("I disagree with 2 and 3", (2, 3)),
        ("i dissagree w/ 2, 3", (2, 3)),
        ("disagree", ()),
        ("I don't agree with point 3.", (3,)),
        ("that's wrong, I said that already", ()),
        ("thats rong i alredy said that", ()),
        ("i already wrote it", ()),
        ("But I did say that!", ()),
        ("isn't that what I said?", ()),
        ("that is what i wrote", ()),
        ("shouldn't I get point 2?", (2,)),
        ("i shouldve gotten the mark for 2", (2,)),
        ("point 2 should count", (2,)),
        ("it's not fair", ()),
        ("unfair!!", ()),
        ("u marked 2 wrong", (2,)),
        ("you're wrong about point 1", (1,)),
        ("I want to appeal point two", (2,)),
        ("the second point is in my answer, look at it again", (2,)),
        ("give me point 2", (2,)),
        ("2 is wrong", (2,)),
        ("what do you mean, I said that already", ()),
        ("I don't think I should have lost point 2", (2,)),
        ("pls recheck pts 1 n 3", (1, 3)),
        ("I want a second opinion", ()),
        ("I disagree with 7", (7,)),
    ],
)
def test_an_objection_is_told_from_a_question(text: str, points: tuple[int, ...]) -> None:
    said = read(text, 3)

    assert isinstance(said, Objection), said
    assert said.points == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("why did I lose point 2?", (2,)),
        ("y did i loose pt 2", (2,)),
        ("but why not point 2?", (2,)),
        ("why not 2, and what about point 3?", (3,)),
        ("wat was wrong w point 2", (2,)),
        ("how do I get point 2?", (2,)),
        ("what would have earned the third point", (3,)),
        ("what's missing in point 1?", (1,)),
        ("point 2?", (2,)),
        ("explain point 2", (2,)),
        ("can you explain point 2 again?", (2,)),
        ("i dont get point 2", (2,)),
        ("I don't understand number 3", (3,)),
        ("why is point 2 wrong, I said that?", (2,)),
        ("how come i lost a mark", ()),
        ("why?", ()),
        ("y", ()),
        ("why was that wrong", ()),
        ("what did I do wrong?", ()),
        ("Explain my marks", ()),
        ("is point 2 about ATP?", (2,)),
        ("did I deserve point 2?", (2,)),
    ],
)
def test_a_question_about_a_marking_is_no_objection(text: str, points: tuple[int, ...]) -> None:
    assert read(text, 3) == Why(points)


@pytest.mark.parametrize(
    "text",
    [
        "what is osmosis?",
        "why does water move?",
        "how do cells disagree about ATP",
        "is it wrong to say that water is sucked in?",
        "Some authors disagree that the model explains this",
        "the answer says ATP, what does that mean?",
        "thanks!",
        "I should have written more about ATP",
        "next",
        "can you read the note to me",
        "is the sodium pump the same as the potassium pump?",
        "tell me again what a membrane is",
        "what happens if the membrane is marked by a carrier?",
        "What is wrong with the sandwich model?",
        "what I wrote about osmosis, is it in the note",
    ],
)
def test_a_doubt_about_the_subject_is_neither(text: str) -> None:
    assert read(text, 3) is None


@pytest.mark.parametrize(
    "text",
    [
        "you gave me point 1 but I don't think I earned it",
        "i dont think i deserve pt 1",
        "I never said that, point 1",
        "you were too generous with point 1",
        "I shouldn't have got point 1",
    ],
)
def test_a_learner_may_object_to_a_mark_that_was_given(text: str) -> None:
    assert read(text, 3) == Objection((1,), against=True)


@pytest.mark.parametrize(
    ("text", "points", "words"),
    [
        ('point 2: "water goes out"', (2,), "water goes out"),
        ("I said “it is 3 times hypertonic outside”", (), "it is 3 times hypertonic outside"),
        ("I deserved 2, I wrote 'water goes out'", (2,), "water goes out"),
    ],
)
def test_the_words_that_earn_a_point_may_be_quoted(
    text: str, points: tuple[int, ...], words: str
) -> None:
    assert read(text, 3) == Objection(points, words=words)


def test_what_stands_between_quotes_is_no_wish_of_the_learner() -> None:
    assert read("what does “I disagree with 2” mean?", 3) is None
