"""What the language model may use in a day, and what a learner is told when it is used up."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from bot.asker import asking
from bot.cli import doctor
from bot.ledger import Ledger, Limits, Prices
from bot.messages import Chat, Words
from bot.ports import OverBudget, Transactions, Usage
from tests.fakes import FixedClock
from tests.openai_server import OpenAIServer, Says
from tests.tutored import classroom, sheet

ANSWER = "Water leaves the cells, because the syrup outside has a lower water potential."
DOUBT = "what is the water potential of pure water?"
ADA, BOB = Chat("telegram", "ada", "ada"), Chat("telegram", "bob", "bob")


async def test_over_budget_the_trained_examiner_marks_and_says_so_in_a_sentence(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Says("It is zero [1].", tokens=(1900, 100)))

    budget = {"TOKENS_PER_LEARNER": "2000"}
    async with classroom(tmp_path, server, monkeypatch, "llm", budget) as room:
        ada, bob = room.learner("ada"), room.learner("bob")
        assert "It is zero" in await ada.says(DOUBT)
        await ada.says("/quiz osmosis explain")
        said = await ada.says(ANSWER)
        assert (await ada.says("why not point 2?")).startswith("**Point 2**")
        assert "highest, at" in await ada.says(DOUBT)
        assert len(server.requests) == 1

        server.will(sheet("Water leaves the cells", "a lower water potential"))
        await bob.says("/quiz osmosis explain")
        assert "Marked without" not in await bob.says(ANSWER)

    assert "/2**" in said.splitlines()[0]
    notice = "Marked without the language model: your language-model allowance for today is used up"
    assert notice in said


async def test_over_budget_an_appeal_waits_for_tomorrow_and_is_not_used_up(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Says("It is zero [1].", tokens=(1900, 100)))

    budget = {"TOKENS_PER_LEARNER": "2000"}
    async with classroom(tmp_path, server, monkeypatch, "panel", budget) as room:
        ada = room.learner()
        await ada.says(DOUBT)
        await ada.says("/quiz osmosis explain")
        await ada.says("Sugar moves into the cells.")
        said = await ada.says("I disagree about point 2")

        assert ada.button("Read it again now")

    assert "allowance for today is used up" in said
    assert "tomorrow" in said
    assert "not used up and your mark" in said
    assert "cannot be reached" not in said


async def test_over_budget_an_essay_waits_for_tomorrow_and_costs_nothing(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = {"TOKENS_PER_DAY": "10"}
    async with classroom(tmp_path, server, monkeypatch, "panel", budget) as room:
        ada = room.learner()
        await ada.says("/quiz discuss")
        said = await ada.says("With a competitive one, more substrate pushes it out.")

        assert ada.button("Mark it now")

    assert "has not cost you any marks" in said
    assert "Today's language-model allowance for everybody is used up" in said.replace("’", "'")
    assert "tomorrow" in said
    assert server.requests == []


async def test_a_group_has_a_budget_of_its_own(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Says("It is zero [1].", tokens=(1900, 100)), Says("Zero [1]."))

    budget = {"TOKENS_PER_GROUP": "2000"}
    async with classroom(tmp_path, server, monkeypatch, "trained", budget) as room:
        await room.learner("ada", "class").says(DOUBT)
        in_class = await room.learner("bob", "class").says(DOUBT)
        alone = await room.learner("bob").sends(Words(DOUBT), "alone-1")

    assert "highest, at" in in_class
    assert alone.startswith("Zero [1].")


async def test_what_was_used_survives_a_restart_and_the_doctor_says_it(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Says("It is zero [1].", tokens=(1900, 100)))
    more = {"TOKENS_PER_LEARNER": "2000", "PRICE_READ": "0.5", "PRICE_WRITTEN": "10.5"}

    async with classroom(tmp_path, server, monkeypatch, "trained", more) as room:
        await room.learner().says(DOUBT)
    async with classroom(tmp_path, server, monkeypatch, "trained", more) as room:
        assert "highest, at" in await room.learner().sends(Words(DOUBT), "tomorrow-1")

    screen = Console(record=True, width=200)
    await doctor.examined(screen)
    said = screen.export_text()
    assert "1 calls, 2,000 tokens (1,900 read, 100 written), cost 0.0020" in said


async def use(ledger: Ledger, *usage: Usage, expected: int = 0) -> None:
    async with ledger.paying(expected) as bill:
        bill.extend(usage)


async def test_a_new_day_in_utc_has_a_new_allowance(records: Transactions) -> None:
    clock = FixedClock()
    ledger = Ledger(records, clock, Limits(learner=100))
    with asking(1, ADA):
        await use(ledger, Usage(90, 10))
        with pytest.raises(OverBudget, match=r"your .* used up"):
            await use(ledger, expected=1)
    with asking(2, BOB):
        await use(ledger, Usage(1, 1), expected=50)

    clock.advance(days=1)

    with asking(1, ADA):
        await use(ledger, Usage(1, 1), expected=50)
    assert await ledger.today() == {"calls": 1, "read": 1, "written": 1, "cost": 0}


async def test_a_call_that_is_under_way_holds_its_tokens(records: Transactions) -> None:
    ledger = Ledger(records, FixedClock(), Limits(everybody=100))

    async with ledger.paying(60):
        with pytest.raises(OverBudget):
            await use(ledger, expected=60)
    await use(ledger, Usage(50, 5), expected=60)


async def use_and_break(ledger: Ledger) -> None:
    async with ledger.paying(60) as bill:
        bill.append(Usage(100, 10))
        raise ValueError("broken")


async def test_what_a_failing_call_used_is_written_down_too(records: Transactions) -> None:
    ledger = Ledger(records, FixedClock(), Limits(), Prices(read=2, written=10))

    with pytest.raises(ValueError, match="broken"):
        await use_and_break(ledger)

    assert await ledger.today() == {"calls": 1, "read": 100, "written": 10, "cost": 300}
