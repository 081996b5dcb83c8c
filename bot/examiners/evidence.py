"""Whether a model's quote is evidence: words of the learner's own, and really theirs.

A quote proves that words are there, not that they answer the question; what it rules out is a mark
for words that nobody wrote, for the question handed back, or for a plea to the examiner.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.examiners.suspicion import addressed

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_AROUND = " \"'.…"  # what models put around a quote
_CUT = re.compile(r"\s*\[?(?:\.{3,}|…)\]?\s*")
_FORGED = re.compile(  # a filled form, a turn of a prompt, points told by their ids
    r"[{,]\s*[\"']\w+[\"']\s*:|^\s*#+\s*(?:system|user|assistant)\b|\baward\w*\s+p?\d",
    re.IGNORECASE | re.MULTILINE,
)
_PARROTED = 4  # so many words of the question in a row are the question, not an answer


def words_of(quote: str, answer: str, asked: str) -> str:
    """The stretch of the answer that the quote copies, as the learner wrote it; '' if no evidence.

    Spaces, case and typographic signs may differ. Sentences that speak to the examiner are left out
    of it. `asked` is what the learner was shown.
    """
    kept = addressed(answer, 0, len(answer))
    for start, end in _places(quote, answer):
        stretches = [answer[max(start, one) : min(end, two)].strip() for one, two in kept]
        stretch = max(stretches, key=len, default="")
        if re.search(r"[^\W_]", stretch) and not _is_hollow(stretch, asked):
            return stretch
    return ""


def _is_hollow(stretch: str, asked: str) -> bool:
    """Whether the words are only the question's, or made to look like the examiner's."""
    words = _folded(stretch)[0].strip(_AROUND)
    parroted = len(words.split()) >= _PARROTED and words in _folded(asked)[0]
    return parroted or bool(_FORGED.search(stretch))


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
