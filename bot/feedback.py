"""How a marking is told, point by point, and explained.

Everything in the telling comes from the verdict and the mark scheme: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import actions
from bot.marking import CouldNotMark, CriterionMark, PointMark, Script, Sighting, Survey, Verdict
from bot.messages import Choice, Reply, literal
from bot.phrases import NEXT
from bot.questions import (
    after,
    bands,
    best_answer,
    onward,
    reasons,
    reread,
    scheme,
    wanted,
    worth,
)
from knowledge.content import BandScheme, MarkPoint, Part, PointScheme, Question, Subject
from knowledge.lengths import astray, written

_MOST_QUOTED = 160  # characters of a learner's own words beside a mark
_WAYS = 3  # other wordings shown in an explanation


def could_not_mark(script: Script, why: CouldNotMark) -> Reply:
    """No verdict: it costs nothing, the answer is kept, and there is something to do about it."""
    question, part = script.question, script.part
    if why.later:
        retry = Choice("Mark it now", actions.about("retry", question, part))
        text = "I could not mark that just now; it has not cost you any marks. Your answer is kept."
        return Reply(f"{text} {why.reason}".strip(), (retry, NEXT), private=True)
    pieces = (
        f"I cannot put an honest mark on this kind of answer here. {why.reason}".strip(),
        _surveyed(why.survey) if why.survey else "",
        "Your answer is kept, unmarked. Judge it yourself:",
        bands(part.scheme) if why.survey and isinstance(part.scheme, BandScheme) else scheme(part),
        best_answer(part),
    )
    return Reply(
        "\n\n".join(piece for piece in pieces if piece), after(question, part), private=True
    )


def _surveyed(survey: Survey) -> str:
    """What was found in a text that nobody marked: a help to judge it by, and no mark."""
    seen = [_sighted(one) for one in survey.sightings]
    touched = sum(bool(one.quote) for one in survey.sightings)
    head = f"**What I could find in your {survey.words} words** (no mark comes of it)"
    count = f"Of {len(seen)} things a good answer may contain, you seem to touch on {touched}:"
    remarks = "\n".join(f"- {literal(remark)}" for remark in survey.remarks)
    pieces = (head, count if seen else "", "\n".join(seen), remarks)
    return "\n\n".join(piece for piece in pieces if piece)


def _sighted(one: Sighting) -> str:
    if not one.quote:
        return f"- ▫️ not found: {one.text}"
    return f"- 🔎 {one.text} ← *“{own_words(one.quote)}”*"


def told(script: Script, verdict: Verdict, subject: Subject, note_title: str) -> Reply:
    """The verdict, point by point, with what was missed, the command term and what to reread."""
    full = verdict.marks == verdict.out_of
    praise = " · full marks" if full else ""
    head = f"**{verdict.marks}/{verdict.out_of}** · {literal(script.question.title)}{praise}"
    pieces = [head, _judged(script, verdict), _length(script)]
    if verdict.notice:
        pieces.append(f"*{verdict.notice}*")
    if not full:
        pieces += [
            literal(verdict.feedback) if verdict.criteria else "",  # points speak for themselves
            best_answer(script.part),
            _demand(script.part, subject),
            _where(script.question, note_title),
        ]
    return Reply(
        "\n\n".join(piece for piece in pieces if piece), _choices(script, verdict), private=True
    )


def _length(script: Script) -> str:
    """What to say of a text that is well short of its length, or well beyond it."""
    asked, words = script.part.words, written(script.answer)
    how = astray(words, asked) if asked else None
    match how:
        case None:
            return ""
        case "short":
            advice = "what is missing is room for ideas and for language that would earn marks"
        case "long":
            advice = "in an exam it costs time, and the end may not be read"
    return f"📏 *Your text is too {how}: {words} words where {asked} are asked for; {advice}.*"


def _judged(script: Script, verdict: Verdict) -> str:
    if verdict.criteria:
        return "\n\n".join(_criterion(mark) for mark in verdict.criteria)
    if script.part.options:
        return _chosen(script.part, verdict)
    lines = [_point(number, mark) for number, mark in enumerate(verdict.points, start=1)]
    return "\n".join([*lines, *_limits(verdict)])


def _chosen(part: Part, verdict: Verdict) -> str:
    right = next(option for option in part.options if option.letter == part.correct)
    mark = verdict.points[0]
    sign = "✅" if mark.awarded else "❌"
    yours = own_words(mark.quote or verdict.answer)
    head = f"{sign} You answered “{yours}”. The answer is **{right.letter}**: {right.text}"
    return "\n\n".join([head, reasons(part)]).strip()


def _point(number: int, mark: PointMark) -> str:
    said = f" ({literal(mark.comment)})" if mark.comment else ""
    doubt = " 🤔 *An examiner could go either way here.*" if mark.unsure else ""
    what = f"**{number}** {worth(mark.point)}"
    if mark.awarded:
        yours = own_words(mark.quote)
        return f"- ✅ {what} {wanted(mark.point)} ← *“{yours}”*{said}{doubt}"
    return f"- ❌ {what} missing: {wanted(mark.point)}{said}{doubt}"


def own_words(quote: str) -> str:
    """A learner's own words, on one line and not too long, safe to show."""
    words = " ".join(quote.split())
    short = words if len(words) <= _MOST_QUOTED else words[: _MOST_QUOTED - 1].rstrip() + "…"
    return literal(short)


def _limits(verdict: Verdict) -> list[str]:
    """The rules of the scheme that kept marks from adding up."""
    assert isinstance(verdict.scheme, PointScheme)
    earned = sum(mark.point.marks for mark in verdict.points if mark.awarded)
    lines = [f"- *{literal(cap.note)}*" for cap in verdict.scheme.caps if cap.note]
    of = sum(point.marks for point in verdict.scheme.points if point.type != "AG")
    if of > verdict.out_of and not any(point.route for point in verdict.scheme.points):
        lines.append(f"- *Any of these count, up to {verdict.out_of} marks.*")
    return lines if earned > verdict.marks or of > verdict.out_of else []


def _criterion(mark: CriterionMark) -> str:
    band = f"band {mark.band.low}–{mark.band.high}" if mark.band else "below the lowest band"
    head = f"**{mark.criterion.name}: {mark.marks}/{mark.criterion.out_of}** ({band})"
    quotes = "\n".join(f"- *“{own_words(quote)}”*" for quote in mark.quotes)
    return "\n\n".join(piece for piece in (head, literal(mark.reason), quotes) if piece)


def _demand(part: Part, subject: Subject) -> str:
    demand = dict(subject.command_terms).get(part.command_term, "")
    if not demand:
        return ""
    return f"**{part.command_term.capitalize()}** asks you to: {demand[0].lower()}{demand[1:]}"


def _where(question: Question, note_title: str) -> str:
    heading = f", “{literal(question.reread)}”" if question.reread else ""
    return f"📖 Reread: **{literal(note_title)}**{heading}"


def _choices(script: Script, verdict: Verdict) -> tuple[Choice, ...]:
    question, part = script.question, script.part
    if verdict.marks == verdict.out_of:
        return (*onward(question, part), NEXT)
    return (
        *onward(question, part),
        NEXT,
        Choice("Try again", actions.about("again", question, part)),
        Choice("Why?", actions.about("why", question, part)),
        Choice("I disagree", actions.about("appeal", question, part)),
        reread(question),
    )


def explained(script: Script, verdict: Verdict, numbers: Sequence[int]) -> Reply:
    """Why these points (from 1; none: all that were missed) were or were not earned."""
    if verdict.criteria or script.part.options:
        return Reply(_judged(script, verdict), _choices(script, verdict), private=True)
    numbered = list(enumerate(verdict.points, start=1))
    wanted = [pair for pair in numbered if pair[0] in numbers]
    wanted = wanted or [pair for pair in numbered if not pair[1].awarded] or numbered
    text = "\n\n".join(_why(number, mark) for number, mark in wanted)
    return Reply(text, _choices(script, verdict), private=True)


def _why(number: int, mark: PointMark) -> str:
    point = mark.point
    if mark.awarded:
        yours = own_words(mark.quote)
        return f"**Point {number}** was earned by your words *“{yours}”*. It wants: {wanted(point)}"
    found = f"Yours: {literal(mark.comment)}." if mark.comment else "Nothing in yours says this."
    return " ".join([f"**Point {number}** wants: {_stopped(wanted(point))}", found, *_rules(point)])


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _rules(point: MarkPoint) -> list[str]:
    lines: list[str] = []
    if point.accept:
        lines.append(f"It also counts as: {_ways(point.accept)}.")
    if point.needs_all:
        lines.append(f"Every one of these must be said: {_ways(point.needs_all)}.")
    if point.required:
        needed = ", ".join(word.replace("/", " or ") for word in point.required)
        lines.append(f"It needs the word: {needed}.")
    if point.reject:
        lines.append(f"It is lost by saying: {_ways(point.reject)}.")
    return lines


def _ways(wordings: Sequence[str]) -> str:
    return "; ".join(f"“{way}”" for way in wordings[:_WAYS])
