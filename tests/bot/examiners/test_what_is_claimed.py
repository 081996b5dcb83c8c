"""Which way round a claim goes, and what may be said in the question's own words."""

from __future__ import annotations

import pytest

from bot.examiners.exact import ExactJudge
from bot.examiners.trained import TrainedExaminer
from bot.marking import Script
from knowledge.content import MarkPoint
from knowledge.embedding import embedding
from tests.bot.examiners.papers import asking, script

SWITCH = (
    "A switch joins a cell either to a lamp on its left or to a bell on its right. The lamp will "
    "light if current flows, the bell will ring. State what happens when it moves to the left."
)
LAMP = MarkPoint("lamp", "the lamp lights")
LOOP = MarkPoint("loop", "there is a complete loop containing both the lamp and a battery")
TERMINAL = MarkPoint("gap", "the wire and the positive terminal are parted by a gap")
CHLORINE = MarkPoint("cl", "chlorine is more reactive than iodine")
DICHROMATE = MarkPoint("colour", "the colour changes from orange to green")
CARRIERS = MarkPoint(
    "atp",
    "some carriers use ATP to work, channels never do",
    accept=("carriers can carry out active transport, channels cannot",),
)


@pytest.fixture(scope="module")
def examiner() -> TrainedExaminer:
    """The shipped examiner."""
    return TrainedExaminer(embedding(), ExactJudge())


async def refused(examiner: TrainedExaminer, asked: Script) -> str:
    """Why the only point is not earned; '' if it is."""
    (mark,) = (await examiner.mark(asked)).points
    return "" if mark.awarded else mark.comment or "not found"


@pytest.mark.parametrize("answer", ["The lamp lights.", "the lamp will light", "lamp lights up"])
async def test_what_the_question_names_may_be_the_answer(
    examiner: TrainedExaminer, answer: str
) -> None:
    assert not await refused(examiner, asking(SWITCH, script(answer, LAMP)))


@pytest.mark.parametrize("answer", ["The bell will ring.", "what happens when it moves left"])
async def test_not_all_that_the_question_names_is_the_answer(
    examiner: TrainedExaminer, answer: str
) -> None:
    assert await refused(examiner, asking(SWITCH, script(answer, LAMP)))


@pytest.mark.parametrize(
    "answer",
    [
        "The battery and the lamp need to be in a complete loop together.",
        "the lamp and the battery must both be in one complete loop",
        "A battery and a lamp are contained in a complete loop.",
    ],
)
async def test_things_that_are_named_together_may_be_named_in_another_order(
    examiner: TrainedExaminer, answer: str
) -> None:
    asked = asking("State what a lamp needs in order to light up.", script(answer, LOOP))

    assert not await refused(examiner, asked)


async def test_what_is_not_joined_to_the_positive_terminal_is_not_negative(
    examiner: TrainedExaminer,
) -> None:
    asked = asking(
        "Explain why the voltmeter shows 1.5 V.",
        script("The wire is not connected to the positive terminal.", TERMINAL),
    )

    assert "way round" not in await refused(examiner, asked)


@pytest.mark.parametrize(
    "answer", ["iodine is less reactive than chlorine", "Chlorine is more reactive than iodine is."]
)
async def test_a_comparison_may_be_told_from_either_side(
    examiner: TrainedExaminer, answer: str
) -> None:
    asked = asking(
        "Explain why chlorine displaces iodine from its salts.", script(answer, CHLORINE)
    )

    assert not await refused(examiner, asked)


@pytest.mark.parametrize(
    "answer", ["iodine is more reactive than chlorine", "chlorine is less reactive than iodine"]
)
async def test_a_comparison_that_puts_the_other_first_earns_nothing(
    examiner: TrainedExaminer, answer: str
) -> None:
    asked = asking(
        "Explain why chlorine displaces iodine from its salts.", script(answer, CHLORINE)
    )

    assert "way round" in await refused(examiner, asked)


async def test_what_is_denied_of_one_thing_may_be_claimed_of_another(
    examiner: TrainedExaminer,
) -> None:
    answer = "Channels never use ATP whereas certain carriers do."
    asked = asking("Distinguish between channels and carriers.", script(answer, CARRIERS))

    assert "way round" not in await refused(examiner, asked)


@pytest.mark.parametrize(
    ("answer", "earns"),
    [
        ("It changes from orange to green.", True),
        ("the orange colour turns to green", True),
        ("The colour goes from green to orange.", False),
        ("it changes to orange from green", False),
    ],
)
async def test_what_begins_where_it_should_end_goes_the_other_way_round(
    examiner: TrainedExaminer, answer: str, earns: bool
) -> None:
    asked = asking("State what is seen when ethanol is oxidized.", script(answer, DICHROMATE))

    assert (not await refused(examiner, asked)) is earns
