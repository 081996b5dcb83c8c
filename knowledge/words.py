"""Text as search terms in which formulas, ions, numbers and accents survive."""

from __future__ import annotations

import re
import unicodedata

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from knowledge.stopwords import STOP

_STEMMERS = {"es": "spanish", "fr": "french", "de": "german"}
_COMMANDS = re.compile(r"\\(?:mathrm|mathbf|text|ce|frac|left|right|times|cdot|,|;|!)\b|\\[,;! ]")
_LATEX = re.compile(r"[\\${}^_]")
_TABLE_RULE = re.compile(r"^\|[\s:|-]+\|$", re.MULTILINE)
_SPACES = re.compile(r"[^\S\n]+")
_SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "|": " ", "*": "", "`": ""})
_TERM = re.compile(
    r"\d+(?:[.,]\d+)+"  # 3.14 and 10,000
    r"|\d+(?=[^\W\d_])"  # the 3 of 3Na+, the 70 of 70mV
    r"|[^\W_]+(?:\+{1,2}|-{1,2}(?![\w-]))?"  # words, formulas, and ions with their charge
)
_STOP = frozenset(
    word
    for line in (
        "a about again all also am an and another any are as at be because been before being",
        "but by can cant could did didn do does doesn doing don dont each explain for from get",
        "gets give got had has have he help her here him his how i idk if im in into is isn",
        "isnt it its just know like ll m make me mean means more most my need no not of on one",
        "or our out pls please plz question re really s say she should so some someone",
        "something t tell than that thats the their them then there these they thing think this",
        "those to too u understand up ur us very want was we were what whats when where which",
        "while who whom why will with would y you your",
    )
    for word in line.split()
)


def terms(text: str, language: str = "en") -> list[str]:
    """The words that carry meaning, in order, stemmed: 'Na⁺ and 2 Ca²⁺ ions' is na+ 2 ca2+ ion.

    In a text on another `language` (es, fr, de), which is English with words of it, or all of it,
    the small words of both go, both are stemmed, and accents are left out.
    """
    if language in STOP:
        return _mixed(text, language)
    stemmer = snowballstemmer.stemmer("english")  # made anew: a stemmer is not safe between threads
    found = (_uncharged(term) for term in _TERM.findall(plain(text).lower()))
    return [
        str(stemmer.stemWord(term)) if term.isalpha() and len(term) > 3 else term  # noqa: PLR2004
        for term in found
        if term not in _STOP
    ]


def _mixed(text: str, language: str) -> list[str]:
    """The terms of a text in English and another language, between which no word tells."""
    english, other = (snowballstemmer.stemmer(name) for name in ("english", _STEMMERS[language]))
    found = (_uncharged(term) for term in _TERM.findall(unaccented(plain(text).lower())))
    return [
        str(other.stemWord(english.stemWord(term)))
        if term.isalpha() and len(term) > 3  # noqa: PLR2004
        else term
        for term in found
        if term not in _STOP and term not in STOP[language]
    ]


def unaccented(text: str) -> str:
    """Text without accents, which learners leave out: 'habitacion' for 'habitación'."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def plain(text: str) -> str:
    """Words without markup: 'Na+' for `$\\mathrm{Na^+}$` and for Na⁺, tables without lines."""
    text = _LATEX.sub("", _COMMANDS.sub(" ", _TABLE_RULE.sub("", text)))
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return _SPACES.sub(" ", text).strip()


def _uncharged(term: str) -> str:
    """A hyphen after a long word is no charge: 'long-' is long, but 'cl-' is an ion."""
    longest_ion = 5  # hco3-, so42-
    return term.rstrip("-") if len(term.rstrip("-")) > longest_ion else term
