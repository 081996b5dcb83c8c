"""How a marking is told, point by point, and explained.

Everything in the telling comes from the verdict and the mark scheme: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import actions
from bot.marking import CouldNotMark, CriterionMark, PointMark, Script, Sighting, Survey, Verdict
from bot.messages import Choice, Reply, literal
from bot.phrases import next_question
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
from bot.speech import later, listed, say
from knowledge.content import BandScheme, MarkPoint, Part, PointScheme, Question, Subject
from knowledge.lengths import astray, written

_MOST_QUOTED = 160  # characters of a learner's own words beside a mark
_WAYS = 3  # other wordings shown in an explanation


def could_not_mark(script: Script, why: CouldNotMark) -> Reply:
    """No verdict: it costs nothing, the answer is kept, and there is something to do about it."""
    question, part = script.question, script.part
    if why.later:
        retry = Choice(say("Mark it now"), actions.about("retry", question, part))
        text = say(
            "I could not mark that just now; it has not cost you any marks. Your answer is kept."
        )
        return Reply(f"{text} {why.reason}".strip(), (retry, next_question()), private=True)
    pieces = (
        say(
            "I cannot put an honest mark on this kind of answer here. {why}", why=why.reason
        ).strip(),
        _surveyed(why.survey) if why.survey else "",
        say("Your answer is kept, unmarked. Judge it yourself:"),
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
    head = say(
        "**What I could find in your {words} words** (no mark comes of it)", words=survey.words
    )
    count = say(
        "Of {seen} things a good answer may contain, you seem to touch on {touched}:",
        seen=len(seen),
        touched=touched,
    )
    remarks = "\n".join(f"- {literal(remark)}" for remark in survey.remarks)
    pieces = (head, count if seen else "", "\n".join(seen), remarks)
    return "\n\n".join(piece for piece in pieces if piece)


def _sighted(one: Sighting) -> str:
    if not one.quote:
        return say("- ▫️ not found: {text}", text=one.text)
    return f"- 🔎 {one.text} ← *“{own_words(one.quote)}”*"


def told(script: Script, verdict: Verdict, subject: Subject, note_title: str) -> Reply:
    """The verdict, point by point, with what was missed, the command term and what to reread."""
    full = verdict.marks == verdict.out_of
    praise = say(" · full marks") if full else ""
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
    text = "\n\n".join(piece for piece in pieces if piece)
    return Reply(text, _choices(script, verdict), private=True, praise=full)


def _length(script: Script) -> str:
    """What to say of a text that is well short of its length, or well beyond it."""
    asked, words = script.part.words, written(script.answer)
    how = astray(words, asked) if asked else None
    match how:
        case None:
            return ""
        case "short":
            told = later(
                "📏 *Your text is too short: {words} words where {asked} are asked for; what is "
                "missing is room for ideas and for language that would earn marks.*"
            )
        case "long":
            told = later(
                "📏 *Your text is too long: {words} words where {asked} are asked for; in an exam "
                "it costs time, and the end may not be read.*"
            )
    return say(told, words=words, asked=asked)


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
    head = say(
        "{sign} You answered “{yours}”. The answer is **{letter}**: {text}",
        sign=sign,
        yours=yours,
        letter=right.letter,
        text=right.text,
    )
    return "\n\n".join([head, reasons(part)]).strip()


def _point(number: int, mark: PointMark) -> str:
    said = f" ({literal(mark.comment)})" if mark.comment else ""
    doubt = say(" 🤔 *An examiner could go either way here.*") if mark.unsure else ""
    what = f"**{number}** {worth(mark.point)}"
    if mark.awarded:
        yours = own_words(mark.quote)
        return f"- ✅ {what} {wanted(mark.point)} ← *“{yours}”*{said}{doubt}"
    return say(
        "- ❌ {what} missing: {wanted}{said}{doubt}",
        what=what,
        wanted=wanted(mark.point),
        said=said,
        doubt=doubt,
    )


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
        lines.append(say("- *Any of these count, up to {out_of} marks.*", out_of=verdict.out_of))
    return lines if earned > verdict.marks or of > verdict.out_of else []


def _criterion(mark: CriterionMark) -> str:
    band = (
        say("band {low}–{high}", low=mark.band.low, high=mark.band.high)
        if mark.band
        else say("below the lowest band")
    )
    head = f"**{mark.criterion.name}: {mark.marks}/{mark.criterion.out_of}** ({band})"
    quotes = "\n".join(f"- *“{own_words(quote)}”*" for quote in mark.quotes)
    return "\n\n".join(piece for piece in (head, literal(mark.reason), quotes) if piece)


def _demand(part: Part, subject: Subject) -> str:
    demand = dict(subject.command_terms).get(part.command_term, "")
    if not demand:
        return ""
    return say(
        "**{term}** asks you to: {demand}",
        term=part.command_term.capitalize(),
        demand=f"{demand[0].lower()}{demand[1:]}",
    )


def _where(question: Question, note_title: str) -> str:
    heading = f", “{literal(question.reread)}”" if question.reread else ""
    return say(
        "📖 Reread: **{note_title}**{heading}", note_title=literal(note_title), heading=heading
    )


def _choices(script: Script, verdict: Verdict) -> tuple[Choice, ...]:
    question, part = script.question, script.part
    if verdict.marks == verdict.out_of:
        return (*onward(question, part), next_question())
    return (
        *onward(question, part),
        next_question(),
        Choice(say("Try again"), actions.about("again", question, part)),
        Choice(say("Why?"), actions.about("why", question, part)),
        Choice(say("I disagree"), actions.about("appeal", question, part)),
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
        return say(
            "**Point {number}** was earned by your words *“{yours}”*. It wants: {wanted}",
            number=number,
            yours=yours,
            wanted=wanted(point),
        )
    found = (
        say("Yours: {comment}.", comment=literal(mark.comment))
        if mark.comment
        else say("Nothing in yours says this.")
    )
    return " ".join(
        [
            say(
                "**Point {number}** wants: {stopped}",
                number=number,
                stopped=_stopped(wanted(point)),
            ),
            found,
            *_rules(point),
        ]
    )


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _rules(point: MarkPoint) -> list[str]:
    lines: list[str] = []
    if point.accept:
        lines.append(say("It also counts as: {ways}.", ways=_ways(point.accept)))
    if point.needs_all:
        lines.append(say("Every one of these must be said: {ways}.", ways=_ways(point.needs_all)))
    if point.required:
        needed = ", ".join(listed(word.split("/"), either=True) for word in point.required)
        lines.append(say("It needs the word: {needed}.", needed=needed))
    if point.reject:
        lines.append(say("It is lost by saying: {ways}.", ways=_ways(point.reject)))
    return lines


def _ways(wordings: Sequence[str]) -> str:
    return "; ".join(f"“{way}”" for way in wordings[:_WAYS])
