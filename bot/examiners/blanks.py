"""The forms that a learner puts into numbered gaps, or beside numbers, marked by rule.

An answer says which form is for which gap by the gap's number or letter, in any order: '1 beba
2 salga', 'b) ella, a) él', 'en el 3, fuera'. Without any it is a list, a form for each gap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.marking import NotReadable, PointMark, Script
from bot.speech import say
from knowledge.content import MarkPoint
from knowledge.words import unaccented

_CLOSED = re.compile(r"\s*(?:[.:=)\]→]|->|[-–—])")  # what makes a letter a label
_OPENED = re.compile(r"(?:^|[\n,;./|(\[])\s*(?:[-*•]\s*)?[(\[]?$")
_WORDS = r"\s+"
_SEPARATORS = (r"\n+", r";", r",", r"/", r"\|", r"\s[-–—→>]+\s", r"[\n;,/|]+", _WORDS, r"[-–—]")
_NUMBER = r"(?<!\w)(?<!\d[.,]){}(?:[ºª°](?!\w)|\.[ºª])?(?![\d%]|[.,:]\d)"
_LETTER = r"(?<!\w){}(?![^\W\d])"
_AND = re.compile(r"\s+(?:y|e|o|and|et|und|sowie)\s+", re.IGNORECASE)
_SHARED = re.compile(r"[\s)\].]*(?:y|and|et|und|&|\+)[\s(]*", re.IGNORECASE)  # '1 y 3 hecho'
_MARKS = " \t\n.,;:!?¡¿()[]{}«»“”„‘’'\"`*_=→>|/•-–—"
_LINKS = (
    *("es", "son", "sería", "va", "pongo", "pone", "is", "are", "est", "sont", "ist", "sind"),
    *("creo que", "que"),
)
_LEADS = (  # what stands before the next gap's number
    *("y", "e", "en", "el", "la", "los", "las", "para", "hueco", "número", "frase", "and", "the"),
    *("in", "for", "gap", "number", "et", "le", "les", "dans", "pour", "und", "der", "die", "das"),
    *("für", "nr", "no", "n", "pero", "but", "mais", "aber"),
)
_ASIDE = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")
_BLANK = re.compile(r"[_…*\s]*(?:\([^()]*\))?[_…*\s]*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "œ": "oe", "æ": "ae", "’": "'"})


@dataclass(frozen=True, slots=True)
class _Put:
    """What was put into a gap: the words as they are written, and other ways to cut them out."""

    said: str
    ways: tuple[str, ...] = ()


def judged(script: Script, points: Sequence[MarkPoint]) -> dict[str, PointMark]:
    """A mark for each point by its id. Raises NotReadable where no form has its gap."""
    if not points:
        return {}
    put = _put(script.answer, points)
    if not put:
        first, second = points[0].gap, points[-1].gap
        raise NotReadable(
            say(
                "I could not tell which word belongs to which gap. There are {points}: write "
                "each number with its word, as in “{first} … {second} …”, or a word for "
                "every gap in order, with commas between.",
                points=len(points),
                first=first,
                second=second,
            )
        )
    return {point.id: _mark(point, put.get(point.gap, ()), script) for point in points}


def _mark(point: MarkPoint, puts: Sequence[_Put], script: Script) -> PointMark:
    """One gap. Two different forms for it are no answer, even if one is right."""
    said = [put.said for put in puts if put.said]
    if not said:
        return _missed(point, say("you left it empty"))
    if len({_plain(one) for one in said}) > 1:
        return _missed(
            point, say("you gave two answers: “{first}” and “{last}”", first=said[0], last=said[-1])
        )
    around = _around(point.gap, f"{script.question.stem}\n{script.part.stem}")
    for way in (*puts[-1].ways, said[-1]):
        for core in _without(way, *around):
            if form := _form(core, point):
                return PointMark(point, awarded=True, quote=core, comment=_slip(core, form))
    return _missed(point, say("you wrote “{said}”", said=said[-1]))


def _missed(point: MarkPoint, comment: str) -> PointMark:
    return PointMark(point, awarded=False, comment=comment, certainty=0.0)


def _form(said: str, point: MarkPoint) -> str:
    """The form of the point that these words are; '' if they are none."""
    wanted = (point.text, *point.accept)
    same = next((form for form in wanted if _plain(said) == _plain(form)), "")
    if same or point.accents:
        return same
    return next((form for form in wanted if _bare(said) == _bare(form)), "")


def _slip(said: str, form: str) -> str:
    """What to say of a form that is right but for its accents."""
    return "" if _plain(said) == _plain(form) else say("it is spelt “{form}”", form=form)


def _plain(text: str) -> str:
    """Words in lower case without signs at their ends; German spelt without a German keyboard."""
    said = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return " ".join(word for word in (word.strip(_MARKS) for word in said.split()) if word)


def _bare(text: str) -> str:
    """The same without accents."""
    return _plain(unaccented(text))


def _without(said: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The words, and what is left of them without the text around the gap that was copied."""
    yield said
    words = said.split()
    bare = [_bare(word) for word in words]
    heads = [n for n in range(len(before) + 1) if bare[:n] == list(before[len(before) - n :])]
    tails = [n for n in range(len(after) + 1) if bare[len(bare) - n :] == list(after[:n])]
    for head in heads:
        for tail in tails:
            if head + tail and head + tail < len(words):
                yield " ".join(words[head : len(words) - tail])


def _around(gap: str, task: str) -> tuple[list[str], list[str]]:
    """The words right before and right behind a gap of the task, to the ends of its line."""
    found = re.search(rf"\(\s*{re.escape(gap)}\s*\)", task, re.IGNORECASE)
    if found is None:
        return [], []
    before = task[: found.start()].rpartition("\n")[2]
    behind = task[found.end() :].partition("\n")[0]
    blank = _BLANK.match(behind)
    behind = behind[blank.end() :] if blank else behind
    return _bare(before).split(), _bare(re.split(r"\(\s*\w\s*\)", behind)[0]).split()


def _put(answer: str, points: Sequence[MarkPoint]) -> Mapping[str, tuple[_Put, ...]]:
    """What was put into each gap; nothing where that cannot be told."""
    gaps = [point.gap for point in points]
    forms = [form for point in points for form in (point.text, *point.accept)]
    if len(gaps) == 1 and not _labels(answer, gaps):
        return {gaps[0]: (_cut(answer),)}
    if all(form.strip().isdigit() for form in forms) and all(gap.isdigit() for gap in gaps):
        return _numbers(answer, gaps)
    if named := _named(answer, gaps):
        return named
    listed = _listed(answer, len(gaps), single=all(len(form) == 1 for form in forms))
    if all(_begins(piece, gap) for gap, piece in zip(gaps, listed, strict=False)):
        listed = [piece.strip()[len(gap) :] for gap, piece in zip(gaps, listed, strict=False)]
    elif sum(any(_begins(piece, gap) for gap in gaps) for piece in listed) > 1:
        return {}  # letters that name gaps, but not in order: 'a y c ambos, b ella'
    return {gap: (_cut(piece),) for gap, piece in zip(gaps, listed, strict=False)}


def _begins(piece: str, gap: str) -> bool:
    """Whether a piece of a list begins with a gap's letter: 'a beba, b salga'."""
    return piece.strip().casefold().startswith(f"{gap.casefold()} ")


def _numbers(answer: str, gaps: Sequence[str]) -> Mapping[str, tuple[_Put, ...]]:
    """Numbers beside numbers: pairs, or the second of each in order."""
    said = re.findall(r"\d+", answer)
    if len(said) == len(gaps):
        return {gap: (_Put(one),) for gap, one in zip(gaps, said, strict=True)}
    pairs = list(zip(said[::2], said[1::2], strict=False))
    if len(said) % 2 or any(gap not in gaps for gap, _ in pairs):
        return {}
    return {gap: tuple(_Put(two) for one, two in pairs if one == gap) for gap in gaps}


@dataclass(frozen=True, slots=True)
class _Label:
    """Where an answer names a gap. `plain`: it stands where only a label would."""

    gap: str
    start: int
    end: int
    plain: bool


def _named(answer: str, gaps: Sequence[str]) -> Mapping[str, tuple[_Put, ...]]:
    """What follows each label; two labels joined by an 'and' share it."""
    labels = _labels(answer, gaps)
    if not labels:
        return {}
    ends = [*(label.start for label in labels[1:]), len(answer)]
    pieces = [answer[label.end : end] for label, end in zip(labels, ends, strict=True)]
    for at in range(len(pieces) - 2, -1, -1):
        if _SHARED.fullmatch(pieces[at]):
            pieces[at] = pieces[at + 1]
    named: dict[str, tuple[_Put, ...]] = {}
    for label, piece in zip(labels, pieces, strict=True):
        named[label.gap] = (*named.get(label.gap, ()), _cut(piece))
    return named


def _labels(answer: str, gaps: Sequence[str]) -> list[_Label]:
    """The labels of an answer in order: of two for one gap, those that look like labels."""
    found = [label for gap in gaps for label in _labels_of(gap, answer)]
    plain = {label.gap for label in found if label.plain}
    kept = [label for label in found if label.plain or label.gap not in plain]
    return sorted(kept, key=lambda label: label.start)


def _labels_of(gap: str, answer: str) -> Iterator[_Label]:
    number = gap.isdigit()
    pattern = _NUMBER.format(gap) if number else _LETTER.format(gap)
    for match in re.finditer(pattern, answer, re.IGNORECASE):
        behind = _CLOSED.match(answer, match.end())
        opened = bool(_OPENED.search(answer[: match.start()]))
        next = answer[match.end() :]
        tied = next[:1].isdigit() or (opened and next.lstrip()[:1].isdigit())  # 'a3, b 1'
        if number or behind or tied:
            end = behind.end() if behind else match.end()
            yield _Label(gap, match.start(), end, opened or bool(behind))


def _listed(answer: str, count: int, *, single: bool) -> list[str]:
    """The pieces of a list that has one for each gap; none if it cannot be cut that way."""
    for pattern in _SEPARATORS:
        pieces = [piece for piece in re.split(pattern, answer.strip()) if piece.strip(_MARKS)]
        joined = [one for piece in pieces for one in _AND.split(piece)]
        if len(pieces) == count and (pattern != _WORDS or not _AND.search(answer)):
            return pieces
        if len(joined) == count and pattern != _WORDS:
            return joined
    letters = answer.strip()
    return list(letters) if single and len(letters) == count and letters.isalpha() else []


def _cut(piece: str) -> _Put:
    """A form without signs and without the words that only lead to it or to the next one."""
    said = piece.strip(_MARKS)
    inner = _QUOTED.findall(piece)
    bare = _ASIDE.sub(" ", piece).strip(_MARKS)
    led = _trimmed(bare, _LINKS, first=True)
    ways = [said, bare, led, _trimmed(bare, _LEADS, first=False)]
    core = inner[0].strip(_MARKS) if len(inner) == 1 else _trimmed(led, _LEADS, first=False)
    return _Put(core or said, tuple(dict.fromkeys(way for way in ways if way)))


def _trimmed(text: str, words: Sequence[str], *, first: bool) -> str:
    """The text without such words at its beginning, or at its end, as long as any is left."""
    ways = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    pattern = rf"^(?:{ways})\b[\s,:]*(?=\S)" if first else rf"(?<=\S)[\s,.;]+(?:{ways})[\s.]*$"
    while (shorter := re.sub(pattern, "", text, flags=re.IGNORECASE).strip(_MARKS)) != text:
        text = shorter
    return text
