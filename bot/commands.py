"""The one table of commands: every platform's menu and /help read it, the tutor answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["subject", "topic", "paper", "term", "sign", "file", "round"]
Where = Literal["everywhere", "alone", "groups"]


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as learners see it. `takes` shows what may follow its name; '' means nothing.

    Where a platform has a field for that, `field` is its name, and `suggests` what may be suggested
    while it is filled in. The replies to a `private` command are for the learner's eyes. `where`
    is in whose menu it stands: everybody's, or only alone with the tutor, or only in groups.
    """

    name: str
    summary: str
    takes: str = ""
    field: str = ""
    suggests: tuple[Kind, ...] = ()
    private: bool = False
    where: Where = "everywhere"

    @property
    def must_take(self) -> bool:
        """Whether something has to follow."""
        return bool(self.takes) and not self.takes.startswith("[")


COMMANDS: tuple[CommandLine, ...] = (
    CommandLine("start", "Begin, or see where you are"),
    CommandLine(
        "subject", "Choose your subject and level", "[subject] [SL or HL]", "subject", ("subject",)
    ),
    CommandLine("topics", "What there is to revise"),
    CommandLine("note", "Read a short note", "[topic]", "topic", ("topic",)),
    CommandLine("ask", "Ask a doubt about the notes", "your doubt", "doubt"),
    CommandLine(
        *("quiz", "Take a question", "[topic, paper or command term]", "about"),
        suggests=("topic", "paper", "term"),
    ),
    CommandLine("hint", "A hint for the question you are on"),
    CommandLine("skip", "Leave this question"),
    CommandLine("answer", "See the model answer", private=True),
    CommandLine("terms", "What a question's verb asks for", "[term]", "term", ("term",)),
    CommandLine("notation", "How to read a mark scheme", "[sign]", "sign", ("sign",)),
    CommandLine(
        *("daily", "A question a day, at your own hour", "[18:30, weekdays, off …]", "when"),
        private=True,
    ),
    CommandLine(
        *("round", "A question for everybody in a group", "[topic and seconds, or board]"),
        field="about",
        suggests=("topic", "round"),
        where="groups",
    ),
    CommandLine("settings", "What a group studies, and who starts rounds"),
    CommandLine("progress", "Your marks by topic", private=True, where="alone"),
    CommandLine(
        *("files", "Your own notes: list or remove them", "[remove name]", "action"),
        suggests=("file",),
        private=True,
        where="alone",
    ),
    CommandLine(
        *("link", "Use your account on another platform, too", "[code]", "code"),
        private=True,
        where="alone",
    ),
    CommandLine("unlink", "Part this account from your others", private=True, where="alone"),
    CommandLine("forget", "Delete everything about you", private=True, where="alone"),
    CommandLine("help", "What I can do"),
)

MARK_THIS = CommandLine("mark", "Mark this answer", "an answer", private=True)
"""For a menu on something that a learner wrote, which follows the command; in no other menu."""
