"""Answers made by rule: turned the wrong way round, strung together, misspelt, with nothing new.

Everything takes its chance from outside, so that the same seed makes the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from bot.examiners import wording

_OPPOSITES = """
in out|into out of|inside outside|inward outward|enters leaves|enter leave|influx efflux
import export|imports exports|increases decreases|increase decrease|increased decreased
increasing decreasing|rises falls|rise fall|rising falling|higher lower|high low|highest lowest
more less|most least|many few|greater smaller|larger smaller|large small|bigger smaller
faster slower|fast slow|quickly slowly|stronger weaker|strong weak|longer shorter|long short
warmer cooler|hotter colder|hot cold|warm cold|thicker thinner|wider narrower|above below
up down|upwards downwards|over under|gains loses|gain lose|gained lost|adds removes
positive negative|positively negatively|before after|first last|opens closes|open closed
opened closed|binds releases|attracts repels|attract repel|left right|forward backward
forwards backwards|towards away from|maximum minimum|surplus shortage|excess lack|with without
sodium potassium|calcium chloride|oxygen carbon dioxide|oxidised reduced|oxidation reduction
exothermic endothermic|absorbs releases|absorbed released|absorb release|reactants products
acid alkali|acidic alkaline|acids bases|anode cathode|protons electrons|proton electron
cations anions|mole mass|saturated unsaturated|polar non-polar|hydrophilic hydrophobic
series parallel|current voltage|kinetic potential|amplitude frequency|wavelength frequency
constructive destructive|nodes antinodes|node antinode|predators prey|predator prey
producers consumers|births deaths|birth death|immigration emigration|renewable non-renewable
biotic abiotic|dominant recessive|aerobic anaerobic|active passive|against along
presynaptic postsynaptic|cause effect|inputs outputs|input output|demand supply|buyers sellers
consumers firms|exports imports|inflation deflation|revenue costs|profit loss|fixed variable
short-run long-run|appreciates depreciates|tax subsidy|urban rural|upstream downstream
erosion deposition|developed developing|north south|east west|accept reject
significant insignificant|steeper flatter|converges diverges|even odd|always never|all none
same different|equal unequal|dependent independent|directly inversely|heavier lighter
older younger|richer poorer|success failure|better worse|best worst|early late|earlier later
near far|nearer further|full empty|true false|complete incomplete|on off|start end|top bottom
"""
_JOINTS = (
    r"\bbecause\b",
    r"\bso that\b",
    r"\bso\b",
    r"\bcauses\b",
    r"\bleads to\b",
    r"\bmakes\b",
    r"\bthan\b",
    r"\bdepends on\b",
    r"\binto\b",
    r"\bbefore\b",
    r"\bproduces\b",
    r"\bbinds to\b",
)
_FROM_TO = re.compile(r"\bfrom (.{2,40}?) (in)?to ((?:the |a )?\w+)", re.I)
_LONG = 4  # letters: shorter words are not misspelt
_SHORTER = {"because": "bc", "with": "w", "without": "w/o", "and": "&", "you": "u", "are": "r"}


def turned(text: str, chance: Random) -> str | None:
    """The text with one direction turned, or its halves exchanged; None if there is none."""
    ways: list[Callable[[str, Random], str | None]] = [_opposed, _opposed, _exchanged]
    chance.shuffle(ways)
    return next((made for way in ways if (made := way(text, chance))), None)


def _opposed(text: str, chance: Random) -> str | None:
    """One word replaced by its opposite: two at once may say the same again."""
    opposites, pattern = _lexicon()
    found = list(pattern.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    return text[: one.start()] + opposites[one[0].lower()] + text[one.end() :]


def _exchanged(text: str, chance: Random) -> str | None:
    """The two sides of a joint exchanged; or where something comes from, and where it goes."""
    if way := _FROM_TO.search(text):
        back = f"from {way[3]} {way[2] or ''}to {way[1]}"
        return text[: way.start()] + back + text[way.end() :]
    joints = [joint for joint in _JOINTS if len(re.findall(joint, text)) == 1]
    if not joints:
        return None
    before, after = re.split(chance.choice(joints), text)
    joint = text[len(before) : len(text) - len(after)]
    ends = before.strip(), after.strip(" .")
    return f"{ends[1]} {joint} {ends[0]}" if all(len(end) > _LONG for end in ends) else None


@cache
def _lexicon() -> tuple[dict[str, str], re.Pattern[str]]:
    opposites: dict[str, str] = {}
    for entry in _OPPOSITES.replace("\n", "|").strip("|").split("|"):
        one, two = _two(entry)
        opposites.setdefault(one, two)
        opposites.setdefault(two, one)
    longest = sorted(opposites, key=len, reverse=True)
    return opposites, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.I)


def _two(entry: str) -> tuple[str, str]:
    """The two sides of an entry; one word stands against one, or against all that follow."""
    one, _, two = entry.strip().partition(" ")
    return one, two


def strung(text: str, chance: Random) -> str:
    """The words that carry meaning, in any order, as a list that claims nothing."""
    found = wording.words(text)
    kept = [word.raw for word in found if wording.content([word])]
    chance.shuffle(kept)
    return ", ".join(kept)


def misspelt(text: str, chance: Random) -> str:
    """A letter left out, doubled or exchanged in one word of eight, and some chat spelling."""
    words = text.split()
    for _ in range(max(1, len(words) // 8) if words else 0):
        at = chance.randrange(len(words))
        words[at] = _SHORTER.get(words[at].lower(), _slipped(words[at], chance))
    return " ".join(words)


def _slipped(word: str, chance: Random) -> str:
    if len(word) <= _LONG:
        return word
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at] + word[at:],
    )
    return chance.choice(slips)
