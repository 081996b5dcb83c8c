"""/quiz: ask a question, take the answer, have it marked, give hints, skip, try again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import feedback, phrases, questions, streaks
from bot.dialogue import Answering, Choosing, Dialogue, Earlier, Idle, Marked
from bot.learners import Attempt, Card, Change, Learner
from bot.lessons import picking
from bot.lessons.explaining import Explainer
from bot.lessons.posing import posed
from bot.lessons.progress import days_in_a_row
from bot.lessons.turn import Turn
from bot.marking import CouldNotMark, Examiner, NotReadable, Script, Verdict
from bot.messages import Choice
from bot.ports import Transactions
from bot.schedule import reviewed
from bot.speech import say
from bot.streaks import Streak
from knowledge.content import Part, Question, QuestionId
from knowledge.instances import instance
from knowledge.library import Library


class Quizzing:
    """Questions and their marking."""

    def __init__(
        self,
        library: Library,
        examiner: Examiner,
        records: Transactions,
        explainer: Explainer | None = None,
    ) -> None:
        self._library = library
        self._examiner = examiner
        self._records = records
        self._explainer = explainer

    async def ask(self, learner: Learner, dialogue: Dialogue, words: str, now: datetime) -> Turn:
        """A question that fits these words: a topic, a paper, a command term, or anything."""
        wish = picking.wish(self._library, learner.subject, words)
        if wish.unclear:
            return self._which(learner, dialogue, wish)
        fitting = picking.candidates(self._library, learner, wish)
        if not fitting:
            return Turn((phrases.nothing_to_ask(words),), dialogue)
        async with self._records() as records:
            cards = await records.cards(learner.id)
            attempts = await records.attempts(learner.id)
        question = picking.pick(fitting, cards, attempts, now, _current(dialogue))
        assert question is not None  # there are fitting ones
        seen = sum(attempt.question == question.id for attempt in attempts)
        drawn = instance(question, learner.id + seen)  # numbers not seen before
        asked = Answering(question.id, drawn.parts[0].label, now, seed=learner.id + seen)
        return await self.put(drawn, asked)

    def _which(self, learner: Learner, dialogue: Dialogue, wish: picking.Wish) -> Turn:
        topics = wish.candidates or self._library.subject(learner.subject).topics
        notes = [note for note in self._library.notes(learner.subject) if note.topic in topics]
        pending = dialogue if isinstance(dialogue, Answering) else Choosing(topics, "quiz")
        return Turn((phrases.which_topic(wish.unclear, notes, "quiz"),), pending)

    async def put(self, question: Question, asked: Answering) -> Turn:
        """Ask a part. What all share is shown with the first, or where nothing came before."""
        part = question.part(asked.part)
        whole = _whole(question, asked)
        reply = await posed(self._library, question, part, whole=whole)
        heard = (questions.heard(question),) if whole and question.script else ()
        return Turn((*heard, reply), asked)

    async def answer(self, learner: Learner, pending: Answering, text: str, now: datetime) -> Turn:
        """The verdict on an answer. One that cannot be marked is kept, and costs nothing."""
        pending = replace(pending, read="", file="")  # whatever a photo said, this is the answer
        question, part = self._pending(pending)
        if not any(character.isalnum() for character in text):
            return Turn((questions.nothing_said(question, part),), pending)
        script = Script(question, part, text, pending.earlier)
        try:
            verdict = await self._examiner.mark(script)
        except CouldNotMark as why:
            kept = Attempt(
                learner.id, question.id, part.label, text, now, None, pending.hints, pending.earlier
            )
            if isinstance(why, NotReadable):
                reply = questions.not_readable(question, part, why.reason)
                return Turn((reply,), pending, (kept,))
            reply = feedback.could_not_mark(script, why)
            return Turn((reply,), pending if why.later else Idle(), (kept,))
        attempt = Attempt(
            learner.id, question.id, part.label, text, now, verdict, pending.hints, pending.earlier
        )
        after = self._told(script, verdict, pending.seed)
        reply = after.replies[0]
        reply = replace(reply, choices=(*_more_today(pending), *reply.choices))
        changes = (attempt, *await self._card(attempt), await self._streak(learner, now))
        return replace(after, replies=(reply,), changes=changes)

    def told(self, attempt: Attempt, seed: int) -> Turn:
        """The marking of an attempt that was kept, told as when it was made."""
        question = instance(self._library.question(attempt.question), seed)
        part = question.part(attempt.part)
        script = Script(question, part, attempt.answer, attempt.earlier)
        if attempt.verdict is None:
            return Turn((feedback.could_not_mark(script, CouldNotMark(later=False)),), Idle())
        return self._told(script, attempt.verdict, seed)

    def _told(self, script: Script, verdict: Verdict, seed: int) -> Turn:
        question, label = script.question, script.part.label
        subject = self._library.subject(question.subject)
        reply = feedback.told(script, verdict, subject, self._note_title(question))
        said = _with(script.earlier, label, script.answer)
        return Turn((reply,), Marked(question.id, label, verdict, said, seed))

    async def _card(self, attempt: Attempt) -> tuple[Change, ...]:
        async with self._records() as records:
            cards = await records.cards(attempt.learner)
        before = next((card for card in cards if card.question == attempt.question), None)
        after: Card | None = reviewed(attempt, before)
        return (after,) if after else ()

    async def _streak(self, learner: Learner, now: datetime) -> Streak:
        """The learner's streak after an answer now."""
        days = await days_in_a_row(self._records, learner, now)
        return streaks.answered(days.streak, learner.id, days.today, days.missed)

    def _pending(self, pending: Answering | Marked) -> tuple[Question, Part]:
        question = instance(self._library.question(pending.question), pending.seed)
        return question, question.part(pending.part)

    def _note_title(self, question: Question) -> str:
        return self._library.note(question.note).title

    def hint(self, pending: Answering) -> Turn:
        """The next of the question's hints."""
        question, part = self._pending(pending)
        if pending.hints >= len(part.hints):
            return Turn((questions.no_more_hints(question, part),), pending)
        given = pending.hints + 1
        return Turn((questions.hint(question, part, given),), replace(pending, hints=given))

    async def clue(self, pending: Answering, post: str) -> Turn:
        """The next of the hints, asked for under the question itself: its message gets it.

        A question of the day stands below a heading and has buttons of its own, which its message
        keeps: the hint comes as a new one.
        """
        turn = self.hint(pending)
        if not post or pending.today or turn.dialogue == pending:
            return turn
        question, part = self._pending(pending)
        asked = await posed(self._library, question, part, whole=_whole(question, pending))
        amended = questions.with_hints(post, asked, part, pending.hints + 1)
        return replace(turn, replies=(replace(turn.replies[0], amendment=amended),))

    def skip(self, pending: Answering) -> Turn:
        """Leave the question; nothing is recorded."""
        question, part = self._pending(pending)
        return Turn((questions.skipped(question, part),), Idle())

    def show(self, pending: Answering | Marked) -> Turn:
        """The model answer and the mark scheme; an open question is closed by it, unmarked."""
        question, part = self._pending(pending)
        reply = questions.model_answer(question, part)
        return Turn((reply,), Idle() if isinstance(pending, Answering) else pending)

    async def retry(self, learner: Learner, pending: Answering, now: datetime) -> Turn:
        """Mark the answer that could not be marked when it was given."""
        async with self._records() as records:
            attempts = await records.attempts(learner.id)
        waiting = [
            attempt
            for attempt in attempts
            if (attempt.question, attempt.part) == (pending.question, pending.part)
            and attempt.verdict is None
        ]
        if not waiting:
            return Turn((phrases.out_of_date(),), pending)
        return await self.answer(learner, pending, waiting[-1].answer, now)

    async def again(self, dialogue: Dialogue, id: QuestionId, label: str, now: datetime) -> Turn:
        """Put a part once more, or go on to it. Earlier parts keep their answers and numbers."""
        try:
            question = self._library.question(id)
            part = question.part(label)
        except KeyError:
            return Turn((phrases.out_of_date(),), dialogue)
        known, seed = _left_off(dialogue, question)
        first = part is question.parts[0]
        before = {one.label for one in question.parts[: question.parts.index(part)]}
        earlier = tuple(pair for pair in known if pair[0] in before)
        asked = Answering(id, label, now, 0, earlier, seed + 1 if first else seed)
        return await self.put(instance(question, asked.seed), asked)

    async def explain(self, marked: Marked, points: tuple[int, ...], words: str = "") -> Turn:
        """Why these points were or were not earned; `words` is what the learner asked, if any."""
        question, part = self._pending(marked)
        script = Script(question, part, marked.verdict.answer, marked.earlier)
        reply = feedback.explained(script, marked.verdict, points)
        if self._explainer and words:
            worded = await self._explainer.worded(script, marked.verdict, words)
            reply = replace(reply, text=worded or reply.text)
        return Turn((reply,), marked)


def _whole(question: Question, asked: Answering) -> bool:
    """Whether a part is put with what all parts share: the first, or where nothing came before."""
    return asked.part == question.parts[0].label or not asked.earlier


def _more_today(pending: Answering) -> tuple[Choice, ...]:
    """The button to the next of today's questions, if there are several."""
    number, of = pending.today or (1, 1)
    if number >= of:
        return ()
    return (
        Choice(
            say("Today's question {number} of {of}", number=number + 1, of=of),
            f"more:{number + 1}:{of}",
        ),
    )


def _current(dialogue: Dialogue) -> QuestionId | None:
    return dialogue.question if isinstance(dialogue, Answering | Marked) else None


def _left_off(dialogue: Dialogue, question: Question) -> tuple[Earlier, int]:
    """What was answered so far to a question, and the seed of its numbers."""
    if isinstance(dialogue, Answering | Marked) and dialogue.question == question.id:
        return dialogue.earlier, dialogue.seed
    return (), 0


def _with(earlier: Earlier, label: str, answer: str) -> Earlier:
    return (*(pair for pair in earlier if pair[0] != label), (label, answer))
