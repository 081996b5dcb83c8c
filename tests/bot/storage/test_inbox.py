"""What was acknowledged is kept until it is answered, and not a moment longer."""

from __future__ import annotations

import signal
import sys
from asyncio import create_subprocess_exec
from pathlib import Path

import pytest

from bot import storage
from bot.messages import Chat, Command, Message, Press, Reply, Upload, Words
from bot.ports import PATIENCE, Transactions
from tests.bot.storage.samples import ADA, ADA_IN_CLASS, BOB, NOW, later, message
from tests.postgres import execute


async def test_every_kind_of_message_comes_back_as_it_was_sent(transactions: Transactions) -> None:
    sent = (
        Message(ADA, Command("quiz", "osmosis"), "1", locale="de"),
        Message(ADA, Press("again:biology/osmosis/potato"), "2"),
        Message(BOB, Words("Na⁺ goes out 🧂\0"), "3"),
        Message(ADA, Upload("note.jpg", "image/jpeg", bytes(range(256)), "my notes"), "4"),
    )
    async with transactions() as records:
        for each in sent:
            await records.receive(each, NOW)
        await records.commit()

    async with transactions() as records:
        waiting = await records.unanswered("telegram")

    assert waiting == sent


async def test_messages_wait_in_the_order_they_came(transactions: Transactions) -> None:
    async with transactions() as records:
        for update_id, minutes in (("9", 0), ("10", 2), ("1", 1)):  # no order but that of arrival
            await records.receive(message(update_id), later(minutes))

        waiting = await records.unanswered("telegram")

    assert [each.update_id for each in waiting] == ["9", "10", "1"]


async def test_a_repeated_update_is_no_second_message(transactions: Transactions) -> None:
    async with transactions() as records:
        first = await records.receive(message("1"), NOW)

        again = await records.receive(message("1", Words("another text")), later(1))

        assert (first, again) == (True, False)
        assert await records.unanswered("telegram") == (message("1"),)


async def test_an_answered_update_is_still_known_when_repeated(transactions: Transactions) -> None:
    async with transactions() as records:
        await records.receive(message("1"), NOW)
        await records.answer(message("1"), (), NOW)

        again = await records.receive(message("1"), later(60))

        assert not again
        assert await records.unanswered("telegram") == ()


async def test_two_platforms_may_use_the_same_update_id(transactions: Transactions) -> None:
    elsewhere = message("1", chat=Chat("discord", "7", "ada"))
    async with transactions() as records:
        await records.receive(message("1"), NOW)

        assert await records.receive(elsewhere, NOW)
        await records.answer(message("1"), (), NOW)

        assert await records.take_up(elsewhere, NOW) == 1
        assert await records.unanswered("discord") == (elsewhere,)
        assert await records.unanswered("telegram") == ()


async def test_only_a_received_message_is_taken_up_and_only_until_answered(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        unknown = await records.take_up(message("1"), NOW)
        await records.receive(message("1"), NOW)
        tries = [await records.take_up(message("1"), NOW) for _ in range(2)]
        await records.answer(message("1"), (), NOW)
        answered = await records.take_up(message("1"), NOW)

    assert (unknown, tries, answered) == (None, [1, 2], None)


async def test_others_look_after_a_message_later_each_time_it_was_taken_up(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        await records.receive(message("1"), NOW)
        await records.receive(message("2", chat=BOB), NOW)
        young = await records.asking("telegram", NOW + PATIENCE / 2)
        left = await records.asking("telegram", NOW + PATIENCE)
        for _ in range(3):
            await records.take_up(message("1"), NOW)
        later = await records.asking("telegram", NOW + 3 * PATIENCE)
        latest = await records.asking("telegram", NOW + 4 * PATIENCE)
        at_a_start = await records.asking("telegram", None)

    assert (young, left, later) == ((), (ADA, BOB), (BOB,))
    assert latest == at_a_start == (ADA, BOB)


async def test_a_chat_has_its_own_messages_in_the_order_they_came(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        for update_id, chat in (("1", ADA), ("2", BOB), ("3", ADA_IN_CLASS), ("4", ADA)):
            await records.receive(message(update_id, chat=chat), NOW)

        said = await records.unanswered("telegram", ADA)

    assert [each.update_id for each in said] == ["1", "4"]


async def test_a_message_answered_before_puts_nothing_more_in_the_outbox(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        await records.receive(message("1"), NOW)
        first = await records.answer(message("1"), (Reply("one"),), NOW)

        again = await records.answer(message("1"), (Reply("two"),), NOW)

        letters = await records.unsent("telegram", NOW)
    assert (first, again) == (True, False)
    assert [letter.reply.text for letter in letters] == ["one"]


async def test_answering_what_was_never_received_is_an_error(transactions: Transactions) -> None:
    async with transactions() as records:
        with pytest.raises(LookupError, match="update 5 of telegram was never put in the inbox"):
            await records.answer(message("5"), (Reply("hello?"),), NOW)


async def test_an_answered_message_leaves_no_trace_in_the_file(file_url: str, file: Path) -> None:
    private = "my brother is called Thelonius"
    async with storage.opened(file_url) as transactions:
        async with transactions() as records:
            await records.receive(message("1", Words(private)), NOW)
            await records.commit()
        async with transactions() as records:
            await records.answer(message("1"), (), NOW)
            await records.commit()

    left = [path for path in file.parent.iterdir() if private.encode() in path.read_bytes()]

    assert left == []


async def test_half_a_surrogate_pair_does_not_lose_the_message(transactions: Transactions) -> None:
    async with transactions() as records:
        await records.receive(message("1", Words("smile \ud83d")), NOW)

        assert await records.unanswered("telegram") == (message("1", Words("smile ?")),)


async def test_an_unreadable_message_does_not_hold_up_the_others(
    transactions: Transactions, url: str
) -> None:
    async with transactions() as records:
        await records.receive(message("1", Words("whispered")), NOW)
        await records.receive(message("2"), NOW)
        await records.commit()
    await execute(url, "UPDATE inbox SET content = '[]' WHERE update_id = '1'")

    async with transactions() as records:
        assert await records.unanswered("telegram") == (message("2"),)


KILLED = """
import asyncio, os, signal, sys
from bot import storage
from tests.bot.storage.samples import NOW, message

async def main():
    async with storage.opened(sys.argv[1]) as transactions:
        async with transactions() as records:
            await records.receive(message("kept"), NOW)
            await records.commit()
        async with transactions() as records:
            await records.receive(message("not yet"), NOW)
            os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_killed_process_loses_nothing_that_was_committed(url: str) -> None:
    process = await create_subprocess_exec(sys.executable, "-c", KILLED, url)
    assert await process.wait() == -signal.SIGKILL

    async with storage.opened(url) as transactions, transactions() as records:
        waiting = await records.unanswered("telegram")

    assert waiting == (message("kept"),)
