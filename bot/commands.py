"""The one table of commands: Telegram's menu and /help read it, the tutor answers them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as learners see it. `takes` shows what may follow its name; '' means nothing."""

    name: str
    summary: str
    takes: str = ""


COMMANDS: tuple[CommandLine, ...] = (
    CommandLine("start", "Begin, or see where you are"),
    CommandLine("subject", "Choose your subject and level", "[subject] [SL or HL]"),
    CommandLine("topics", "What there is to revise"),
    CommandLine("note", "Read a short note", "[topic]"),
    CommandLine("ask", "Ask a doubt about the notes", "your doubt"),
    CommandLine("quiz", "Take a question", "[topic, paper or command term]"),
    CommandLine("hint", "A hint for the question you are on"),
    CommandLine("skip", "Leave this question"),
    CommandLine("answer", "See the model answer"),
    CommandLine("terms", "What a question's verb asks for", "[term]"),
    CommandLine("notation", "How to read a mark scheme", "[sign]"),
    CommandLine("progress", "Your marks by topic"),
    CommandLine("files", "Your own notes: list or remove them", "[remove name]"),
    CommandLine("link", "Use your account on another platform, too", "[code]"),
    CommandLine("unlink", "Part this account from your others"),
    CommandLine("forget", "Delete everything about you"),
    CommandLine("help", "What I can do"),
)
