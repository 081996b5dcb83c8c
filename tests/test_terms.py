"""What learners are told about command terms, and about the shorthand of mark schemes."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import Library
from tests.conftest import Opened
from tests.content import write_subject
from tests.language import write_language


def _library(folder: Path, name: str, *, more: str = "") -> Library:
    """The small subject under another name, with more command terms."""
    folder /= "subjects"
    write_subject(folder)
    (folder / "biology").rename(folder / name)
    file = folder / name / "subject.yaml"
    changed = file.read_text("utf-8").replace("command_terms:\n", f"command_terms:\n{more}")
    file.write_text(changed, "utf-8")
    return Library.load(folder)


async def test_the_terms_of_a_subject_are_listed_by_what_they_ask_for(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/terms")

    assert said.startswith("# Command terms of Biology")
    assert "**Get a value or a result**: calculate" in said
    assert "**Weigh and judge**: discuss" in said
    assert "evaluate" not in said
    assert "Others" not in said


async def test_a_term_says_what_to_do_at_which_level_for_how_many_marks(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/terms Explain")

    assert said.startswith("# Explain\n\nSay what happens and give the reasons")
    assert "objective 3 in the sciences and ESS" in said
    assert "usually 2 to 9" in said
    assert "**Tip**: Join cause and effect" in said
    assert "not checked against the subject's guide" in said


async def test_a_term_leads_to_a_question_that_uses_it(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says("/terms explain")

    assert "A limp potato chip" in await ada.presses("Quiz me: explain")


async def test_a_misspelt_term_is_offered_as_a_button(school: Opened) -> None:
    ada = (await school()).learner()

    assert "no command term “analyze”" in await ada.says("/terms analyze")
    assert (await ada.presses("Analyse")).startswith("# Analyse")
    assert "no command term “zebra”." in await ada.says("/terms zebra")
    assert (await ada.presses("All terms")).startswith("# Command terms of Biology")


async def test_a_term_of_other_subjects_says_whose_it_is(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/terms recommend")

    assert "economics and business management" in said
    assert "Level" not in said
    assert "Quiz me" not in [choice.label for choice in ada.replies[0].choices]


async def test_what_sources_disagree_on_is_said_to_those_it_concerns(
    school: Opened, tmp_path: Path
) -> None:
    bob = (await school(content=_library(tmp_path, "geography"))).learner("bob")

    said = await bob.says("/terms analyse")

    assert "objective 2 in geography" in said
    assert "Sources disagree" in said


async def test_in_mathematics_terms_have_no_level_and_schemes_have_letters(
    school: Opened, tmp_path: Path
) -> None:
    ada = (await school(content=_library(tmp_path, "math-aa"))).learner()

    assert "none; the list of mathematics attaches no levels" in await ada.says("/terms find")
    assert "**AG** (answer given)" in await ada.says("/notation")
    assert "**OWTTE**" in await ada.presses("Signs in a mark scheme")


async def test_a_subject_of_a_teachers_own_keeps_its_own_terms(
    school: Opened, tmp_path: Path
) -> None:
    library = _library(tmp_path, "botany", more="  press: Dry it between two papers.\n")
    ada = (await school(content=library)).learner()

    assert "**Others**: press" in await ada.says("/terms")
    assert await ada.says("/terms Press") == "# Press\n\nDry it between two papers."
    assert "Level" not in await ada.says("/terms explain")


async def test_the_signs_of_mark_schemes_are_explained(school: Opened) -> None:
    ada = (await school()).learner()

    said = await ada.says("/notation")

    assert "**ECF** (error carried forward): One slip costs you once." in said
    assert "**underlined word**" in said
    assert "benefit of the doubt" in await ada.presses("Stamps on your script")
    assert "**best fit**" in await ada.presses("How essays are marked")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/notation bod", "**BOD** (benefit of the doubt)"),
        ("/notation /", "Two ways of saying the same thing"),
        ("/notation brackets", "you need not write them"),
        ("/notation (M1)", "This step need not be on the page"),
        ("/notation a1", "**A** (answer or accuracy)"),
        ("/notation qcl", "not found"),
    ],
)
async def test_a_single_sign_is_explained(school: Opened, typed: str, read: str) -> None:
    ada = (await school()).learner()

    assert read in await ada.says(typed)


async def test_a_misspelt_sign_is_offered_as_a_button(school: Opened) -> None:
    ada = (await school()).learner()

    assert "no sign “owte”" in await ada.says("/notation owte")
    assert "or words to that effect" in await ada.presses("OWTTE")
    assert "no sign “zzz”." in await ada.says("/notation zzz")


async def test_a_question_stays_open_while_a_term_is_looked_up(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says("/quiz osmosis explain")

    assert "still open" in await ada.says("/terms explain")
    assert [choice.label for choice in ada.replies[0].choices] == ["All terms"]
    assert "still open" in await ada.says("/notation ECF")
    assert (await ada.says("the water leaves")).startswith("**1/2**")


async def test_signs_need_no_subject_and_terms_ask_for_one_first(
    school: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "subjects"
    write_subject(folder)
    (folder / "biology").rename(folder / "ess")
    write_subject(folder)
    ada = (await school(content=Library.load(folder))).learner()

    assert "What do you take?" in await ada.says("/terms")
    assert "OWTTE" in await ada.says("/notation")


async def test_languages_have_terms_of_their_own(school: Opened, tmp_path: Path) -> None:
    write_language(tmp_path / "subjects")
    bob = (await school(content=Library.load(tmp_path / "subjects"))).learner("bob")

    assert (await bob.says("/terms find")).startswith("# Find\n\nPoint to the word, the phrase")
    assert "Say the same again in the form" in await bob.says("/terms rewrite")
    assert "Level" not in await bob.says("/terms rewrite")
    assert "Look at a matter from more than one side." in await bob.says("/terms discuss")
    assert "no command term “prepare”" in await bob.says("/terms prepare")


async def test_other_subjects_do_not_hear_of_them(school: Opened) -> None:
    ada = (await school()).learner()

    assert "no command term “rewrite”" in await ada.says("/terms rewrite")
    assert "Get an answer of any kind" in await ada.says("/terms find")
