"""The languages that answers are read in: `tongue("es")` is all that the examiners know of one."""

from __future__ import annotations

from bot.examiners.tongues import de, en, es, fr
from bot.examiners.tongues.tongue import Tongue
from knowledge.content import Language

__all__ = ["Tongue", "tongue"]

_TONGUES = {one.code: one for one in (en.TONGUE, es.TONGUE, fr.TONGUE, de.TONGUE)}


def tongue(code: Language) -> Tongue:
    """What is known of a language; the same value each time."""
    return _TONGUES[code]
