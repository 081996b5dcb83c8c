"""Letters are delivered in order, each chat by itself."""

from __future__ import annotations

from bot.messages import Chat, Choice, File, Image, Reply
from bot.ports import Letter, Records, Transactions
from tests.bot.storage.samples import ADA, ADA_IN_CLASS, BOB, NOW, later, message
from tests.postgres import execute


async def write(records: Records, chat: Chat, *texts: str) -> tuple[int, ...]:
    """Answer one message of a chat with these replies; the numbers of the letters."""
    asked = message(f"for {texts}", chat=chat)
    await records.receive(asked, NOW)
    await records.answer(asked, tuple(Reply(text) for text in texts), NOW)
    letters = await records.unsent(chat.platform, later(9999))
    return tuple(letter.id for letter in letters if letter.reply.text in texts)


async def ready(records: Records, minutes: int = 0) -> list[str]:
    """The texts of the letters that may be tried so many minutes from NOW."""
    return [letter.reply.text for letter in await records.unsent("telegram", later(minutes))]


async def test_a_reply_waits_whole_with_buttons_and_files(transactions: Transactions) -> None:
    reply = Reply(
        "**2/3** $x^2$",
        (Choice("Next", "next"), Choice("Try again", "again:biology/osmosis/potato")),
        (Image(b"\x89PNG\xff\x00", "a cell"), File("paper.pdf", b"%PDF"), Image(b"", "")),
        private=True,
    )
    async with transactions() as records:
        await records.receive(message("1"), NOW)
        await records.answer(message("1"), (reply,), NOW)
        await records.commit()

    async with transactions() as records:
        (letter,) = await records.unsent("telegram", NOW)

    assert letter == Letter(letter.id, ADA, reply, tries=0)


async def test_letters_come_in_the_order_they_were_written(transactions: Transactions) -> None:
    async with transactions() as records:
        await write(records, ADA, "one", "two")
        await write(records, BOB, "three")
        await write(records, ADA, "four")

        letters = await records.unsent("telegram", NOW)

    assert [letter.reply.text for letter in letters] == ["one", "two", "three", "four"]
    assert [letter.id for letter in letters] == sorted(letter.id for letter in letters)


async def test_each_platform_has_letters_of_its_own(transactions: Transactions) -> None:
    async with transactions() as records:
        await write(records, ADA, "here")
        await write(records, Chat("discord", "1", "ada"), "there")

        assert await ready(records) == ["here"]


async def test_a_sent_letter_is_gone(transactions: Transactions) -> None:
    async with transactions() as records:
        one, _ = await write(records, ADA, "one", "two")

        await records.sent(one, NOW)

        assert await ready(records) == ["two"]


async def test_a_letter_put_off_holds_back_its_own_chat_only(transactions: Transactions) -> None:
    async with transactions() as records:
        one, two, _ = await write(records, ADA, "one", "two", "three")
        await write(records, ADA_IN_CLASS, "in class")
        await write(records, BOB, "to bob")

        await records.put_off(two, later(5))

        assert await ready(records, minutes=4) == ["one", "in class", "to bob"]
        assert await ready(records, minutes=5) == ["one", "two", "three", "in class", "to bob"]
        await records.sent(one, NOW)
        assert await ready(records) == ["in class", "to bob"]


async def test_a_letter_counts_how_often_it_was_tried(transactions: Transactions) -> None:
    async with transactions() as records:
        (one,) = await write(records, ADA, "one")
        await records.put_off(one, later(1))
        await records.put_off(one, later(2))

        (letter,) = await records.unsent("telegram", later(2))

    assert letter.tries == 2


async def test_a_letter_given_up_lets_the_next_one_go(transactions: Transactions, url: str) -> None:
    async with transactions() as records:
        one, _ = await write(records, ADA, "one", "two")
        await records.put_off(one, later(5))

        await records.give_up(one, "too long for the platform", later(1))

        assert await ready(records) == ["two"]
        await records.commit()
    kept = await execute(url, "SELECT id, reply, why FROM outbox WHERE why IS NOT NULL")
    assert kept == [(one, None, "too long for the platform")]


async def test_a_letter_that_is_no_longer_there_may_be_reported_on(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        await write(records, ADA, "one")

        await records.sent(404, NOW)
        await records.put_off(404, later(1))
        await records.give_up(404, "gone", NOW)

        assert await ready(records) == ["one"]


async def test_an_unreadable_letter_does_not_hold_up_the_others(
    transactions: Transactions, url: str
) -> None:
    async with transactions() as records:
        await write(records, ADA, "one", "two")
        await records.commit()
    await execute(url, "UPDATE outbox SET reply = '[]' WHERE id = (SELECT min(id) FROM outbox)")

    async with transactions() as records:
        assert await ready(records) == ["two"]
