"""What speaks against a point.

No likelihood outweighs a rejected wording, a missing word, an answer that is a bare list, or a
wrong direction. A sentence that is a list, or may turn the claim, is weighed with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import speech
from bot.examiners import direction, suspicion, wording
from bot.examiners.layout import Layout, Sought, Wording
from bot.examiners.wording import Window
from bot.speech import later, say
from knowledge.words import unaccented

_LISTED = later("a list of words makes no claim: say what does what")
_BESIDE = 3  # content words beside a figure that may be left unsaid
_HALF = 0.5  # of the right wording's content: then it was said in the same breath
_LIKE = 0.3  # of a wording's content: then it is what the window is about
_SAID = 0.8  # of a rejected wording's content: then it was said
_IN_FORM = 2  # words of a rejected wording that must be there as they are written


def refusal(layout: Layout, sought: Sought, window: Window) -> str:
    """Why the point is not earned, whatever its likelihood, in a few words; '' if it may be.

    `window` is where the point was found.
    """
    if layout.foreign:
        return layout.foreign
    if missing := lacks(layout, sought):
        return say("the mark needs the word {missing}", missing=missing)
    if says_what_is_rejected(layout, sought):
        return say("what you wrote is ruled out by the mark scheme")
    if _wants_claim(layout, sought, window) and suspicion.is_list(layout.words, layout.answer):
        return say(_LISTED)
    if layout.spoken.strict and direction.opposite_verdict(sought.earning[0].words, layout.words):
        return say("this goes the other way round (true/false)")
    stretch = _sentence(layout, window) if layout.spoken.strict else _compared(layout, window)
    if axis := turned(sought, window) or turned(sought, stretch):
        return _on(say("this goes the other way round"), axis)
    return ""


def caution(layout: Layout, sought: Sought, window: Window) -> str:
    """What else speaks against the point, in a few words; '' if nothing does."""
    if listed(layout, sought, window):
        return say(_LISTED)
    return doubt(layout, sought, window)


def listed(layout: Layout, sought: Sought, window: Window) -> bool:
    """Whether the sentence in which the window begins only strings words together."""
    return _wants_claim(layout, sought, window) and _is_list(layout, window)


def _wants_claim(layout: Layout, sought: Sought, window: Window) -> bool:
    """Whether a bare word, or a figure that is there, cannot be all that is wanted."""
    ways = [way.words for way in sought.earning]
    term = suspicion.asks_for_a_term(layout.command_term, ways)
    return not term and not _gives_figure(ways[0], window)


def doubt(layout: Layout, sought: Sought, window: Window) -> str:
    """Why the point is unlikely to be earned; '' if nothing says so.

    The sentence around the window may turn what the window alone seems to say.
    """
    axis = turned(sought, _sentence(layout, window))
    return _on(say("check which way round it is"), axis) if axis else ""


def _on(told: str, axis: str) -> str:
    """With the axis, whose name is English, where English is spoken."""
    return f"{told} ({axis})" if speech.spoken() == "en" else told


def _sentence(layout: Layout, window: Window) -> Window:
    """The sentence around a window that lies within one: a claim is not told by half of it."""
    around = [
        one
        for one in layout.windows
        if one.single and window.single and one.start <= window.start and window.end <= one.end
    ]
    return max(around, key=lambda one: one.end - one.start, default=window)


def _compared(layout: Layout, window: Window) -> Window:
    """The window, with what it is compared with where that comes right behind: 'than iodine'."""
    size = len(window.words)
    longer = [
        one
        for one in layout.windows
        if one.single
        and one.start == window.start
        and len(one.words) > size
        and one.words[size].plain == layout.spoken.than
    ]
    return min(longer, key=lambda one: one.end, default=window)


def _gives_figure(claim: Sequence[wording.Word], window: Window) -> bool:
    """Whether the point is little but a figure, and the window has it: a claim by itself."""
    figures = _figures(claim)
    few = len(wording.content(claim)) - len(figures) <= _BESIDE
    return few and bool(figures) and figures <= {word.raw for word in window.words}


def _figures(words: Iterable[wording.Word]) -> set[str]:
    return {word.raw for word in words if word.raw.lstrip("+-")[:1].isdigit()}


def _is_list(layout: Layout, window: Window) -> bool:
    for start, end in layout.pieces:
        for one, two in wording.sentences(layout.answer, start, end):
            if one <= window.start < two:
                inside = [word for word in layout.words if one <= word.start < two]
                return suspicion.is_list(inside, layout.answer)
    return False


def turned(sought: Sought, window: Window) -> str:
    """The axis on which a window contradicts the wordings it is most like in words; '' if none.

    A wording that says nothing on that axis has no say.
    """
    if window.words and window.words[0].tongue.strict:
        return _turned_from_its_text(sought, window)
    said = wording.content(window.words)
    shares = [round(wording.share(way.content, said), 2) for way in sought.earning]
    pairs = zip(sought.earning, shares, strict=True)
    likest = [way for way, share in pairs if share == max(shares)]
    axes = [direction.conflict(way.words, window.words) for way in likest]
    axis = next((axis for axis in axes if axis), "")
    return "" if _agrees(axis, likest, axes) else axis


def _turned_from_its_text(sought: Sought, window: Window) -> str:
    """The axis on which a window contradicts both the point and the wording it is most like.

    A thing may be told from either side, so any wording that agrees is enough; and a wording that
    is one example of many says nothing of which way round the point is.
    """
    said = wording.content(window.words)
    shares = [_likeness(way, window, said) for way in sought.earning]
    pairs = zip(sought.earning, shares, strict=True)
    like = [(way, share) for way, share in pairs if share >= _LIKE]
    axes = [direction.conflict(way.words, window.words) for way, _ in like]
    likest = [axis for (_, share), axis in zip(like, axes, strict=True) if share == max(shares)]
    axis = next((axis for axis in likest if axis), "")
    if not like or not _is_at_stake(axis, sought.earning[0], window):
        return ""
    return "" if _agrees(axis, [way for way, _ in like], axes) else axis


def _likeness(way: Wording, window: Window, said: frozenset[str]) -> float:
    """How much is said of what a wording says beside its directions, from 0 to 1."""
    beside = way.content - direction.turning(way.words)
    if beside:
        return wording.share(beside, said)
    return 0.0 if said - direction.turning(window.words) else 1.0  # 'más tarde', 'más temprano'


def _is_at_stake(axis: str, text: Wording, window: Window) -> bool:
    """Whether the point itself says something on the axis, or is contradicted in the same way."""
    found = direction.speaks_of(axis, text.words)
    return found or direction.conflict(text.words, window.words) == axis


def _agrees(axis: str, ways: Sequence[Wording], axes: Sequence[str]) -> bool:
    """Whether one of the wordings speaks of the axis and is not contradicted."""
    return any(
        not found and direction.speaks_of(axis, way.words)
        for way, found in zip(ways, axes, strict=True)
    )


def lacks(layout: Layout, sought: Sought) -> str:
    """A required word, with its alternatives, of which none stands in the answer."""
    for entry in sought.point.required:
        if not any(_stands(way, layout) for way in entry.split("/")):
            ways = {unaccented(way.strip()): way.strip() for way in reversed(entry.split("/"))}
            return speech.listed([f"'{way}'" for way in reversed(ways.values())], either=True)
    return ""


def _stands(way: str, layout: Layout) -> bool:
    wanted = wording.words(way, spoken=layout.spoken)
    meaning = wording.content(wanted)
    if meaning and not layout.spoken.strict:
        return len(wording.covered(meaning, layout.content)) == len(meaning)
    if layout.spoken.strict:
        return bool(wanted) and _forms(wanted) <= _forms(layout.words)
    raw = {word.raw for word in layout.words}
    return bool(wanted) and all(word.raw in raw for word in wanted)


def _forms(words: Iterable[wording.Word]) -> frozenset[str]:
    """The words as they are written, singular and plural alike."""
    return frozenset(word.plain.removesuffix("s") for word in words)


def says_what_is_rejected(layout: Layout, sought: Sought) -> bool:
    """Whether a rejected wording was said: by its own words, or by turning the right one round."""
    right = frozenset(stem for way in sought.earning for stem in way.content)
    return any(
        window.single
        and _says(window, losing)
        and (
            _clauses(window.words) <= _clauses(losing.words)
            or not any(_says_most(window, way) for way in sought.earning)
        )
        and (bool(losing.content - right) or bool(turned(sought, window)))
        for losing in sought.losing
        for window in layout.windows
    )


def _holds(window: Window, way: Wording) -> bool:
    """Whether so many of a rejected wording's words are there that it was said."""
    if way.words[0].tongue.strict and len(way.content) <= _IN_FORM:
        wanted = frozenset(word for word in way.words if wording.means(word))
        return _forms(wanted) <= _forms(window.words)
    least = 1.0 if way.words[0].tongue.strict else _SAID
    return wording.share(way.content, wording.content(window.words)) >= least


def _says_most(window: Window, way: Wording) -> bool:
    """Whether the right thing is said in the same breath."""
    return wording.share(way.content, wording.content(window.words)) >= _HALF


def _clauses(words: Iterable[wording.Word]) -> int:
    """How many clauses there are: what is rejected is said in no more of them than it has."""
    return len({word.clause for word in words})


def _says(window: Window, way: Wording) -> bool:
    if not way.content or not _holds(window, way):
        return False
    if not _figures(way.words) <= _figures(window.words):  # line 3 is not line 2
        return False
    if way.words[0].tongue.strict and direction.kept(way.words, window.words) < 1:
        return False
    return not direction.conflict(way.words, window.words) and not direction.negated(
        way.words, window.words
    )
