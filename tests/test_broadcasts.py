"""`viva broadcast`: a message to every learner, rehearsed first, sent once through the outbox."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.broadcasting import announced
from bot.cli.problems import Unusable
from bot.messages import Delayed
from bot.settings import Settings
from tests.conftest import Opened, School


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of the database that the school has."""
    monkeypatch.setenv("VIVA_DATA", str(tmp_path))
    return Settings()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """What everybody is to read."""
    file = tmp_path / "news.md"
    file.write_text("**New:** past papers of May are in.\n")
    return file


def rewritten(file: Path, content: bytes) -> None:
    """Let the file say something else."""
    file.write_bytes(content)


async def broadcast(open: School, settings: Settings, file: Path) -> str:
    """Rehearse it, and do as the rehearsal says."""
    said = await announced(settings, file, "", open.clock())
    word = re.search(r"--send (\w+)", said)
    assert word, said
    return await announced(settings, file, word[1], open.clock())


async def test_a_rehearsal_shows_whom_it_would_reach_and_sends_nothing(
    school: Opened, settings: Settings, news: Path
) -> None:
    open = await school()
    for name in ("ada", "bob"):
        await open.learner(name).says("/topics")
    before = len(open.box.shown)

    said = await announced(settings, news, "", open.clock())
    await open.sends_what_is_due()

    assert "past papers of May" in said
    assert "2 learners: 2 on test" in said
    assert len(open.box.shown) == before


async def test_everybody_reads_it_once_and_their_open_question_stays_open(
    school: Opened, settings: Settings, news: Path
) -> None:
    open = await school()
    ada, bob = open.learner("ada"), open.learner("bob")
    await ada.says("/quiz osmosis explain")
    await bob.says("/topics")
    open.clock.advance(hours=2)

    said = await broadcast(open, settings, news)
    again = await broadcast(open, settings, news)
    await open.sends_what_is_due()
    await open.sends_what_is_due()

    assert "On its way to 2 learners" in said
    assert "nothing was added" in again
    for learner in (ada, bob):
        texts = [reply.text for reply in open.box.delivered[learner.chat]]
        assert texts.count("**New:** past papers of May are in.") == 1
    assert "Hint 1 of" in await ada.says("/hint")


async def test_it_waits_for_the_end_of_quiet_hours_and_for_a_platform_that_asks_to(
    school: Opened, settings: Settings, news: Path
) -> None:
    open = await school()
    ada = open.learner("ada")
    await ada.says("/daily 18:30")
    await ada.says("Madrid")
    open.clock.advance(hours=22 - open.clock().hour)
    before = len(open.box.shown)

    await broadcast(open, settings, news)
    await open.sends_what_is_due()
    at_night = len(open.box.shown)
    open.box.failures.append(Delayed(30))
    open.clock.advance(hours=8, minutes=1)
    await open.sends_what_is_due()
    asked_to_wait = open.box.shown[before:]
    open.clock.advance(minutes=1)
    await open.sends_what_is_due()

    assert at_night == before
    assert "past papers" not in "".join(reply.text for _, reply in asked_to_wait)
    assert "past papers" in open.box.shown[-1][1].text


async def test_a_text_that_was_changed_since_the_rehearsal_is_not_sent(
    school: Opened, settings: Settings, news: Path
) -> None:
    open = await school()
    await open.learner().says("/topics")
    word = (await announced(settings, news, "", open.clock())).split()[-1]
    rewritten(news, b"Something else")

    with pytest.raises(Unusable, match="not the one that was rehearsed"):
        await announced(settings, news, word, open.clock())


@pytest.mark.parametrize(
    ("content", "why"), [(b" \n", "is empty"), (b"a" * 2001, "2,001"), (b"\xff", "cannot be read")]
)
async def test_what_cannot_be_sent_is_said(
    content: bytes, why: str, settings: Settings, news: Path, school: Opened
) -> None:
    open = await school()
    rewritten(news, content)

    with pytest.raises(Unusable, match=why):
        await announced(settings, news, "", open.clock())
