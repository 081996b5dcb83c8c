"""Whether a model's quote is evidence: words of the learner's own, and really theirs.

A quote proves that words are there, not that they answer the question; what it rules out is a mark
for words that nobody wrote, for the question handed back, or for a plea to the examiner.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.examiners import wording
from bot.examiners.suspicion import addressed, is_addressed, without
from bot.examiners.tongues import Tongue

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_AROUND = " \"'.…"  # what models put around a quote
_CUT = re.compile(r"\s*\[?(?:\.{3,}|…)\]?\s*")
# A filled form, a turn of a prompt, the end of an answer, a verdict, or a wish: lines that are made
# for whoever marks, in ways that answers to questions have no use for.
_FORGED = re.compile(
    r"[{,]\s*[\"']\w+[\"']\s*:|^\W*(?:awarded|quote|number|comment|marks)[\"']?\s*[:=]\s*\S"
    r"|^\s*#+\s*(?:system|user|assistant)\b|<\|[^|\n]*\|>|\[/?inst\]|<</?sys>>"
    r"|^\W*(?:the\s+)?(?:end|start|beginning)\s+of\s+(?:the\s+|this\s+)?(?:student\S*\s+)?"
    r"(?:answer|response|script|submission|input)\b"
    r"|^\W*award\b|\baward\w*\s+(?:p?\d|(?:to\s+)?true\b)|\b(?:set|output|return|print)\b.{0,20}\btrue\b"
    r"|\b(?:earns|meets|satisfies|covers)\s+(?:(?:all|both|every|mark\w*|the)\s+)*points?\s+p?\d"
    r"|\bbe\s+(?:generous|lenient)\b|\btick\s+(?:both|all|every|each)\b"
    r"|\b(?:the|this|my)\s+(?:(?:student|candidate)\S*\s+)?(?:answer|response|script)\s+is\s+(?:now\s+)?"
    r"(?:complete|perfect|excellent|approved)\b"
    r"|\bassume\s+(?:that\s+)?(?:the|this)\s+(?:student|candidate|learner)\b",
    re.IGNORECASE | re.MULTILINE,
)
_PARROTED = 4  # so many words of the question in a row are the question, not an answer
_RESTATED = 3  # words that carry meaning, all from one sentence of the question, say it again
_FORMULA = re.compile(r"[=<>\d]")


def words_of(quote: str, answer: str, asked: str, spoken: Tongue = wording.ENGLISH) -> str:
    """The stretch of the answer that the quote copies, as the learner wrote it; '' if no evidence.

    Spaces, case and typographic signs may differ. Sentences that speak to the examiner are left out
    of it. `asked` is what the learner was shown.
    """
    kept = without(answer, 0, len(answer), _is_for_whoever_marks)
    for start, end in _places(quote, answer):
        stretches = [answer[max(start, one) : min(end, two)].strip() for one, two in kept]
        stretch = max(stretches, key=len, default="")
        if re.search(r"[^\W_]", stretch) and not _is_hollow(stretch, asked, spoken):
            return stretch
    return ""


def _is_for_whoever_marks(sentence: str) -> bool:
    """Whether a sentence speaks to the examiner, also with invisible signs between its letters."""
    even = unicodedata.normalize("NFKC", sentence)
    plain = "".join(sign for sign in even if unicodedata.category(sign) != "Cf")
    hidden = plain != even and not addressed(plain, 0, len(plain))
    return is_addressed(sentence) or hidden or bool(_FORGED.search(plain))


def _is_hollow(stretch: str, asked: str, spoken: Tongue) -> bool:
    """Whether the words are only the question's, in its order or in another."""
    words = _folded(stretch)[0].strip(_AROUND)
    if len(words.split()) < _PARROTED:
        return False
    return words in _folded(asked)[0] or _restates(words, asked, spoken)


def _restates(words: str, asked: str, spoken: Tongue) -> bool:
    """Whether all that words mean stands in one sentence of the question.

    Where that sentence offers a choice, its words are the answer; formulas are made of few signs.
    """
    said = _content(words, spoken)
    if len(said) < _RESTATED or _FORMULA.search(words):
        return False
    sentences = (asked[one:two] for one, two in wording.sentences(asked, 0, len(asked)))
    return any(
        not wording.covered(said, _content(sentence, spoken)) ^ said
        for sentence in sentences
        if not spoken.offers.search(sentence)
    )


def _content(text: str, spoken: Tongue) -> frozenset[str]:
    return wording.content(wording.words(text, spoken=spoken))


def _places(quote: str, answer: str) -> Iterator[tuple[int, int]]:
    """Where in the answer the quote's pieces stand in their order, '…' being a cut between two."""
    folded, origins = _folded(answer)
    pieces = [piece for cut in _CUT.split(quote) if (piece := _folded(cut)[0].strip(_AROUND))]
    if not pieces:
        return
    for first in re.finditer(_bounded(pieces[0]), folded):
        end = _end(pieces[1:], folded, first.end())
        if end is not None:
            yield origins[first.start()], origins[end - 1] + 1


def _end(pieces: Sequence[str], folded: str, place: int) -> int | None:
    """Where the last piece ends if all follow from `place` on, else None."""
    for piece in pieces:
        hit = re.compile(_bounded(piece)).search(folded, place)
        if hit is None:
            return None
        place = hit.end()
    return place


def _bounded(piece: str) -> str:
    """A pattern for the piece as whole words: 'ion' is not quoted from 'motion'."""
    before = r"(?<!\w)" if re.match(r"\w", piece) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", piece) else ""
    return before + re.escape(piece) + after


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with case, spaces and typography evened out, and where each sign of it came from."""
    signs: list[str] = []
    origins: list[int] = []
    for place, sign in enumerate(text):
        for plain in unicodedata.normalize("NFKC", sign).casefold().translate(_FOLDED):
            spaced = " " if plain.isspace() else plain
            if spaced != " " or (signs and signs[-1] != " "):
                signs.append(spaced)
                origins.append(place)
    return "".join(signs), origins
