"""One turn of a conversation: load where it stands, play the right lesson, keep what came of it.

The tutor knows no platform, no vendor and no SQL. Only it writes, once, in one transaction.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import timedelta

from bot import actions, arrangements, phrases
from bot.asker import asking
from bot.dialogue import Dialogue
from bot.learners import Enrolled, Forgotten, Learner, Settled, arranged, at_home
from bot.lessons.turn import Turn
from bot.messages import Command, Content, Message, Press, Reply
from bot.ports import Clock, Overtaken, Transactions
from bot.pushes import Push
from bot.rounds import Room
from bot.speech import likeliest, speaking
from bot.switchboard import Lessons, Switchboard
from knowledge.library import Library

_log = logging.getLogger(__name__)
_LOST = timedelta(minutes=1)  # a push that has been on its way for so long may have got lost
_MOST_TRIES = 5  # turns at one message
_MOST_OVERTAKEN = 5  # of a turn by other chats'


class TriedTooOften(Exception):
    """Every turn at a message ended before it could be kept; it is not played again."""


class Tutor:
    """Answers one message at a time; the desk sees to it that a chat's turns do not overlap."""

    def __init__(
        self, library: Library, lessons: Lessons, records: Transactions, clock: Clock
    ) -> None:
        self._library = library
        self._lessons = lessons
        self._switchboard = Switchboard(library, lessons, clock)
        self._records = records
        self._clock = clock

    async def respond(self, message: Message) -> None:
        """Answer a message of the inbox: its replies are then in the outbox.

        One that was answered before is left alone: playing a message again does no harm. A bug
        is answered with a reference under which the log has the traceback; so is a message at
        which several processes died. A turn that another chat's has overtaken is played once more.
        """
        for _ in range(_MOST_OVERTAKEN):
            try:
                await self._answer(message)
            except Overtaken:
                continue
            return
        _log.error("a turn was overtaken %s times, and is left for the next start", _MOST_OVERTAKEN)

    async def _answer(self, message: Message) -> None:
        async with self._records() as records:
            tries = await records.take_up(message, self._clock())
            if tries is None:
                return
            taught = [subject.id for subject in self._library.subjects]
            room = arranged(await records.rounds.room(message.chat), message.chat, taught)
            known = await records.learner(message.chat)
            learner = _spoken_to(at_home(known, room, taught), message)
            dialogue = await records.dialogue(message.chat)
            lost = await records.pushes.uncertain(learner.id, self._clock() - _LOST)
            await records.commit()
        language = (learner.language or "en") if message.chat.alone else room.language
        with asking(learner.id, message.chat), speaking(language):
            try:
                _refuse_after(tries)
                turn = await self._play_on(learner, room, dialogue, message, lost)
            except Exception:  # noqa: BLE001  the outermost edge: the learner is told, and loses nothing
                turn = Turn((_broken(),), dialogue)
        await self._keep(message, turn)

    async def _keep(self, message: Message, turn: Turn) -> None:
        async with self._records() as records:
            for change in turn.changes:
                await records.keep(change)
            if not any(isinstance(change, Forgotten) for change in turn.changes):
                await records.keep_dialogue(message.chat, turn.dialogue)
            replies = _addressed(turn.replies, message)
            if await records.answer(message, replies, self._clock()):
                await records.commit()  # else another process was quicker, and its turn stands

    async def _play_on(
        self, learner: Learner, room: Room, dialogue: Dialogue, message: Message, lost: Push | None
    ) -> Turn:
        """Play the message. A push that may have got lost is offered; its button shows that it did
        not."""
        if lost is None:
            return await self._play(learner, room, dialogue, message)
        if isinstance(message.content, Press) and lost.asked:
            _, rest = actions.read(message.content.action)
            if actions.target(rest) == (lost.asked.question, lost.asked.part):
                turn = await self._play(learner, room, lost.asked, message)
                return replace(turn, changes=(*turn.changes, Settled(lost.id)))
        turn = await self._play(learner, room, dialogue, message)
        return self._lessons.pushing.offered(turn, lost)

    async def _play(
        self, learner: Learner, room: Room, dialogue: Dialogue, message: Message
    ) -> Turn:
        if not room.subject:
            return await self._switchboard.played(learner, dialogue, message)
        if _chooses_subject(message.content):
            return Turn((arrangements.set_for_all(room, self._library.subjects),), dialogue)
        turn = await self._switchboard.played(learner, dialogue, message)
        own = tuple(change for change in turn.changes if not isinstance(change, Enrolled))
        return replace(turn, changes=own)  # the room's subject becomes nobody's own


def _spoken_to(learner: Learner, message: Message) -> Learner:
    """The learner, with the language of their app until they choose one."""
    if learner.language or not (message.chat.alone and message.locale):
        return learner
    return replace(learner, language=likeliest(message.locale))


def _addressed(replies: tuple[Reply, ...], message: Message) -> tuple[Reply, ...]:
    """The replies to what somebody wrote: the first, and any praise, say what they answer."""
    if isinstance(message.content, Press):
        return replies
    return tuple(
        replace(reply, answers=message.post) if reply.praise or at == 0 else reply
        for at, reply in enumerate(replies)
    )


def _chooses_subject(content: Content) -> bool:
    """Whether somebody wants another subject or level."""
    match content:
        case Command(name):
            return name == "subject"
        case Press(action):
            return actions.read(action)[0] in {"subject", "subjects", "level"}
        case _:
            return False


def _refuse_after(tries: int) -> None:
    """Raises TriedTooOften: what ends a process must not end the others one by one."""
    if tries > _MOST_TRIES:
        raise TriedTooOften(f"{tries - 1} turns at one message ended early")


def _broken() -> Reply:
    reference = secrets.token_hex(3)
    _log.exception("a turn broke, reference %s", reference)
    return phrases.broken(reference)
