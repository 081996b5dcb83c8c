"""Whether a claim goes the other way round: in for out, more for less, sodium for potassium.

Embeddings hardly tell 'sodium is pumped in' from 'sodium is pumped out'; this does. It looks for
words of opposite poles, and where a text holds both poles, at what each of them is said of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from bot.examiners.tongues import Tongue
from bot.examiners.wording import Word, keys

_SIZE = "more/less"
_ALSO = frozenset({"and", "or"})
_TIED = 2  # changes that depend on each other
_PARTNERS = 2  # words that must change partners: one may be chance
_SEVERAL = 2  # words said of the other pole: where both poles are there, one may be chance
_REACH = 5  # words: how far a denial reaches
_PHRASE = re.compile(r"([^_+]+)(?:([_+])(.+))?")  # of a list of opposites: 'dejar_de'


@dataclass(frozen=True, slots=True)
class _Pole:
    axis: str
    sign: int
    place: int


def conflict(claim: Sequence[Word], said: Sequence[Word]) -> str:
    """The axis on which what is said goes against the claim; '' if on none.

    Two axes turned at once are no conflict: 'less positive' is 'more negative'.
    """
    one, two = _poles(claim), _poles(said)
    shared = {pole.axis for pole in one} & {pole.axis for pole in two}
    if way := _ranked(_comparison(claim, one), _comparison(said, two)):
        if way < 0:
            return _SIZE
        shared -= _weighed_up(said, two)
    if _reversed(_route(claim), _route(said)):
        return "from/to"
    turned = sorted(axis for axis in shared if _turned(axis, one, two, claim, said))
    if len(turned) % 2:
        return turned[0]
    if number := _count_conflict(claim, said):
        return number
    by_order = bool(claim) and claim[0].tongue.by_stem  # else words change places more freely
    return "who does what" if by_order and _swapped(claim, said) else ""


def negated(claim: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether one denies and the other does not, leaving aside denials that turn a pole."""
    return _denials(claim) % 2 != _denials(said) % 2


def kept(claim: Sequence[Word], said: Sequence[Word]) -> float:
    """The share of a claim's directions that are said as well; 1 where it has none."""
    wanted = {(pole.axis, pole.sign) for pole in _poles(claim)}
    found = {(pole.axis, pole.sign) for pole in _poles(said)}
    return len(wanted & found) / len(wanted) if wanted else 1.0


def speaks_of(axis: str, claim: Sequence[Word]) -> bool:
    """Whether a claim says anything on this axis."""
    return any(pole.axis == axis for pole in _poles(claim))


def opposite_verdict(claim: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether one begins with 'true' and the other with 'false'."""
    signs = [_verdict(text) for text in (claim, said)]
    return bool(signs[0]) and signs[0] == -signs[1]


def _verdict(text: Sequence[Word]) -> int:
    """1 for a text whose first word is 'true', -1 for 'false', 0 for any other."""
    poles = _poles(text[:1])
    return next((pole.sign for pole in poles if pole.axis == "true/false"), 0)


def turning(claim: Sequence[Word]) -> frozenset[str]:
    """The stems of the words that tell a direction."""
    return frozenset(claim[pole.place].stem for pole in _poles(claim))


def compared(claim: Sequence[Word]) -> bool:
    """Whether something goes in or out, or is more or less."""
    return any(pole.axis in ("in/out", _SIZE) for pole in _poles(claim))


def _denials(text: Sequence[Word]) -> int:
    turning = [pole.place for pole in _poles(text) if pole.axis in _turning(text)]
    near = {place for pole in turning for place in _around(text, pole)}
    found = [place for place in range(len(text)) if place not in near and _denies(text, place)]
    if text and text[0].tongue.agreeing:
        turned = {text[place].clause for place in near if _denies(text, place)}
        return len({text[place].clause for place in found} - turned)
    return len(found)


def _turning(text: Sequence[Word]) -> frozenset[str]:
    """The axes on which 'not' turns a word into its opposite; on the others it only denies."""
    return text[0].tongue.turned_by_not if text else frozenset()


def _denies(text: Sequence[Word], place: int) -> bool:
    """Whether a word denies something: 'not only' and 'no longer' do not by themselves."""
    key, spoken = text[place].key, text[place].tongue
    following = text[place + 1].plain if place + 1 < len(text) else ""
    if key in spoken.negators:
        return following not in spoken.harmless.get(key, ())
    if partners := spoken.paired.get(key):
        around = text[max(0, place - _REACH) : place + 3]
        return any(other.key in partners for other in around)
    return bool(following) and following == _ceasing(spoken).get(key)


def _turned(
    axis: str,
    one: Sequence[_Pole],
    two: Sequence[_Pole],
    claim: Sequence[Word],
    said: Sequence[Word],
) -> bool:
    spoken = claim[0].tongue
    if axis == _SIZE and spoken.by_stem and (pair := _trends(one, two)):
        return pair[0] != pair[1]
    mine, theirs = _signs(axis, one), _signs(axis, two)
    single = len(mine) == 1 and len(theirs) == 1
    if single and (spoken.by_stem or axis in spoken.outright):
        return mine != theirs
    bound, other = _bound(axis, one, claim), _bound(axis, two, said)
    if single and not (bound and other):  # nothing else is said: 'más tarde'
        return mine != theirs
    shared = [(sign, other[noun]) for noun, sign in bound.items() if noun in other]
    against = sum(a == -b for a, b in shared)
    if not (single or spoken.by_stem) and against < min(_SEVERAL, len(bound) / 2):
        return False
    return bool(against) and not any(a == b for a, b in shared)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """'A is more than B': the sign, and the content of either side that the other has not."""

    sign: int
    before: frozenset[str]
    behind: frozenset[str]


def _comparison(text: Sequence[Word], poles: Iterable[_Pole]) -> _Comparison | None:
    """The first comparison of two things in a text; None if there is none."""
    than = next((at for at, word in enumerate(text) if word.plain == word.tongue.than), None)
    if than is None:
        return None
    pole = max((p for p in poles if p.axis == _SIZE and p.place < than), key=_place, default=None)
    if pole is None:
        return None
    sides = {text[pole.place].clause, text[than].clause}
    clause = [
        (at, word)
        for at, word in enumerate(text)
        if word.clause in sides and at != pole.place and _is_content(word)
    ]
    one = frozenset(word.stem for at, word in clause if at < than)
    two = frozenset(word.stem for at, word in clause if at > than)
    return _Comparison(pole.sign, one - two, two - one)


def _place(pole: _Pole) -> int:
    return pole.place


def _weighed_up(text: Sequence[Word], poles: Sequence[_Pole]) -> set[str]:
    """The axes that a comparison settles: of size, and those of the things that it compares."""
    found = _comparison(text, poles)
    things = found.before | found.behind if found else frozenset()
    return {_SIZE, *(pole.axis for pole in poles if text[pole.place].stem in things)}


def _ranked(one: _Comparison | None, two: _Comparison | None) -> int:
    """1 if two comparisons put the same thing first, -1 if not, 0 if that cannot be told.

    'Demand is less than supply' says that supply is more than demand.
    """
    if one is None or two is None:
        return 0
    crossed = bool(one.before & two.behind and one.behind & two.before)
    straight = bool(one.behind & two.behind) or bool(one.before & two.before and not crossed)
    if straight == crossed:
        return 0
    return one.sign * two.sign * (1 if straight else -1)


@dataclass(frozen=True, slots=True)
class _Route:
    """'From A to B': the content of either end that the other has not."""

    start: frozenset[str]
    end: frozenset[str]


def _route(text: Sequence[Word]) -> _Route | None:
    """The first way in a text that names both ends; None if there is none."""
    ends = text[0].tongue.ends if text else ()
    if not ends:
        return None
    places = {word: at for at, word in reversed([*enumerate(one.plain for one in text)])}
    found = [places[end] for end in ends if end in places]
    if len(found) < len(ends) or len({text[at].clause for at in found}) > 1:
        return None
    source, goal = found
    stretches = [text[source + 1 : goal], text[goal + 1 :]]
    if goal < source:
        stretches = [text[source + 1 :], text[goal + 1 : source]]
    clause = text[source].clause
    one, two = (
        frozenset(word.stem for word in part if word.clause == clause and _is_content(word))
        for part in stretches
    )
    return _Route(one - two, two - one)


def _reversed(one: _Route | None, two: _Route | None) -> bool:
    """Whether each begins where the other ends."""
    if one is None or two is None or one.start & two.start or one.end & two.end:
        return False
    return bool(one.start & two.end and one.end & two.start)


def _trends(one: Sequence[_Pole], two: Sequence[_Pole]) -> tuple[int, int] | None:
    """Of two texts that tie one change to another: whether both go one way (1) or opposite (-1).

    'The hotter the faster' and 'the colder the slower' say the same. None for other texts.
    """
    mine, theirs = ([pole.sign for pole in of if pole.axis == _SIZE] for of in (one, two))
    if len(mine) != _TIED or len(theirs) != _TIED:
        return None
    return mine[0] * mine[1], theirs[0] * theirs[1]


def _signs(axis: str, poles: Iterable[_Pole]) -> set[int]:
    return {pole.sign for pole in poles if pole.axis == axis}


def _bound(axis: str, poles: Sequence[_Pole], text: Sequence[Word]) -> dict[str, int]:
    """What each pole is said of: the nouns of its clause, where they are said of one pole only."""
    signs: dict[str, set[int]] = defaultdict(set)
    own = {pole.place for pole in poles if pole.axis == axis}
    for pole in poles:
        if pole.axis != axis:
            continue
        for place in _said_of(pole, text):
            if place not in own and _is_content(text[place]):
                signs[text[place].stem].add(pole.sign)
    return {noun: next(iter(found)) for noun, found in signs.items() if len(found) == 1}


def _said_of(pole: _Pole, text: Sequence[Word]) -> Sequence[int]:
    """The places of what a pole may be said of: its clause, or the word behind 'more' or 'less'."""
    word, behind = text[pole.place], pole.place + 1
    clause = [place for place, other in enumerate(text) if other.clause == word.clause]
    if word.key in word.tongue.measuring and behind in clause and _is_content(text[behind]):
        return [behind]
    return clause


def _is_content(word: Word) -> bool:
    spoken = word.tongue
    return (
        word.plain not in spoken.stop
        and word.key not in spoken.negators
        and (not word.stem.isdigit())
    )


def _poles(text: Sequence[Word]) -> list[_Pole]:
    found: list[_Pole] = []
    for place, word in enumerate(text):
        if _only_measures(text, place):
            continue
        for axis, sign in _meaning(text, place, word):
            denied = axis in word.tongue.turned_by_not and any(
                text[at].clause == word.clause and _denies(text, at) and not _names(text, at, place)
                for at in _around(text, place)
            )
            lessened = place > 0 and text[place - 1].key in word.tongue.lessening
            found.append(_Pole(axis, -sign if denied != lessened else sign, place))
    return found


def _names(text: Sequence[Word], denial: int, place: int) -> bool:
    """Whether a pole only says which thing is meant: 'not connected to the positive terminal'."""
    behind = place + 1
    return (
        denial + 2 < place
        and text[place - 1].plain == "the"
        and behind < len(text)
        and text[behind].clause == text[place].clause
        and _is_content(text[behind])
    )


def _around(text: Sequence[Word], place: int) -> Iterator[int]:
    """Where a denial stands that turns a pole: before it, and in some languages behind it."""
    behind = text[place].tongue.denied_behind
    yield from range(max(0, place - _REACH), place)
    yield from range(place + 1, min(place + 1 + behind, len(text)))


def _only_measures(text: Sequence[Word], place: int) -> bool:
    """Whether a word says only how much of the direction behind it: 'más rápido', 'mucho menos'."""
    word, behind = text[place], place + 1
    if word.key not in word.tongue.measuring or behind == len(text):
        return False
    following = text[behind]
    return following.clause == word.clause and bool(_senses(text, behind, following))


def _meaning(text: Sequence[Word], place: int, word: Word) -> tuple[tuple[str, int], ...]:
    if word.raw[0] in "+-" and len(word.raw) > 1:
        return (("positive/negative", 1 if word.raw[0] == "+" else -1),)
    spoken = word.tongue
    if word.raw in spoken.comparing:
        return _more_or_less(text, place, word)
    if word.stem in ("negat", "posit") and place and text[place - 1].raw in ("less", "fewer"):
        return ()
    if word.raw == spoken.inward:
        return (("in/out", 1),) if _moved(text, place) else ()
    if word.raw in spoken.rising:
        return _up_or_down(text, place, word)
    if (
        word.raw == "out"
        and place + 1 < len(text)
        and text[place - 1].stem in ("carri", "find", "work")
    ):
        return ()
    found = _senses(text, place, word)
    if any(axis == "in/out" for axis, _ in found) and _into_outside(text, place):
        return tuple((axis, -sign if axis == "in/out" else sign) for axis, sign in found)
    return found


def _senses(text: Sequence[Word], place: int, word: Word) -> tuple[tuple[str, int], ...]:
    spoken = word.tongue
    senses = _lexicon(spoken).get(word.key, ())
    if not senses or (place and text[place - 1].key in spoken.silenced.get(word.key, ())):
        return ()
    if word.key in spoken.paired and _denies(text, place):  # 'ne … plus' is no more of anything
        return ()
    found = [one for one in senses if one.stands(text, place)]
    phrases = [one for one in found if one.then]
    if not spoken.by_stem and phrases:  # 'más tarde' is later, and no more of anything
        found = phrases
    return tuple((one.axis, one.sign) for one in found)


def _more_or_less(text: Sequence[Word], place: int, word: Word) -> tuple[tuple[str, int], ...]:
    """'less negative' is higher, 'more negative' is lower."""
    following = text[place + 1].stem if place + 1 < len(text) else ""
    sign = word.tongue.comparing[word.raw]
    return ((_SIZE, -sign if following == "negat" else sign),)


def _into_outside(text: Sequence[Word], place: int) -> bool:
    """Whether the next thing named after 'into' or 'leaves' is what lies around the cell."""
    following = [word for word in text[place + 1 : place + 5] if _is_content(word)]
    return bool(following) and following[0].key in _outsides(following[0].tongue)


def _moved(text: Sequence[Word], place: int) -> bool:
    """Whether this 'in' is a direction: something that moves stands shortly before it."""
    near = text[max(0, place - 4) : place]
    ends = place + 1 == len(text) or text[place + 1].clause != text[place].clause
    return ends or any(word.key in _movements(word.tongue) for word in near)


def _up_or_down(text: Sequence[Word], place: int, word: Word) -> tuple[tuple[str, int], ...]:
    following = [other.stem for other in text[place + 1 : place + 6]]
    sign = word.tongue.rising[word.raw]
    if "gradient" in following:
        return (("against/along", sign),)
    went = word.raw != "along" and place > 0 and text[place - 1].key in _movements(word.tongue)
    return ((_SIZE, sign),) if went else ()


@dataclass(frozen=True, slots=True)
class _Sense:
    """A pole that a word may stand for. `then`: only before this word; `near`: right before it."""

    axis: str
    sign: int
    then: str = ""
    near: bool = True

    def stands(self, text: Sequence[Word], place: int) -> bool:
        """Whether the word at this place is followed by what it needs."""
        following = text[place + 1 : place + 2] if self.near else text[place + 1 :]
        return not self.then or any(
            word.key == self.then and (self.near or word.clause == text[place].clause)
            for word in following
        )


@cache
def _lexicon(spoken: Tongue) -> dict[str, tuple[_Sense, ...]]:
    senses: dict[str, list[_Sense]] = defaultdict(list)
    for axis, sides in spoken.axes.items():
        for sign, side in zip((1, -1), sides, strict=True):
            for key in sorted(keys(side, spoken)):
                first, tie, then = _phrase(key)
                senses[first].append(_Sense(axis, sign, then, tie == "_"))
    return {key: tuple(found) for key, found in senses.items()}


@cache
def _ceasing(spoken: Tongue) -> dict[str, str]:
    """Verbs that deny what follows, with the word behind them: 'dejó de llamar'."""
    found = (_phrase(key) for key in keys(spoken.ceasing, spoken))
    return {first: then for first, _, then in found}


def _phrase(key: str) -> tuple[str, str, str]:
    """The first word, what ties it to the second, and the second; '' twice where there is none."""
    first, tie, then = _PHRASE.findall(key)[0]
    return first, tie, then


@cache
def _movements(spoken: Tongue) -> frozenset[str]:
    return keys(spoken.moves, spoken)


@cache
def _outsides(spoken: Tongue) -> frozenset[str]:
    return keys(spoken.outsides, spoken)


def _swapped(claim: Sequence[Word], said: Sequence[Word]) -> bool:
    """'A pumps, B leaks' against 'B pumps, A leaks': words that belong together change partners."""
    mine, theirs = _clause_of(claim), _clause_of(said)
    shared = sorted(mine.keys() & theirs.keys())
    together = [(mine[a] == mine[b], theirs[a] == theirs[b]) for a, b in combinations(shared, 2)]
    parted = together.count((True, False))
    joined = together.count((False, True))
    return min(parted, joined) >= _PARTNERS and parted > together.count((True, True))


def _clause_of(text: Sequence[Word]) -> dict[str, int]:
    """The clause of each noun and verb that stands in one clause only, and is claimed there.

    Left out: what is denied ('channels never use ATP'), and one of several things that belong to
    the same claim: 'the battery and the bulb are …'.
    """
    denied = {word.clause for place, word in enumerate(text) if _denies(text, place)}
    also = {word.clause for word in text if word.plain in _ALSO}
    also |= {clause - 1 for clause in also}
    clauses: dict[str, set[int]] = defaultdict(set)
    held: dict[int, set[str]] = defaultdict(set)
    for word in text:
        if _is_content(word):
            clauses[word.stem].add(word.clause)
            held[word.clause].add(word.stem)
    items = {clause for clause, stems in held.items() if len(stems) == 1 and clause in also}
    found = {stem: next(iter(places)) for stem, places in clauses.items() if len(places) == 1}
    return {stem: clause for stem, clause in found.items() if clause not in denied | items}


def _count_conflict(claim: Sequence[Word], said: Sequence[Word]) -> str:
    """'3 sodium' against '2 sodium': a number said of the same thing differs."""
    one, two = _counts(claim), _counts(said)
    shared = one.keys() & two.keys()
    if claim and not claim[0].tongue.by_stem:  # a noun is left out beside the second: 'y no seis'
        there = {word.stem for word in said}
        shared = {noun for noun in shared if one[noun].isdisjoint(there)}
        if any(one[noun] & two[noun] for noun in one.keys() & two.keys()):
            return ""
    differ = any(one[noun].isdisjoint(two[noun]) for noun in shared)
    return "number" if differ else ""


def _counts(text: Sequence[Word]) -> dict[str, set[str]]:
    counts: dict[str, set[str]] = defaultdict(set)
    for place, word in enumerate(text[:-1]):
        following = text[place + 1]
        if word.stem.isdigit() and following.clause == word.clause and _is_content(following):
            counts[following.stem].add(word.stem)
    return counts
