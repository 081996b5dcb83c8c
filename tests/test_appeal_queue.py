"""What a teacher does with the queue of appeals, and what the learner then reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.appeals import CannotDecide, Decision
from bot.cli import appeals as queue
from bot.cli import exporting
from bot.cli.checking import checked
from bot.cli.problems import Unusable
from bot.marking import Script, Verdict, settled
from bot.settings import Settings
from tests.chat import Learner
from tests.conftest import Opened, School
from tests.content import write_subject
from tests.fakes import Bands, FixedClock, ScriptedExaminer, awarding

POTATO = "/quiz osmosis explain"
ANSWER = "The potato's water goes into the syrup, I think; yours, Ada"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder with the database that the school uses, and content of its own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VIVA_{name.upper()}", raising=False)
    write_subject(tmp_path / "subjects")
    monkeypatch.setenv("VIVA_DATA", str(tmp_path))
    monkeypatch.setenv("VIVA_CONTENT", str(tmp_path / "subjects"))
    monkeypatch.chdir(tmp_path)
    return Settings()


def award(note: str = "", marks: int | None = None) -> Decision:
    return Decision(True, FixedClock()() + timedelta(hours=1), note, marks)


def withhold(note: str = "") -> Decision:
    return Decision(False, FixedClock()() + timedelta(hours=1), note)


async def appealed(open: School, *points: int) -> Learner:
    """Ada answers, and disagrees with these points."""
    ada = open.learner()
    await ada.says(POTATO)
    await ada.says(ANSWER)
    for point in points:
        await ada.says(f"I disagree with point {point}")
    return ada


async def listed(settings: Settings, id: int | None = None) -> str:
    screen = Console(file=StringIO(), width=100)
    await (queue.shown(settings, id, screen) if id else queue.listed(settings, screen))
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


async def news(open: School, ada: Learner) -> list[str]:
    """What arrives without being asked for."""
    before = len(open.box.delivered[ada.chat])
    await open.desk.post()
    await open.desk.settled(ada.chat)
    return [reply.text for reply in open.box.delivered[ada.chat][before:]]


async def test_the_queue_shows_what_a_teacher_needs_and_not_who_it_was(
    school: Opened, settings: Settings
) -> None:
    open = await school(ScriptedExaminer([]))
    ada = open.learner("person-4711", room="room-0815")
    await ada.says(POTATO)
    await ada.says(ANSWER)
    await ada.says("I disagree with 2")
    open.clock.advance(days=1)
    await ada.says("I disagree with 1")

    said = await listed(settings)

    assert said.index("1 · 2026-03-02 · biology/osmosis/potato · point 2") < said.index(
        "2 · 2026-03-03"
    )
    assert f"answer  {ANSWER}" in said
    assert "first   not earned [scripted]" in said
    assert "second  none" in said
    assert "2 appeals to decide." in said
    one = await listed(settings, 1)
    assert "A chip of potato is left in thick syrup" in one
    assert "accept: it is hypertonic outside" in one
    assert "mark    0/2 now" in one
    assert "4711" not in said + one
    assert "0815" not in said + one


async def test_a_decision_changes_the_mark_and_is_told_once_where_the_learner_appealed(
    school: Opened, settings: Settings
) -> None:
    open = await school(ScriptedExaminer([]))
    ada = await appealed(open, 1)

    done = await queue.decided(settings, 1, award("*Into* the syrup is out of the cells."))

    assert "The mark was 0 and is 1 of 2" in done
    (told,) = await news(open, ada)
    assert "A teacher looked at your appeal on **A limp potato chip**" in told
    assert "**Point 1**: water leaves the cells of the potato: **awarded**" in told
    assert r"\*Into\* the syrup" in told
    assert "from 0/2 to **1/2**" in told
    assert await news(open, ada) == []
    assert "| 1/2 |" in await ada.says("/progress")
    assert "was earned by your words" in await ada.says("why point 1?")
    assert "No appeal waits" in await listed(settings)
    assert "teacher awarded on 2026-03-02" in await listed(settings, 1)

    with pytest.raises(Unusable, match="was decided before"):
        await queue.decided(settings, 1, withhold())
    assert await news(open, ada) == []
    assert "A teacher: awarded" in await ada.says("I disagree with point 1")


async def test_a_decision_reaches_the_learner_after_a_restart_and_while_they_answer_another(
    school: Opened, settings: Settings
) -> None:
    open = await school(ScriptedExaminer([]))
    ada = await appealed(open, 1)
    await ada.says("/quiz osmosis paper 1A")

    await queue.decided(settings, 1, withhold("It may go anywhere."))

    (told,) = await news(open, ada)
    assert "not awarded" in told
    assert "Your mark stays **0/2**" in told
    assert "Hint 1" in await ada.says("/hint")


async def test_a_decision_keeps_to_the_rules_between_points(
    school: Opened, settings: Settings
) -> None:
    open = await school(ScriptedExaminer([]))
    ada = await appealed(open, 2, 1)

    with pytest.raises(CannotDecide, match="depends on point 1"):
        await queue.decided(settings, 1, award())
    with pytest.raises(CannotDecide, match="Marks are for criteria"):
        await queue.decided(settings, 1, award(marks=1))
    assert await news(open, ada) == []

    await queue.decided(settings, 2, award())
    assert "The mark was 1 and is 2" in await queue.decided(settings, 1, award())
    assert len(await news(open, ada)) == 2


class Answers:
    """An examiner that finds the answer, by which the method is implied."""

    name = "answers"

    async def mark(self, script: Script) -> Verdict:
        verdict = awarding(script, ["a1"])
        return replace(verdict, points=settled(script, verdict.points))


async def test_a_point_that_was_only_implied_falls_with_the_one_that_implied_it(
    school: Opened, settings: Settings
) -> None:
    open = await school(Answers())
    ada = open.learner()
    while "How fast it rises" not in (await ada.says("/quiz osmosis calculate")):
        pass
    said = await ada.says("0.25 cm/min")
    assert said.startswith("**2/2**")
    await ada.says("you gave me point 2 but I don't think I earned it")

    await queue.decided(settings, 1, withhold("The working is missing."))

    (told,) = await news(open, ada)
    assert "from 2/2 to **0/2**" in told


async def test_a_criterion_is_decided_with_its_marks(school: Opened, settings: Settings) -> None:
    open = await school(Bands())
    ada = open.learner()
    await ada.says("/quiz discuss")
    await ada.says("Both kinds slow it, but more substrate helps with one.")
    await ada.says("I disagree")

    with pytest.raises(CannotDecide, match="Say how many of 6 marks"):
        await queue.decided(settings, 1, award())
    with pytest.raises(CannotDecide, match="Say how many of 6 marks"):
        await queue.decided(settings, 1, award(marks=7))
    await queue.decided(settings, 1, award("Both are there.", marks=4))

    (told,) = await news(open, ada)
    assert "**Criterion 1**" in told
    assert "from 2/6 to **4/6**" in told
    await exporting.exported(settings, settings.data / "out.yaml")
    written = (settings.data / "out.yaml").read_text("utf-8")
    assert "marks: 4" in written
    assert 'reason: "Both are there."' in written


async def test_what_was_decided_is_written_as_an_example_that_passes_the_check(
    school: Opened, settings: Settings, tmp_path: Path
) -> None:
    open = await school(ScriptedExaminer([]))
    await appealed(open, 1, 2)
    await queue.decided(settings, 1, award('"Into" is fine: #1'))
    file = tmp_path / "examples.yaml"

    assert "1 example written" in await exporting.exported(settings, file)

    text = file.read_text("utf-8")
    block = text.split("# biology/osmosis/potato\n")[1].rstrip("\n") + "\n"
    assert "earns: [p1]" in block
    assert "shows: partial" in block
    question = settings.content / "biology/questions/osmosis/potato.md"
    written = question.read_text("utf-8").replace("examples:\n", f"examples:\n{block}")
    question.write_text(written, "utf-8")
    screen = Console(file=StringIO(), width=200)
    checked(settings.content, screen)
    assert isinstance(screen.file, StringIO)
    assert "potato.md" not in screen.file.getvalue()


async def test_an_export_with_nowhere_to_go_is_a_sentence(
    school: Opened, settings: Settings, tmp_path: Path
) -> None:
    await school()

    with pytest.raises(Unusable, match="cannot be written"):
        await exporting.exported(settings, tmp_path / "nowhere" / "examples.yaml")


async def test_a_forgotten_learner_has_no_appeal_to_decide(
    school: Opened, settings: Settings
) -> None:
    open = await school(ScriptedExaminer([]))
    ada = await appealed(open, 1)
    await ada.says("/forget")
    await ada.presses("Yes")

    assert "No appeal waits" in await listed(settings)
    with pytest.raises(Unusable, match="There is no appeal 1"):
        await queue.decided(settings, 1, award())
    assert await news(open, ada) == []


def viva(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.usefixtures("settings")
def test_the_commands_of_the_queue_are_there() -> None:
    assert "No appeal waits for you." in viva("appeals").output
    assert viva("appeals", "decide", "1").exit_code == 2
    assert "There is no appeal 7" in str(viva("appeals", "show", "7").exception)
    assert "There is no appeal 7" in str(viva("appeals", "decide", "7", "--award").exception)
    assert "0 examples written" in viva("appeals", "export", "out.yaml").output
