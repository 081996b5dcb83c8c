"""Which option of a multiple-choice question a learner chose, in whatever way they put it.

Of two letters the first is the choice, unless the learner plainly corrects it ('A, no wait, B').
Two letters offered at once ('A or B') are no choice: hedging earns nothing in an exam either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.examiners.tongues import Tongue
from bot.examiners.tongues.choosing import Choosing
from bot.examiners.wording import ENGLISH
from knowledge.content import Option

_LONGEST = 4_000  # characters that are read
_SHORT = 8  # words
_SEVERAL = re.compile(r"\W*([a-z])\W*,\W*(?!\1)[a-z]\W*", re.IGNORECASE)  # 'b, c'
_TWO = r"\b[{0}]\s*(?:{1}|[/&|,])\s*[{0}]\b"  # 'a / b'
_NEAR = 90.0  # of 100: how much of an option's words a misspelt answer must keep


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen letter and the learner's own words that say so."""

    letter: str
    quote: str


def chosen(answer: str, options: Sequence[Option], spoken: Tongue = ENGLISH) -> Choice | None:
    """The option that was chosen; None if none can be made out, or several at once."""
    text, ways = answer[:_LONGEST], spoken.choosing
    if _SEVERAL.fullmatch(text):
        return None
    letters = _letters(text, [option.letter for option in options], ways)
    if letters:
        return _settled(text, letters, ways)
    return _by_words(text, options) or _lone(text, options, ways)


def _letters(text: str, known: Sequence[str], ways: Choosing) -> list[re.Match[str]]:
    """Where letters stand for options, without those that are ruled out."""
    pattern = ways.pattern("".join(re.escape(letter) for letter in known))
    return [match for match in pattern.finditer(text) if not _is_ruled_out(text, match, ways)]


def _is_ruled_out(text: str, match: re.Match[str], ways: Choosing) -> bool:
    place = _place(match)
    behind = ways.dismissed.match(text, place + 1) if ways.dismissed else None
    return bool(behind or ways.ruled_out.search(text[:place]))


def _group(match: re.Match[str]) -> str:
    return match.lastgroup or "alone"


def _place(match: re.Match[str]) -> int:
    return match.start(_group(match))


def _letter(match: re.Match[str]) -> str:
    return match[_group(match)].upper()


def _settled(text: str, letters: Sequence[re.Match[str]], ways: Choosing) -> Choice | None:
    """The first letter, or the last that a correction led to; None for a hedge."""
    current = letters[0]
    for later in letters[1:]:
        if _letter(later) == _letter(current):
            continue
        between = text[_place(current) + 1 : _place(later)]
        if ways.correction.search(between):
            current = later
        elif ways.hedge.fullmatch(between):
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


def _lone(text: str, options: Sequence[Option], ways: Choosing) -> Choice | None:
    """The one letter that stands by itself in a short answer; an 'a' may just be an article."""
    known = {option.letter.lower() for option in options}
    any_of = "".join(map(re.escape, known))
    two = _TWO.format(any_of, ways.joined)
    if ways.denied.search(text) or re.search(two, text, re.IGNORECASE):
        return None
    words = re.findall(r"[^\W_]+", text)
    alone = {word.lower() for word in words if word.lower() in known}
    found = alone if len(alone) == 1 else alone - ways.words
    first = words[0].lower() if words else ""
    if len(words) > _SHORT or len(found) != 1:
        return None
    if found <= ways.words and not (ways.opens and first in found):
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
