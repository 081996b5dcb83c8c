"""What is said when accounts are joined, and parted again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.messages import Choice, Reply
from bot.phrases import QUIZ


def offered(code: str, valid: timedelta) -> Reply:
    """A code to give on another platform."""
    return Reply(
        f"Write this to me on the other platform, within {_minutes(valid)} minutes:\n\n"
        f"`/link {code[:4]}-{code[4:]}`\n\n"
        "Your progress here and there becomes one. The code works once; show it to nobody.",
        private=True,
    )


def asked(code: str, platforms: Sequence[str]) -> Reply:
    """Whether to join, before anything is changed."""
    return Reply(
        f"This code was made on {_named(platforms)}. Shall I join this account with that one? "
        "Answers, progress, files and settings become one, for all that use them.",
        (Choice("Join them", f"link:{code}"), Choice("Leave as it is", "link")),
        private=True,
    )


def joined(platforms: Sequence[str]) -> Reply:
    """Accounts were joined."""
    return Reply(
        f"Joined with your account on {_named(platforms)}. All that you have done here and there "
        "counts together from now on, and the settings are those made there. `/unlink` parts them.",
        (QUIZ, Choice("My progress", "progress")),
    )


def unknown() -> Reply:
    """The code opens nothing."""
    return Reply(
        "That code opens nothing: it is mistyped, was used, or is too old. Write `/link` on the "
        "other platform for a new one."
    )


def same(code: str) -> Reply:
    """The code was given where it was made."""
    return Reply(
        "That is this account's own code: give it on the *other* platform. "
        f"There, write `/link {code[:4]}-{code[4:]}`.",
        private=True,
    )


def too_often(wait: timedelta) -> Reply:
    """Too many codes that open nothing."""
    return Reply(f"Too many codes were wrong. Please try again in {_minutes(wait)} minutes.")


def alone() -> Reply:
    """Others would read the code."""
    return Reply("A code joins accounts, so nobody else should read it: ask me in a private chat.")


def left() -> Reply:
    """Nothing was joined or parted."""
    return Reply("Everything stays as it is.", (QUIZ,))


def single() -> Reply:
    """There is no other account."""
    return Reply("This is your only account. `/link` joins it with one on another platform.")


def unasked() -> Reply:
    """Whether to part, before anything is changed."""
    return Reply(
        "Shall I part this account from your others? They keep all answers, progress and files; "
        "here you begin anew, with the same subject and level.",
        (Choice("Part them", "unlink:yes"), Choice("Leave as it is", "unlink:no")),
    )


def parted() -> Reply:
    """The account goes on by itself."""
    return Reply("Parted. Here you begin anew; your other accounts have everything.", (QUIZ,))


def _minutes(span: timedelta) -> int:
    """A span of time in whole minutes."""
    return int(span.total_seconds() // 60)


def _named(platforms: Sequence[str]) -> str:
    names = [name.capitalize() for name in dict.fromkeys(platforms)]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
