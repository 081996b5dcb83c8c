"""A round as those in it meet it: open it in private, answer, allow a quotation, leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import actions, phrases, refereeing
from bot.dialogue import Answering, Dialogue, Idle, InRound
from bot.learners import Attempt, Entered, Learner
from bot.lessons.authority import refusal
from bot.lessons.posing import posed, put
from bot.lessons.quizzing import Quizzing
from bot.lessons.turn import Turn
from bot.messages import Chat, Choice, Message
from bot.ports import InCharge, Transactions
from bot.rounds import FRESH_AFTER, Closed, Entry, Left, Permitted, Round
from bot.speech import later, say
from knowledge.content import Part, PointScheme
from knowledge.library import Library

LATE = timedelta(minutes=10)  # how long after the end plain words are still taken for an answer
_LONGEST_NAME = 40  # characters
_NOBODY = later("Somebody")


class Playing:
    """Rounds, between their beginning and what is left of them."""

    def __init__(
        self, library: Library, quizzing: Quizzing, records: Transactions, in_charge: InCharge
    ) -> None:
        self._library = library
        self._quizzing = quizzing
        self._records = records
        self._in_charge = in_charge

    async def join(
        self, learner: Learner, dialogue: Dialogue, id: str, now: datetime
    ) -> Turn | None:
        """Open a round's question in private; None if there is no such round."""
        async with self._records() as records:
            round = await records.rounds.find(id)
            entries = await records.rounds.entries(id)
        if round is None or (asked := put(self._library, round)) is None:
            return None
        question, part = asked
        if round.revealed_at or round.ends_at <= now:
            practice = Choice(say("Take it as practice"), actions.about("again", question, part))
            return Turn((refereeing.over(practice),), dialogue)
        if _of(learner, entries):
            return Turn((refereeing.stands(id),), dialogue)
        shown = await posed(self._library, question, part, whole=True)
        return Turn((refereeing.opened(round, shown, round.ends_at - now),), InRound(id))

    async def awaits(self, id: str, message: Message, *, asked_back: bool) -> bool:
        """Whether plain words may be meant for a round: while it runs, and for a while after it.

        A question that is `asked_back` is no answer once the round is over.
        """
        async with self._records() as records:
            round = await records.rounds.find(id)
            if round is None:
                return False
            came = await records.rounds.came_at(message)
        return came <= (round.ends_at if asked_back else round.ends_at + LATE)

    async def answer(
        self, learner: Learner, dialogue: Dialogue, message: Message, id: str, text: str
    ) -> Turn:
        """Mark an answer, by when it came: in time it enters the round, later it is practice."""
        if isinstance(dialogue, InRound):
            dialogue = InRound(dialogue.round)  # whatever a photo said, this is the answer
        async with self._records() as records:
            round = await records.rounds.find(id)
            came = await records.rounds.came_at(message)
            entries = await records.rounds.entries(id)
            attempts = await records.attempts(learner.id)
        after = Idle() if isinstance(dialogue, InRound) else dialogue
        if round is None or (asked := put(self._library, round)) is None:
            return Turn((phrases.out_of_date(),), after)
        part = asked[1]
        late = round.revealed_at is not None or came > round.ends_at
        if not late and _of(learner, entries):
            return Turn((refereeing.stands(id),), after)
        pending = Answering(round.question, round.part, round.started_at, seed=round.seed)
        turn = await self._quizzing.answer(learner, pending, text, came)
        attempt = next((kept for kept in turn.changes if isinstance(kept, Attempt)), None)
        if attempt is None:
            return Turn((refereeing.nothing_said(),), dialogue)
        if late:
            marking = refereeing.practised(turn.replies[0])
            left = dialogue if isinstance(dialogue, Answering) else turn.dialogue
            return replace(turn, replies=(marking,), dialogue=left)
        if _unread(part, attempt):
            return Turn((refereeing.unread(turn.replies[0]),), dialogue, turn.changes)
        counts = not _met(attempts, round)
        entered = Entered(id, attempt, message.chat, _name(message), counts)
        others = tuple(change for change in turn.changes if change is not attempt)
        said = refereeing.entered(id, counts=counts, marked=attempt.verdict is not None)
        return Turn((said,), after, (entered, *others))

    async def press(
        self, learner: Learner, dialogue: Dialogue, message: Message, verb: str, id: str
    ) -> Turn:
        """A button of a round, after it was announced."""
        async with self._records() as records:
            round = await records.rounds.find(id)
            entries = await records.rounds.entries(id)
            now = await records.rounds.came_at(message)
        mine = _of(learner, entries)
        if round is None:
            return Turn((phrases.out_of_date(),), dialogue)
        if verb == "round-mine":
            return await self._mine(dialogue, round, mine)
        if round.revealed_at is not None:
            after = Idle() if dialogue == InRound(id) else dialogue
            return Turn((refereeing.no_more(),), after)
        match verb:
            case "round-reveal":
                return await self._close(learner, dialogue, message.chat, round, now)
            case "round-leave":
                return self._left(learner, dialogue, round)
            case "round-quote" | "round-unquote" if mine:
                quotable = verb == "round-quote"
                reply = refereeing.permitted(id, quotable=quotable)
                return Turn((reply,), dialogue, (Permitted(id, learner.id, quotable),))
            case _:
                return Turn((refereeing.not_in(),), dialogue)

    async def _mine(self, dialogue: Dialogue, round: Round, mine: Entry | None) -> Turn:
        """A learner's own marking, once it is revealed; what is open stays open."""
        if mine is None or round.revealed_at is None:
            reply = refereeing.not_in() if mine is None else refereeing.not_yet()
            return Turn((reply,), dialogue)
        async with self._records() as records:
            attempt = await records.attempt(mine.attempt)
        if attempt is None or put(self._library, round) is None:
            return Turn((phrases.out_of_date(),), dialogue)
        told = self._quizzing.told(attempt, round.seed)
        return replace(told, dialogue=dialogue) if isinstance(dialogue, Answering) else told

    async def _close(
        self, learner: Learner, dialogue: Dialogue, chat: Chat, round: Round, now: datetime
    ) -> Turn:
        """End a round early, if its starter or somebody in charge asks for it."""
        if round.starter != learner.id:
            refused = await refusal(self._in_charge, chat, refereeing.for_starter())
            if refused is not None:
                return Turn((refused,), dialogue)
        return Turn((refereeing.closed(),), dialogue, (Closed(round.id, now),))

    def _left(self, learner: Learner, dialogue: Dialogue, round: Round) -> Turn:
        after = Idle() if isinstance(dialogue, InRound) else dialogue
        left = Left(learner.id, round.chat, round.id)
        return Turn((refereeing.left_round(),), after, (left,))

    async def leave(self, learner: Learner, pending: InRound) -> Turn:
        """Leave a round that was opened in private."""
        async with self._records() as records:
            round = await records.rounds.find(pending.round)
        if round is None or round.revealed_at is not None:
            return Turn((refereeing.no_more(),), Idle())
        return self._left(learner, pending, round)


def _of(learner: Learner, entries: Sequence[Entry]) -> Entry | None:
    return next((entry for entry in entries if entry.learner == learner.id), None)


def _unread(part: Part, attempt: Attempt) -> bool:
    """Whether no form could be told to be for any gap: the learner is asked to write it again."""
    scheme = part.scheme
    gaps = isinstance(scheme, PointScheme) and any(point.gap for point in scheme.points)
    return gaps and attempt.verdict is None


def _met(attempts: Sequence[Attempt], round: Round) -> bool:
    """Whether a learner met a round's question in the days before, or was marked on it since."""
    since = round.started_at - FRESH_AFTER
    return any(
        one.question == round.question
        and one.at > since
        and (one.verdict is not None or one.at < round.started_at)
        for one in attempts
    )


def _name(message: Message) -> str:
    return " ".join(message.name.split())[:_LONGEST_NAME] or say(_NOBODY)
