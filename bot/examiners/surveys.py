"""What can honestly be said of a long text without a judge: what it touches on, and its form.

No mark comes of it. A list of things that a good text may contain is no list of points to add up.
"""

from __future__ import annotations

import re

from bot.examiners import rules, suspicion
from bot.examiners.layout import Layout, laid_out
from bot.examiners.scorer import Regression
from bot.marking import Script, Sighting, Survey
from bot.speech import later, say
from knowledge.content import BandScheme, Length, MarkPoint
from knowledge.lengths import astray, written

_CLAIM = re.compile(r"[;.:]\s+")
_FEWEST = 4  # words of a claim that can be looked for by itself
_SEEN = 0.5
_RANGE = re.compile(
    r"\b(\d{2,4})\s*(?:–|-|to|a|à|bis)\s*(\d{2,4})\s*(?:words|palabras|mots|wörter)", re.I
)
_ARGUING = frozenset({"discuss", "evaluate", "examine", "justify", "to what extent", "recommend"})
_TURNS = re.compile(
    r"\b(?:however|on the other hand|although|though|whereas|but|despite|yet|nevertheless"
    r"|sin embargo|no obstante|aunque|pero|cependant|pourtant|mais|bien que|jedoch|aber|obwohl"
    r"|dennoch)\b",
    re.I,
)
_ENDS = re.compile(
    r"\b(?:in conclusion|to conclude|overall|on balance|therefore|in sum|to sum up|altogether|so i"
    r"|en conclusi[oó]n|en resumen|por lo tanto|pour conclure|en somme|donc|insgesamt"
    r"|abschlie(?:ß|ss)end|zusammenfassend|daher)\b",
    re.I,
)
_INSTANCES = re.compile(
    r"\b(?:for example|for instance|such as|e\.g\.|por ejemplo|par exemple|zum beispiel|z\. ?b\.)"
    r"|(?<=[a-z,] )[A-ZÀ-Ý][\w’'-]{2,}|\b\d{4}\b|\d ?%",
)
_LAST = 0.25  # of a text: where its conclusion stands


def survey(script: Script, scheme: BandScheme, scorer: Regression) -> Survey:
    """Where the text touches on what the scheme lists, and what its form lacks."""
    points = tuple(_point(at, line) for at, line in enumerate(scheme.content))
    layout = laid_out(script, points)
    likelihoods = scorer.likelihoods(layout) if points else ()
    sightings = []
    for sought, found in zip(layout.sought, likelihoods, strict=True):
        window = found.window if found.probability >= _SEEN else None
        if window is not None and (
            rules.refusal(layout, sought, window) or rules.caution(layout, sought, window)
        ):
            window = None
        quote = layout.answer[window.start : window.end] if window else ""
        sightings.append(Sighting(sought.point.text, quote))
    text = "\n\n".join(layout.answer[start:end] for start, end in layout.pieces)
    return Survey(written(text), tuple(sightings), tuple(_remarks(script, text, layout)))


def _point(at: int, line: str) -> MarkPoint:
    """A line of the scheme, with each of its claims as a way to touch on it."""
    claims = [claim.strip(" .") for claim in _CLAIM.split(line)]
    ways = tuple(claim for claim in claims if len(claim.split()) >= _FEWEST and claim != line)
    return MarkPoint(f"c{at + 1}", line, accept=ways)


def _remarks(script: Script, text: str, layout: Layout) -> list[str]:
    """What the form lacks, each in a sentence that says what to do."""
    found = [_length(script, written(text))]
    if suspicion.is_list(layout.words, layout.answer):
        found.append(
            say("This is a list of words: write sentences that say what does what, and why.")
        )
        return [remark for remark in found if remark]
    if script.part.command_term.lower() in _ARGUING:
        if not _TURNS.search(text):
            found.append(say("No other side could be made out: say what speaks against your view."))
        if not _ENDS.search(text[-max(200, int(len(text) * _LAST)) :]):
            found.append(
                say("No conclusion could be made out: end with a verdict on what is asked.")
            )
    if script.part.kind != "writing" and not _INSTANCES.search(text):
        found.append(say("No named example could be made out: give a place, a case or a figure."))
    return [remark for remark in found if remark]


def _length(script: Script, words: int) -> str:
    """A remark on the length, where the question says how long a text should be."""
    asked = script.part.words or _asked(f"{script.question.stem}\n{script.part.stem}")
    how = astray(words, asked) if asked else None
    match how:
        case None:
            return ""
        case "short":
            told = later("The text is too short: {words} words, and {asked} are asked for.")
        case "long":
            told = later("The text is too long: {words} words, and {asked} are asked for.")
    return say(told, words=words, asked=asked)


def _asked(task: str) -> Length | None:
    """The length that the words of a task ask for; None if they do not say."""
    asked = _RANGE.search(task)
    return Length(int(asked[1]), int(asked[2])) if asked else None
