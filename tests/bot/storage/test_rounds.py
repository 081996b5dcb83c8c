"""Both databases keep rounds alike, and of two who overtake each other one has their way."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.learners import Change, Entered
from bot.messages import Chat
from bot.ports import Overtaken, Transactions
from bot.rounds import PATIENCE, Arranged, Closed, Left, Meeting, Permitted, Room, Round, Started
from bot.routines import Hours
from tests.bot.storage.samples import ADA, BOB, NOW, PUMP, attempt, later, message

CLASS = Chat("telegram", "-100", "")
ROUND = Round("kx7", CLASS, None, PUMP, "a", 1, NOW, later(2))


async def keep(transactions: Transactions, *changes: Change) -> None:
    """Keep changes in one transaction."""
    async with transactions() as records:
        for change in changes:
            await records.keep(change)
        await records.commit()


async def entered(transactions: Transactions, chat: Chat, name: str) -> Entered:
    """Somebody's answer in the round."""
    async with transactions() as records:
        learner = await records.learner(chat)
        await records.commit()
    return Entered(ROUND.id, attempt(learner.id), chat, name, counts=True)


async def test_a_round_runs_until_it_is_revealed_once(transactions: Transactions) -> None:
    await keep(transactions, Started(ROUND))
    await keep(transactions, await entered(transactions, ADA, "Ada"))
    bob = await entered(transactions, BOB, "Bob")
    await keep(transactions, bob, Permitted(ROUND.id, bob.attempt.learner, quotable=True))
    await keep(transactions, Closed(ROUND.id, later(1)))

    async with transactions() as records:
        due = await records.rounds.due(later(1))
        first = await records.rounds.revealed(ROUND.id, later(1))
        second = await records.rounds.revealed(ROUND.id, later(1))
        results = await records.rounds.results(CLASS, NOW)
        await records.commit()

    assert [one.id for one in due] == [ROUND.id]
    assert (first, second) == (True, False)
    assert [(one.entry.name, one.entry.marks, one.entry.quotable) for one in results] == [
        ("Ada", 1, False),
        ("Bob", 1, True),
    ]


async def test_a_message_that_came_in_time_is_waited_for(transactions: Transactions) -> None:
    await keep(transactions, Started(ROUND))
    async with transactions() as records:
        await records.receive(message(), later(1))
        await records.commit()

    async with transactions() as records:
        assert not await records.rounds.due(later(2))
        assert await records.rounds.due(later(2) + PATIENCE)


async def test_of_two_rounds_that_begin_at_once_in_a_room_one_does(
    transactions: Transactions,
) -> None:
    other = replace(ROUND, id="other")

    outcomes = await asyncio.gather(
        keep(transactions, Started(ROUND)),
        keep(transactions, Started(other)),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, Overtaken) for outcome in outcomes) == 1


async def test_who_enters_twice_at_once_has_one_entry(transactions: Transactions) -> None:
    await keep(transactions, Started(ROUND))
    answer = await entered(transactions, ADA, "Ada")

    outcomes = await asyncio.gather(
        *(keep(transactions, answer) for _ in range(4)), return_exceptions=True
    )

    assert sum(isinstance(outcome, Overtaken) for outcome in outcomes) == 3
    async with transactions() as records:
        assert len(await records.rounds.entries(ROUND.id)) == 1


async def test_who_leaves_is_on_no_board(transactions: Transactions) -> None:
    await keep(transactions, Started(ROUND))
    answer = await entered(transactions, ADA, "Ada")
    await keep(transactions, answer)

    await keep(transactions, Left(answer.attempt.learner, CLASS))

    async with transactions() as records:
        assert not await records.rounds.entries(ROUND.id)


async def test_what_is_arranged_last_holds(transactions: Transactions) -> None:
    await keep(transactions, Arranged(CLASS, Room("ess", "SL")))
    await keep(transactions, Arranged(CLASS, Room("ess", "HL", "admins")))

    async with transactions() as records:
        assert await records.rounds.room(CLASS) == Room("ess", "HL", "admins")
        assert await records.rounds.turned_away(CLASS, NOW)
        assert not await records.rounds.turned_away(CLASS, NOW)


async def test_of_several_who_see_that_a_meeting_is_due_one_moves_it(
    transactions: Transactions,
) -> None:
    met = Meeting(CLASS, Hours(600, (0, 2), quiet=None), "Europe/Madrid", NOW, next_at=later(1))
    await keep(transactions, met)

    async def moves() -> bool:
        async with transactions() as records:
            moved = await records.rounds.moved(met, later(60))
            await records.commit()
        return moved

    async with transactions() as records:
        early, due = await records.rounds.meetings(NOW), await records.rounds.meetings(later(1))
    outcomes = await asyncio.gather(*(moves() for _ in range(4)))

    assert (list(early), list(due)) == ([], [met])
    assert sorted(outcomes) == [False, False, False, True]
    async with transactions() as records:
        assert await records.rounds.meeting(CLASS) == replace(met, next_at=later(60))


async def test_a_meeting_that_nobody_answers_is_unheard_until_it_is_arranged_anew(
    transactions: Transactions,
) -> None:
    met = Meeting(CLASS, Hours(600, quiet=None), "UTC", NOW, next_at=later(1))
    await keep(transactions, met)
    for number in range(2):
        daily = replace(ROUND, id=str(number), daily=True, started_at=later(number))
        await keep(transactions, Started(replace(daily, ends_at=later(number + 2))))
        async with transactions() as records:
            await records.rounds.revealed(str(number), later(9))
            await records.commit()

    async with transactions() as records:
        assert await records.rounds.unheard(met, 2)
        assert not await records.rounds.unheard(met, 3)
        assert not await records.rounds.unheard(replace(met, since=later(1)), 2)
