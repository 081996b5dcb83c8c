"""What is for one learner's eyes, and answers that are typed behind a button."""

from __future__ import annotations

from adapters.telegram.keyboard import keyboard
from bot.messages import Command, Press, without_text
from tests.conftest import Opened


async def test_questions_are_for_everybody_and_marks_for_the_learner(school: Opened) -> None:
    ada = (await school()).learner()
    for said, private in (
        ("/quiz osmosis explain", False),
        ("water leaves", True),
        ("why not point 2?", True),
        ("/progress", True),
        ("/answer", True),
        ("/files", True),
        ("/topics", False),
        ("/note osmosis", False),
    ):
        await ada.says(said)

        assert [reply.private for reply in ada.replies] == [private], said


async def test_an_answer_typed_behind_its_button_is_marked(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says("/quiz osmosis explain")
    button = ada.button("Answer")

    assert button.with_text
    assert "**1/2**" in await ada.sends(Press(button.action, "skip"))  # no word of it is a command


async def test_an_answer_typed_too_late_is_given_back_unmarked(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says("/quiz osmosis explain")
    action = ada.button("Answer").action
    await ada.says("/skip")

    said = await ada.sends(Press(action, "it dries *out*"))

    assert "no longer open" in said
    assert r"it dries \*out\*" in said
    assert ada.replies[0].private


async def test_a_message_can_be_marked_as_the_answer(school: Opened) -> None:
    ada = (await school()).learner()
    nothing = await ada.sends(Command("mark", "water leaves"))
    await ada.says("/quiz osmosis explain")

    assert "No question is open" in nothing
    assert "**1/2**" in await ada.sends(Command("mark", "water leaves"))


async def test_where_everything_is_heard_no_button_asks_for_text(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says("/quiz osmosis explain")
    choices = ada.replies[0].choices

    shown = keyboard(choices)

    assert shown
    assert [button.text for row in shown.inline_keyboard for button in row] == [
        "Hint",
        "Skip",
        "Show the answer",
    ]
    assert len(without_text(choices)) == 3
