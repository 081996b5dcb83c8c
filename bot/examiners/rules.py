"""What speaks against a point.

No likelihood outweighs a rejected wording, a missing word, an answer that is a bare list, or a
wrong direction. A sentence that is a list, or may turn the claim, is weighed with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.examiners import direction, suspicion, wording
from bot.examiners.layout import Layout, Sought, Wording
from bot.examiners.wording import Window

_LISTED = "a list of words makes no claim: say what does what"
_BESIDE = 3  # content words beside a figure that may be left unsaid
_HALF = 0.5  # of the right wording's content: then it was said in the same breath
_SAID = 0.8  # of a rejected wording's content: then it was said


def refusal(layout: Layout, sought: Sought, window: Window) -> str:
    """Why the point is not earned, whatever its likelihood, in a few words; '' if it may be.

    `window` is where the point was found.
    """
    if missing := lacks(layout, sought):
        return f"the mark needs the word {missing}"
    if says_what_is_rejected(layout, sought):
        return "what you wrote is ruled out by the mark scheme"
    if _wants_claim(layout, sought, window) and suspicion.is_list(layout.words, layout.answer):
        return _LISTED
    if axis := turned(sought, window):
        return f"this goes the other way round ({axis})"
    return ""


def caution(layout: Layout, sought: Sought, window: Window) -> str:
    """What else speaks against the point, in a few words; '' if nothing does."""
    if listed(layout, sought, window):
        return _LISTED
    return doubt(layout, sought, window)


def listed(layout: Layout, sought: Sought, window: Window) -> bool:
    """Whether the sentence in which the window begins only strings words together."""
    return _wants_claim(layout, sought, window) and _is_list(layout, window)


def _wants_claim(layout: Layout, sought: Sought, window: Window) -> bool:
    """Whether a bare word, or a figure that is there, cannot be all that is wanted."""
    claim = sought.earning[0].words
    term = suspicion.asks_for_a_term(layout.command_term, claim)
    return not term and not _gives_figure(claim, window)


def doubt(layout: Layout, sought: Sought, window: Window) -> str:
    """Why the point is unlikely to be earned; '' if nothing says so.

    The sentence around the window may turn what the window alone seems to say.
    """
    axis = turned(sought, _sentence(layout, window))
    return f"check which way round it is ({axis})" if axis else ""


def _sentence(layout: Layout, window: Window) -> Window:
    """The sentence around a window that lies within one: a claim is not told by half of it."""
    around = [
        one
        for one in layout.windows
        if one.single and window.single and one.start <= window.start and window.end <= one.end
    ]
    return max(around, key=lambda one: one.end - one.start, default=window)


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
    said = wording.content(window.words)
    shares = [round(wording.share(way.content, said), 2) for way in sought.earning]
    pairs = zip(sought.earning, shares, strict=True)
    likest = [way for way, share in pairs if share == max(shares)]
    axes = [direction.conflict(way.words, window.words) for way in likest]
    axis = next((axis for axis in axes if axis), "")
    agree = any(
        not found and direction.speaks_of(axis, way.words)
        for way, found in zip(likest, axes, strict=True)
    )
    return "" if agree else axis


def lacks(layout: Layout, sought: Sought) -> str:
    """A required word, with its alternatives, of which none stands in the answer."""
    for entry in sought.point.required:
        if not any(_stands(way, layout.content, layout.words) for way in entry.split("/")):
            return " or ".join(f"'{way.strip()}'" for way in entry.split("/"))
    return ""


def _stands(way: str, content: frozenset[str], words: Iterable[wording.Word]) -> bool:
    wanted = wording.words(way)
    meaning = wording.content(wanted)
    if meaning:
        return len(wording.covered(meaning, content)) == len(meaning)
    raw = {word.raw for word in words}
    return bool(wanted) and all(word.raw in raw for word in wanted)


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


def _says_most(window: Window, way: Wording) -> bool:
    """Whether the right thing is said in the same breath."""
    return wording.share(way.content, wording.content(window.words)) >= _HALF


def _clauses(words: Iterable[wording.Word]) -> int:
    """How many clauses there are: what is rejected is said in no more of them than it has."""
    return len({word.clause for word in words})


def _says(window: Window, way: Wording) -> bool:
    said = wording.content(window.words)
    if not way.content or wording.share(way.content, said) < _SAID:
        return False
    if not _figures(way.words) <= _figures(window.words):  # line 3 is not line 2
        return False
    return not direction.conflict(way.words, window.words) and not direction.negated(
        way.words, window.words
    )
