"""The one table of commands: every platform's menu and /help read it, the tutor answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.speech import later

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
    CommandLine("start", later("Begin, or see where you are")),
    CommandLine(
        "subject",
        later("Choose your subject and level"),
        later("[subject] [SL or HL]"),
        "subject",
        ("subject",),
    ),
    CommandLine("topics", later("What there is to revise")),
    CommandLine("note", later("Read a short note"), later("[topic]"), "topic", ("topic",)),
    CommandLine("ask", later("Ask a doubt about the notes"), later("your doubt"), "doubt"),
    CommandLine(
        *("quiz", later("Take a question"), later("[topic, paper or command term]"), "about"),
        suggests=("topic", "paper", "term"),
    ),
    CommandLine("hint", later("A hint for the question you are on")),
    CommandLine("skip", later("Leave this question")),
    CommandLine("answer", later("See the model answer"), private=True),
    CommandLine(
        "terms", later("What a question's verb asks for"), later("[term]"), "term", ("term",)
    ),
    CommandLine("notation", later("How to read a mark scheme"), later("[sign]"), "sign", ("sign",)),
    CommandLine(
        *(
            "daily",
            later("A question a day, at your own hour"),
            later("[18:30, weekdays, off …]"),
            "when",
        ),
        private=True,
    ),
    CommandLine(
        *(
            "round",
            later("A question for everybody in a group"),
            later("[topic and seconds, or board]"),
        ),
        field="about",
        suggests=("topic", "round"),
        where="groups",
    ),
    CommandLine("settings", later("Language and subject, yours or a group's")),
    CommandLine("progress", later("Your marks by topic"), private=True, where="alone"),
    CommandLine(
        *("files", later("Your own notes: list or remove them"), later("[remove name]"), "action"),
        suggests=("file",),
        private=True,
        where="alone",
    ),
    CommandLine(
        *("link", later("Use your account on another platform, too"), later("[code]"), "code"),
        private=True,
        where="alone",
    ),
    CommandLine("unlink", later("Part this account from your others"), private=True, where="alone"),
    CommandLine("forget", later("Delete everything about you"), private=True, where="alone"),
    CommandLine("help", later("What I can do")),
)

MARK_THIS = CommandLine("mark", later("Mark this answer"), later("an answer"), private=True)
"""For a menu on something that a learner wrote, which follows the command; in no other menu."""
