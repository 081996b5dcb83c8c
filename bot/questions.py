"""How a question is put to a learner: stem, marks, buttons, hints, and the answer on request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import actions
from bot.messages import Amendment, Choice, Reply, literal
from bot.phrases import all_topics, next_question, pictures
from bot.speech import say, say_many
from knowledge.content import BandScheme, MarkPoint, Part, Question
from knowledge.figures import Figure

_ALGEBRA = re.compile(r"[=^\d√πθ$]")  # a point that says its algebra itself
_BRACKETED = re.compile(r"(?<![A-Za-z])\((\d[\d.]*)\)")  # a number drawn into an expression


def asked(
    question: Question, part: Part, shared: str, own: str, figures: Sequence[Figure]
) -> Reply:
    """A part of a question, with its marks and buttons.

    `shared` is the stem of all parts and `own` the part's, as they are to be shown: '' leaves out.
    """
    place = f" ({part.label})" if part.label else ""
    marks = say_many("{count} mark", "{count} marks", part.marks)
    title = f"**{literal(question.title)}{place}**"
    length = f" · {part.words}" if part.words else ""
    head = say(
        "{title} · {marks}{length} · Paper {paper} · {level}",
        title=title,
        marks=marks,
        length=length,
        paper=question.paper,
        level=question.level,
    )
    below = f"**({part.label})** {own}" if own else ""
    options = "\n".join(f"- **{option.letter}** {option.text}" for option in part.options)
    text = "\n\n".join(piece for piece in (head, shared, below, options) if piece)
    return Reply(text, _choices(question, part), pictures(figures))


def heard(question: Question) -> Reply:
    """The text that a question is about, covered: it is to be heard."""
    text = say(
        "🎧 **{title}**: this text is heard, not read. Read the questions below "
        "first. Then uncover it and have it read aloud twice, by a friend or by your "
        "phone (select it and choose “Read aloud” or “Speak”), without looking at it "
        "yourself.",
        title=literal(question.title),
    )
    return Reply(text, hidden=question.script)


def _choices(question: Question, part: Part) -> tuple[Choice, ...]:
    letters = tuple(
        Choice(option.letter, actions.about(f"pick{option.letter}", question, part))
        for option in part.options
    )
    written = Choice(say("Answer"), actions.about("answer", question, part), with_text=True)
    return (
        *(letters or (written,)),
        Choice(say("Hint"), actions.about("clue", question, part)),
        Choice(say("Skip"), actions.about("skip", question, part)),
        Choice(say("Show the answer"), actions.about("show", question, part)),
    )


def with_hints(post: str, asked: Reply, part: Part, given: int) -> Amendment:
    """The question in its message, `post`, with the first `given` of its hints below."""
    texts = [asked.text]
    texts.extend(_hint(part, number) for number in range(1, given + 1))
    left = given < len(part.hints)
    choices = [one for one in asked.choices if left or not one.action.startswith("clue:")]
    before, after = "\n\n".join(texts[:-1]), "\n\n".join(texts)
    return Amendment(post, before, after, tuple(choices))


def hint(question: Question, part: Part, given: int) -> Reply:
    """The hint number `given`, counted from 1, and how many are left."""
    left = len(part.hints) - given
    more = (
        say_many("{count} more if you need it.", "{count} more if you need them.", left)
        if left
        else say("The last hint.")
    )
    another = Choice(say("Another hint"), actions.about("hint", question, part))
    return Reply(f"{_hint(part, given)}\n\n*{more}*", (another,) if left else ())


def _hint(part: Part, number: int) -> str:
    words, all = part.hints[number - 1], len(part.hints)
    return say("**Hint {given} of {all}.** {hint}", given=number, all=all, hint=words)


def no_more_hints(question: Question, part: Part) -> Reply:
    """All hints were given."""
    return Reply(
        say(
            "You have had every hint for this one. Write what you have, even half an "
            "answer: each point is marked by itself."
        ),
        (
            Choice(say("Show the answer"), actions.about("show", question, part)),
            Choice(say("Skip"), actions.about("skip", question, part)),
        ),
    )


def skipped(question: Question, part: Part) -> Reply:
    """The learner left a question."""
    back = Choice(say("Back to it"), actions.about("again", question, part))
    text = say("Skipped **{title}**. It will come round again.", title=literal(question.title))
    return Reply(text, (next_question(), back, all_topics()))


def nothing_said(question: Question, part: Part) -> Reply:
    """An answer without a letter or a digit, which is not marked."""
    return Reply(
        say(
            "I could not find an answer in that. Write what you know: each point is "
            "marked by itself."
        ),
        (
            Choice(say("Hint"), actions.about("hint", question, part)),
            Choice(say("Skip"), actions.about("skip", question, part)),
        ),
        private=True,
    )


def not_readable(question: Question, part: Part, why: str) -> Reply:
    """An answer that could not be taken apart: what to write, and the question stays open."""
    return Reply(
        say("{why} Your answer is kept, and it has not cost you any marks.", why=literal(why)),
        (
            Choice(say("Hint"), actions.about("hint", question, part)),
            Choice(say("Skip"), actions.about("skip", question, part)),
        ),
        private=True,
    )


def model_answer(question: Question, part: Part) -> Reply:
    """The answer that scores full marks, shown on request; nothing is recorded."""
    pieces = (best_answer(part), scheme(part), say("*Cover it, then try again in your own words.*"))
    return Reply(
        "\n\n".join(piece for piece in pieces if piece), after(question, part), private=True
    )


def best_answer(part: Part) -> str:
    """The model answer as a quotation."""
    quoted = "\n".join(f"> {line}" for line in part.model_answer.strip().splitlines())
    return say("**An answer worth {marks}/{marks}:**\n\n{quoted}", marks=part.marks, quoted=quoted)


def scheme(part: Part) -> str:
    """What earns marks: points, options or bands."""
    if isinstance(part.scheme, BandScheme):
        return "\n\n".join(piece for piece in (bands(part.scheme), _content(part.scheme)) if piece)
    if part.options:
        return reasons(part)
    lines = [f"- {worth(point)} {wanted(point)}" for point in part.scheme.points]
    return "\n".join([say("**The mark scheme:**"), "", *lines])


def reasons(part: Part) -> str:
    """Why each option is right or wrong."""
    return "\n".join(f"- **{option.letter}** {option.why}" for option in part.options if option.why)


def worth(point: MarkPoint) -> str:
    """What a point is worth, as a mark scheme writes it: [1], [M1]."""
    return f"[{point.type}{point.marks}]" if point.type != "point" else f"[{point.marks}]"


def wanted(point: MarkPoint) -> str:
    """What a point wants to be said."""
    if point.gap:
        return say("gap {gap}: **{text}**", gap=point.gap, text=literal(point.text))
    if point.expression and not _ALGEBRA.search(point.text):
        shown = _BRACKETED.sub(r"\1", point.expression.value)
        return f"{point.text.strip()}: `{shown}`"
    if point.text or point.numeric is None:
        return point.text.strip()
    return f"{point.numeric.value:g} {point.numeric.unit}".strip()


def bands(scheme: BandScheme) -> str:
    """The descriptors of every criterion."""
    lines: list[str] = []
    for criterion in scheme.criteria:
        lines += [
            say("**{name}** (out of {out_of})", name=criterion.name, out_of=criterion.out_of),
            "",
        ]
        lines += [f"- {band.low}–{band.high}: {band.descriptor}" for band in criterion.bands]
        lines.append("")
    return "\n".join(lines).strip()


def _content(scheme: BandScheme) -> str:
    if not scheme.content:
        return ""
    return "\n".join(
        [say("**What a good answer may contain**"), "", *(f"- {it}" for it in scheme.content)]
    )


def after(question: Question, part: Part) -> tuple[Choice, ...]:
    """Where to go once a part is done with."""
    again = Choice(say("Try again"), actions.about("again", question, part))
    return (*onward(question, part), again, next_question(), reread(question))


def onward(question: Question, part: Part) -> tuple[Choice, ...]:
    """The button to the next part; none after the last."""
    next = question.after(part.label)
    if next is None:
        return ()
    return (
        Choice(say("Go on to ({label})", label=next.label), actions.about("go", question, next)),
    )


def reread(question: Question) -> Choice:
    """The button to the note that answers a question."""
    return Choice(say("Reread the note"), f"note:{question.note}")
