"""Whether an answer is in another language than the one that is examined: it earns nothing then.

Told by its small words alone, and only where it is clear: an odd word of another language, a title
or a quotation takes nothing away.
"""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from bot.examiners.tongues import Tongue, tongue
from bot.marking import Script
from bot.speech import say
from knowledge.content import Language, PointScheme

_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"")
_SHORT = 6  # words: in so few of them, fewer small ones tell
_LEAST = {False: 3, True: 2}  # small words of the other language, by whether the answer is short
_SHARE = 0.4  # of all words
_OVER = 4  # times as many as there are of the right language


def told(script: Script) -> str:
    """What to tell about an answer in another language; '' if it is in the right one, or may be."""
    spoken = tongue(script.question.language)
    if spoken.code == "en":
        return ""
    other = _other(script, spoken)
    if other is None:
        return ""
    return say(
        "it is in {written}, and here only an answer in {asked} earns marks",
        written=say(other.name),
        asked=say(spoken.name),
    )


def _other(script: Script, spoken: Tongue) -> Tongue | None:
    words = _WORD.findall(_QUOTED.sub(" ", script.answer))
    asked = frozenset(word.lower() for word in _WORD.findall(_asked(script)))
    unasked = [word for word in words if word.lower() not in asked]
    for code in get_args(Language):
        other = tongue(code)
        if other is not spoken and _is_clear(words, unasked, spoken, other):
            return other
    return None


def _is_clear(words: list[str], unasked: list[str], spoken: Tongue, other: Tongue) -> bool:
    """Whether the small words of the other language are many, and those of the right one few."""
    theirs = sum(other.plain(word.lower()) in _telling(other, spoken) for word in unasked)
    own = sum(spoken.plain(word.lower()) in _telling(spoken, other) for word in words)
    enough = theirs >= _LEAST[len(words) <= _SHORT] and theirs >= _SHARE * len(words)
    return enough and theirs >= _OVER * own


@cache
def _telling(one: Tongue, other: Tongue) -> frozenset[str]:
    """The small words that one language has and the other has not."""
    return _small(one) - _small(other)


def _small(spoken: Tongue) -> frozenset[str]:
    """The words that sentences of a language are full of."""
    return spoken.stop | spoken.joints | spoken.relating | spoken.auxiliary


def _asked(script: Script) -> str:
    """All that the task and its scheme say: a title in another language may stand there."""
    part = script.part
    points = part.scheme.points if isinstance(part.scheme, PointScheme) else ()
    ways = (text for point in points for text in (point.text, *point.accept))
    return "\n".join((script.question.told, part.stem, part.model_answer, *ways))
