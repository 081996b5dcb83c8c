"""Units as students write them, compared and converted.

What a learner typed never reaches the library that converts. A small grammar of our own reads it
into names from the tables below, so no text can make the conversion slow or run anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge import conversion
from knowledge.signs import lowered

Factors = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers. `words` are things that are counted ('beats'): no unit of physics."""

    factors: Factors = ()
    words: Factors = ()


_SYMBOLS: dict[str, str] = {
    **{"m": "meter", "g": "gram", "s": "second", "A": "ampere", "K": "kelvin", "mol": "mole"},
    **{"L": "liter", "l": "liter", "V": "volt", "W": "watt", "J": "joule", "N": "newton"},
    **{"Pa": "pascal", "Hz": "hertz", "C": "coulomb", "F": "farad", "Ω": "ohm", "T": "tesla"},
    **{"Wb": "weber", "H": "henry", "S": "siemens", "Bq": "becquerel", "Gy": "gray"},
    **{"Sv": "sievert", "lm": "lumen", "lx": "lux", "cd": "candela", "eV": "electron_volt"},
    **{"cal": "calorie", "bar": "bar", "Wh": "watt_hour", "bp": "#base pair", "Da": "dalton"},
    **{"t": "metric_ton", "rad": "radian", "M": "molar"},
}
_NAMES: dict[str, str] = {
    **{"meter": "meter", "metre": "meter", "gram": "gram", "gramme": "gram", "second": "second"},
    **{"amp": "ampere", "ampere": "ampere", "kelvin": "kelvin", "mole": "mole", "liter": "liter"},
    **{"litre": "liter", "volt": "volt", "watt": "watt", "joule": "joule", "newton": "newton"},
    **{"pascal": "pascal", "hertz": "hertz", "coulomb": "coulomb", "farad": "farad", "ohm": "ohm"},
    **{"tesla": "tesla", "siemen": "siemens", "becquerel": "becquerel", "calorie": "calorie"},
    **{"electronvolt": "electron_volt", "tonne": "metric_ton", "molar": "molar"},
    **{"radian": "radian"},
}
_MONEY: dict[str, tuple[str, ...]] = {  # by the word it is counted in: its signs and codes
    "dollar": ("$", "USD", "dollar", "dollars"),
    "euro": ("€", "EUR", "euro", "euros"),
    "pound": ("£", "GBP", "pound", "pounds"),
    "ringgit": ("RM", "MYR", "ringgit", "ringgits"),
    "rupee": ("₹", "INR", "Rs", "rupee", "rupees"),
    "zloty": ("PLN", "zł", "zloty", "zlotys"),
    "cedi": ("GHS", "cedi", "cedis"),
    "sole": ("PEN", "sole", "soles"),
    "pula": ("BWP", "pula"),
    "franc": ("CHF", "franc", "francs"),
    "yen": ("¥", "JPY", "yen"),
    "krona": ("SEK", "krona", "kronor"),
}
_CODES = "|".join(
    sorted(
        (word for words in _MONEY.values() for word in words if not word.islower()),
        key=len,
        reverse=True,
    )
).replace("$", r"\$")
MONEY = re.compile(  # before a number: €507, RM507, US$ 507
    rf"(?<![A-Za-z])(?:[A-Z]{{1,2}}(?=\$))?(?P<money>{_CODES})\.?(?=(?P<gap>[^\S\n]?[-−–]?)\.?\d)"
)
_ALONE: dict[str, str] = {  # never with a prefix
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
    **dict.fromkeys(("sec", "secs"), "second"),
    **dict.fromkeys(("°C", "ºC", "degC", "celsius", "centigrade", "℃"), "degree_Celsius"),
    **dict.fromkeys(("°F", "fahrenheit"), "degree_Fahrenheit"),
    **dict.fromkeys(("°", "º", "deg", "degree", "degrees"), "degree"),
    **dict.fromkeys(("%", "percent", "percentage"), "percent"),
    **{"ppm": "ppm", "atm": "standard_atmosphere", "mmHg": "mmHg", "Å": "angstrom"},
    **dict.fromkeys(("ha", "hectare", "hectares"), "hectare"),
    **dict.fromkeys(("mile", "miles"), "mile"),
    **{word: f"#{money}" for money, words in _MONEY.items() for word in words},
}
_CARELESS: dict[str, str] = {  # capitals forgotten, where no other unit can be meant
    **{
        "mv": "millivolt",
        "kv": "kilovolt",
        "kj": "kilojoule",
        "kw": "kilowatt",
        "kn": "kilonewton",
    },
    **{"kpa": "kilopascal", "mpa": "megapascal", "hz": "hertz", "khz": "kilohertz"},
    **{"kwh": "kilowatt_hour", "mmhg": "mmHg", "kg": "kilogram", "kcal": "kilocalorie"},
    **{"cm": "centimeter", "mm": "millimeter", "km": "kilometer", "ml": "milliliter"},
}
_PRODUCTS: dict[str, Factors] = {  # written together
    **dict.fromkeys(("bpm", "BPM"), (("#beat", 1), ("minute", -1))),
    **{"daily": (("day", -1),), "weekly": (("week", -1),), "monthly": (("month", -1),)},
    **dict.fromkeys(("yearly", "annually"), (("year", -1),)),
    **dict.fromkeys(("cumec", "cumecs"), (("meter", 3), ("second", -1))),
    "kgK": (("kilogram", 1), ("kelvin", 1)),
    "molK": (("mole", 1), ("kelvin", 1)),
}
_SHORT_PREFIXES: dict[str, str] = {
    **{"T": "tera", "G": "giga", "M": "mega", "k": "kilo", "h": "hecto", "d": "deci"},
    **{"c": "centi", "m": "milli", "µ": "micro", "μ": "micro", "u": "micro", "n": "nano"},
    **{"p": "pico", "f": "femto"},
}
_LONG_PREFIXES = tuple(_SHORT_PREFIXES.values())

_NEXT_TIME = (
    r"\s*(?:months?|weeks?|days?|hours?|hrs?|h|min(?:ute)?s?|sec(?:ond)?s?)\b(?!\s?[-−–⁻^])"
)
_FACTOR = re.compile(
    r"(?:(?P<before>square|cubic|sq|cu)\.?\s+)?"
    r"(?P<name>deg(?:rees?)?\s+(?:C|F|[Cc]elsius|[Cc]entigrade|[Ff]ahrenheit)\b|[°º]\s?[CF]\b"
    r"|per\s?cent\b|[%°º€$£₹¥℃]|[A-Za-zµμΩÅł]{1,24})"
    r"(?:\s?(?P<after>squared|cubed)\b"
    r"|(?:\^|\*\*)?(?P<gap>[^\S\n])?[({]?(?P<power>[-−–+]?[1-9])(?![\d.,]\d|\d)"
    rf"(?(gap)(?!{_NEXT_TIME}))[)}}]?"
    r"|(?P<raised>[⁺⁻]?[¹²³⁴⁵⁶⁷⁸⁹]))?"
)
_TIMES = r"(?:second|minute|hour|day|week|month|year)\b"
_JOIN = re.compile(
    rf"[^\S\n]*(?P<over>/|\bper\b(?!\s?cent\b)|\b(?:an?|each|every)\b(?=\s+{_TIMES}))\s*"
    r"|\s?[·⋅*×]\s?|\.(?=\S)|[^\S\n]{1,2}"
)
_DEGREES = re.compile(r"(?:[°º]|deg(?:rees?)?)([CcFf]).*")
_CALENDAR = tuple(((name, -1),) for name in ("day", "week", "month", "year"))
_CLOCK = ("second", "minute", "hour", "day", "week", "month", "year")
_MOST_FACTORS = 6


_UNDER = re.compile(r"/\s?\([^()/\n]{1,24}\)")  # what is divided by together
_BETWEEN = re.compile(r"(?<=[A-Za-zµμΩ²³\d])[ ·⋅*.](?=[A-Za-zµμΩ])")


def flat(text: str) -> str:
    """The text with 'J/(kg K)' as 'J/ kg/K ': every character but the signs stays in its place."""
    return _UNDER.sub(lambda under: "/ " + _BETWEEN.sub("/", _inside(under[0])) + " ", text)


def _inside(under: str) -> str:
    """What stands between the brackets, padded in front to keep its place."""
    opening = under.index("(")
    return " " * (opening - 1) + under[opening + 1 : -1]


@lru_cache(maxsize=1024)
def unit(text: str) -> Unit:
    """The unit a mark scheme names; words that no table knows are things that are counted."""
    text = flat(text)
    place, factors, words = 0, dict[str, int](), dict[str, int]()
    while place < len(text) and len(factors) + len(words) < _MOST_FACTORS:
        over, place = _joined(text, place) or (False, place)
        found = _FACTOR.match(text, place)
        if found is None:
            break
        name = _known(found["name"], frozenset(), celsius=False) or (
            (f"#{_thing(found['name'])}", 1),
        )
        _multiply(factors, words, name, -_power(found) if over else _power(found))
        place = found.end()
    return _made(factors, words)


def read(text: str, place: int, wanted: Unit) -> tuple[Unit, int] | None:
    """The unit that begins at `place`, and where it ends; None if there is none.

    `wanted` settles what a letter stands for: with a temperature asked, 'C' is a degree.
    """
    known_words = frozenset(word for word, _ in wanted.words)
    celsius = ("degree_Celsius", 1) in wanted.factors
    factors, words, end, over = dict[str, int](), dict[str, int](), place, False
    joined = _joined(text, place)
    if joined is not None:
        over, place = joined
    for _ in range(_MOST_FACTORS):
        found = _FACTOR.match(text, place)
        name = _known(found["name"], known_words, celsius=celsius) if found else None
        if found is None or name is None:
            break
        _multiply(factors, words, name, -_power(found) if over else _power(found))
        end = found.end()
        joined = _joined(text, end)
        if joined is None:
            break
        over, place = joined
    return (_made(factors, words), end) if factors or words else None


def converted(value: float, given: Unit, wanted: Unit) -> float | None:
    """`value` in the wanted unit; None where the two measure different things."""
    if any(pair not in wanted.words for pair in given.words):
        return None
    if given.factors == wanted.factors or _is_rate_of(given, wanted):
        return value
    return conversion.converted(value, _pint(given.factors), _pint(wanted.factors))


def is_in_degrees(unit: Unit) -> bool:
    """Whether an angle in degrees is a factor of it."""
    return any(name == "degree" for name, _ in unit.factors)


def is_only_a_time(unit: Unit, wanted: Unit) -> bool:
    """Whether nothing but 'per month' is said of a number of which no rate is asked."""
    rate = unit.factors in _CALENDAR and not unit.words
    return rate and not any(name.endswith(_CLOCK) for name, _ in wanted.factors)


def is_a_time(unit: Unit) -> bool:
    """Whether it is a plain time: years, minutes."""
    one = unit.factors[0] if len(unit.factors) == 1 and not unit.words else ("", 0)
    return one in ((name, 1) for name in _CLOCK)


def is_money(unit: Unit) -> bool:
    """Whether it is a currency, perhaps a month."""
    named = bool(unit.words) and all(word in _MONEY for word, _ in unit.words)
    return named and unit.factors in ((), *_CALENDAR)


def paid(money: str, unit: Unit | None) -> Unit | None:
    """The unit of a sum behind its currency's sign, as in '$666 per month'.

    None if something else is measured: the `unit` that stands behind the number.
    """
    if unit is not None and (unit.words or any(power > 0 for _, power in unit.factors)):
        return None
    return Unit(unit.factors if unit else (), ((_ALONE[money].removeprefix("#"), 1),))


def _is_rate_of(given: Unit, wanted: Unit) -> bool:
    """Whether it is what is asked for, only said with a calendar's time: 0.24 % a year."""
    rest = tuple(pair for pair in given.factors if pair not in wanted.factors)
    asked = bool(wanted.factors) or (bool(wanted.words) and given.words == wanted.words)
    return len(given.factors) == len(wanted.factors) + 1 and asked and rest in _CALENDAR


def _joined(text: str, place: int) -> tuple[bool, int] | None:
    """Whether what follows is divided by, and where it begins."""
    join = _JOIN.match(text, place)
    return (join["over"] is not None, join.end()) if join else None


def _known(name: str, words: frozenset[str], *, celsius: bool) -> Factors | None:
    """The factors a written name stands for."""
    tight = "".join(name.split())
    if degrees := _DEGREES.fullmatch(tight):
        tight = {"c": "°C", "f": "°F"}.get(degrees[1].lower(), tight)
    if celsius and tight in ("C", "c", "°", "º", "degree", "degrees", "deg"):
        return (("degree_Celsius", 1),)
    if _thing(name) in words:
        return ((f"#{_thing(name)}", 1),)
    if tight in _PRODUCTS:
        return _PRODUCTS[tight]
    found = _symbol(tight) or _CARELESS.get(tight.lower())
    if not found and len(tight) > 2:  # noqa: PLR2004 - 'Seconds', never a symbol
        found = _symbol(tight.lower())
    return ((found, 1),) if found else None


def _symbol(name: str) -> str | None:
    alone = _ALONE.get(name) or _SYMBOLS.get(name) or _NAMES.get(name.removesuffix("s"))
    if alone:
        return alone
    for prefix in _LONG_PREFIXES:
        base = _NAMES.get(name.removeprefix(prefix).removesuffix("s"))
        if name.startswith(prefix) and base:
            return prefix + base
    base = _SYMBOLS.get(name[1:])
    prefix = _SHORT_PREFIXES.get(name[:1], "")
    return prefix + base if prefix and base and not base.startswith("#") else None


def _thing(word: str) -> str:
    return word.lower().removesuffix("s")


def _power(found: re.Match[str]) -> int:
    by_word = {"square": 2, "sq": 2, "squared": 2, "cubic": 3, "cu": 3, "cubed": 3}
    written = found["power"] or found["raised"]
    if written:
        return int(lowered(written))
    return by_word.get(found["before"] or found["after"] or "", 1)


def _multiply(factors: dict[str, int], words: dict[str, int], name: Factors, power: int) -> None:
    for factor, own in name:
        into = words if factor.startswith("#") else factors
        key = factor.removeprefix("#")
        into[key] = into.get(key, 0) + own * power


def _made(factors: dict[str, int], words: dict[str, int]) -> Unit:
    return Unit(_sorted(factors.items()), _sorted(words.items()))


def _sorted(pairs: Iterable[tuple[str, int]]) -> Factors:
    return tuple(sorted(pair for pair in pairs if pair[1]))


def _pint(factors: Factors) -> str:
    """The factors in pint's own words; a temperature inside a product is a difference."""
    if factors == (("degree_Celsius", 1),):
        return "degree_Celsius"
    plain = ((name.replace("degree_Celsius", "kelvin"), power) for name, power in factors)
    return " * ".join(f"{name} ** {power}" for name, power in plain) or "dimensionless"
