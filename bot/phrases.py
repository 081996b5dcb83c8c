"""Everything the tutor says in its own words, except how it words a question and its marking."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands import COMMANDS
from bot.learners import Learner
from bot.messages import Choice, Image, Reply, literal
from bot.speech import later, say
from knowledge.content import Document, Level, Note, NoteId, Subject
from knowledge.figures import Figure

DISCLAIMER = later(
    "Viva is independent: it is not affiliated with or endorsed by the International Baccalaureate."
)


def quiz_me() -> Choice:
    """The button to a question."""
    return Choice(say("Quiz me"), "quiz")


def next_question() -> Choice:
    """The button to the next question."""
    return Choice(say("Next question"), "quiz")


def all_topics() -> Choice:
    """The button to all topics."""
    return Choice(say("Topics"), "topics")


def welcome(subjects: Sequence[Subject], learner: Learner) -> Reply:
    """The first thing a learner reads."""
    text = say(
        "# Hello, I am Viva\n\n"
        "I ask exam questions and mark your answers like an examiner: point by "
        "point, with your own words beside every mark you earn.\n\n"
        "- **Read** a short note: `/note`\n- **Ask** a doubt in plain words, and I "
        "answer from the notes\n- **Take a question**: `/quiz`, with hints when you "
        "are stuck\n\n"
        "{studying}",
        studying=_studying(subjects, learner),
    )
    if not learner.subject:
        return Reply(text, _picks(subjects))
    return Reply(text, (*_levels(learner), quiz_me(), all_topics()))


def _picks(subjects: Sequence[Subject]) -> tuple[Choice, ...]:
    return tuple(Choice(subject.name, f"subject:{subject.id}") for subject in subjects)


def welcome_back(subjects: Sequence[Subject], learner: Learner) -> Reply:
    """Said to somebody who is known, and has nothing pending."""
    text = say("Welcome back. {studying}", studying=_studying(subjects, learner))
    if not learner.subject:
        return Reply(text, _picks(subjects))
    return Reply(text, (quiz_me(), all_topics(), Choice(say("My progress"), "progress")))


def _studying(subjects: Sequence[Subject], learner: Learner) -> str:
    name = next((subject.name for subject in subjects if subject.id == learner.subject), "")
    if not name:
        return say("Choose your subject to begin: `/subject`.")
    return say(
        "You are set to **{name} {level}**; change it with `/subject`.",
        name=name,
        level=learner.level,
    )


def _levels(learner: Learner) -> tuple[Choice, ...]:
    """The levels; of a subject that was chosen, only the other one."""
    levels: tuple[Level, ...] = ("SL", "HL")
    return tuple(
        Choice(say("I take {level}", level=level), f"level:{level}")
        for level in levels
        if not learner.subject or level != learner.level
    )


def help() -> Reply:
    """Every command, and how to talk to the tutor without any."""
    lines = [
        f"- `/{line.name}{' ' + say(line.takes) if line.takes else ''}` {say(line.summary)}"
        for line in COMMANDS
    ]
    text = (
        say("# What I can do\n\n")
        + "\n".join(lines)
        + say(
            "\n\n"
            "Without a command: while a question is open, what you write is your answer; "
            "otherwise it is a doubt that I answer from the notes. After marking, ask "
            "*why not point 2?*, or say *I deserved point 2* to have it read again. Send "
            "me a file (Markdown, text, PDF, Word, PowerPoint, HTML) and I answer from "
            "it too, for you alone.\n\n"
            "{disclaimer}",
            disclaimer=say(DISCLAIMER),
        )
    )
    return Reply(text, (quiz_me(), all_topics()))


def subjects(all: Sequence[Subject], learner: Learner) -> Reply:
    """Which subjects and levels there are."""
    text = say("{studying}\n\nWhat do you take?", studying=_studying(all, learner))
    return Reply(text, (*_picks(all), *_levels(learner)))


def enrolled(subject: Subject, learner: Learner) -> Reply:
    """The subject or the level was changed."""
    known = len(subject.topics)
    return Reply(
        say(
            "Set: **{name} {level}**. {known} topics have a note and questions.",
            name=subject.name,
            level=learner.level,
            known=known,
        ),
        (quiz_me(), all_topics(), *_levels(learner)),
    )


def no_such_subject(words: str, all: Sequence[Subject]) -> Reply:
    """Asked for a subject that is not in the library."""
    return Reply(
        say("I have no subject called “{words}” yet. I can teach:", words=literal(words)),
        _picks(all),
    )


def topics(subject: Subject, notes: Sequence[Note], counts: dict[str, int]) -> Reply:
    """What there is to revise, in teaching order."""
    lines = [
        say(
            "- **{title}** ({code}): {minutes} min to read, {questions} questions",
            title=literal(note.title),
            code=note.code + (", HL" if note.level == "HL" else ""),
            minutes=note.minutes,
            questions=counts.get(note.topic, 0),
        )
        for note in notes
    ]
    text = f"# {subject.name}\n\n" + "\n".join(lines) + say("\n\nWhich would you like to read?")
    return Reply(text, tuple(_read(note) for note in notes))


def _read(note: Note, before: str = "") -> Choice:
    return Choice((before + note.title)[:80], f"note:{note.id}")


def note(read: Note, text: str, figures: Sequence[Figure], onward: Sequence[Note]) -> Reply:
    """A revision note, with its figures and where to go from it."""
    head = say(
        "# {title}\n\n*{code} · {level} · {minutes} min read*\n\n",
        title=literal(read.title),
        code=read.code,
        level=read.level,
        minutes=read.minutes,
    )
    quiz = Choice(say("Quiz me on this"), f"quiz:{read.topic}")
    return Reply(
        head + text, (quiz, *(_read(next, say("Next: ")) for next in onward)), pictures(figures)
    )


def pictures(figures: Sequence[Figure]) -> tuple[Image, ...]:
    """Figures as attachments."""
    return tuple(Image(figure.png, figure.alt) for figure in figures)


def which_topic(words: str, notes: Sequence[Note], purpose: str) -> Reply:
    """A topic could not be told from these words: offer the likeliest, or all."""
    opening = (
        say("I am not sure which topic “{words}” is.", words=literal(words))
        if words
        else say("Choose a topic.")
    )
    picks = tuple(Choice(note.title[:80], f"{purpose}:{_target(note, purpose)}") for note in notes)
    return Reply(say("{opening} Press one, or type its name.", opening=opening), picks)


def _target(note: Note, purpose: str) -> str:
    return note.topic if purpose == "quiz" else note.id


def nothing_to_ask(words: str) -> Reply:
    """No question of the library fits what was asked for."""
    return Reply(
        say(
            "I have no question for “{words}” at your level. Try a topic, a paper "
            "(`/quiz paper 2`) or a command term (`/quiz explain`).",
            words=literal(words),
        ),
        (Choice(say("Any question"), "quiz"), all_topics()),
    )


def not_covered(nearest: Sequence[Note]) -> Reply:
    """The notes do not answer this doubt, and the tutor does not guess."""
    picks = tuple(_read(note) for note in nearest)
    more = say(" The nearest topics I have:") if picks else ""
    return Reply(
        say("My notes do not cover that, so I will not guess.{more}", more=more),
        (*picks, all_topics()),
    )


def say_your_doubt() -> Reply:
    """`/ask` without a question."""
    return Reply(
        say("Ask me anything about your subject, for example `/ask why is the inside negative?`")
    )


def still_open() -> str:
    """A reminder under an answer that came in the middle of a question."""
    return say("\n\n*Your question is still open: what you write next is your answer.*")


def nothing_open() -> Reply:
    """A hint, a skip or a model answer was asked for with no question open."""
    return Reply(say("No question is open at the moment."), (quiz_me(), all_topics()), private=True)


def out_of_date() -> Reply:
    """A button that no longer fits where the conversation stands."""
    return Reply(
        say("That button belongs to something we have left behind. Nothing is lost; where to now?"),
        (quiz_me(), all_topics(), Choice(say("My progress"), "progress")),
        private=True,
    )


def answer_too_late(words: str) -> Reply:
    """An answer to a question that is no longer open: it is not marked, and not lost either."""
    return Reply(
        say(
            "That question is no longer open, so I have not marked this. Here are your "
            "words, should you want to use them:\n\n"
            "> {words}",
            words=literal(words),
        ),
        (quiz_me(), all_topics()),
        private=True,
    )


def unknown_command(name: str) -> Reply:
    """A command that is not in the table."""
    return Reply(
        say("I do not know “/{name}”. `/help` lists what I can do.", name=literal(name)),
        (quiz_me(), all_topics()),
    )


def document_added(document: Document) -> Reply:
    """A file was read into the learner's own notes."""
    pages = say("{pages} pages, ", pages=document.pages) if document.pages else ""
    return Reply(
        say(
            "I have read **{name}** ({pages}{chunks} passages). Ask me about it: I name "
            "the file and the page I answer from. Only you can search it; `/files` lists "
            "or removes your files.",
            name=literal(document.name),
            pages=pages,
            chunks=document.chunks,
        ),
        private=True,
    )


def unreadable(name: str, why: str) -> Reply:
    """A file could not be read."""
    return Reply(
        say("I could not use **{name}**: {why}", name=literal(name), why=literal(why)), private=True
    )


def files(documents: Sequence[Document]) -> Reply:
    """The learner's own files."""
    if not documents:
        return Reply(
            say(
                "You have sent me no files yet. Send a Markdown, text, PDF, Word, PowerPoint "
                "or HTML file and I answer from it, for you alone."
            ),
            private=True,
        )
    lines = [
        say("- {name} ({chunks} passages)", name=literal(document.name), chunks=document.chunks)
        for document in documents
    ]
    return Reply(
        say("# Your files\n\n")
        + "\n".join(lines)
        + say("\n\nRemove one with `/files remove NAME`."),
        private=True,
    )


def file_removed(name: str) -> Reply:
    """A file is gone from the learner's notes."""
    return Reply(say("Removed **{name}** from your notes.", name=literal(name)), private=True)


def no_such_file(name: str) -> Reply:
    """A file to remove that is not there."""
    return Reply(
        say("You have no file called “{name}”. `/files` lists yours.", name=literal(name)),
        private=True,
    )


def forget_asked() -> Reply:
    """Before everything about a learner is deleted."""
    return Reply(
        say(
            "This deletes your settings, every answer and mark, and your files, for "
            "good. Are you sure?"
        ),
        (
            Choice(say("Yes, delete everything"), "forget:yes"),
            Choice(say("No, keep it"), "forget:no"),
        ),
        private=True,
    )


def forgotten() -> Reply:
    """Everything about the learner is deleted."""
    return Reply(
        say("Done: everything about you is deleted. Write to me whenever you want to start anew."),
        private=True,
    )


def kept() -> Reply:
    """The learner decided not to be forgotten."""
    return Reply(say("Good, nothing was deleted."), (quiz_me(), all_topics()), private=True)


def broken(reference: str) -> Reply:
    """A bug on our side."""
    return Reply(
        say(
            "Something broke on my side (`{reference}`). Your answers are safe; please try again.",
            reference=reference,
        ),
        (quiz_me(), all_topics()),
    )


def note_name(notes: dict[NoteId, Note], id: NoteId) -> str:
    """A note's title, or its id where it is gone."""
    return notes[id].title if id in notes else id
