"""What learners experience, end to end, through the tutor's front door."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.marking import CouldNotMark, Script, Sighting, Survey, Verdict
from bot.messages import Delayed, Image, Press, Undeliverable, Unreachable
from bot.ports import ModelUnavailable
from knowledge.content import Chunk, Document, Findings, Found, NoteId, Unreadable
from knowledge.library import Library
from tests.conftest import Opened
from tests.content import HEAT, write_subject
from tests.fakes import ScriptedExaminer, ScriptedModel, awarding
from tests.silence import NoNotes

POTATO = "/quiz osmosis explain"


class Passage(NoNotes):
    """Notes that answer every doubt with the same two passages."""

    async def search(self, doubt: str, subject: str, owner: int | None) -> Findings:
        chunks = (
            Chunk("1", "biology", "biology/osmosis", "Osmosis › The big idea", "Water moves."),
            Chunk("2", "biology", "slides.pdf", "slides.pdf", "From a file.", "page 3"),
        )
        return Findings(tuple(Found(chunk, 0.9) for chunk in chunks), covered=True)


class Nearly(NoNotes):
    """Notes that cover nothing, but know what is near."""

    async def search(self, doubt: str, subject: str, owner: int | None) -> Findings:
        return Findings((), covered=False, nearest=(NoteId("biology/osmosis"),))


async def test_a_newcomer_is_welcomed_and_told_what_to_do(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/start")

    assert "I am Viva" in said
    assert "/quiz" in said
    assert ada.button("I take SL")
    assert ada.button("Quiz me")


async def test_where_there_are_several_subjects_one_is_chosen_first(
    school: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "subjects"
    write_subject(folder)
    shutil.copytree(folder / "biology", folder / "botany")
    file = folder / "botany" / "subject.yaml"
    file.write_text(file.read_text("utf-8").replace("name: Biology", "name: Botany"), "utf-8")
    ada = (await school(content=Library.load(folder))).learner()

    await ada.says("/start")
    assert "What do you take?" in await ada.says("/quiz")
    await ada.presses("I take SL")
    assert "Set: **Botany SL**" in await ada.presses("Botany")
    assert "Botany HL" in await ada.presses("I take HL")

    assert (await ada.says("/note osmosis")).startswith("# Osmosis")
    assert ada.button("Next:").action == "note:botany/inhibition"


async def test_help_lists_every_command_and_says_who_we_are_not(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/help")

    assert all(f"/{name}" in said for name in ("note", "ask", "quiz", "hint", "progress", "forget"))
    assert "not affiliated with or endorsed by" in said


async def test_a_note_is_read_with_its_figure_and_leads_on(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/note osmosys")

    assert said.startswith("# Osmosis")
    assert "min read" in said
    (picture,) = ada.replies[0].attachments
    assert isinstance(picture, Image)
    assert picture.alt.startswith("A U-tube")
    assert picture.data.startswith(b"\x89PNG")
    assert "Enzyme inhibition" in await ada.presses("Next:")


async def test_a_topic_can_be_chosen_by_typing_its_name(school: Opened) -> None:
    ada = (await school()).learner()

    await ada.says("/topics")

    assert (await ada.says("inhibition")).startswith("# Enzyme inhibition")


async def test_a_good_answer_is_marked_point_by_point_with_the_words_that_earned_it(
    school: Opened,
) -> None:
    examiner = ScriptedExaminer(["p1", "p2"])
    ada = (await school(examiner)).learner()

    assert "2 marks" in await ada.says(POTATO)
    said = await ada.says("H2O goes out, the syrup has less *free* water")

    assert said.startswith("**2/2**")
    assert "full marks" in said
    assert said.count("✅") == 2
    assert r"less \*free\* water" in said
    assert "Reread" not in said


async def test_what_was_missed_is_told_with_a_full_answer_advice_and_the_note_to_reread(
    school: Opened,
) -> None:
    ada = (await school(ScriptedExaminer(["p1"]))).learner()

    await ada.says(POTATO)
    said = await ada.says("the water leaves")

    assert said.startswith("**1/2**")
    assert "❌ **2** [1] missing: because the solution outside" in said
    assert "An answer worth 2/2" in said
    assert "**Explain** asks you to" in said
    assert "📖 Reread: **Osmosis**" in said


async def test_why_not_point_2_is_answered_from_the_scheme(school: Opened) -> None:
    ada = (await school(ScriptedExaminer(["p1"]))).learner()
    await ada.says(POTATO)
    await ada.says("the water leaves")

    said = await ada.says("but why not point 2?")

    assert said.startswith("**Point 2** wants: because the solution outside")
    assert "hypertonic" in said
    assert said == await ada.presses("Why?")


async def test_a_model_words_the_follow_up_and_the_scheme_answers_when_it_is_down(
    school: Opened,
) -> None:
    model = ScriptedModel("You said where it goes, not why.", ModelUnavailable("down"))
    ada = (await school(ScriptedExaminer(["p1"]), model=model)).learner()
    await ada.says(POTATO)
    await ada.says("the water leaves")

    assert await ada.says("why not point 2?") == "You said where it goes, not why."
    assert ada.button("Try again")
    assert (await ada.says("why not point 2?")).startswith("**Point 2** wants")


async def test_hints_come_one_at_a_time_and_never_hold_the_answer(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says(POTATO)

    hints = [await ada.presses("Hint"), await ada.presses("Another"), await ada.says("hint")]

    assert [hint[:15] for hint in hints] == [
        "**Hint 1 of 3.*",
        "**Hint 2 of 3.*",
        "**Hint 3 of 3.*",
    ]
    assert "every hint" in await ada.says("/hint")
    assert "lower water potential" not in "".join(hints)


async def test_a_question_can_be_skipped_and_taken_up_again(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says(POTATO)

    assert "Skipped" in await ada.presses("Skip")
    assert "limp" in await ada.presses("Back to it")
    assert "**1/2**" in await ada.says("the water leaves")


async def test_the_model_answer_is_shown_on_request_and_closes_the_question(
    school: Opened,
) -> None:
    ada = (await school()).learner()
    await ada.says(POTATO)

    said = await ada.says("/answer")

    assert "syrup has the lower water potential" in said
    assert "No question is open" in await ada.says("/hint")


async def test_a_choice_is_answered_by_its_button(school: Opened) -> None:
    ada = (await school(ScriptedExaminer(["p1"]))).learner()
    await ada.says("/quiz osmosis paper 1A")

    said = await ada.presses("B")

    assert "The answer is **B**" in said
    assert "needs a higher water potential outside" in said


async def test_parts_follow_each_other_and_carry_what_was_answered(school: Opened) -> None:
    examiner = ScriptedExaminer(["p1"])
    ada = (await school(examiner)).learner()
    await ada.says("/quiz osmosis calculate paper 2")
    while "(a)" not in ada.replies[0].text:
        await ada.says("/quiz osmosis calculate paper 2")

    await ada.says("first answer")
    assert "(b)" in await ada.presses("Go on to (b)")
    await ada.says("second answer")

    assert examiner.scripts[-1].part.label == "b"
    assert examiner.scripts[-1].earlier == (("a", "first answer"),)


async def test_the_numbers_of_a_question_change_when_it_comes_again(
    school: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "subjects"
    write_subject(folder)
    (folder / "biology/questions/osmosis/heat.md").write_text(HEAT, "utf-8")
    examiner = ScriptedExaminer(["m1"])
    ada = (await school(examiner, content=Library.load(folder))).learner()

    first = ""
    while "Warming" not in first:
        first = await ada.says("/quiz osmosis calculate")
    assert "{{" not in first
    await ada.says("some joules")
    again = await ada.presses("Try again")
    await ada.says("more joules")

    assert again.splitlines()[0] == first.splitlines()[0]
    assert again != first
    before, after = (script.part.scheme for script in examiner.scripts)
    assert before != after


async def test_an_answer_that_could_not_be_marked_costs_nothing_and_is_marked_later(
    school: Opened,
) -> None:
    open = await school(ScriptedExaminer(CouldNotMark(), ["p1"]))
    ada = open.learner()
    await ada.says(POTATO)

    assert "has not cost you any marks" in await ada.says("the water leaves")
    assert "Nothing" not in await ada.says("/progress")
    assert (await ada.presses("Mark it now")).startswith("**1/2**")

    async with open.records() as records:
        attempts = await records.attempts(1)
    assert [attempt.verdict is None for attempt in attempts] == [True, False]
    assert attempts[1].answer == "the water leaves"


async def test_an_essay_nobody_can_mark_shows_the_bands_to_judge_oneself_by(
    school: Opened,
) -> None:
    ada = (await school(ScriptedExaminer(CouldNotMark("No model.", later=False)))).learner()
    await ada.says("/quiz discuss")

    said = await ada.says("Both kinds slow the enzyme, but …")

    assert "cannot put an honest mark" in said
    assert "1–" in said
    assert "Mark it now" not in [choice.label for choice in ada.replies[0].choices]


async def test_an_essay_nobody_can_mark_shows_what_was_found_in_it(school: Opened) -> None:
    seen = (Sighting("where each kind binds", "in the site"), Sighting("what more does", ""))
    survey = Survey(7, seen, ("No conclusion could be made out.",))
    scripted = ScriptedExaminer(CouldNotMark("No model.", later=False, survey=survey))
    ada = (await school(scripted)).learner()
    await ada.says("/quiz discuss")

    said = await ada.says("One kind binds in the site, the other …")

    assert "you seem to touch on 1" in said
    assert "“in the site”" in said
    assert "not found: what more does" in said
    assert "No conclusion" in said
    assert "no mark comes of it" in said
    assert "1–" in said


async def test_silence_is_not_an_answer(school: Opened) -> None:
    examiner = ScriptedExaminer(["p1"])
    ada = (await school(examiner)).learner()
    await ada.says(POTATO)

    assert "could not find an answer" in await ada.says("…!")
    assert examiner.scripts == []


async def test_a_doubt_is_answered_from_the_notes_with_its_sources(school: Opened) -> None:
    ada = (await school(notes=Passage())).learner()

    said = await ada.says("why does water move?")

    assert "Water moves." in said
    assert r"Osmosis › The big idea" in said
    assert "slides" in said
    assert "page 3" in said
    assert ada.button("Read: Osmosis")


async def test_a_doubt_in_the_middle_of_a_question_leaves_it_open(school: Opened) -> None:
    ada = (await school(notes=Passage())).learner()
    await ada.says(POTATO)

    assert "still open" in await ada.says("/ask why does water move?")
    assert "still open" in await ada.says("what does hypertonic mean?")
    assert (await ada.says("the water leaves")).startswith("**1/2**")


async def test_what_the_notes_do_not_cover_is_said_with_the_nearest_topic(school: Opened) -> None:
    ada = (await school(notes=Nearly())).learner()

    said = await ada.says("who won the match?")

    assert "My notes do not cover that" in said
    assert (await ada.presses("Osmosis")).startswith("# Osmosis")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Water moves [1]. More [7].", "Water moves [1]. More."),
        ("From a file [2].", "From a file [1]."),
        ("Both [1, 2][9].", "Both [1, 2]."),
    ],
)
async def test_a_model_may_cite_only_what_was_found(school: Opened, said: str, read: str) -> None:
    ada = (await school(notes=Passage(), model=ScriptedModel(said))).learner()

    answer = await ada.says("why does water move?")

    assert answer.startswith(read)
    assert "[7]" not in answer


async def test_an_answer_without_sources_gives_way_to_the_passages(school: Opened) -> None:
    ada = (await school(notes=Passage(), model=ScriptedModel("I just know it."))).learner()

    said = await ada.says("why does water move?")

    assert "just know" not in said
    assert "Water moves." in said


async def test_a_button_that_was_left_behind_gets_a_friendly_answer(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says(POTATO)
    old = ada.button("Hint")
    await ada.says("/quiz osmosis paper 1A")

    assert "left behind" in await ada.sends(Press(old.action))
    assert "left behind" in await ada.sends(Press("nonsense:"))
    assert "left behind" in await ada.sends(Press("again:biology/gone/gone"))
    assert "left behind" in await ada.sends(Press("note:biology/gone"))
    assert "left behind" in await ada.sends(Press("subject:alchemy"))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/quiz photosynthesis", "not sure which topic"),
        ("/quiz paper 1A HL", "I have no question for"),
        ("/note quantum gravity", "not sure which topic"),
        ("/subject alchemy", "no subject called “alchemy”"),
        ("/dance", "I do not know “/dance”"),
        ("/ask", "Ask me anything"),
        ("/skip", "No question is open"),
        ("/files remove nothing.pdf", "no file called"),
    ],
)
async def test_what_cannot_be_done_gets_a_clear_sentence(
    school: Opened, words: str, answer: str
) -> None:
    ada = (await school()).learner()

    assert answer in await ada.says(words)


async def test_a_standard_level_learner_is_not_asked_higher_level_questions(
    school: Opened,
) -> None:
    ada = (await school()).learner()

    assert "Biology SL" in await ada.says("/subject SL")
    assert "I have no question" in await ada.says("/quiz discuss")
    assert "Biology HL" in await ada.says("/subject biolgy hl")
    assert "[1]" not in await ada.says("/quiz discuss")
    assert ada.replies[0].choices


async def test_questions_go_round_before_they_repeat_and_what_is_due_comes_first(
    school: Opened,
) -> None:
    open = await school(ScriptedExaminer([]))
    ada = open.learner()
    asked = []
    for _ in range(4):
        asked.append((await ada.says("/quiz osmosis")).splitlines()[0])
        await ada.says("no idea")
        open.clock.advance(minutes=1)

    assert len(set(asked)) == 4
    open.clock.advance(days=1)
    assert (await ada.says("/quiz osmosis")).splitlines()[0] == asked[0]


async def test_progress_counts_the_latest_marks_of_each_question(school: Opened) -> None:
    open = await school(ScriptedExaminer([], ["p1", "p2"]))
    ada = open.learner()
    assert "Nothing yet" in await ada.says("/progress")
    await ada.says(POTATO)
    await ada.says("no idea")
    open.clock.advance(days=1)
    await ada.presses("Try again")
    await ada.says("all of it")

    said = await ada.says("/progress")

    assert "2/2" in said
    assert "2 answers so far" in said
    assert "2 days in a row" in said


async def test_to_be_forgotten_leaves_nothing(school: Opened) -> None:
    open = await school()
    ada = open.learner()
    await ada.says(POTATO)
    await ada.says("the water leaves")

    await ada.says("/forget")
    assert "nothing was deleted" in await ada.presses("No")
    await ada.says("/forget")
    assert "everything about you is deleted" in await ada.presses("Yes")

    assert "Nothing yet" in await ada.says("/progress")
    async with open.records() as records:
        assert await records.attempts(1) == ()


async def test_the_same_update_is_answered_once(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.sends(Press("topics"), "update-1")

    assert await ada.sends(Press("topics"), "update-1") == ""


class Filed(NoNotes):
    """Notes that take one file."""

    def __init__(self) -> None:
        self.held: tuple[Document, ...] = ()

    async def add(self, owner: int, name: str, media_type: str, data: bytes) -> Document:
        if not data:
            raise Unreadable("it is empty. Send a file with text in it.")
        self.held = (Document(name, 4, 2),)
        return self.held[0]

    async def documents(self, owner: int) -> tuple[Document, ...]:
        return self.held

    async def drop(self, owner: int, name: str | None = None) -> None:
        self.held = ()


async def test_a_file_is_taken_listed_and_removed(school: Opened) -> None:
    ada = (await school(notes=Filed())).learner()

    assert "it is empty" in (await ada.uploads("a.pdf", b"")).replace("\\", "")
    assert "2 pages" in await ada.uploads("my slides.pdf", b"%PDF")
    assert "my slides" in await ada.says("/files")
    assert "Removed" in await ada.says("/files remove my slides.pdf")
    assert "no files yet" in await ada.says("/files")


class Slow:
    """An examiner that waits for a signal."""

    name = "slow"

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def mark(self, script: Script) -> Verdict:
        await self.go.wait()
        return awarding(script, ["p1"])


async def test_while_one_answer_is_marked_others_are_served_and_nothing_overtakes(
    school: Opened,
) -> None:
    slow = Slow()
    open = await school(slow)
    ada, bob = open.learner("ada"), open.learner("bob")
    await ada.says(POTATO)

    first = asyncio.create_task(ada.says("the water leaves"))
    await asyncio.sleep(0)
    second = asyncio.create_task(ada.says("why not point 2?"))
    assert "Osmosis" in await bob.says("/topics")
    assert not first.done()
    slow.go.set()
    await asyncio.gather(first, second)

    texts = [reply.text for reply in open.box.delivered[ada.chat]]
    assert texts[1].startswith("**1/2**")
    assert texts[2].startswith("**Point 2**")


async def test_a_bug_is_told_with_a_reference_and_loses_nothing(school: Opened) -> None:
    class Broken:
        name = "broken"

        async def mark(self, script: Script) -> Verdict:
            raise RuntimeError("a bug")

    ada = (await school(Broken())).learner()
    await ada.says(POTATO)

    assert "Something broke on my side" in await ada.says("the water leaves")
    assert "Hint 1" in await ada.says("/hint")


@pytest.mark.parametrize(
    ("failure", "arrives"),
    [
        (Delayed(30), True),
        (OSError("no network"), True),
        (Unreachable(), False),
        (Undeliverable(), False),
    ],
)
async def test_a_reply_that_was_not_sent_is_sent_later_unless_it_never_can_be(
    school: Opened, failure: Exception, arrives: bool
) -> None:
    open = await school()
    ada = open.learner()
    open.box.failures.append(failure)

    assert await ada.says("/help") == ""
    open.clock.advance(minutes=1)
    await open.desk.post()
    await open.desk.settled(ada.chat)

    assert bool(open.box.delivered.get(ada.chat)) is arrives
