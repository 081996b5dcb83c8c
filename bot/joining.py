"""What is said when accounts are joined, and parted again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.messages import Choice, Reply
from bot.phrases import quiz_me
from bot.speech import listed, say


def offered(code: str, valid: timedelta) -> Reply:
    """A code to give on another platform."""
    return Reply(
        say(
            "Write this to me on the other platform, within {minutes} minutes:\n\n"
            "`/link {code}-{code2}`\n\n"
            "Your progress here and there becomes one. The code works once; show it to "
            "nobody.",
            minutes=_minutes(valid),
            code=code[:4],
            code2=code[4:],
        ),
        private=True,
    )


def asked(code: str, platforms: Sequence[str]) -> Reply:
    """Whether to join, before anything is changed."""
    return Reply(
        say(
            "This code was made on {named}. Shall I join this account with that one? "
            "Answers, progress, files and settings become one, for all that use them.",
            named=_named(platforms),
        ),
        (Choice(say("Join them"), f"link:{code}"), Choice(say("Leave as it is"), "link")),
        private=True,
    )


def joined(platforms: Sequence[str]) -> Reply:
    """Accounts were joined."""
    return Reply(
        say(
            "Joined with your account on {named}. All that you have done here and there "
            "counts together from now on, and the settings are those made there. "
            "`/unlink` parts them.",
            named=_named(platforms),
        ),
        (quiz_me(), Choice(say("My progress"), "progress")),
    )


def unknown() -> Reply:
    """The code opens nothing."""
    return Reply(
        say(
            "That code opens nothing: it is mistyped, was used, or is too old. Write "
            "`/link` on the other platform for a new one."
        )
    )


def same(code: str) -> Reply:
    """The code was given where it was made."""
    return Reply(
        say(
            "That is this account's own code: give it on the *other* platform. There, "
            "write `/link {code}-{code2}`.",
            code=code[:4],
            code2=code[4:],
        ),
        private=True,
    )


def too_often(wait: timedelta) -> Reply:
    """Too many codes that open nothing."""
    return Reply(
        say(
            "Too many codes were wrong. Please try again in {minutes} minutes.",
            minutes=_minutes(wait),
        )
    )


def alone() -> Reply:
    """Others would read the code."""
    return Reply(
        say("A code joins accounts, so nobody else should read it: ask me in a private chat.")
    )


def left() -> Reply:
    """Nothing was joined or parted."""
    return Reply(say("Everything stays as it is."), (quiz_me(),))


def single() -> Reply:
    """There is no other account."""
    return Reply(say("This is your only account. `/link` joins it with one on another platform."))


def unasked() -> Reply:
    """Whether to part, before anything is changed."""
    return Reply(
        say(
            "Shall I part this account from your others? They keep all answers, progress "
            "and files; here you begin anew, with the same subject and level."
        ),
        (Choice(say("Part them"), "unlink:yes"), Choice(say("Leave as it is"), "unlink:no")),
    )


def parted() -> Reply:
    """The account goes on by itself."""
    return Reply(
        say("Parted. Here you begin anew; your other accounts have everything."), (quiz_me(),)
    )


def _minutes(span: timedelta) -> int:
    """A span of time in whole minutes."""
    return int(span.total_seconds() // 60)


def _named(platforms: Sequence[str]) -> str:
    names = [name.capitalize() for name in dict.fromkeys(platforms)]
    return listed(names)
