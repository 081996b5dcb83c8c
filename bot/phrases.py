"""Everything the tutor says in its own words, except how it words a question and its marking."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands import COMMANDS
from bot.learners import Learner
from bot.messages import Choice, Image, Reply, literal
from knowledge.content import Document, Level, Note, NoteId, Subject
from knowledge.figures import Figure

DISCLAIMER = (
    "Viva is independent: it is not affiliated with or endorsed by the International Baccalaureate."
)
QUIZ = Choice("Quiz me", "quiz")
NEXT = Choice("Next question", "quiz")
TOPICS = Choice("Topics", "topics")


def welcome(subjects: Sequence[Subject], learner: Learner) -> Reply:
    """The first thing a learner reads."""
    text = (
        "# Hello, I am Viva\n\n"
        "I ask exam questions and mark your answers like an examiner: point by point, with your "
        "own words beside every mark you earn.\n\n"
        "- **Read** a short note: `/note`\n"
        "- **Ask** a doubt in plain words, and I answer from the notes\n"
        "- **Take a question**: `/quiz`, with hints when you are stuck\n\n"
        f"{_studying(subjects, learner)}"
    )
    if not learner.subject:
        return Reply(text, _picks(subjects))
    return Reply(text, (*_levels(learner), QUIZ, TOPICS))


def _picks(subjects: Sequence[Subject]) -> tuple[Choice, ...]:
    return tuple(Choice(subject.name, f"subject:{subject.id}") for subject in subjects)


def welcome_back(subjects: Sequence[Subject], learner: Learner) -> Reply:
    """Said to somebody who is known, and has nothing pending."""
    text = f"Welcome back. {_studying(subjects, learner)}"
    if not learner.subject:
        return Reply(text, _picks(subjects))
    return Reply(text, (QUIZ, TOPICS, Choice("My progress", "progress")))


def _studying(subjects: Sequence[Subject], learner: Learner) -> str:
    name = next((subject.name for subject in subjects if subject.id == learner.subject), "")
    if not name:
        return "Choose your subject to begin: `/subject`."
    return f"You are set to **{name} {learner.level}**; change it with `/subject`."


def _levels(learner: Learner) -> tuple[Choice, ...]:
    """The levels; of a subject that was chosen, only the other one."""
    levels: tuple[Level, ...] = ("SL", "HL")
    return tuple(
        Choice(f"I take {level}", f"level:{level}")
        for level in levels
        if not learner.subject or level != learner.level
    )


def help() -> Reply:
    """Every command, and how to talk to the tutor without any."""
    lines = [
        f"- `/{line.name}{' ' + line.takes if line.takes else ''}` {line.summary}"
        for line in COMMANDS
    ]
    text = (
        "# What I can do\n\n"
        + "\n".join(lines)
        + "\n\nWithout a command: while a question is open, what you write is your answer; "
        "otherwise it is a doubt that I answer from the notes. "
        "After marking, ask *why not point 2?*, or say *I deserved point 2* to have it read again. "
        "Send me a file (Markdown, text, PDF, Word, PowerPoint, HTML) and I answer from it too, "
        f"for you alone.\n\n{DISCLAIMER}"
    )
    return Reply(text, (QUIZ, TOPICS))


def subjects(all: Sequence[Subject], learner: Learner) -> Reply:
    """Which subjects and levels there are."""
    text = f"{_studying(all, learner)}\n\nWhat do you take?"
    return Reply(text, (*_picks(all), *_levels(learner)))


def enrolled(subject: Subject, learner: Learner) -> Reply:
    """The subject or the level was changed."""
    known = len(subject.topics)
    return Reply(
        f"Set: **{subject.name} {learner.level}**. {known} topics have a note and questions.",
        (QUIZ, TOPICS, *_levels(learner)),
    )


def no_such_subject(words: str, all: Sequence[Subject]) -> Reply:
    """Asked for a subject that is not in the library."""
    return Reply(
        f"I have no subject called “{literal(words)}” yet. I can teach:",
        _picks(all),
    )


def topics(subject: Subject, notes: Sequence[Note], counts: dict[str, int]) -> Reply:
    """What there is to revise, in teaching order."""
    lines = [
        f"- **{literal(note.title)}** ({note.code}{', HL' if note.level == 'HL' else ''}): "
        f"{note.minutes} min to read, {counts.get(note.topic, 0)} questions"
        for note in notes
    ]
    text = f"# {subject.name}\n\n" + "\n".join(lines) + "\n\nWhich would you like to read?"
    return Reply(text, tuple(_read(note) for note in notes))


def _read(note: Note, before: str = "") -> Choice:
    return Choice((before + note.title)[:80], f"note:{note.id}")


def note(read: Note, text: str, figures: Sequence[Figure], onward: Sequence[Note]) -> Reply:
    """A revision note, with its figures and where to go from it."""
    head = f"# {literal(read.title)}\n\n*{read.code} · {read.level} · {read.minutes} min read*\n\n"
    quiz = Choice("Quiz me on this", f"quiz:{read.topic}")
    return Reply(
        head + text, (quiz, *(_read(next, "Next: ") for next in onward)), pictures(figures)
    )


def pictures(figures: Sequence[Figure]) -> tuple[Image, ...]:
    """Figures as attachments."""
    return tuple(Image(figure.png, figure.alt) for figure in figures)


def which_topic(words: str, notes: Sequence[Note], purpose: str) -> Reply:
    """A topic could not be told from these words: offer the likeliest, or all."""
    opening = f"I am not sure which topic “{literal(words)}” is." if words else "Choose a topic."
    picks = tuple(Choice(note.title[:80], f"{purpose}:{_target(note, purpose)}") for note in notes)
    return Reply(f"{opening} Press one, or type its name.", picks)


def _target(note: Note, purpose: str) -> str:
    return note.topic if purpose == "quiz" else note.id


def nothing_to_ask(words: str) -> Reply:
    """No question of the library fits what was asked for."""
    return Reply(
        f"I have no question for “{literal(words)}” at your level. "
        "Try a topic, a paper (`/quiz paper 2`) or a command term (`/quiz explain`).",
        (Choice("Any question", "quiz"), TOPICS),
    )


def not_covered(nearest: Sequence[Note]) -> Reply:
    """The notes do not answer this doubt, and the tutor does not guess."""
    picks = tuple(_read(note) for note in nearest)
    more = " The nearest topics I have:" if picks else ""
    return Reply(f"My notes do not cover that, so I will not guess.{more}", (*picks, TOPICS))


def say_your_doubt() -> Reply:
    """`/ask` without a question."""
    return Reply(
        "Ask me anything about your subject, for example `/ask why is the inside negative?`"
    )


def still_open() -> str:
    """A reminder under an answer that came in the middle of a question."""
    return "\n\n*Your question is still open: what you write next is your answer.*"


def nothing_open() -> Reply:
    """A hint, a skip or a model answer was asked for with no question open."""
    return Reply("No question is open at the moment.", (QUIZ, TOPICS), private=True)


def out_of_date() -> Reply:
    """A button that no longer fits where the conversation stands."""
    return Reply(
        "That button belongs to something we have left behind. Nothing is lost; where to now?",
        (QUIZ, TOPICS, Choice("My progress", "progress")),
        private=True,
    )


def answer_too_late(words: str) -> Reply:
    """An answer to a question that is no longer open: it is not marked, and not lost either."""
    return Reply(
        "That question is no longer open, so I have not marked this. Here are your words, should "
        f"you want to use them:\n\n> {literal(words)}",
        (QUIZ, TOPICS),
        private=True,
    )


def unknown_command(name: str) -> Reply:
    """A command that is not in the table."""
    return Reply(f"I do not know “/{literal(name)}”. `/help` lists what I can do.", (QUIZ, TOPICS))


def document_added(document: Document) -> Reply:
    """A file was read into the learner's own notes."""
    pages = f"{document.pages} pages, " if document.pages else ""
    return Reply(
        f"I have read **{literal(document.name)}** ({pages}{document.chunks} passages). Ask me "
        "about it: I name the file and the page I answer from. Only you can search it; "
        "`/files` lists or removes your files.",
        private=True,
    )


def unreadable(name: str, why: str) -> Reply:
    """A file could not be read."""
    return Reply(f"I could not use **{literal(name)}**: {literal(why)}", private=True)


def files(documents: Sequence[Document]) -> Reply:
    """The learner's own files."""
    if not documents:
        return Reply(
            "You have sent me no files yet. Send a Markdown, text, PDF, Word, PowerPoint or HTML "
            "file and I answer from it, for you alone.",
            private=True,
        )
    lines = [f"- {literal(document.name)} ({document.chunks} passages)" for document in documents]
    return Reply(
        "# Your files\n\n" + "\n".join(lines) + "\n\nRemove one with `/files remove NAME`.",
        private=True,
    )


def file_removed(name: str) -> Reply:
    """A file is gone from the learner's notes."""
    return Reply(f"Removed **{literal(name)}** from your notes.", private=True)


def no_such_file(name: str) -> Reply:
    """A file to remove that is not there."""
    return Reply(f"You have no file called “{literal(name)}”. `/files` lists yours.", private=True)


def forget_asked() -> Reply:
    """Before everything about a learner is deleted."""
    return Reply(
        "This deletes your settings, every answer and mark, and your files, for good. "
        "Are you sure?",
        (Choice("Yes, delete everything", "forget:yes"), Choice("No, keep it", "forget:no")),
        private=True,
    )


def forgotten() -> Reply:
    """Everything about the learner is deleted."""
    return Reply(
        "Done: everything about you is deleted. Write to me whenever you want to start anew.",
        private=True,
    )


def kept() -> Reply:
    """The learner decided not to be forgotten."""
    return Reply("Good, nothing was deleted.", (QUIZ, TOPICS), private=True)


def broken(reference: str) -> Reply:
    """A bug on our side."""
    return Reply(
        f"Something broke on my side (`{reference}`). Your answers are safe; please try again.",
        (QUIZ, TOPICS),
    )


def note_name(notes: dict[NoteId, Note], id: NoteId) -> str:
    """A note's title, or its id where it is gone."""
    return notes[id].title if id in notes else id
