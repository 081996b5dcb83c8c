"""What is said about an appeal: both readings, whether the mark changes, and who looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot import actions
from bot.appeals import Appeal, Decision, Kind, Reading, ids, judged
from bot.feedback import own_words
from bot.marking import AllowanceSpent, CouldNotMark, CriterionMark, PointMark, Script, Verdict
from bot.messages import Choice, Reply, literal
from bot.phrases import NEXT
from bot.questions import after, wanted
from knowledge.content import Question

_MOST_BUTTONS = 12
_WHO: dict[Kind, str] = {
    "model": "a language model, which saw your answer and not what you say about it",
    "trained": "the marker that needs no network",
    "clauses": "the same marker, one clause of your answer at a time",
}
_TEACHER = (
    "A teacher can look at it, too: it is in the queue, and I tell you here if somebody decides."
)


@dataclass(frozen=True, slots=True)
class TooMany:
    """A limit that further appeals would pass: how many it allows, and how many are left."""

    limit: Literal["a day", "waiting"]
    most: int
    left: int


def which(script: Script, verdict: Verdict, open: Sequence[str]) -> Reply:
    """Several points may be meant, or none is left."""
    if not open:
        return Reply(
            "There is no point here that could be marked again.", _onward(script), private=True
        )
    label = _noun(verdict).capitalize()
    numbers = [ids(verdict).index(id) + 1 for id in open][:_MOST_BUTTONS]
    picks = [Choice(f"{label} {number}", _again(script, str(number))) for number in numbers]
    every = Choice("All of these", _again(script, "all"))
    text = (
        f"Which {_noun(verdict)} do you disagree with? Press one, or write for example "
        f"*{_noun(verdict)} {numbers[0]}:* and, between quotation marks, the words of your answer "
        "that earn it. Only words that you wrote then count."
    )
    return Reply(text, (*picks, every), private=True)


def not_open(script: Script, verdict: Verdict, numbers: Sequence[int]) -> Reply:
    """The points that were named are not there, or were awarded."""
    known = ids(verdict)
    noun = _noun(verdict)
    missing = [number for number in numbers if not 0 < number <= len(known)]
    if missing:
        there = f"{noun} 1" if len(known) == 1 else f"{noun}s 1 to {len(known)}"
        return Reply(
            f"There is no {noun} {missing[0]} here, only {there}.", _onward(script), private=True
        )
    which = " and ".join(str(number) for number in numbers)
    one = len(numbers) == 1
    return Reply(
        f"You have {noun}{'' if one else 's'} {which} already. If you think that you did not earn "
        f"{'it' if one else 'them'}, say so, and I have {'it' if one else 'them'} read again.",
        _onward(script),
        private=True,
    )


def not_written(script: Script, words: str) -> Reply:
    """Words were named that do not stand in the answer as the learner's own."""
    return Reply(
        f"I do not find “{own_words(words)}” in your answer as words of your own. Only what you "
        "wrote then counts: new words cannot earn a mark of an old answer, and the question's own "
        "words earn none. Quote your answer exactly, or try again with a better one.",
        _onward(script),
        private=True,
    )


def not_now(script: Script, verdict: Verdict, points: Sequence[str], why: CouldNotMark) -> Reply:
    """The second examiner could not be asked. The appeal is not used up."""
    number = str(ids(verdict).index(points[0]) + 1) if len(points) == 1 else ""
    spent = isinstance(why, AllowanceSpent)
    what = why.reason if spent else "The second examiner cannot be reached just now."
    when = "then" if spent else "in a little while"
    return Reply(
        f"{what} Your appeal is not used up and your mark stays as it is; try again {when}.",
        (Choice("Read it again now", _again(script, number)), *_onward(script)),
        private=True,
    )


def too_many(script: Script, why: TooMany) -> Reply:
    """A limit is reached; nothing is lost by waiting."""
    left = f" You have {why.left} left." if why.left > 0 else ""
    if why.limit == "a day":
        text = (
            f"I can have {why.most} points a day read again for each learner, so that teachers can "
            f"keep up.{left} Please come back to it tomorrow: your answer and its marking are kept."
        )
    else:
        text = (
            f"{why.most} points of yours can wait for a teacher at a time.{left} Once some are "
            "decided, you can appeal more."
        )
    return Reply(text, _onward(script), private=True)


def told(script: Script, before: Verdict, after: Verdict, appeals: Sequence[Appeal]) -> Reply:
    """Both readings of each point, and what became of the marks."""
    pieces = [_readings(appeal, after) for appeal in appeals]
    return Reply(
        "\n\n".join([*pieces, _outcome(before, after), _TEACHER]), _onward(script), private=True
    )


def known(script: Script, now: Verdict, appeals: Sequence[Appeal]) -> Reply:
    """These points were appealed before: what came of it then stands."""
    pieces = [_readings(appeal, now) for appeal in appeals]
    waiting = any(appeal.decision is None for appeal in appeals)
    opening = "That was read again before; a point of an answer can be appealed once."
    marks = f"Your mark is **{now.marks}/{now.out_of}**."
    last = "It is in the queue of a teacher, and I tell you here if one decides." if waiting else ""
    return Reply(
        " ".join(["\n\n".join([opening, *pieces, marks]), last]).strip(),
        _onward(script),
        private=True,
    )


def decided(
    question: Question | None, appeal: Appeal, decision: Decision, before: Verdict, after: Verdict
) -> Reply:
    """A teacher decided: told once. `question` is None where it is gone from the library."""
    part = f" ({appeal.first.part})" if appeal.first.part else ""
    title = f"**{literal(question.title)}{part}**" if question else "an earlier question"
    head = f"A teacher looked at your appeal on {title}."
    yours = f"You answered: *“{own_words(appeal.first.answer)}”*"
    says = f"{_named(appeal)}: **{_decision(decision)}**."
    note = f"They say: “{literal(decision.note)}”" if decision.note else ""
    text = "\n\n".join(
        piece for piece in (head, yours, says, note, _outcome(before, after)) if piece
    )
    if question is None:
        return Reply(text, (NEXT,), private=True)
    part_asked = question.part(appeal.first.part)
    return Reply(
        text,
        (Choice("Try again", actions.about("again", question, part_asked)), NEXT),
        private=True,
    )


def plainly(mark: PointMark | CriterionMark) -> str:
    """A reading as plain text, for a teacher."""
    if isinstance(mark, CriterionMark):
        return f"{mark.marks}/{mark.criterion.out_of}: {mark.reason}"
    doubt = ", could go either way" if mark.unsure else ""
    said = f" ({mark.comment})" if mark.comment else ""
    quote = f" by “{' '.join(mark.quote.split())}”" if mark.awarded else ""
    return f"{'earned' if mark.awarded else 'not earned'}{quote}{said}{doubt}"


def _decision(decision: Decision) -> str:
    if decision.marks is not None:
        return f"{decision.marks} mark{'' if decision.marks == 1 else 's'}"
    return "awarded" if decision.awarded else "not awarded"


def _readings(appeal: Appeal, now: Verdict) -> str:
    first = judged(appeal.first, appeal.point)
    lines = [
        _named(appeal),
        "",
        f"- First reading: {_read(first)}",
        f"- {_second(appeal, appeal.second)}",
    ]
    if (decision := appeal.decision) is not None:
        lines.append(f"- A teacher: {_decision(decision)}")
    elif why := _held_back(appeal, now):
        lines.append(f"- {why}")
    return "\n".join(lines)


def _named(appeal: Appeal) -> str:
    first = judged(appeal.first, appeal.point)
    if isinstance(first, CriterionMark):
        return f"**Criterion {appeal.number}**: {literal(first.criterion.name)}"
    return f"**Point {appeal.number}**: {wanted(first.point)}".rstrip(": ")


def _read(mark: PointMark | CriterionMark) -> str:
    if isinstance(mark, CriterionMark):
        return f"{mark.marks}/{mark.criterion.out_of}. {literal(mark.reason)}"
    doubt = ", though it could go either way" if mark.unsure else ""
    if mark.awarded:
        return f"earned by your words *“{own_words(mark.quote)}”*{doubt}"
    said = f" ({literal(mark.comment)})" if mark.comment else ""
    return f"not earned{said}{doubt}"


def _second(appeal: Appeal, reading: Reading | None) -> str:
    mark = reading.mark(appeal.point) if reading else None
    if reading is None or mark is None:
        return f"Second reading: none. {_nobody(appeal)}"
    return f"Second reading, by {_WHO[reading.kind]}: {_read(mark)}"


def _nobody(appeal: Appeal) -> str:
    if isinstance(judged(appeal.first, appeal.point), CriterionMark):
        return "Nobody else here can judge a whole text, so a teacher has to."
    return (
        "This was marked by rule or calculation, or is too long for another examiner: only a "
        "teacher can judge it differently."
    )


def _held_back(appeal: Appeal, now: Verdict) -> str:
    """Why a second reading that differs changes nothing; '' where it does not, or did."""
    first, after = judged(appeal.first, appeal.point), judged(now, appeal.point)
    mark = appeal.second.mark(appeal.point) if appeal.second else None
    if mark is None or not isinstance(after, PointMark) or not isinstance(first, PointMark):
        return ""
    if mark.awarded in (first.awarded, after.awarded):
        return ""
    if mark.unsure:
        return "A reading that could go either way changes no mark."
    if not mark.awarded:
        return "It stays: another point that you earned says it, too."
    if needs := mark.point.depends_on:
        return f"It counts only with point {ids(now).index(needs) + 1}, which is not earned."
    return "It does not come in the order that the mark scheme asks for."


def _outcome(before: Verdict, after: Verdict) -> str:
    now = f"**{after.marks}/{after.out_of}**"
    if after.marks != before.marks:
        return f"Your mark changes from {before.marks}/{before.out_of} to {now}."
    return f"Your mark stays {now}."


def _noun(verdict: Verdict) -> str:
    return "criterion" if verdict.criteria else "point"


def _again(script: Script, number: str) -> str:
    return actions.about(f"appeal{number}", script.question, script.part)


def _onward(script: Script) -> tuple[Choice, ...]:
    return after(script.question, script.part)
