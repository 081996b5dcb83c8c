"""One learner on several platforms: accounts are joined by a code, and parted again."""

from __future__ import annotations

import re

from bot.messages import Command
from tests.chat import Learner
from tests.conftest import Opened
from tests.fakes import ScriptedExaminer

POTATO = "/quiz osmosis explain"


async def code_of(learner: Learner) -> str:
    """A fresh code, as it is shown."""
    said = await learner.says("/link")
    found = re.search(r"/link ([A-Z0-9]{4}-[A-Z0-9]{4})", said)
    assert found, said
    return found[1]


async def answers(learner: Learner, question: str = POTATO) -> None:
    """Take a question and answer it."""
    await learner.says(question)
    await learner.says("water leaves the cells")


async def test_progress_made_on_two_accounts_becomes_one(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"], ["p1", "p2"]))
    ada, phone = open.learner("ada"), open.learner("ada's phone")
    await answers(ada)
    open.clock.advance(hours=1)
    await answers(phone)

    asked = await phone.says(f"/link {(await code_of(ada)).lower().replace('-', ' ')}")
    joined = await phone.presses("Join them")

    assert "made on Test" in asked
    assert "counts together" in joined
    for learner in (ada, phone):
        said = await learner.says("/progress")
        assert "2 answers so far" in said
        assert "2/2" in said


async def test_a_code_is_shown_to_the_learner_alone_and_never_in_a_group(school: Opened) -> None:
    open = await school()
    ada = open.learner("ada")

    await code_of(ada)
    in_class = await open.learner("ada", "class").sends(Command("link"), "in-class-1")

    assert ada.replies[0].private
    assert "private chat" in in_class
    assert "/link" not in in_class


async def test_a_code_works_once(school: Opened) -> None:
    open = await school()
    ada, bob, eve = (open.learner(name) for name in ("ada", "bob", "eve"))
    code = await code_of(ada)
    await bob.says(f"/link {code}")
    await eve.says(f"/link {code}")

    await bob.presses("Join them")

    assert "opens nothing" in await eve.presses("Join them")
    assert "opens nothing" in await bob.says(f"/link {code}")


async def test_a_code_is_good_for_ten_minutes_and_until_the_next(school: Opened) -> None:
    open = await school()
    ada, phone = open.learner("ada"), open.learner("phone")
    first, second = await code_of(ada), await code_of(ada)

    assert "opens nothing" in await phone.says(f"/link {first}")
    await phone.says(f"/link {second}")
    open.clock.advance(minutes=10)

    assert "opens nothing" in await phone.presses("Join them")


async def test_codes_cannot_be_guessed_for_long(school: Opened) -> None:
    open = await school()
    ada, eve = open.learner("ada"), open.learner("eve")
    for guess in range(5):
        assert "opens nothing" in await eve.says(f"/link AAAA-AAA{guess}")
    code = await code_of(ada)

    refused = await eve.says(f"/link {code}")
    open.clock.advance(hours=1, minutes=1)
    code = await code_of(ada)

    assert "Too many codes" in refused
    assert "Shall I join" in await eve.says(f"/link {code}")


async def test_ones_own_code_and_a_change_of_mind_change_nothing(school: Opened) -> None:
    open = await school()
    ada, phone = open.learner("ada"), open.learner("phone")
    await answers(ada)
    code = await code_of(ada)

    assert "own code" in await ada.says(f"/link {code}")
    await phone.says(f"/link {code}")
    assert "stays as it is" in await phone.presses("Leave as it is")
    assert "Nothing yet" in await phone.says("/progress")


async def test_a_half_finished_question_survives_on_both_sides(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"], ["p1", "p2"]))
    ada, phone = open.learner("ada"), open.learner("phone")
    await ada.says(POTATO)
    await phone.says(POTATO)

    await phone.says(f"/link {await code_of(ada)}")
    await phone.presses("Join them")

    assert (await ada.says("water leaves")).startswith("**1/2**")
    assert (await phone.says("all of it")).startswith("**2/2**")
    assert "2 answers so far" in await ada.says("/progress")


async def test_what_was_parted_begins_anew_and_the_others_keep_everything(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, phone = open.learner("ada"), open.learner("phone")
    await ada.says("/subject SL")
    await answers(ada)
    assert "only account" in await ada.says("/unlink")
    await phone.says(f"/link {await code_of(ada)}")
    await phone.presses("Join them")

    assert "keep all" in await phone.says("/unlink")
    assert "begin anew" in await phone.presses("Part them")

    assert "Nothing yet" in await phone.says("/progress")
    assert "SL" in await phone.says("/start")
    assert "1 answer so far" in await ada.says("/progress")


async def test_to_be_forgotten_goes_for_all_accounts(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1"]))
    ada, phone = open.learner("ada"), open.learner("phone")
    await answers(ada)
    await phone.says(f"/link {await code_of(ada)}")
    await phone.presses("Join them")

    await phone.says("/forget")
    await phone.presses("Yes")

    assert "Nothing yet" in await ada.says("/progress")
