"""Which lesson a message is for, given where the conversation stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot import actions, follow_ups, phrases, refereeing
from bot.appeals import ids
from bot.dialogue import Answering, Choosing, Dialogue, Idle, InRound, Locating, Marked
from bot.follow_ups import Objection, Why
from bot.learners import Learner
from bot.lessons.appealing import Appealing
from bot.lessons.appointing import Appointing, Visit
from bot.lessons.arranging import Arranging
from bot.lessons.arriving import Arriving
from bot.lessons.asking import Asking
from bot.lessons.calling import Calling
from bot.lessons.enrolling import Enrolling
from bot.lessons.filing import Filing
from bot.lessons.handing_in import HandingIn
from bot.lessons.linking import Linking
from bot.lessons.meeting import Meetings
from bot.lessons.playing import Playing
from bot.lessons.progress import Progress
from bot.lessons.pushing import Pushing
from bot.lessons.quizzing import Quizzing
from bot.lessons.reading import Reading
from bot.lessons.terms import Terms
from bot.lessons.turn import Turn
from bot.messages import Chat, Command, Message, Moved, Press, Upload, Words
from bot.ports import Clock
from bot.rounds import Relocated
from bot.speech import spoken
from bot.translating import in_english
from knowledge.content import NoteId
from knowledge.library import Library

_NEED_A_SUBJECT = frozenset({"topics", "note", "ask", "quiz", "progress", "terms", "daily"})
_ASKS_BACK = re.compile(
    r"^\s*(what|why|how|when|where|which|who|can you|could you|do i|should i)\b[^.!]*\?\s*$", re.I
)
_LONGEST_NAME = 6  # words: no topic is called more


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
    handing_in: HandingIn
    appointing: Appointing
    pushing: Pushing
    meetings: Meetings


class Switchboard:
    """Puts each message through to a lesson."""

    def __init__(self, library: Library, lessons: Lessons, clock: Clock) -> None:
        self._library = library
        self._lessons = lessons
        self._clock = clock

    async def played(self, learner: Learner, dialogue: Dialogue, message: Message) -> Turn:
        """What comes of a message from a learner whose conversation stands there."""
        if isinstance(dialogue, Locating):
            return await self._placed(learner, dialogue, message)
        match message.content:
            case Command("daily", rest) if learner.subject or not message.chat.alone:
                return await self._daily(learner, dialogue, message, rest)
            case Command() as command:
                return await self._obey(learner, dialogue, command, message)
            case Press(action) if action.startswith(("daily:", "zone:")):
                return await self._press_on_routine(learner, dialogue, message, action)
            case Press() as press:
                return await self._press(learner, dialogue, press, message)
            case Upload() | Moved() as brought:
                return await self._brought(learner, dialogue, brought, message.chat)
            case Words(text):
                return await self._hear(learner, dialogue, text, message)

    async def _brought(
        self, learner: Learner, dialogue: Dialogue, brought: Upload | Moved, chat: Chat
    ) -> Turn:
        if isinstance(brought, Moved):
            return Turn((), dialogue, (Relocated(chat, brought.to),))
        return await self._lessons.handing_in.take(learner, dialogue, brought)

    async def _daily(
        self, learner: Learner, dialogue: Dialogue, message: Message, words: str
    ) -> Turn:
        """/daily: a learner's own, or a room's."""
        if message.chat.alone:
            visit = self._visit(learner, message)
            return await self._lessons.appointing.arrange(visit, dialogue, words)
        about = learner, dialogue, message.chat, words
        return await self._lessons.meetings.arrange(*about, self._clock())

    def _visit(self, learner: Learner, message: Message) -> Visit:
        return Visit(learner, message.chat, message.locale, self._clock())

    async def _placed(self, learner: Learner, locating: Locating, message: Message) -> Turn:
        """Where the learner lives was asked; anything else goes on from what was before that."""
        said, appointing = message.content, self._lessons.appointing
        if isinstance(said, Words):
            visit = self._visit(learner, message)
            turn = await appointing.located(visit, locating, said.text)
            if turn is not None:
                return turn
        if isinstance(said, Press) and said.action.startswith("zone:"):
            return await self._press_on_routine(learner, locating, message, said.action)
        return await self.played(learner, locating.before or Idle(), message)

    async def _press_on_routine(
        self, learner: Learner, dialogue: Dialogue, message: Message, action: str
    ) -> Turn:
        """A press about when the daily question comes."""
        visit, (verb, rest) = self._visit(learner, message), actions.read(action)
        if verb == "zone":
            return await self._lessons.appointing.settle(visit, dialogue, rest)
        return await self.played(learner, dialogue, replace(message, content=Command(verb, rest)))

    async def _hear(
        self, learner: Learner, dialogue: Dialogue, text: str, message: Message
    ) -> Turn:
        if isinstance(dialogue, InRound):
            return await self._heard_in_round(learner, dialogue, text, message)
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
        dialogue: Answering | Marked | Choosing | Idle | Locating,
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
            case Idle() | Locating():
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
        examined = self._library.question(pending.question).language
        said = text if examined == spoken() else in_english(text, "question")
        match said.strip().lower().rstrip(".!?"):
            case "hint":
                return self._lessons.quizzing.hint(pending)
            case "skip":
                return self._lessons.quizzing.skip(pending)
            case _ if _ASKS_BACK.match(said):
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
            case "round" | "settings":
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
        """The commands about a room and everybody in it."""
        calling, arranging = self._lessons.calling, self._lessons.arranging
        if command.name == "settings":
            return await arranging.show(learner, dialogue, message.chat)
        return await calling.command(learner, dialogue, message, command.rest, self._clock())

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
        lessons, (verb, rest) = self._lessons, actions.read(press.action)
        match verb:
            case "topics" | "progress" | "quiz" | "terms" | "notation" | "settings":
                return await self._obey(learner, dialogue, Command(verb, rest), message)
            case _ if verb.startswith(("round", "room-")):
                return await self._press_in_room(learner, dialogue, press, message)
            case "mark-read" | "keep-file":
                about = learner, dialogue, message, (verb, rest)
                return await lessons.handing_in.press(*about, self._clock())
            case "note":
                return await lessons.reading.open(dialogue, NoteId(rest))
            case "subject" | "subjects" | "level" | "language" | "forget" | "link" | "unlink":
                about_them = learner, dialogue, (verb, rest)
                return await self._press_on_account(*about_them, message.chat)
            case "snooze" | "nottoday" | "back" | "lost" | "more":
                return await lessons.pushing.press(learner, dialogue, (verb, rest), self._clock())
            case "again" | "go":
                return await lessons.quizzing.again(dialogue, *actions.target(rest), self._clock())
            case _:
                return await self._press_on_question(learner, dialogue, press, message)

    async def _press_in_room(
        self, learner: Learner, dialogue: Dialogue, press: Press, message: Message
    ) -> Turn:
        """A press about a round, or about what holds in a room."""
        lessons, (verb, rest) = self._lessons, actions.read(press.action)
        if verb.startswith("round"):
            return await lessons.calling.press(learner, dialogue, message, press, self._clock())
        setting = verb.removeprefix("room-")
        return await lessons.arranging.change(dialogue, message.chat, setting, rest)

    async def _press_on_account(
        self, learner: Learner, dialogue: Dialogue, action: tuple[str, str], chat: Chat
    ) -> Turn:
        """A press about who the learner is."""
        enrolling, linking, (verb, rest) = self._lessons.enrolling, self._lessons.linking, action
        match verb:
            case "subject":
                return enrolling.choose(learner, dialogue, rest)
            case "language":
                return self._lessons.arranging.speak(learner, dialogue, rest)
            case "level" | "subjects":
                return enrolling.subject(learner, dialogue, rest)
            case "link":
                return await linking.joined(learner, dialogue, chat, rest, self._clock())
            case "unlink":
                return await linking.unlinked(learner, dialogue, chat, rest == "yes")
            case _:
                return await enrolling.forgotten(learner, dialogue, rest == "yes")

    async def _press_on_question(
        self, learner: Learner, dialogue: Dialogue, press: Press, message: Message
    ) -> Turn:
        """A press about the part that is open, or was just marked; any other is out of date."""
        verb, rest = actions.read(press.action)
        match dialogue:
            case Answering() if actions.target(rest) == (dialogue.question, dialogue.part):
                if verb == "answer":
                    now = self._clock()
                    return await self._lessons.quizzing.answer(learner, dialogue, press.text, now)
                if verb == "clue":
                    return await self._lessons.quizzing.clue(dialogue, message.post)
                return await self._press_while_answering(learner, dialogue, verb)
            case Marked() if actions.target(rest) == (dialogue.question, dialogue.part):
                if verb != "answer":
                    return await self._press_when_marked(learner, dialogue, verb, message.chat)
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


def _pressed(which: str, points: int) -> Objection:
    """The objection of a button: to one point, to all that were missed, or to none by name."""
    if which == "all":
        return Objection(tuple(range(1, points + 1)))
    if which.isdecimal():
        return Objection((int(which),), against=True)  # the button was offered for it as it stands
    return Objection(())
