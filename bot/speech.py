"""What the tutor says, in the learner's language.

Texts stand in the code in English and are looked up in the gettext catalogues of `bot/locale`,
which `make catalogues` brings up to date. Notes, questions and learners' words are not translated.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from knowledge.content import Language, Unreadable
from knowledge.later import later as later  # noqa: PLC0414 - offered here too, to typed callers

NAMES: Mapping[Language, str] = {
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
}
"""What each language calls itself."""

FOLDER = Path(__file__).parent / "locale"

_REGIONS: Mapping[Language, str] = {"en": "en_GB", "es": "es", "fr": "fr", "de": "de"}
_DAY: Mapping[Language, str] = {
    "en": "EEEE d MMMM",
    "es": "EEEE d 'de' MMMM",
    "fr": "EEEE d MMMM",
    "de": "EEEE, d. MMMM",
}

_spoken: ContextVar[Language] = ContextVar("spoken", default="en")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within this, the tutor speaks that language; so does a thread that has its context."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


def likeliest(locale: str) -> Language:
    """The language of an app's locale (`es-419`, `de_AT`); English for one that is not spoken."""
    code = re.split(r"[-_]", locale.lower())[0]
    return next((one for one in NAMES if one == code), "en")


def say(text: str, /, **values: object) -> str:
    """A text with values in place of its `{names}`; without values, braces are plain."""
    found = catalogue(spoken()).gettext(text) if text else ""  # the empty text has the header
    return found.format(**values) if values else found


def say_many(one: str, many: str, count: int, /, **values: object) -> str:
    """The text for one or for many, with the count in place of `{count}`."""
    return catalogue(spoken()).ngettext(one, many, count).format(count=count, **values)


def reason(why: Unreadable) -> str:
    """Why a file could not be read."""
    values = {name: say(it) if isinstance(it, str) else it for name, it in why.values.items()}
    return say(why.text, **values)


def day(at: date) -> str:
    """A day as people say it: 'Monday 2 March'."""
    return format_date(at, _DAY[spoken()], locale=_REGIONS[spoken()])


def weekday(number: int) -> str:
    """The name of a day of the week; Monday is 0."""
    return day_names(spoken())[number]


def day_names(language: Language) -> tuple[str, ...]:
    """The days of the week, from Monday."""
    names = get_day_names("wide", locale=_REGIONS[language])
    return tuple(str(names[number]) for number in range(7))


def month_names(language: Language) -> tuple[str, ...]:
    """The months, from January."""
    names = get_month_names("wide", locale=_REGIONS[language])
    return tuple(str(names[number]) for number in range(1, 13))


def listed(items: Sequence[str], *, either: bool = False) -> str:
    """Several things in a row: 'a, b and c', or 'a, b or c'."""
    where = _REGIONS[spoken()]
    return format_list(items, "or" if either else "standard", where)


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """The texts of a language; English has none, for it is what the code says."""
    if language == "en":
        return gettext.NullTranslations()
    with (FOLDER / language / "LC_MESSAGES" / "viva.po").open("rb") as file:
        texts = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
