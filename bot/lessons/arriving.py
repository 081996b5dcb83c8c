"""/start: a welcome, or where a link into the private chat leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import deep_links
from bot.deep_links import DeepLink
from bot.dialogue import Dialogue
from bot.learners import Enrolled, Learner
from bot.lessons.enrolling import Enrolling
from bot.lessons.linking import Linking
from bot.lessons.playing import Playing
from bot.lessons.quizzing import Quizzing
from bot.lessons.reading import Reading
from bot.lessons.turn import Turn
from bot.messages import Chat
from bot.ports import Transactions
from knowledge.content import NoteId
from knowledge.library import Library


class Arriving:
    """Takes those who arrive to the lesson that they came for."""

    def __init__(  # noqa: PLR0913, PLR0917  each is named by its type
        self,
        library: Library,
        records: Transactions,
        enrolling: Enrolling,
        reading: Reading,
        quizzing: Quizzing,
        linking: Linking,
        playing: Playing,
    ) -> None:
        self._library = library
        self._records = records
        self._enrolling = enrolling
        self._reading = reading
        self._quizzing = quizzing
        self._linking = linking
        self._playing = playing

    async def start(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, letters: str, now: datetime
    ) -> Turn:
        """What a deep link asks for; without one, or if it leads nowhere, a welcome."""
        link = deep_links.read(letters)
        turn = await self._followed(learner, dialogue, chat, link, now) if link else None
        if turn is not None:
            return turn
        async with self._records() as records:
            known = bool(await records.attempts(learner.id))
        return self._enrolling.start(learner, dialogue, known)

    async def _followed(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, link: DeepLink, now: datetime
    ) -> Turn | None:
        """Where a link leads; None if that is nowhere."""
        match link.kind:
            case "round":
                join = self._playing.join
                return await join(learner, dialogue, link.rest, now) if chat.alone else None
            case "link":
                return await self._linking.link(learner, dialogue, chat, link.rest, now)
            case "ask":
                return await self._shared(learner, dialogue, link, now)
            case "quiz" | "note":
                return await self._topic(learner, dialogue, link, now)

    async def _topic(
        self, learner: Learner, dialogue: Dialogue, link: DeepLink, now: datetime
    ) -> Turn | None:
        """A topic's note or a question on it; its subject becomes that of who has none yet."""
        mine_first = sorted(self._library.subjects, key=lambda one: one.id != learner.subject)
        subject = next((one.id for one in mine_first if link.rest in one.topics), None)
        if subject is None:
            return None
        there = replace(learner, subject=subject)
        if link.kind == "note":
            turn = await self._reading.open(dialogue, NoteId(f"{subject}/{link.rest}"))
        else:
            words = link.rest.replace("-", " ")
            turn = await self._quizzing.ask(there, dialogue, words, now)
        return _enrolled(learner, subject, turn)

    async def _shared(
        self, learner: Learner, dialogue: Dialogue, link: DeepLink, now: datetime
    ) -> Turn | None:
        """A question that somebody shared; its subject becomes that of who has none yet."""
        try:
            question = self._library.question(deep_links.asked(link))
        except KeyError:
            return None
        turn = await self._quizzing.again(dialogue, question.id, question.parts[0].label, now)
        return _enrolled(learner, question.subject, turn)


def _enrolled(learner: Learner, subject: str, turn: Turn) -> Turn:
    """The turn, by which a learner without a subject gets one."""
    if learner.subject:
        return turn
    return replace(turn, changes=(*turn.changes, Enrolled(replace(learner, subject=subject))))
