"""Which option of a multiple-choice question a learner chose, in whatever way they put it.

Of two letters the first is the choice, unless the learner plainly corrects it ('A, no wait, B').
Two letters offered at once ('A or B') are no choice: hedging earns nothing in an exam either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.content import Option

_LONGEST = 4_000  # characters that are read
_SHORT = 8  # words
_SEVERAL = re.compile(r"\W*([a-z])\W*,\W*(?!\1)[a-z]\W*", re.IGNORECASE)  # 'b, c'
_DENIED = re.compile(r"\bnot\b|n['’]?t\b|\bnever\b|\bexcept\b|\bor\b", re.IGNORECASE)
_TWO = r"\b[{0}]\s*(?:and\b|or\b|[/&|,])\s*[{0}]\b"  # 'a / b'
_NEAR = 90.0  # of 100: how much of an option's words a misspelt answer must keep


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen letter and the learner's own words that say so."""

    letter: str
    quote: str


_AS = r"(?:as|since|for|so|bc|b\w{0,2}c\w{0,3}se?|c(?:au|o|u)[sz]e?)\b"  # 'because', as typed
_CORRECTION = re.compile(
    r"\b(?:no|wait|sorry|actually|i mean|meant|rather|scratch that|correction|change[sd]?|instead"
    r"|changing|my bad|oops)\b|->|→",
    re.IGNORECASE,
)
_HEDGE = re.compile(r"\W*(?:or|and|maybe|/|&|either)\W*", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|isn'?t|never|except|rule out|eliminate)\s+(?:option\s+)?\W?$", re.IGNORECASE
)


def chosen(answer: str, options: Sequence[Option]) -> Choice | None:
    """The option that was chosen; None if none can be made out, or several at once."""
    text = answer[:_LONGEST]
    if _SEVERAL.fullmatch(text):
        return None
    letters = _letters(text, [option.letter for option in options])
    if letters:
        return _settled(text, letters)
    return _by_words(text, options) or _lone(text, options)


def _letters(text: str, known: Sequence[str]) -> list[re.Match[str]]:
    """Where letters stand for options. An English 'a' or 'A' before a word is no letter."""
    any_of = "".join(re.escape(letter) for letter in known)
    lower = any_of.lower()
    pattern = re.compile(
        rf"(?:(?i:\b(?:option|answer|ans|choice|letter|choose|pick)\b(?:\s+(?:is|was|would\ be))?"
        rf"\s*[:=-]?\s*[(\[\"'*]*)(?P<named>[{any_of}{lower}])\b(?!['’]|\s+[a-z]+\s+ion)"
        rf"|\A\W*(?P<first>[{any_of}{lower}])(?:\W*\Z|[).:\],]|\s+[-–—:]|\s*\n"
        rf"|\s+(?i:{_AS}|is|i|no|not|or|and|wait|sorry|actually)\b)"
        rf"|\b(?i:its|it's|is|it|think|guess|say|with|for|be|mean|meant|wait|no)\s+"
        rf"(?P<last>[{lower}])(?:\W*\Z|[).:\],]|\s+(?i:{_AS}))"
        rf"|\b(?i:its|it's|answer|is)\s+(?P<said>[{any_of}])\s+(?i:{_AS})"
        rf"|[(\[](?P<bracketed>[{any_of}{lower}])[)\]]"
        rf"|(?<![\w'’-])(?P<alone>[{any_of}])(?![\w'’+⁺]|-\w|[23²³]|\s+(?!or\s+[{any_of}]\W*(?:\Z|[.,;\n]))[a-z]{{2,}}\s))",
    )
    return [match for match in pattern.finditer(text) if not _NOT.search(text[: _place(match)])]


def _group(match: re.Match[str]) -> str:
    return match.lastgroup or "alone"


def _place(match: re.Match[str]) -> int:
    return match.start(_group(match))


def _letter(match: re.Match[str]) -> str:
    return match[_group(match)].upper()


def _settled(text: str, letters: Sequence[re.Match[str]]) -> Choice | None:
    """The first letter, or the last that a correction led to; None for a hedge."""
    current = letters[0]
    for later in letters[1:]:
        if _letter(later) == _letter(current):
            continue
        between = text[_place(current) + 1 : _place(later)]
        if _CORRECTION.search(between):
            current = later
        elif _HEDGE.fullmatch(between):
            return None
    return Choice(_letter(current), current[0].strip(" \n\t,:;-–—"))


def _by_words(text: str, options: Sequence[Option]) -> Choice | None:
    """The option whose words the answer holds; the longer wins where one holds the other."""
    said = _plain(text)
    held = [option for option in options if f" {_plain(option.text)} " in f" {said} "]
    held = [
        option
        for option in held
        if not any(option != more and _plain(option.text) in _plain(more.text) for more in held)
    ]
    if not held and said:
        scores = [(fuzz.ratio(said, _plain(option.text)), option) for option in options]
        held = [option for score, option in scores if score >= _NEAR]
    if len(held) != 1:
        return None
    return Choice(held[0].letter, _original(text, held[0].text))


def _lone(text: str, options: Sequence[Option]) -> Choice | None:
    """The one letter that stands by itself in a short answer; an 'a' may just be an article."""
    known = {option.letter.lower() for option in options}
    any_of = "".join(map(re.escape, known))
    if _DENIED.search(text) or re.search(_TWO.format(any_of), text, re.IGNORECASE):
        return None
    words = re.findall(r"[^\W_]+", text)
    alone = {word.lower() for word in words if word.lower() in known}
    found = alone if len(alone) == 1 else alone - {"a"}
    if len(words) > _SHORT or len(found) != 1 or (found == {"a"} and words[0].lower() != "a"):
        return None
    (letter,) = found
    return Choice(letter.upper(), next(word for word in words if word.lower() == letter))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|[+\-−]", text.lower().replace("−", "-")))


def _original(text: str, option: str) -> str:
    """The option's words as the learner wrote them, or the whole answer where they are misspelt."""
    words = re.findall(r"[^\W_]+", option)
    found = re.search(r"[\W_]+".join(map(re.escape, words)), text, re.IGNORECASE)
    return found[0] if found else text.strip()
