"""One turn of a conversation: load where it stands, play the right lesson, keep what came of it.

The tutor knows no platform, no vendor and no SQL. Only it writes, once, in one transaction.
"""

from __future__ import annotations

import logging
import re
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import actions, arrangements, follow_ups, phrases, refereeing
from bot.appeals import ids
from bot.asker import asking
from bot.dialogue import Answering, Choosing, Dialogue, Idle, InRound, Locating, Marked
from bot.follow_ups import Objection, Why
from bot.learners import Enrolled, Forgotten, Learner, Settled
from bot.lessons.appealing import Appealing
from bot.lessons.appointing import Appointing
from bot.lessons.arranging import Arranging
from bot.lessons.arriving import Arriving
from bot.lessons.asking import Asking
from bot.lessons.calling import Calling
from bot.lessons.enrolling import Enrolling
from bot.lessons.filing import Filing
from bot.lessons.linking import Linking
from bot.lessons.playing import Playing
from bot.lessons.progress import Progress
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.lessons.reading import Reading
from bot.lessons.terms import Terms
from bot.lessons.timing import Timing, Visit
from bot.lessons.turn import Turn
from bot.messages import Chat, Command, Content, Message, Press, Reply, Upload, Words
from bot.ports import Clock, Overtaken, Transactions
from bot.pushes import Push
from bot.rounds import Room
from knowledge.content import NoteId
from knowledge.library import Library

_log = logging.getLogger(__name__)
_NEED_A_SUBJECT = frozenset({"topics", "note", "ask", "quiz", "progress", "terms"})
_ASKS_BACK = re.compile(
    r"^\s*(what|why|how|when|where|which|who|can you|could you|do i|should i)\b[^.!]*\?\s*$", re.I
)
_LOST = timedelta(minutes=1)  # a push that has been on its way for so long may have got lost
_MOST_TRIES = 5  # turns at one message
_LONGEST_NAME = 6  # words: no topic is called more
_MOST_OVERTAKEN = 5  # of a turn by other chats'


class TriedTooOften(Exception):
    """Every turn at a message ended before it could be kept; it is not played again."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything that the tutor does, one lesson for each."""

    enrolling: Enrolling
    reading: Reading
    asking: Asking
    quizzing: Quizzing
    progress: Progress
    filing: Filing
    terms: Terms
    appealing: Appealing
    linking: Linking
    arriving: Arriving
    arranging: Arranging
    calling: Calling
    playing: Playing
    timing: Timing
    appointing: Appointing
    pushing: Pushing


class Tutor:
    """Answers one message at a time; the desk sees to it that a chat's turns do not overlap."""

    def __init__(
        self, library: Library, lessons: Lessons, records: Transactions, clock: Clock
    ) -> None:
        self._library = library
        self._lessons = lessons
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
            room = self._arranged(await records.rounds.room(message.chat), message.chat)
            learner = self._at_home(await records.learner(message.chat), room)
            dialogue = await records.dialogue(message.chat)
            lost = await records.pushes.uncertain(learner.id, self._clock() - _LOST)
            await records.commit()
        try:
            _refuse_after(tries)
            with asking(learner.id, message.chat):
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
            if await records.answer(message, turn.replies, self._clock()):
                await records.commit()  # else another process was quicker, and its turn stands

    def _arranged(self, room: Room, chat: Chat) -> Room:
        """What holds here: nothing in a private chat, and no subject that is gone."""
        if chat.alone:
            return Room()
        taught = room.subject in {subject.id for subject in self._library.subjects}
        return room if taught else replace(room, subject="")

    def _at_home(self, learner: Learner, room: Room) -> Learner:
        """The learner with a subject we teach: the room's, their own, or the only one there is."""
        if room.subject:
            return replace(learner, subject=room.subject, level=room.level)
        ids = [subject.id for subject in self._library.subjects]
        if learner.subject in ids:
            return learner
        return replace(learner, subject=ids[0] if len(ids) == 1 else "")

    async def _play(
        self, learner: Learner, room: Room, dialogue: Dialogue, message: Message
    ) -> Turn:
        if not room.subject:
            return await self._played(learner, dialogue, message)
        if _chooses_subject(message.content):
            return Turn((arrangements.set_for_all(room, self._library.subjects),), dialogue)
        turn = await self._played(learner, dialogue, message)
        own = tuple(change for change in turn.changes if not isinstance(change, Enrolled))
        return replace(turn, changes=own)  # the room's subject becomes nobody's own

    async def _play_on(
        self,
        learner: Learner,
        room: Room,
        dialogue: Dialogue,
        message: Message,
        lost: Push | None,
    ) -> Turn:
        """Play the message. A push that may have got lost is offered, unless its button comes."""
        if lost is None:
            return await self._play(learner, room, dialogue, message)
        if isinstance(message.content, Press) and lost.asked:
            _, rest = actions.read(message.content.action)
            if actions.target(rest) == (lost.asked.question, lost.asked.part):
                turn = await self._play(learner, room, lost.asked, message)
                return replace(turn, changes=(*turn.changes, Settled(lost.id)))
        turn = await self._play(learner, room, dialogue, message)
        return self._lessons.pushing.offered(turn, lost)

    async def _played(self, learner: Learner, dialogue: Dialogue, message: Message) -> Turn:
        if isinstance(dialogue, Locating):
            return await self._placed(learner, dialogue, message)
        match message.content:
            case Press(action) if action.startswith(("daily:", "zone:")):
                return await self._press_on_routine(learner, dialogue, message, action)
            case Command() as command:
                return await self._obey(learner, dialogue, command, message)
            case Press() as press:
                return await self._press(learner, dialogue, press, message)
            case Upload() as upload:
                return await self._lessons.filing.add(learner, dialogue, upload)
            case Words(text):
                return await self._hear(learner, dialogue, text, message)

    def _visit(self, learner: Learner, message: Message) -> Visit:
        return Visit(learner, message.chat, message.locale, self._clock())

    async def _placed(self, learner: Learner, locating: Locating, message: Message) -> Turn:
        """Where the learner lives was asked; anything else goes on from what was before that."""
        said = message.content
        if isinstance(said, Words):
            visit = self._visit(learner, message)
            turn = await self._lessons.timing.located(visit, locating, said.text)
            if turn is not None:
                return turn
        if isinstance(said, Press) and said.action.startswith("zone:"):
            return await self._press_on_routine(learner, locating, message, said.action)
        return await self._played(learner, locating.before or Idle(), message)

    async def _press_on_routine(
        self, learner: Learner, dialogue: Dialogue, message: Message, action: str
    ) -> Turn:
        """A press about when the daily question comes."""
        visit, (verb, rest) = self._visit(learner, message), actions.read(action)
        if verb == "zone":
            return await self._lessons.timing.settle(visit, dialogue, rest)
        return await self._played(learner, dialogue, replace(message, content=Command(verb, rest)))

    async def _hear(
        self, learner: Learner, dialogue: Dialogue, text: str, message: Message
    ) -> Turn:
        if isinstance(dialogue, InRound):
            return await self._heard_in_round(learner, dialogue, text, message)
        if isinstance(dialogue, Locating):
            return await self._placed(learner, dialogue, message)
        if not isinstance(dialogue, Answering):
            busy = await self._lessons.calling.meanwhile(dialogue, message.chat, self._clock())
            if busy is not None:
                return busy
        if not learner.subject:
            return self._lessons.enrolling.subject(learner, dialogue, text)
        return await self._heard(learner, dialogue, text, message.chat)

    async def _heard(
        self,
        learner: Learner,
        dialogue: Answering | Marked | Choosing | Idle,
        text: str,
        chat: Chat,
    ) -> Turn:
        lessons = self._lessons
        match dialogue:
            case Answering():
                return await self._answered(learner, dialogue, text)
            case Marked():
                return await self._followed(learner, dialogue, text, chat)
            case Choosing():
                return await self._chosen(learner, dialogue, text)
            case Idle():
                return await lessons.asking.answer(learner, dialogue, text)

    async def _heard_in_round(
        self, learner: Learner, pending: InRound, text: str, message: Message
    ) -> Turn:
        """An answer in a round; long after it, or a question back, whatever else it may be."""
        playing, asked_back = self._lessons.playing, bool(_ASKS_BACK.match(text))
        if text.strip().lower().rstrip(".!") in {"skip", "leave"}:
            return await playing.leave(learner, pending)
        if not await playing.awaits(pending.round, message, asked_back=asked_back):
            return await self._hear(learner, Idle(), text, message)
        return await playing.answer(learner, pending, message, pending.round, text)

    async def _followed(self, learner: Learner, marked: Marked, text: str, chat: Chat) -> Turn:
        """After a marking: an objection is heard, a question explained, anything else a doubt."""
        lessons, count = self._lessons, len(ids(marked.verdict))
        match follow_ups.read(text, count):
            case Objection() as said:
                return await lessons.appealing.hear(learner, chat, marked, said, self._clock())
            case Why(points):
                return await lessons.quizzing.explain(marked, points, text)
            case None:
                return await lessons.asking.answer(learner, marked, text)

    async def _answered(self, learner: Learner, pending: Answering, text: str) -> Turn:
        """Mark an answer. A question put back to the tutor is a doubt, and costs nothing."""
        match text.strip().lower().rstrip(".!?"):
            case "hint":
                return self._lessons.quizzing.hint(pending)
            case "skip":
                return self._lessons.quizzing.skip(pending)
            case _ if _ASKS_BACK.match(text):
                return await self._lessons.asking.answer(learner, pending, text)
            case _:
                return await self._lessons.quizzing.answer(learner, pending, text, self._clock())

    async def _chosen(self, learner: Learner, choosing: Choosing, text: str) -> Turn:
        """A topic's name is a choice; a question, or words unlike any topic, are a doubt."""
        a_doubt = "?" in text or len(text.split()) > _LONGEST_NAME
        if a_doubt or len(self._library.topics_like(learner.subject, text)) != 1:
            return await self._lessons.asking.answer(learner, Idle(), text)
        if choosing.purpose == "quiz":
            return await self._lessons.quizzing.ask(learner, choosing, text, self._clock())
        return await self._lessons.reading.note(learner, choosing, text)

    async def _obey(
        self, learner: Learner, dialogue: Dialogue, command: Command, message: Message
    ) -> Turn:
        lessons, rest, chat = self._lessons, command.rest, message.chat
        match command.name:
            case "start":
                return await lessons.arriving.start(learner, dialogue, chat, rest, self._clock())
            case "round" | "settings" | "daily":
                return await self._room(learner, dialogue, command, message)
            case "help":
                return lessons.enrolling.help(dialogue)
            case "subject" | "forget" | "link" | "unlink":
                return await self._account(learner, dialogue, command, chat)
            case "files":
                return await lessons.filing.files(learner, dialogue, rest)
            case "notation":
                return lessons.terms.notation(learner, dialogue, rest)
            case "hint" | "skip" | "answer" | "mark":
                return await self._about_open(learner, dialogue, command)
            case _:
                return await self._study(learner, dialogue, command)

    async def _room(
        self, learner: Learner, dialogue: Dialogue, command: Command, message: Message
    ) -> Turn:
        """The commands about a room and everybody in it, or that differ between rooms."""
        calling, arranging = self._lessons.calling, self._lessons.arranging
        if command.name == "daily":
            return await self._daily(learner, dialogue, command.rest, message)
        if command.name == "settings":
            return await arranging.show(learner, dialogue, message.chat)
        return await calling.command(learner, dialogue, message, command.rest, self._clock())

    async def _daily(
        self, learner: Learner, dialogue: Dialogue, words: str, message: Message
    ) -> Turn:
        """When a daily question comes: a learner's own, or in a group the one for everybody."""
        lessons, chat = self._lessons, message.chat
        if not chat.alone:
            arrange = lessons.appointing.arrange
            return await arrange(learner, dialogue, chat, words, self._clock())
        if not learner.subject:
            return lessons.enrolling.subject(learner, dialogue, "")
        return await lessons.timing.arrange(self._visit(learner, message), dialogue, words)

    async def _account(
        self, learner: Learner, dialogue: Dialogue, command: Command, chat: Chat
    ) -> Turn:
        """The commands about who the learner is."""
        enrolling, linking = self._lessons.enrolling, self._lessons.linking
        match command.name:
            case "subject":
                return enrolling.subject(learner, dialogue, command.rest)
            case "link":
                return await linking.link(learner, dialogue, chat, command.rest, self._clock())
            case "unlink":
                return await linking.unlink(learner, dialogue)
            case _:
                return enrolling.forget(dialogue)

    async def _study(self, learner: Learner, dialogue: Dialogue, command: Command) -> Turn:
        """The commands that need to know a subject; without one, it is asked for first."""
        lessons, rest = self._lessons, command.rest
        if not learner.subject and command.name in _NEED_A_SUBJECT:
            return lessons.enrolling.subject(learner, dialogue, "")
        match command.name:
            case "topics":
                return lessons.reading.topics(learner, dialogue)
            case "note":
                return await lessons.reading.note(learner, dialogue, rest)
            case "ask":
                return await lessons.asking.answer(learner, dialogue, rest)
            case "quiz":
                return await lessons.quizzing.ask(learner, dialogue, rest, self._clock())
            case "progress":
                return await lessons.progress.show(learner, dialogue, self._clock())
            case "terms":
                return lessons.terms.terms(learner, dialogue, rest)
            case unknown:
                return Turn((phrases.unknown_command(unknown),), dialogue)

    async def _about_open(self, learner: Learner, dialogue: Dialogue, command: Command) -> Turn:
        quizzing, verb = self._lessons.quizzing, command.name
        if isinstance(dialogue, InRound) and verb == "skip":
            return await self._lessons.playing.leave(learner, dialogue)
        if isinstance(dialogue, InRound):
            return Turn((refereeing.no_hints(),), dialogue)
        if verb == "answer" and isinstance(dialogue, Answering | Marked):
            return quizzing.show(dialogue)
        if not isinstance(dialogue, Answering):
            return Turn((phrases.nothing_open(),), dialogue)
        if verb == "mark":
            return await quizzing.answer(learner, dialogue, command.rest, self._clock())
        return quizzing.hint(dialogue) if verb == "hint" else quizzing.skip(dialogue)

    async def _press(
        self, learner: Learner, dialogue: Dialogue, press: Press, message: Message
    ) -> Turn:
        verb, rest = actions.read(press.action)
        lessons, chat = self._lessons, message.chat
        match verb:
            case "topics" | "progress" | "quiz" | "terms" | "notation" | "settings":
                return await self._obey(learner, dialogue, Command(verb, rest), message)
            case _ if verb.startswith("round"):
                return await lessons.calling.press(learner, dialogue, message, press, self._clock())
            case _ if verb.startswith("room-"):
                setting = verb.removeprefix("room-")
                return await lessons.arranging.change(dialogue, chat, setting, rest)
            case "note":
                return await lessons.reading.open(dialogue, NoteId(rest))
            case "subject" | "subjects" | "level" | "forget" | "link" | "unlink":
                return await self._press_on_account(learner, dialogue, (verb, rest), chat)
            case "snooze" | "nottoday" | "back" | "lost" | "more":
                return await lessons.pushing.press(learner, dialogue, (verb, rest), self._clock())
            case "again" | "go":
                return await lessons.quizzing.again(dialogue, rest, self._clock())
            case _:
                return await self._press_on_question(learner, dialogue, press, chat)

    async def _press_on_account(
        self, learner: Learner, dialogue: Dialogue, action: tuple[str, str], chat: Chat
    ) -> Turn:
        """A press about who the learner is."""
        enrolling, linking, (verb, rest) = self._lessons.enrolling, self._lessons.linking, action
        match verb:
            case "subject":
                return enrolling.choose(learner, dialogue, rest)
            case "level" | "subjects":
                return enrolling.subject(learner, dialogue, rest)
            case "link":
                return await linking.joined(learner, dialogue, chat, rest, self._clock())
            case "unlink":
                return await linking.unlinked(learner, dialogue, chat, rest == "yes")
            case _:
                return await enrolling.forgotten(learner, dialogue, rest == "yes")

    async def _press_on_question(
        self, learner: Learner, dialogue: Dialogue, press: Press, chat: Chat
    ) -> Turn:
        """A press about the part that is open, or was just marked; any other is out of date."""
        verb, rest = actions.read(press.action)
        match dialogue:
            case Answering() if actions.target(rest) == (dialogue.question, dialogue.part):
                if verb == "answer":
                    now = self._clock()
                    return await self._lessons.quizzing.answer(learner, dialogue, press.text, now)
                return await self._press_while_answering(learner, dialogue, verb)
            case Marked() if actions.target(rest) == (dialogue.question, dialogue.part):
                if verb != "answer":
                    return await self._press_when_marked(learner, dialogue, verb, chat)
        late = phrases.answer_too_late(press.text) if press.text else phrases.out_of_date()
        return Turn((late,), dialogue)

    async def _press_when_marked(
        self, learner: Learner, marked: Marked, verb: str, chat: Chat
    ) -> Turn:
        lessons = self._lessons
        match verb:
            case "why":
                return await lessons.quizzing.explain(marked, ())
            case "show":
                return lessons.quizzing.show(marked)
            case _ if verb.startswith("appeal"):
                said = _pressed(verb.removeprefix("appeal"), len(ids(marked.verdict)))
                return await lessons.appealing.hear(learner, chat, marked, said, self._clock())
            case _:
                return Turn((phrases.out_of_date(),), marked)

    async def _press_while_answering(self, learner: Learner, pending: Answering, verb: str) -> Turn:
        quizzing = self._lessons.quizzing
        match verb:
            case "hint":
                return quizzing.hint(pending)
            case "skip":
                return quizzing.skip(pending)
            case "show":
                return quizzing.show(pending)
            case "retry":
                return await quizzing.retry(learner, pending, self._clock())
            case _ if verb.startswith("pick"):
                return await quizzing.answer(learner, pending, verb[4:], self._clock())
            case _:
                return Turn((phrases.out_of_date(),), pending)


def _chooses_subject(content: Content) -> bool:
    """Whether somebody wants another subject or level."""
    match content:
        case Command(name):
            return name == "subject"
        case Press(action):
            return actions.read(action)[0] in {"subject", "subjects", "level"}
        case _:
            return False


def _pressed(which: str, points: int) -> Objection:
    """The objection of a button: to one point, to all that were missed, or to none by name."""
    if which == "all":
        return Objection(tuple(range(1, points + 1)))
    if which.isdecimal():
        return Objection((int(which),), against=True)  # the button was offered for it as it stands
    return Objection(())


def _refuse_after(tries: int) -> None:
    """Raises TriedTooOften: what ends a process must not end the others one by one."""
    if tries > _MOST_TRIES:
        raise TriedTooOften(f"{tries - 1} turns at one message ended early")


def _broken() -> Reply:
    reference = secrets.token_hex(3)
    _log.exception("a turn broke, reference %s", reference)
    return phrases.broken(reference)
