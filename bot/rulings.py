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
from bot.phrases import next_question
from bot.questions import after, wanted
from bot.speech import later, listed, say, say_many
from knowledge.content import Question

_MOST_BUTTONS = 12
_WHO: dict[Kind, str] = {
    "model": later("a language model, which saw your answer and not what you say about it"),
    "trained": later("the marker that needs no network"),
    "clauses": later("the same marker, one clause of your answer at a time"),
}
_TEACHER = later(
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
            say("There is no point here that could be marked again."), _onward(script), private=True
        )
    numbers = [ids(verdict).index(id) + 1 for id in open][:_MOST_BUTTONS]
    picks = [
        Choice(_headed(_called(verdict, number)), _again(script, str(number))) for number in numbers
    ]
    every = Choice(say("All of these"), _again(script, "all"))
    text = say(
        "Which do you disagree with? Press one, or write for example *{first}:* and, between "
        "quotation marks, the words of your answer that earn it. Only words that you wrote then "
        "count.",
        first=_called(verdict, numbers[0]),
    )
    return Reply(text, (*picks, every), private=True)


def not_open(script: Script, verdict: Verdict, numbers: Sequence[int]) -> Reply:
    """The points that were named are not there, or were awarded."""
    known = ids(verdict)
    missing = [number for number in numbers if not 0 < number <= len(known)]
    if missing:
        there = _called(verdict, 1)
        if len(known) > 1:
            last = len(known)
            there = (
                say("criteria 1 to {last}", last=last)
                if verdict.criteria
                else say("points 1 to {last}", last=last)
            )
        return Reply(
            say(
                "There is no {missing} here, only {there}.",
                missing=_called(verdict, missing[0]),
                there=there,
            ),
            _onward(script),
            private=True,
        )
    return Reply(
        say_many(
            "You have {which} already. If you think that you did not earn it, say so, and I have "
            "it read again.",
            "You have {which} already. If you think that you did not earn them, say so, and I have "
            "them read again.",
            len(numbers),
            which=listed([_called(verdict, number) for number in numbers]),
        ),
        _onward(script),
        private=True,
    )


def not_written(script: Script, words: str) -> Reply:
    """Words were named that do not stand in the answer as the learner's own."""
    return Reply(
        say(
            "I do not find “{own_words}” in your answer as words of your own. Only what "
            "you wrote then counts: new words cannot earn a mark of an old answer, and "
            "the question's own words earn none. Quote your answer exactly, or try again "
            "with a better one.",
            own_words=own_words(words),
        ),
        _onward(script),
        private=True,
    )


def not_now(script: Script, verdict: Verdict, points: Sequence[str], why: CouldNotMark) -> Reply:
    """The second examiner could not be asked. The appeal is not used up."""
    number = str(ids(verdict).index(points[0]) + 1) if len(points) == 1 else ""
    spent = isinstance(why, AllowanceSpent)
    what = why.reason if spent else say("The second examiner cannot be reached just now.")
    when = say("then") if spent else say("in a little while")
    return Reply(
        say(
            "{what} Your appeal is not used up and your mark stays as it is; try again {when}.",
            what=what,
            when=when,
        ),
        (Choice(say("Read it again now"), _again(script, number)), *_onward(script)),
        private=True,
    )


def too_many(script: Script, why: TooMany) -> Reply:
    """A limit is reached; nothing is lost by waiting."""
    left = say(" You have {left} left.", left=why.left) if why.left > 0 else ""
    if why.limit == "a day":
        text = say(
            "I can have {most} points a day read again for each learner, so that "
            "teachers can keep up.{left} Please come back to it tomorrow: your answer "
            "and its marking are kept.",
            most=why.most,
            left=left,
        )
    else:
        text = say(
            "{most} points of yours can wait for a teacher at a time.{left} Once some "
            "are decided, you can appeal more.",
            most=why.most,
            left=left,
        )
    return Reply(text, _onward(script), private=True)


def told(script: Script, before: Verdict, after: Verdict, appeals: Sequence[Appeal]) -> Reply:
    """Both readings of each point, and what became of the marks."""
    pieces = [_readings(appeal, after) for appeal in appeals]
    return Reply(
        "\n\n".join([*pieces, _outcome(before, after), say(_TEACHER)]),
        _onward(script),
        private=True,
    )


def known(script: Script, now: Verdict, appeals: Sequence[Appeal]) -> Reply:
    """These points were appealed before: what came of it then stands."""
    pieces = [_readings(appeal, now) for appeal in appeals]
    waiting = any(appeal.decision is None for appeal in appeals)
    opening = say("That was read again before; a point of an answer can be appealed once.")
    marks = say("Your mark is **{marks}/{out_of}**.", marks=now.marks, out_of=now.out_of)
    last = (
        say("It is in the queue of a teacher, and I tell you here if one decides.")
        if waiting
        else ""
    )
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
    title = f"**{literal(question.title)}{part}**" if question else say("an earlier question")
    head = say("A teacher looked at your appeal on {title}.", title=title)
    yours = say("You answered: *“{own_words}”*", own_words=own_words(appeal.first.answer))
    says = f"{_named(appeal)}: **{_decision(decision)}**."
    note = say("They say: “{note}”", note=literal(decision.note)) if decision.note else ""
    text = "\n\n".join(
        piece for piece in (head, yours, says, note, _outcome(before, after)) if piece
    )
    if question is None:
        return Reply(text, (next_question(),), private=True)
    part_asked = question.part(appeal.first.part)
    return Reply(
        text,
        (Choice(say("Try again"), actions.about("again", question, part_asked)), next_question()),
        private=True,
    )


def plainly(mark: PointMark | CriterionMark) -> str:
    """A reading as plain text, for a teacher."""
    if isinstance(mark, CriterionMark):
        return f"{mark.marks}/{mark.criterion.out_of}: {mark.reason}"
    doubt = say(", could go either way") if mark.unsure else ""
    said = f" ({mark.comment})" if mark.comment else ""
    quote = f" by “{' '.join(mark.quote.split())}”" if mark.awarded else ""
    return f"{say('earned') if mark.awarded else say('not earned')}{quote}{said}{doubt}"


def _decision(decision: Decision) -> str:
    if decision.marks is not None:
        return say_many("{count} mark", "{count} marks", decision.marks)
    return say("awarded") if decision.awarded else say("not awarded")


def _readings(appeal: Appeal, now: Verdict) -> str:
    first = judged(appeal.first, appeal.point)
    lines = [
        _named(appeal),
        "",
        say("- First reading: {read}", read=_read(first)),
        f"- {_second(appeal, appeal.second)}",
    ]
    if (decision := appeal.decision) is not None:
        lines.append(say("- A teacher: {decision}", decision=_decision(decision)))
    elif why := _held_back(appeal, now):
        lines.append(f"- {why}")
    return "\n".join(lines)


def _named(appeal: Appeal) -> str:
    first = judged(appeal.first, appeal.point)
    if isinstance(first, CriterionMark):
        return say(
            "**Criterion {number}**: {name}",
            number=appeal.number,
            name=literal(first.criterion.name),
        )
    return say(
        "**Point {number}**: {wanted}", number=appeal.number, wanted=wanted(first.point)
    ).rstrip(": ")


def _read(mark: PointMark | CriterionMark) -> str:
    if isinstance(mark, CriterionMark):
        return f"{mark.marks}/{mark.criterion.out_of}. {literal(mark.reason)}"
    doubt = say(", though it could go either way") if mark.unsure else ""
    if mark.awarded:
        return say(
            "earned by your words *“{own_words}”*{doubt}",
            own_words=own_words(mark.quote),
            doubt=doubt,
        )
    said = f" ({literal(mark.comment)})" if mark.comment else ""
    return say("not earned{said}{doubt}", said=said, doubt=doubt)


def _second(appeal: Appeal, reading: Reading | None) -> str:
    mark = reading.mark(appeal.point) if reading else None
    if reading is None or mark is None:
        return say("Second reading: none. {nobody}", nobody=_nobody(appeal))
    return say("Second reading, by {who}: {read}", who=say(_WHO[reading.kind]), read=_read(mark))


def _nobody(appeal: Appeal) -> str:
    if isinstance(judged(appeal.first, appeal.point), CriterionMark):
        return say("Nobody else here can judge a whole text, so a teacher has to.")
    return say(
        "This was marked by rule or calculation, or is too long for another "
        "examiner: only a teacher can judge it differently."
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
        return say("A reading that could go either way changes no mark.")
    if not mark.awarded:
        return say("It stays: another point that you earned says it, too.")
    if needs := mark.point.depends_on:
        return say(
            "It counts only with point {index}, which is not earned.",
            index=ids(now).index(needs) + 1,
        )
    return say("It does not come in the order that the mark scheme asks for.")


def _outcome(before: Verdict, after: Verdict) -> str:
    now = f"**{after.marks}/{after.out_of}**"
    if after.marks != before.marks:
        return say(
            "Your mark changes from {marks}/{out_of} to {now}.",
            marks=before.marks,
            out_of=before.out_of,
            now=now,
        )
    return say("Your mark stays {now}.", now=now)


def _headed(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _called(verdict: Verdict, number: int) -> str:
    if verdict.criteria:
        return say("criterion {number}", number=number)
    return say("point {number}", number=number)


def _again(script: Script, number: str) -> str:
    return actions.about(f"appeal{number}", script.question, script.part)


def _onward(script: Script) -> tuple[Choice, ...]:
    return after(script.question, script.part)
