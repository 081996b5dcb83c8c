"""What a model judged of each answer: the same answer always gets the same mark.

A judgement is kept as places in the answer, under a hash of all that decides it, so that it holds
no word of the learner's and needs none to be found again. What the model said about the answer may
repeat words of it: that is kept in the learner's name, and goes when they are forgotten.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeVar
from weakref import WeakValueDictionary

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.asker import asker
from bot.examiners.sheets import BandSheet, CriterionEntry, Evidence, MarkSheet, PointEntry
from bot.marking import Script
from bot.ports import Judgement, Tally, Transactions
from bot.speech import later, say
from knowledge.content import Part

Sheet = TypeVar("Sheet", MarkSheet, BandSheet)

_RULES = 1  # one more where the checks of a sheet change what it is worth: then all is judged anew
_FORGOTTEN = later(
    "Marked as these very words were marked before; the reasons given then are gone."
)


class _Entry(BaseModel):
    """A point or a criterion as it was judged; `places` are start and end in the answer."""

    number: int
    places: tuple[tuple[int, int], ...] = ()
    awarded: bool = False
    band: int = 0
    marks: int = 0


_ENTRIES = TypeAdapter(tuple[_Entry, ...])
_WORDS = TypeAdapter(tuple[str, ...])


def key(script: Script, examiner: str) -> str:
    """A hash of everything that decides a judgement, the numbers drawn for a question included.

    Titles, hints, examples and model answers decide nothing: editing them costs no judgement.
    """
    question = script.question
    decisive = {
        "rules": _RULES,
        "examiner": examiner,
        "question": [question.id, question.subject, question.told],
        "parts": [_decisive(part) for part in question.parts],
        "part": _decisive(script.part),
        "earlier": script.earlier,
        "answer": script.answer,
    }
    if question.language != "en":  # what is no evidence in one language may be in another
        decisive["language"] = question.language
    return hashlib.sha256(json.dumps(decisive).encode()).hexdigest()


def _decisive(part: Part) -> Sequence[object]:
    options = [asdict(option) for option in part.options]
    scheme = asdict(part.scheme)
    for point in scheme.get("points", ()):  # no model judges a gap
        del point["gap"], point["accents"]
    asked = [part.label, part.stem, part.kind, part.command_term, scheme, options, part.correct]
    return [*asked, str(part.words)] if part.words else asked


class Memory:
    """Judgements in the database, each made once even where two learners wait for the same."""

    def __init__(self, records: Transactions, tally: Tally) -> None:
        self._records = records
        self._tally = tally
        self._judging: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def alone(self, key: str) -> asyncio.Lock:
        """To be held while an answer is judged and kept: who comes second finds it remembered."""
        return self._judging.setdefault(key, asyncio.Lock())

    async def sheet(self, key: str, answer: str, form: type[Sheet]) -> Sheet | None:
        """The sheet that was filled in for this answer; None if none was that can be read."""
        async with self._records() as records:
            known = await records.judgement(key)
        if known is None:
            return None
        try:
            entries = _ENTRIES.validate_json(known.marks)
            words = _WORDS.validate_json(known.words or "[]")
        except ValidationError:
            return None
        await self._tally.add({"remembered": 1})
        return _sheet(entries, words, answer, form)

    async def keep(self, key: str, sheet: Sheet, answer: str, evidence: Evidence) -> None:
        """Remember a sheet; its words in the name of whoever asks, or not at all."""
        entries = _ENTRIES.dump_json(_entries(sheet, answer, evidence)).decode()
        words = _WORDS.dump_json(_words(sheet)).decode()
        who = asker()
        async with self._records() as records:
            judgement = Judgement(entries, words)
            await records.keep_judgement(key, judgement, who.learner if who else None)
            await records.commit()


def _entries(sheet: MarkSheet | BandSheet, answer: str, evidence: Evidence) -> tuple[_Entry, ...]:
    match sheet:
        case MarkSheet():
            return tuple(
                _Entry(
                    number=one.number,
                    places=_places((one.quote,), answer, evidence),
                    awarded=one.awarded,
                )
                for one in sheet.points
            )
        case BandSheet():
            return tuple(
                _Entry(
                    number=one.number,
                    places=_places(one.quotes, answer, evidence),
                    band=one.band,
                    marks=one.marks,
                )
                for one in sheet.criteria
            )


def _places(quotes: Sequence[str], answer: str, evidence: Evidence) -> tuple[tuple[int, int], ...]:
    """Where the quotes stand in the answer; one that is no evidence stands nowhere."""
    stretches = [stretch for quote in quotes if (stretch := evidence(quote))]
    starts = [(answer.index(stretch), len(stretch)) for stretch in stretches]
    return tuple((start, start + long) for start, long in starts)


def _words(sheet: MarkSheet | BandSheet) -> tuple[str, ...]:
    match sheet:
        case MarkSheet():
            return tuple(one.comment for one in sheet.points)
        case BandSheet():
            return tuple(one.reason for one in sheet.criteria)


def _sheet(
    entries: Sequence[_Entry], words: Sequence[str], answer: str, form: type[Sheet]
) -> Sheet:
    """The sheet again; quotes are read off the answer that is being marked."""
    quotes = [tuple(answer[start:end] for start, end in one.places) for one in entries]
    if form is MarkSheet:
        said = words or [""] * len(entries)
        points = [
            PointEntry(
                number=one.number, quote="".join(quoted), comment=comment, awarded=one.awarded
            )
            for one, quoted, comment in zip(entries, quotes, said, strict=True)
        ]
        return form.model_validate({"points": points})
    said = words or [say(_FORGOTTEN)] * len(entries)
    criteria = [
        CriterionEntry(
            number=one.number, quotes=quoted, reason=reason, band=one.band, marks=one.marks
        )
        for one, quoted, reason in zip(entries, quotes, said, strict=True)
    ]
    return form.model_validate({"criteria": criteria})
