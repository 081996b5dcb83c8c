"""How a language says which option of a multiple-choice question was chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Choosing:
    """Patterns for letters, and for what is said around them.

    In `letters`, «any» stands for the capital letters of the options and «lower» for the small
    ones. `words` are letters that are words of the language when they stand alone.
    """

    letters: str
    correction: re.Pattern[str]  # between two letters: the second counts
    hedge: re.Pattern[str]  # all that is between two letters: none counts
    ruled_out: re.Pattern[str]  # right before a letter: it is not the choice
    denied: re.Pattern[str]  # in a short answer: no letter can be made out
    joined: str  # words that join two letters: 'and', 'or'
    words: frozenset[str]
    dismissed: re.Pattern[str] | None = None  # right behind a letter: it is not the choice
    opens: bool = False  # such a letter may be the choice where it opens a short answer

    def pattern(self, known: str) -> re.Pattern[str]:
        """The pattern for where letters stand for options."""
        letters = self.letters.replace("«any»", known).replace("«lower»", known.lower())
        return re.compile(letters)


def choosing(  # noqa: PLR0913 - one word list each, by name
    *,
    naming: str,
    article: str,
    saying: str,
    reason: str,
    following: str,
    correction: str,
    joined: str,
    hedging: str,
    denying: str,
    dismissing: str,
    words: str = "",
) -> Choosing:
    """A language in which an article may stand before the letter: 'la B', 'le C'.

    All arguments but `words` are alternatives of a pattern. `naming` stands before the letter and
    names it ('opción'), `saying` says that it is chosen ('creo que es'), `following` may stand
    behind it, as may a `reason`, or what is `dismissing` it ('es falsa'). `words` are letters that
    are words as well.
    """
    art = rf"(?:(?i:{article})\s+)?"
    quoted = r"[(\[\"'«*]*"
    ends = rf"(?:\W*\Z|[).:;,/\]»]|\s+[-–—:(]|\s*\n|\s+(?i:{following}|{reason})\b)"
    unless = "".join(f"(?!{word.upper()})" for word in words.split())
    behind = r"(?![\w'’+⁺]|-\w)"
    letters = (
        rf"(?:\b(?i:{naming})(?:\s+(?i:{saying}))?\s*[:=-]?\s*{art}{quoted}"
        rf"(?P<named>[«any»«lower»]){behind}(?=(?<=[«any»])|{ends})"
        rf"|\A\W*{art}{quoted}(?P<first>[«any»«lower»])(?={ends})"
        rf"|\b(?i:{article})\s+{quoted}(?P<article>[«any»«lower»]){behind}(?=(?<=[«any»])|{ends})"
        rf"|\b(?i:{saying})\s+{quoted}(?P<last>[«any»«lower»])(?={ends})"
        rf"|[(\[](?P<bracketed>[«any»«lower»])[)\]]"
        rf"|(?<![\w'’-])(?P<alone>{unless}[«any»]){behind}"
        rf"|(?<![\w'’-])(?P<ended>[«any»]){behind}(?={ends}))"
    )
    flags = re.IGNORECASE
    either = rf"(?:{joined}|{hedging}|/|&)"
    return Choosing(
        letters,
        re.compile(rf"\b(?:{correction})\b|->|→", flags),
        re.compile(rf"\W*{either}?\W*{either}\W*{art}\W*", flags),
        re.compile(rf"\b(?:{denying})\s+(?:(?:{naming}|{article})\s+)*\W?$", flags),
        re.compile(rf"\b(?:{denying}|{joined})\b", flags),
        joined,
        frozenset(words.split()),
        re.compile(rf"\W*\s(?:{dismissing})\b", flags),
    )
