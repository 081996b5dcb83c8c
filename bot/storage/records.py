"""Records: plain statements, dataclasses in and out. The promises are those of `bot.ports`."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.appeals import Appeal, Decided
from bot.dialogue import Dialogue, Idle
from bot.learners import (
    Attempt,
    Card,
    Change,
    Dismissed,
    Enrolled,
    Forgotten,
    Learner,
    Linked,
    Mistaken,
    Offered,
    Settled,
    Snoozed,
    Unlinked,
)
from bot.messages import Chat, Message, Reply
from bot.ports import PATIENCE, Amounts, Judgement, Letter, learners_purse
from bot.rounds import RoundRecords
from bot.routines import Routine
from bot.storage import appeals as appealing
from bot.storage import codec, linking, upserts
from bot.storage.attempts import attempt, attempt_row
from bot.storage.mail import letter_row, letters, messages
from bot.storage.problems import UnknownLearner
from bot.storage.pushes import SqlPushes
from bot.storage.rounds import OfRounds, SqlRounds
from bot.storage.tables import (
    accounts,
    appeals,
    attempts,
    cards,
    conversations,
    inbox,
    judgements,
    learners,
    ledger,
    outbox,
    remarks,
)
from bot.streaks import Streak

log = logging.getLogger(__name__)

_LONGEST_PATIENCE = timedelta(minutes=10)
_LEARNER = TypeAdapter(Learner)
_AMOUNTS: TypeAdapter[Amounts] = TypeAdapter(Amounts)


class SqlRecords:
    """One transaction on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self.pushes = SqlPushes(connection)
        self._rounds = SqlRounds(connection)

    @property
    def rounds(self) -> RoundRecords:
        """Rooms and their rounds, in the same transaction."""
        return self._rounds

    async def receive(self, message: Message, now: datetime) -> bool:
        """Put a message in the inbox. False if this platform's update id was stored before."""
        stored = await self._connection.scalar(upserts.received(self._dialect, message, now))
        return stored is not None

    async def unanswered(self, platform: str, chat: Chat | None = None) -> tuple[Message, ...]:
        """Messages that no turn has answered, of one chat or of all, in the order they came."""
        waiting = select(inbox).where(inbox.c.platform == platform, inbox.c.content.is_not(None))
        if chat is not None:
            waiting = waiting.where(_of_chat(inbox, chat))
        rows = await self._connection.execute(waiting.order_by(inbox.c.id))
        return tuple(messages(rows))

    async def asking(self, platform: str, now: datetime | None) -> tuple[Chat, ...]:
        """Chats with a message that waits for its turn, longest first.

        With a time, only those whose process had long enough, and may be gone by then.
        """
        waiting = [inbox.c.platform == platform, inbox.c.content.is_not(None)]
        if now is not None:
            waiting.append(inbox.c.next_try_at <= now)
        return await self._chats(inbox, and_(*waiting))

    async def take_up(self, message: Message, now: datetime) -> int | None:
        """Begin to answer a message: the how manieth try it is; None if it waits for none.

        Others may take it up when its time is over: it doubles with each try.
        """
        waiting = _row_of(message), inbox.c.content.is_not(None)
        tries = select(inbox.c.tries).where(*waiting).with_for_update()
        before: int | None = await self._connection.scalar(tries)
        if before is None:
            return None
        until = now + min(PATIENCE * 2**before, _LONGEST_PATIENCE)
        row = update(inbox).where(*waiting)
        await self._connection.execute(row.values(tries=before + 1, next_try_at=until))
        return before + 1

    async def answer(self, message: Message, replies: tuple[Reply, ...], now: datetime) -> bool:
        """Mark a message answered, forget its content, and put the replies in the outbox.

        A message that was answered before is answered no second time: False, and nothing is put in
        the outbox. Raises LookupError for one that was never received.
        """
        answered = update(inbox).where(_row_of(message), inbox.c.answered_at.is_(None))
        done = await self._connection.execute(
            answered.values(content=None, name="", answered_at=now)
        )
        if done.rowcount == 0:
            await self._expect_received(message)
            return False
        if replies:
            rows = [letter_row(message.chat, reply, now) for reply in replies]
            await self._connection.execute(insert(outbox), rows)
        return True

    async def unsent(
        self, platform: str, now: datetime, chat: Chat | None = None
    ) -> tuple[Letter, ...]:
        """Letters to one chat, or to all, that may be tried now, in order."""
        waiting = select(outbox).where(_may_be_tried(platform, now))
        if chat is not None:
            waiting = waiting.where(_of_chat(outbox, chat))
        rows = await self._connection.execute(waiting.order_by(outbox.c.id))
        return tuple(letters(rows))

    async def expecting(self, platform: str, now: datetime) -> tuple[Chat, ...]:
        """Chats with a letter that may be tried now, longest first."""
        return await self._chats(outbox, _may_be_tried(platform, now))

    async def sent(self, letter: int, now: datetime, post: str = "") -> None:
        """The letter was delivered, as a message of that name: its content is forgotten."""
        await self._connection.execute(
            update(outbox).where(outbox.c.id == letter).values(reply=None, sent_at=now, post=post)
        )

    async def posted(self, chat: Chat, mark: str) -> str:
        """The platform's name for the message of this mark in a chat's room; '' if none is out."""
        here = and_(outbox.c.platform == chat.platform, outbox.c.room == chat.room)
        out = select(outbox.c.post).where(here, outbox.c.mark == mark, outbox.c.post != "")
        return await self._connection.scalar(out.order_by(outbox.c.id.desc()).limit(1)) or ""

    async def put_off(self, letter: int, until: datetime) -> None:
        """The letter is to be tried again, no sooner than `until`; so are its chat's later ones."""
        later = update(outbox).where(outbox.c.id == letter)
        await self._connection.execute(later.values(next_try_at=until, tries=outbox.c.tries + 1))

    async def give_up(self, letter: int, why: str, now: datetime) -> None:
        """The letter will never be delivered: keep why, forget its content."""
        never = update(outbox).where(outbox.c.id == letter)
        await self._connection.execute(never.values(reply=None, given_up_at=now, why=why))

    async def learner(self, chat: Chat) -> Learner:
        """Who talks here; somebody new is enrolled, the same on all chats of one account."""
        return await self._known(chat) or await self._enrol(chat)

    async def dialogue(self, chat: Chat) -> Dialogue:
        """Where the conversation stands; Idle in a new one, and in one no longer readable."""
        kept = select(conversations.c.dialogue).where(_of_chat(conversations, chat))
        # whoever reads it to change it has it to themselves until they commit
        stored: str | None = await self._connection.scalar(kept.with_for_update())
        if stored is None:
            return Idle()
        try:
            return codec.dialogue(stored)
        except codec.Unreadable as problem:
            log.warning("a %s conversation starts again from idle: %s", chat.platform, problem)
            return Idle()

    async def keep_dialogue(self, chat: Chat, dialogue: Dialogue) -> None:
        """Where the conversation stands from now on."""
        stored = codec.dialogue_json(dialogue)
        await self._connection.execute(upserts.conversation(self._dialect, chat, stored))

    async def keep(self, change: Change) -> None:
        """Record what came of a turn. Forgotten deletes the learner and all that is theirs.

        Raises UnknownLearner for one who is not enrolled, and Overtaken as the port says.
        """
        try:
            if isinstance(change, OfRounds):
                await self._rounds.keep(change)
            else:
                await self._keep(change)
        except IntegrityError as problem:  # its learner is not there
            raise UnknownLearner(f"{type(change).__name__} of somebody not enrolled") from problem

    async def attempts(self, learner: int) -> tuple[Attempt, ...]:
        """All of a learner's attempts, oldest first."""
        theirs = select(attempts).where(attempts.c.learner == learner)
        rows = await self._connection.execute(theirs.order_by(attempts.c.at, attempts.c.id))
        # a year of verdicts takes a while to read: other learners are answered meanwhile
        return await asyncio.to_thread(lambda: tuple(attempt(row) for row in rows))

    async def attempt(self, id: int) -> Attempt | None:
        """The attempt with this id; None if there is none."""
        return await appealing.attempted(self._connection, id)

    async def appeals(self, learner: int) -> tuple[Appeal, ...]:
        """All of a learner's appeals, oldest first."""
        return await appealing.found(self._connection, attempts.c.learner == learner)

    async def appeal(self, id: int) -> Appeal | None:
        """The appeal with this id; None if there is none."""
        return next(iter(await appealing.found(self._connection, appeals.c.id == id)), None)

    async def queue(self, *, decided: bool = False) -> tuple[Appeal, ...]:
        """The appeals of all learners that wait for a teacher, or were decided, oldest first."""
        waits = appeals.c.decided_at.is_(None)
        return await appealing.found(self._connection, ~waits if decided else waits)

    async def write(self, chat: Chat, reply: Reply, now: datetime) -> None:
        """Put a reply in the outbox that answers no message."""
        await self._connection.execute(insert(outbox), [letter_row(chat, reply, now)])

    async def cards(self, learner: int) -> tuple[Card, ...]:
        """What is scheduled for a learner, soonest first."""
        theirs = select(cards).where(cards.c.learner == learner)
        rows = await self._connection.execute(theirs.order_by(cards.c.due, cards.c.question))
        return tuple(Card(row.learner, row.question, row.due, row.memory) for row in rows)

    async def used(self, day: date, purse: str) -> Amounts:
        """What was used on a (UTC) day from a purse."""
        rows = await self._connection.execute(
            select(ledger.c.item, ledger.c.amount).where(
                ledger.c.day == day, ledger.c.purse == purse
            )
        )
        return _AMOUNTS.validate_python({row.item: row.amount for row in rows})

    async def use(self, day: date, purse: str, amounts: Amounts) -> None:
        """Add to what was used."""
        for item, amount in amounts.items():
            await self._connection.execute(upserts.used(self._dialect, day, purse, item, amount))

    async def judgement(self, key: str) -> Judgement | None:
        """What was judged under this key; None if nothing was."""
        known = select(judgements.c.marks, remarks.c.words).outerjoin(remarks)
        row = (await self._connection.execute(known.where(judgements.c.key == key))).one_or_none()
        return None if row is None else Judgement(row.marks, row.words or "")

    async def keep_judgement(self, key: str, judgement: Judgement, learner: int | None) -> None:
        """Remember a judgement, in place of another; its words only for as long as the learner.

        The words for a learner who is not enrolled, or was forgotten meanwhile, are not kept.
        """
        await self._connection.execute(upserts.judgement(self._dialect, key, judgement.marks))
        await self._connection.execute(delete(remarks).where(remarks.c.judgement == key))
        theirs = select(literal(key), learners.c.id, literal(judgement.words))
        await self._connection.execute(
            insert(remarks).from_select(
                ["judgement", "learner", "words"], theirs.where(learners.c.id == learner)
            )
        )

    async def offer(self, code: str, now: datetime) -> int | None:
        """The learner whom another account joins by this code; None if it opens nothing by now."""
        return await linking.offerer(self._connection, code, now)

    async def mistakes(self, learner: int, since: datetime) -> int:
        """How many codes that open nothing a learner has given since then."""
        return await linking.counted(self._connection, learner, since)

    async def platforms(self, learner: int) -> tuple[str, ...]:
        """The platforms of a learner's accounts, one for each account."""
        return await linking.platforms(self._connection, learner)

    async def commit(self) -> None:
        """Keep everything, all or nothing."""
        await self._connection.commit()

    async def _chats(self, mail: Table, waiting: ColumnElement[bool]) -> tuple[Chat, ...]:
        chat = mail.c.platform, mail.c.room, mail.c.person
        rows = await self._connection.execute(
            select(*chat).where(waiting).group_by(*chat).order_by(func.min(mail.c.id))
        )
        return tuple(Chat(*row) for row in rows)

    async def _expect_received(self, message: Message) -> None:
        if await self._connection.scalar(select(inbox.c.id).where(_row_of(message))) is None:
            update_of = f"update {message.update_id} of {message.chat.platform}"
            raise LookupError(f"{update_of} was never put in the inbox")

    async def _known(self, chat: Chat) -> Learner | None:
        account = and_(accounts.c.platform == chat.platform, accounts.c.person == chat.person)
        who = select(learners).join(accounts).where(account)
        row = (await self._connection.execute(who)).mappings().one_or_none()
        return None if row is None else _LEARNER.validate_python(dict(row))

    async def _enrol(self, chat: Chat) -> Learner:
        new = Learner(0)
        row = insert(learners).values(_settings(new))
        id = (await self._connection.execute(row.returning(learners.c.id))).scalar_one()
        account = upserts.account(self._dialect, chat, id)
        if await self._connection.scalar(account) is None:  # another process was quicker
            await self._connection.execute(delete(learners).where(learners.c.id == id))
        known = await self._known(chat)
        assert known is not None
        return known

    async def _keep(self, change: Change) -> None:
        match change:
            case Attempt():
                await self._connection.execute(insert(attempts).values(attempt_row(change)))
            case Appeal() | Decided():
                await appealing.record(self._connection, change)
            case Card():
                await self._connection.execute(upserts.card(self._dialect, change))
            case Offered() | Mistaken() | Linked() | Unlinked():
                await linking.keep(self._connection, change)
            case Routine() | Streak() | Snoozed() | Dismissed() | Settled():
                await self.pushes.keep(change)
            case Enrolled(learner):
                await self._settle(learner)
            case Forgotten(learner=id):
                await self._forget(id)

    async def _settle(self, learner: Learner) -> None:
        settings = update(learners).where(learners.c.id == learner.id)
        done = await self._connection.execute(settings.values(_settings(learner)))
        if done.rowcount == 0:
            raise UnknownLearner(f"nobody is enrolled as learner {learner.id}")

    async def _forget(self, learner: int) -> None:
        """Accounts, attempts, appeals, cards and remarks go with the learner's row.

        What is left is found by account.

        Inbox rows stay, emptied, so that the platform's repetitions of them are still recognised.
        """
        emptied = update(inbox).values(content=None, name="", room="", person="")
        await self._connection.execute(emptied.where(_by_learner(inbox, learner)))
        for table in (conversations, outbox):
            await self._connection.execute(delete(table).where(_by_learner(table, learner)))
        purse = ledger.c.purse == learners_purse(learner)
        await self._connection.execute(delete(ledger).where(purse))
        await self._connection.execute(delete(learners).where(learners.c.id == learner))


def _settings(learner: Learner) -> dict[str, str]:
    """The columns that a learner chooses."""
    return {
        "subject": learner.subject,
        "level": learner.level,
        "timezone": learner.timezone,
        "language": learner.language,
    }


def _may_be_tried(platform: str, now: datetime) -> ColumnElement[bool]:
    """Neither it nor an earlier letter to its chat has to wait."""
    earlier = outbox.alias("earlier")
    held_back = exists().where(
        *(earlier.c[key] == outbox.c[key] for key in ("platform", "person", "room")),
        earlier.c.reply.is_not(None),
        earlier.c.next_try_at > now,
        earlier.c.id <= outbox.c.id,
    )
    return and_(outbox.c.platform == platform, outbox.c.reply.is_not(None), ~held_back)


def _row_of(message: Message) -> ColumnElement[bool]:
    platform = inbox.c.platform == message.chat.platform
    return and_(platform, inbox.c.update_id == message.update_id)


def _of_chat(table: Table, chat: Chat) -> ColumnElement[bool]:
    person = and_(table.c.platform == chat.platform, table.c.person == chat.person)
    return and_(person, table.c.room == chat.room)


def _by_learner(table: Table, learner: int) -> ColumnElement[bool]:
    return exists().where(
        accounts.c.learner == learner,
        accounts.c.platform == table.c.platform,
        accounts.c.person == table.c.person,
    )
