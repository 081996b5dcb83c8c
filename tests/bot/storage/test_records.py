"""Learners, their conversations, attempts and cards; and how all of it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot import storage
from bot.dialogue import Answering, Choosing, Idle, Marked
from bot.learners import Card, Enrolled, Forgotten, Learner
from bot.messages import Chat, Reply, Words
from bot.ports import Judgement, Transactions, learners_purse
from bot.storage import UnknownLearner
from knowledge.content import QuestionId
from tests.bot.storage.samples import (
    ADA,
    ADA_IN_CLASS,
    BOB,
    NOW,
    PUMP,
    attempt,
    later,
    message,
    verdict,
)
from tests.postgres import execute


async def test_somebody_new_is_enrolled_once_for_all_rooms(transactions: Transactions) -> None:
    async with transactions() as records:
        ada = await records.learner(ADA)
        in_class = await records.learner(ADA_IN_CLASS)
        bob = await records.learner(BOB)

    assert ada == Learner(ada.id)
    assert in_class == ada
    assert bob.id != ada.id


async def test_the_same_name_on_another_platform_is_somebody_else(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        ada = await records.learner(ADA)

        elsewhere = await records.learner(Chat("discord", ADA.room, ADA.person))

    assert elsewhere.id != ada.id


async def test_settings_are_kept_over_a_restart(url: str) -> None:
    async with storage.opened(url) as transactions, transactions() as records:
        ada = await records.learner(ADA)
        settled = replace(ada, subject="biology", level="SL", timezone="Europe/Berlin")
        await records.keep(Enrolled(settled))
        await records.commit()

    async with storage.opened(url) as transactions, transactions() as records:
        assert await records.learner(ADA) == settled


async def test_nothing_is_kept_without_a_commit(transactions: Transactions) -> None:
    async with transactions() as records:
        await records.learner(ADA)
        await records.commit()
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.receive(message(), NOW)
        await records.answer(message(), (Reply("hi"),), NOW)
        await records.keep_dialogue(ADA, Choosing(("osmosis",), "quiz"))
        await records.keep(attempt(ada.id))
        await records.keep(Card(ada.id, PUMP, NOW, "{}"))
        await records.keep(Enrolled(replace(ada, subject="biology")))

    async with transactions() as records:
        assert await records.learner(ADA) == ada
        assert await records.take_up(message(), NOW) is None
        assert await records.receive(message(), NOW)
        assert await records.unsent("telegram", NOW) == ()
        assert await records.dialogue(ADA) == Idle()
        assert await records.attempts(ada.id) == ()
        assert await records.cards(ada.id) == ()


async def test_a_conversation_stands_where_it_was_left(transactions: Transactions) -> None:
    asked = Answering(PUMP, "a", NOW, hints=2, earlier=(("z", "first"),))
    marked = Marked(PUMP, "a", verdict())
    async with transactions() as records:
        new = await records.dialogue(ADA)
        await records.keep_dialogue(ADA, asked)
        after_asking = await records.dialogue(ADA)
        await records.keep_dialogue(ADA, marked)
        after_marking = await records.dialogue(ADA)
        in_class = await records.dialogue(ADA_IN_CLASS)

    assert (new, after_asking, after_marking, in_class) == (Idle(), asked, marked, Idle())


async def test_a_conversation_counts_its_versions(transactions: Transactions, url: str) -> None:
    async with transactions() as records:
        for _ in range(3):
            await records.keep_dialogue(ADA, Idle())
        await records.commit()

    assert await execute(url, "SELECT version FROM conversations") == [(3,)]


async def test_an_unreadable_conversation_starts_again(
    transactions: Transactions, url: str
) -> None:
    async with transactions() as records:
        await records.keep_dialogue(ADA, Choosing(("osmosis",), "note"))
        await records.commit()
    await execute(url, """UPDATE conversations SET dialogue = '{"state": "dreaming"}'""")

    async with transactions() as records:
        assert await records.dialogue(ADA) == Idle()


async def test_attempts_come_back_oldest_first_marked_or_not(transactions: Transactions) -> None:
    async with transactions() as records:
        ada, bob = await records.learner(ADA), await records.learner(BOB)
        second = attempt(ada.id, "pumped\0 out", later(2))
        first = attempt(ada.id, "no idea 🤷", later(1), marked=False)
        for each in (second, first, attempt(bob.id, "of bob", NOW)):
            await records.keep(each)

        kept = await records.attempts(ada.id)

    assert kept == (first, replace(second, answer="pumped? out"))


async def test_a_verdict_of_another_version_keeps_its_marks(
    transactions: Transactions, url: str
) -> None:
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.keep(attempt(ada.id))
        await records.commit()
    await execute(url, """UPDATE attempts SET verdict = '{"points": "in a form of long ago"}'""")

    async with transactions() as records:
        (kept,) = await records.attempts(ada.id)

    assert kept.verdict is not None
    assert (kept.verdict.marks, kept.verdict.out_of) == (1, 2)
    assert kept.verdict.examiner == "exact 1"
    assert "earlier version" in kept.verdict.feedback
    assert replace(kept, verdict=None) == attempt(ada.id, marked=False)


async def test_cards_are_replaced_and_come_soonest_first(transactions: Transactions) -> None:
    other = QuestionId("biology/osmosis/potato")
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.keep(Card(ada.id, PUMP, later(1), '{"step": 1}'))
        await records.keep(Card(ada.id, other, later(2), "{}"))
        await records.keep(Card(ada.id, PUMP, later(3), '{"step": 2}'))

        cards = await records.cards(ada.id)

    assert cards == (
        Card(ada.id, other, later(2), "{}"),
        Card(ada.id, PUMP, later(3), '{"step": 2}'),
    )


async def test_times_come_back_in_utc_whatever_zone_they_came_from(
    transactions: Transactions,
) -> None:
    in_india = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.keep(attempt(ada.id, at=in_india))

        (kept,) = await records.attempts(ada.id)

    assert kept.at == NOW
    assert kept.at.utcoffset() == timedelta(0)


async def test_a_time_without_a_zone_is_refused(transactions: Transactions) -> None:
    naive = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - the mistake that is refused
    async with transactions() as records:
        ada = await records.learner(ADA)

        with pytest.raises(Exception, match="has no time zone"):
            await records.keep(attempt(ada.id, at=naive))


async def test_nothing_can_be_recorded_for_somebody_unknown(transactions: Transactions) -> None:
    for change in (attempt(404), Card(404, PUMP, NOW, "{}"), Enrolled(Learner(404))):
        async with transactions() as records:
            with pytest.raises(UnknownLearner):
                await records.keep(change)


async def test_forgetting_deletes_all_that_is_theirs_and_nobody_elses(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        ada, bob = await records.learner(ADA), await records.learner(BOB)
        for learner, chat in ((ada, ADA), (ada, ADA_IN_CLASS), (bob, BOB)):
            asked = message(f"asked in {chat.room}", chat=chat)
            await records.receive(asked, NOW)
            await records.answer(asked, (Reply(f"for {chat.room}"),), NOW)
            await records.receive(message(f"waits in {chat.room}", chat=chat), NOW)
            await records.keep_dialogue(chat, Choosing(("osmosis",), "quiz"))
            await records.keep(attempt(learner.id))
            await records.keep(Card(learner.id, PUMP, NOW, "{}"))

        await records.keep(Forgotten(ada.id))

        assert await records.attempts(ada.id) == ()
        assert await records.cards(ada.id) == ()
        assert await records.dialogue(ADA) == await records.dialogue(ADA_IN_CLASS) == Idle()
        assert (await records.learner(ADA)).id not in (ada.id, bob.id)
        assert await records.unanswered("telegram") == (message("waits in 300", chat=BOB),)
        assert [each.chat for each in await records.unsent("telegram", NOW)] == [BOB]
        assert await records.learner(BOB) == bob
        assert len(await records.attempts(bob.id)) == len(await records.cards(bob.id)) == 1
        assert await records.dialogue(BOB) == Choosing(("osmosis",), "quiz")


async def test_the_goodbye_of_a_forgotten_learner_is_still_delivered(
    transactions: Transactions,
) -> None:
    forget = message("7", Words("forget me"))
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.receive(forget, NOW)
        await records.keep(Forgotten(ada.id))

        await records.answer(forget, (Reply("All of it is gone."),), NOW)

        (letter,) = await records.unsent("telegram", NOW)
        assert (letter.chat, letter.reply) == (ADA, Reply("All of it is gone."))
        assert not await records.receive(forget, NOW)


async def test_somebody_forgotten_leaves_no_trace_in_the_file(file_url: str, file: Path) -> None:
    secrets = ("answer of Thelonius", "person Thelonius", "question of Thelonius")
    chat = Chat("telegram", "1", secrets[1])
    async with storage.opened(file_url) as transactions:
        async with transactions() as records:
            learner = await records.learner(chat)
            await records.keep(attempt(learner.id, secrets[0]))
            await records.receive(message("1", Words(secrets[2]), chat), NOW)
            await records.commit()
        async with transactions() as records:
            await records.keep(Forgotten(learner.id))
            await records.commit()

    left = [
        (path.name, secret)
        for path in file.parent.iterdir()
        for secret in secrets
        if secret.encode() in path.read_bytes()
    ]

    assert left == []


async def test_what_was_used_adds_up_by_day_and_purse(transactions: Transactions) -> None:
    async with transactions() as records:
        await records.use(NOW.date(), "everybody", {"calls": 1, "read": 300})
        await records.use(NOW.date(), "everybody", {"calls": 1, "written": 20})
        await records.use(later(24 * 60).date(), "everybody", {"calls": 5})
        await records.use(NOW.date(), "learner:1", {"calls": 7})

        used = await records.used(NOW.date(), "everybody")

        assert used == {"calls": 2, "read": 300, "written": 20}
        assert await records.used(NOW.date(), "group:telegram:200") == {}


async def test_of_a_judgement_the_words_go_with_the_learner_and_the_marks_stay(
    transactions: Transactions,
) -> None:
    judged = Judgement("[1]", '["You write about Rex."]')
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.keep_judgement("key", Judgement("[0]", '["before"]'), ada.id)
        await records.keep_judgement("key", judged, ada.id)
        assert await records.judgement("key") == judged

        await records.use(NOW.date(), learners_purse(ada.id), {"calls": 1})
        await records.keep(Forgotten(ada.id))

        assert await records.judgement("key") == Judgement("[1]")
        assert await records.judgement("other") is None
        assert await records.used(NOW.date(), learners_purse(ada.id)) == {}


@pytest.mark.parametrize("learner", [None, 404])
async def test_a_judgement_in_nobodys_name_is_remembered_without_its_words(
    transactions: Transactions, learner: int | None
) -> None:
    async with transactions() as records:
        await records.keep_judgement("key", Judgement("[1]", '["words"]'), learner)

        assert await records.judgement("key") == Judgement("[1]")


async def test_the_number_of_somebody_forgotten_is_never_given_to_another(
    transactions: Transactions,
) -> None:
    async with transactions() as records:
        ada = await records.learner(ADA)
        await records.keep(Forgotten(ada.id))

        bob = await records.learner(BOB)

    assert bob.id != ada.id


async def test_forgetting_somebody_unknown_changes_nothing(transactions: Transactions) -> None:
    async with transactions() as records:
        ada = await records.learner(ADA)

        await records.keep(Forgotten(404))

        assert await records.learner(ADA) == ada
