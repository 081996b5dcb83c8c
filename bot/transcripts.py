"""What is said about photos, recordings and documents that may be answers."""

from __future__ import annotations

from bot.messages import Choice, Reply, literal
from bot.speech import say


def shown(text: str, media_type: str, choices: tuple[Choice, ...]) -> Reply:
    """What a photo or a recording was taken to say; nothing is marked before it is confirmed."""
    opening = say("I heard this:") if media_type.startswith("audio/") else say("I read this:")
    return Reply(
        say(
            "{opening}\n\n"
            "{quoted}\n\n"
            "Is that your answer? Press *Mark it*, or write it as it should be. Nothing "
            "is marked before that.",
            opening=opening,
            quoted=_quoted(text),
        ),
        choices,
        private=True,
    )


def notes_or_answer(name: str, choices: tuple[Choice, ...]) -> Reply:
    """A document came while a question is open."""
    return Reply(
        say(
            "**{name}** is among your notes now. If it is your answer to the open "
            "question, I mark it instead, and take it out of your notes.",
            name=literal(name),
        ),
        choices,
        private=True,
    )


def illegible(why: str) -> Reply:
    """A file gave no words; the question stays open."""
    return Reply(literal(why), private=True)


def no_question() -> Reply:
    """A photo or a recording came, and no question is open."""
    return Reply(
        say(
            "No question is open that this could be the answer to. Take one with /quiz "
            "and send it again, or write to me. To keep notes, send them as a document."
        ),
        private=True,
    )


def kept_as_notes(name: str) -> Reply:
    """A document stays among the notes; the question is still open."""
    return Reply(
        say("**{name}** stays in your notes. The question is still open.", name=literal(name)),
        private=True,
    )


def _quoted(text: str) -> str:
    """Words as they are, each line of them a line of a quote."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n>\n".join(f"> {literal(line)}" for line in lines)
