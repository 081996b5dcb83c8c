"""/round: a question is put to everybody in a room; and the room's boards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import actions, refereeing
from bot.boards import board, day_of, week_of
from bot.dialogue import Dialogue
from bot.learners import Learner
from bot.lessons import picking
from bot.lessons.authority import refusal
from bot.lessons.playing import Playing
from bot.lessons.posing import begun, shown
from bot.lessons.turn import Turn
from bot.messages import Chat, Message, Press, Reply
from bot.ports import InCharge, Transactions
from bot.rounds import LONGEST, SHORTEST, USUAL, Left, Started
from knowledge.content import Question, QuestionId
from knowledge.library import Library

_TIME = re.compile(r"(?<!paper )(?<!\S)(\d{1,5})\s*(m|min|minutes?|s|sec|seconds?)?$", re.I)


class Calling:
    """Begins rounds, and shows what came of them."""

    def __init__(
        self, library: Library, playing: Playing, records: Transactions, in_charge: InCharge
    ) -> None:
        self._library = library
        self._playing = playing
        self._records = records
        self._in_charge = in_charge

    async def command(
        self, learner: Learner, dialogue: Dialogue, message: Message, words: str, now: datetime
    ) -> Turn:
        """Start a round, or what else `/round` is followed by: board, reveal, leave."""
        chat = message.chat
        if chat.alone:
            return Turn((refereeing.alone(),), dialogue)
        async with self._records() as records:
            running = await records.rounds.running(chat)
        verb = words.strip().lower()
        if verb == "board":
            return await self.board(dialogue, chat, now)
        if running is None:
            return await self._while_none_runs(learner, dialogue, chat, words, now)
        if verb in {"leave", "reveal"}:
            press = self._playing.press
            return await press(learner, dialogue, message, f"round-{verb}", running.id)
        return Turn((refereeing.running(running, running.ends_at - now),), dialogue)

    async def _while_none_runs(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, words: str, now: datetime
    ) -> Turn:
        match words.strip().lower():
            case "leave":
                return Turn((refereeing.left_boards(),), dialogue, (Left(learner.id, chat),))
            case "reveal":
                return Turn((refereeing.nothing_running(),), dialogue)
            case _:
                return await self._start(learner, dialogue, chat, words, now)

    async def press(
        self, learner: Learner, dialogue: Dialogue, message: Message, press: Press, now: datetime
    ) -> Turn:
        """A button about rounds: an answer typed behind it, another round, the board, and so on."""
        verb, rest = actions.read(press.action)
        match verb:
            case "round":
                return await self._playing.answer(learner, dialogue, message, rest, press.text)
            case "round-on":
                return await self.command(learner, dialogue, message, rest, now)
            case "round-board":
                return await self.board(dialogue, message.chat, now)
            case _:
                return await self._playing.press(learner, dialogue, message, verb, rest)

    async def _start(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, words: str, now: datetime
    ) -> Turn:
        async with self._records() as records:
            room = await records.rounds.room(chat)
            asked = await records.rounds.asked(chat)
        if room.starters == "admins" and (refused := await refusal(self._in_charge, chat)):
            return Turn((refused,), dialogue)
        if not learner.subject:
            return Turn((refereeing.no_subject(),), dialogue)
        rest, lasting = _timed(words)
        if not SHORTEST <= lasting <= LONGEST:
            return Turn((refereeing.too_short_or_long(),), dialogue)
        question = self._picked(learner, rest, lasting, asked)
        if isinstance(question, Reply):
            return Turn((question,), dialogue)
        round = begun(question, chat, learner.id, now, now + lasting)
        asked_of_all = await shown(self._library, round, question)
        return Turn((refereeing.announced(round, asked_of_all),), dialogue, (Started(round),))

    def _picked(
        self, learner: Learner, words: str, lasting: timedelta, asked: Sequence[QuestionId]
    ) -> Question | Reply:
        """A question that fits, of those not asked here for longest; or why there is none."""
        wish = picking.wish(self._library, learner.subject, words)
        if wish.unclear:
            topics = wish.candidates or self._library.subject(learner.subject).topics
            notes = [note for note in self._library.notes(learner.subject) if note.topic in topics]
            return refereeing.which_topic(wish.unclear, notes, int(lasting.total_seconds()))
        fitting = picking.candidates(self._library, learner, wish)
        return picking.for_room(fitting, asked) or refereeing.nothing_to_ask()

    async def board(self, dialogue: Dialogue, chat: Chat, now: datetime) -> Turn:
        """The boards of a room."""
        if chat.alone:
            return Turn((refereeing.alone(),), dialogue)
        async with self._records() as records:
            results = await records.rounds.results(chat, week_of(now))
        today, week = board(results, day_of(now)), board(results, week_of(now))
        return Turn((refereeing.board(today, week),), dialogue)

    async def meanwhile(self, dialogue: Dialogue, chat: Chat, now: datetime) -> Turn | None:
        """What plain words in a room are answered with while a round runs; None where none does."""
        if chat.alone:
            return None
        async with self._records() as records:
            running = await records.rounds.running(chat)
        if running is None:
            return None
        return Turn((refereeing.running(running, running.ends_at - now),), dialogue)


def _timed(words: str) -> tuple[str, timedelta]:
    """The words without the time at their end, and that time."""
    found = _TIME.search(words.strip())
    if found is None:
        return words, USUAL
    minutes = (found[2] or "s").lower().startswith("m")
    return words.strip()[: found.start()], timedelta(seconds=int(found[1]) * (60 if minutes else 1))
