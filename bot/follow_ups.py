"""What a learner writes about a marking: a wish to understand it, or an objection to it.

Both in any spelling of a chat, and in each language of the interface. A question is answered with
the reasons and changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from bot.translating import in_english

_LONGEST = 280  # characters without what is quoted: longer texts are no follow-up
_LONGEST_QUESTION = 160
_NEAR = 82.0  # of 100: how much of a word a slip keeps
_LONG_WORD = 5


@dataclass(frozen=True, slots=True)
class Why:
    """A question about these points (from 1); none: about all that were missed."""

    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """A wish to have points marked again; none named: which ones is still to be asked.

    `against`: the learner says that what was awarded was not earned. `words` are those of the
    answer that earn the point, '' if none were named.
    """

    points: tuple[int, ...]
    against: bool = False
    words: str = ""


def read(text: str, points: int) -> Why | Objection | None:
    """What a text says about a marking of so many points; None if it is about something else."""
    bare, quoted = _without_quotes(text)
    said = _spelt_out(in_english(bare, "marking"))
    numbers = _numbers(said)
    if len(said) <= _LONGEST and not _ASKS.search(said) and _objects(said, quoted, numbers):
        return Objection(numbers, bool(_AGAINST.search(said)), quoted)
    known = tuple(number for number in numbers if 0 < number <= points)
    if known and len(said) < _LONGEST_QUESTION:
        return Why(known)
    return Why(()) if _WHY.search(said) else None


def _objects(said: str, quoted: str, numbers: tuple[int, ...]) -> bool:
    if _OBJECTS.search(said):
        return True
    return bool(quoted) and (bool(_SAID.search(said)) or bool(numbers))


_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{2,})[\"“”»]|(?<!\w)['‘]([^'‘’]{2,})['’](?!\w)")


def _without_quotes(text: str) -> tuple[str, str]:
    """The text without its longest quotation, and that quotation; '' if there is none."""
    quotes = [found[1] or found[2] for found in _QUOTED.finditer(text)]
    return _QUOTED.sub(" … ", text), max(quotes, key=len, default="").strip()


_CHAT = {
    **dict.fromkeys(("u", "ya"), "you"),
    **dict.fromkeys(("ur", "youre"), "your"),
    **dict.fromkeys(("y", "wy", "whyy", "wyh"), "why"),
    **dict.fromkeys(("wat", "wut", "wht", "waht"), "what"),
    **dict.fromkeys(("pt", "pts", "pnt", "pont", "poin", "piont", "poitn", "ponit"), "point"),
    **dict.fromkeys(("agen", "agian", "agan", "agn"), "again"),
    **dict.fromkeys(("rong", "worng", "wrogn", "wrng"), "wrong"),
    **dict.fromkeys(("sed", "siad"), "said"),
    **dict.fromkeys(("rite",), "right"),
    **dict.fromkeys(("thx", "pls", "plz", "plss"), "please"),
    **dict.fromkeys(("shoulda", "shouldve", "shudve"), "should have"),
    **dict.fromkeys(("shud", "shld"), "should"),
    **dict.fromkeys(("shouldnt", "shudnt"), "should not"),
    **dict.fromkeys(("dont", "dnt", "doesnt"), "do not"),
    **dict.fromkeys(("didnt", "dident"), "did not"),
    **dict.fromkeys(("isnt", "aint"), "is not"),
    **dict.fromkeys(("im",), "i am"),
    **dict.fromkeys(("ive", "iv"), "i have"),
    **dict.fromkeys(("thats", "tht", "thts"), "that is"),
    "its": "it is",
    "r": "are",
    "gimme": "give me",
    "gotten": "got",
    "abt": "about",
    "w": "with",
    "n": "and",
}
_SPELT = (
    *("disagree", "deserve", "deserved", "point", "points", "again", "already", "wrong", "wrote"),
    *("unfair", "appeal", "earned", "recheck", "regrade", "remark", "incorrect", "mistake"),
    *("reconsider", "second", "third", "answer", "marking", "marked", "should", "missing"),
)
_OTHER_WORDS = frozenset({"against", "answers", "gained", "mark", "marks", "marker", "thirds"})
_COUNTED = ("one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th", "five fifth")
_FIGURES = {word: str(at) for at, row in enumerate(_COUNTED, start=1) for word in row.split()}
_WORDED = "|".join(_FIGURES)


def _spelt_out(text: str) -> str:
    """The text in small letters, with the spelling of a chat put right."""
    plain = re.sub(r"['’`]", "", text.lower().replace("w/", "with "))
    said = re.sub(r"[a-z]+", lambda word: _meant(word[0]), plain)
    said = re.sub(rf"\b(points?|marks?|number) ({_WORDED})\b", _figure_behind, said)
    said = re.sub(rf"\b({_WORDED}) (point|mark)\b", lambda f: f"{f[2]} {_FIGURES[f[1]]}", said)
    return " ".join(said.split())


def _figure_behind(found: re.Match[str]) -> str:
    return f"{found[1]} {_FIGURES[found[2]]}"


@cache
def _meant(word: str) -> str:
    if word in _CHAT:
        return _CHAT[word]
    if len(word) < _LONG_WORD or word in _OTHER_WORDS:
        return word
    near = [known for known in _SPELT if known[0] == word[0]]
    found = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return str(found[0]) if found else word


_LEAD = (
    r"points?|marks?|criterion|numbers?|no\.?|#|with|on|for|about|check|remark|recheck|regrade|appeal"
    r"|reconsider|deserved?|earned|marked|disagree|again"
)
_LISTED = re.compile(
    rf"(?:(?:\b(?:{_LEAD})|#)\s*|^\W*)"
    r"(\d{1,2}(?!\s*[/%]|[.,]?\d)(?:\s*(?:,|and|&|\+|or|,\s*and)\s*(?:points?\s*|#)?\d{1,2}\b)*)(?![\d/%])"
)


def _numbers(said: str) -> tuple[int, ...]:
    """The points that are named, each once."""
    named = [int(one) for found in _LISTED.findall(said) for one in re.findall(r"\d+", found)]
    return tuple(dict.fromkeys(named))


_BUT = r"^\W*(?:(?:but|so|and|ok|okay|hey|hi|sorry|hmm+|um+|please|wait|erm|well)\W+)*"
_QUESTIONS = (
    r"why|how|which|when|where|who|what(?! do you mean)",
    r"is(?! not)|was|are|did|do(?! not)",
    r"explain|tell me|(?:can|could) you (?:please )?(?:explain|tell|say|show)",
    r"i (?:do|did) not (?:understand|get (?:point|it|that|this|why|how|the))",
    r"not sure (?:why|how)",
)
_ASKS = re.compile(rf"{_BUT}(?:{'|'.join(_QUESTIONS)})\b")
_REASONS = (
    r"why(?: not)?\W*$",
    r"(?:why|how come)\b.*\b(?:points?|marks?|marked|wrong|lost|lose|missed|missing)\b",
    r"explain (?:the |my )?(?:marks?|marking|verdict)\b",
    r"what did i (?:do wrong|miss|get wrong)\W*$",
    r"what (?:is|was) (?:missing|wrong)(?: (?:with|in|about) (?:it|that|this|mine|my answer))?\W*$",
)
_WHY = re.compile("|".join(f"{_BUT}{reason}" for reason in _REASONS))
_SAID = re.compile(r"\bi (?:\w+ )?(?:said|say|wrote|put|mentioned|stated|have)\b")
_UNJUST = r"(?:wrong|unfair|not fair|incorrect|a mistake|not right)"
_MARKING = r"(?:that|this|it|you|your?(?: \w+)?|the (?:mark\w*|verdict)|points? \d+)"
_WROTE = r"(?:said|say|wrote|write|written|mentioned?|stated?|included?|put|explained)"
_SURELY = r"(?:have |had |did |already |literally |just |clearly |definitely )*"
_OBJECTIONS = (
    # 'I disagree with 2', but not with the author of a theory
    r"\b(?:disagree|do not agree)\b\W*(?:$|(?:with|on|about|here|because|but|and|points?|marks?"
    r"|you|that|this|it|#|\d|i)\b(?!.*\b(?:theory|model|statement|view|idea|author)\b))",
    # 'I think I deserved it', 'this deserves the mark'
    r"\bi\b.{0,40}\b(?:deserved?|earned)\b",
    r"\bdeserves?\b.{0,15}\b(?:point|mark|credit)",
    # 'mark it again'
    r"\b(?:remark|recheck|regrade|reconsider)\b|\bre-?\s?(?:mark|check|grade)\b",
    r"\b(?:mark|check|grade|judge|look at|read my)\b.{0,30}\b(?:again|once more|twice)\b",
    r"\bappeal\b|\bsecond (?:opinion|examiner|reading)\b",
    # 'I said that already', 'I never said that'
    rf"\bi {_SURELY}{_WROTE}\b.{{0,12}}\b(?:that|this|it|so|exactly|already)\b",
    rf"\balready (?:{_WROTE}|there|have)\b",
    rf"\bis (?:not )?(?:that|it|this) what i {_WROTE}|\bthat is what i (?:meant|{_WROTE})",
    rf"\bi (?:never|did not) {_WROTE} (?:that|this|it)\b",
    # 'that is wrong', 'you marked 2 wrong'
    rf"^\W*(?:\w+\W+){{0,3}}{_MARKING}(?: (?:is|are|was|were))?(?: (?:just|so|totally|clearly))?"
    rf" {_UNJUST}\b(?! (?:with|if|when|because of|about (?!points?|my|that|this|it|\d)))",
    r"\b\d+ (?:is|was) (?:wrong|unfair|incorrect)\b",
    r"\bunfair\b|\bnot (?:really )?fair\b",
    r"\byou (?:marked|graded|judged|missed)\b.{0,25}\b(?:wrong|wrongly|unfairly|points?|it|that)\b",
    r"\byou made a mistake\b|\btoo generous\b",
    # 'that should count', 'shouldn't I get it?', 'give me point 2'
    r"\b(?:i|that|this|it|point \d+|answer|mine) should(?: not)? (?:\w+ )?(?:get|got|count"
    r"|be (?:right|correct)|have (?:got|had|been|the|a|point|that|this|lost|it))\b",
    r"\bshould(?: not)? (?:i|that|this|it|point \d+) (?:\w+ )?(?:get|got|have|count|be)\b",
    r"\b(?:give|award) (?:me )?(?:\w+ )?(?:point|mark|credit)",
    r"\bpoint \d+ (?:is|was) (?:right|correct|fine|covered|there|in)\b",
)
_OBJECTS = re.compile("|".join(_OBJECTIONS))
_AGAINST = re.compile(
    r"\b(?:do not|did not|should not|never|not sure|doubt)\b.{0,30}"
    r"\b(?:earned?|deserved?|get|got|have|had|say|said|write|wrote|mention\w*)\b"
    r"|\btoo generous\b|\bundeserved\b"
)
