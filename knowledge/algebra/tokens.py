"""Where algebra stands in a text: stretches of signs, numbers and known letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.algebra.tree import FUNCTIONS
from knowledge.signs import RAISED_DIGITS, VULGAR

MOST_TOKENS = 200  # of one stretch: more is no answer, and costs time

_GREEK = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "theta": "θ", "lambda": "λ"},
    **{"mu": "μ", "sigma": "σ", "phi": "φ", "omega": "ω", "rho": "ρ", "pi": "π"},
}
_CONSTANTS = frozenset(("e", "π"))
_PROSE = frozenset(
    (
        *("an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my"),
        *("no", "of", "on", "or", "so", "to", "up", "us", "we", "ie", "eg", "ok", "ans"),
    )
)
_TOKEN = re.compile(
    r"(?P<skip>\\(?:left|right|quad|displaystyle)(?![A-Za-z])|\\[,;! ]|[$ \t\u00a0\u2009\u202f]+)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    rf"|(?P<vulgar>[{''.join(VULGAR)}])"
    rf"|(?P<raised>[⁺⁻]?[{RAISED_DIGITS}ⁿˣ]+)"
    r"|\\(?P<command>[A-Za-z]+)"
    r"|(?P<letters>[A-Za-zα-ωµ]+)"
    r"|(?P<sign>\*\*|[-+−–*×·⋅∙/÷^(){}\[\]√∛°_=])"
)
_SIGNS = {
    **{"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "**": "^"},
    **{"{": "(", "}": ")", "[": "(", "]": ")", "√": "sqrt", "∛": "cbrt"},
}
_COMMANDS = {
    **{"cdot": "*", "times": "*", "div": "/", "circ": "°", "frac": "frac"},
    **{"dfrac": "frac", "tfrac": "frac"},
}
_TOUCHING = "'’′±∫∑|<>≤≥≠≈!"
_TIMES = re.compile(r"[xX](?=\s*[\d(.√])")  # where x is no variable: 6000 x 1.0035^60
_FACTORS = ("number", "letter", "raised", ")")
_DASH = re.compile(  # what follows a dash that is no minus
    r"\s+(?:[iIaA]\s+)?[^\W\d_]{2,}|\s*(?:\n|\Z)"
)
_FEWEST_IN_WORD = 3  # letters in a row: more than a product of two variables


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, raised, letter, function, or the sign itself."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Algebra without a break. Where it is torn, what touches it there is not understood."""

    tokens: tuple[Token, ...]
    torn_left: bool = False
    torn_right: bool = False


def letters(texts: Iterable[str]) -> frozenset[str]:
    """The letters of some texts that are algebra throughout; `i` where they are complex."""
    found: set[str] = set()
    for text in texts:
        for match in _TOKEN.finditer(text):
            tokens = _tokens(match, None) or ()
            found |= {token.text for token in tokens if token.kind == "letter"}
            found |= {"i" for token in tokens if token.text == "cis"}
    return frozenset(found - _CONSTANTS)


def prose(text: str) -> str:
    """The first word of a text that should be algebra; '' if there is none."""
    for run in re.findall(r"[A-Za-z]+", text):
        letters_only = [one for one in _word(run, 0, None) or () if one.kind == "letter"]
        if len(letters_only) >= _FEWEST_IN_WORD:
            return str(run)
    return ""


def stretches(text: str, known: frozenset[str]) -> Iterator[Stretch]:
    """The stretches of a text; words break them. `known` are the letters that may occur."""
    run: list[Token] = []
    torn, place = False, 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        tokens = _tokens(match, known) if match else None
        end = match.end() if match else place + 1
        if tokens is None and run and _TIMES.match(text, place) and run[-1].kind in _FACTORS:
            tokens, end = [Token("*", "x", place, place + 1)], place + 1
        if tokens is None:
            touches = text[place:end].isalpha() or text[place] in _TOUCHING
            yield from _stretch(text, run, torn, touches and bool(run) and run[-1].end == place)
            run, torn = [], touches
        else:
            run.extend(tokens)
            torn = torn and bool(run)  # a space ends the touch
        place = end
    yield from _stretch(text, run, torn, False)


def _stretch(text: str, run: list[Token], left: bool, right: bool) -> Iterator[Stretch]:
    if run and run[-1].kind == "-" and _DASH.match(text, run[-1].end):
        run, right = run[:-1], False
    if run and len(run) <= MOST_TOKENS:
        yield Stretch(tuple(run), left, right)


def _tokens(match: re.Match[str], known: frozenset[str] | None) -> list[Token] | None:
    """What a match means; None if it is no algebra with these letters. None known: all are."""
    start, end, text = match.start(), match.end(), match[0]
    if match["skip"]:
        return []
    if match["number"] or match["vulgar"]:
        return [Token("number", text, start, end)]
    if match["raised"]:
        return [Token("raised", text, start, end)]
    if match["sign"]:
        sign = _SIGNS.get(text, text)
        return [Token("function" if sign in FUNCTIONS else sign, sign, start, end)]
    if name := match["command"]:
        sign = _COMMANDS.get(name, "")
        return [Token(sign, sign, start, end)] if sign else _word(name, start, known)
    return _word(text, start, known)


def _word(word: str, start: int, known: frozenset[str] | None) -> list[Token] | None:
    """A run of letters as functions and variables; None if a part of it is neither."""
    if known is not None and word.lower() in _PROSE:
        return None
    tokens: list[Token] = []
    place = 0
    while place < len(word):
        name = next((name for name in _NAMES if word[place:].lower().startswith(name)), "")
        kind = "function" if name in FUNCTIONS else "letter"
        letter = _GREEK.get(name, name) or _letter(word[place], known)
        tokens.append(Token(kind, letter, start + place, start + place + (len(name) or 1)))
        place = tokens[-1].end - start
    allowed = None if known is None else known | _CONSTANTS
    if allowed is not None and any(t.kind == "letter" and t.text not in allowed for t in tokens):
        return None
    return tokens


_NAMES = sorted((*FUNCTIONS, *_GREEK), key=len, reverse=True)


def _letter(letter: str, known: frozenset[str] | None) -> str:
    """A variable as the scheme writes it: students take capitals for small letters."""
    letter = "μ" if letter == "µ" else letter
    if known is None or letter in known or letter.swapcase() not in known:
        return letter
    return letter.swapcase()
