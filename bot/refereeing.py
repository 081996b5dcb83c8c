"""What is said in and around a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.boards import Line
from bot.messages import Amendment, Choice, Reply, literal
from bot.phrases import next_question, quiz_me
from bot.questions import best_answer, scheme
from bot.rounds import LONGEST, SHORTEST, Entry, Round
from bot.speech import say, say_many
from knowledge.content import Note, Part, Question

_SHOWN = 10  # lines of a board
_HOURS = 2 * 3600  # seconds from which hours are what people say
_MOST_QUOTED = 700  # characters of the best answer
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def to_board() -> Choice:
    """The button to the leaderboard."""
    return Choice(say("Board"), "round-board")


def another_round() -> Choice:
    """The button to one more round."""
    return Choice(say("Another round"), "round-on")


def announced(round: Round, question: Reply) -> Reply:
    """A round begins: its question, for everybody."""
    lasting = _span(round.ends_at - round.started_at)
    text = say(
        "# A round for everybody: {lasting}\n\n"
        "{text}\n\n"
        "*Answer by the button: nobody reads along, and your first answer counts. "
        "Everybody's marks are shown here when the time is up.*",
        lasting=lasting,
        text=question.text,
    )
    return replace(question, text=text, choices=_buttons(round), mark=round.mark)


def ticking(post: str, round: Round, announced: Reply, seconds: int, answers: int) -> Reply:
    """The clock of a round in its message, `post`: how much is left, and how many answered."""
    left = say("⏳ **{time} left**", time=_span(timedelta(seconds=seconds)))
    if answers:
        came = say_many("{count} answer is in", "{count} answers are in", answers)
        left = f"{left} · {came}"
    after = f"{announced.text}\n\n{left}"
    return Reply("", amendment=Amendment(post, announced.text, after, _buttons(round)))


def closed_to(post: str, announced: Reply) -> Reply:
    """The message of a round that is over: nothing is left to press."""
    after = say("{text}\n\n⌛ **The time is up.**", text=announced.text)
    return Reply("", amendment=Amendment(post, announced.text, after))


def of_the_day(round: Round, question: Reply) -> Reply:
    """A room's question of the day, which runs until the next."""
    lasting = _span(round.ends_at - round.started_at)
    text = say(
        "# Today's question for everybody\n\n"
        "{text}\n\n"
        "*You have {lasting}. Answer by the button: nobody reads along, and your "
        "first answer counts. The marks come with the next question.*",
        text=question.text,
        lasting=lasting,
    )
    return replace(question, text=text, choices=_buttons(round)[:1], mark=round.mark)


def _buttons(round: Round) -> tuple[Choice, ...]:
    answer = Choice(say("Answer"), f"round:{round.id}", with_text=True, start=f"round-{round.id}")
    return (answer, Choice(say("Reveal"), f"round-reveal:{round.id}"))


def opened(round: Round, question: Reply, left: timedelta) -> Reply:
    """The question, in private."""
    text = say(
        "{text}\n\n*{time} left. What you write next is your answer, and the first one counts.*",
        text=question.text,
        time=_span(left),
    )
    return replace(question, text=text, choices=(_leave(round.id, say("Leave the round")),))


def _leave(round: str, label: str) -> Choice:
    return Choice(label, f"round-leave:{round}")


def entered(round: str, *, counts: bool, marked: bool) -> Reply:
    """An answer came in time."""
    pieces = [say("Your answer is in. The marks come for everybody at once, when the time is up.")]
    if not marked:
        pieces.append(say("I could not mark it just now, which costs you nothing."))
    if not counts:
        pieces.append(
            say(
                "You met this question within the last week, so it is marked, but does not "
                "count on the board."
            )
        )
    pieces.append(say("Should it be the best, may I quote it with your name?"))
    quote = Choice(say("You may quote me"), f"round-quote:{round}")
    return Reply(" ".join(pieces), (quote, _leave(round, say("Take it back"))), private=True)


def stands(round: str) -> Reply:
    """A second answer to a round that runs."""
    return Reply(
        say("Your first answer stands; the marks come when the time is up."),
        (_leave(round, say("Take it back")),),
        private=True,
    )


def permitted(round: str, *, quotable: bool) -> Reply:
    """An answer may be quoted, or may not any more."""
    if not quotable:
        return Reply(say("Then I do not quote it."), private=True)
    undo = Choice(say("Rather not"), f"round-unquote:{round}")
    return Reply(say("Thank you: if it is the best, I quote it."), (undo,), private=True)


def nothing_said() -> Reply:
    """An answer without a letter or a digit."""
    return Reply(
        say(
            "I could not find an answer in that. Write what you know: each point is "
            "marked by itself."
        ),
        private=True,
    )


def unread(told: Reply) -> Reply:
    """An answer that could not be taken apart, as `told` says: it is not in the round yet."""
    return Reply(
        say("{text} It is not in the round yet: answer once more.", text=told.text), private=True
    )


def practised(marking: Reply) -> Reply:
    """The marking of an answer that came too late."""
    late = say("Time was up, so this does not count in the round. I have marked it as practice:")
    return replace(marking, text=f"{late}\n\n{marking.text}")


def over(practice: Choice) -> Reply:
    """A round was opened in private when it was over."""
    return Reply(
        say("That round is over. You can still take its question as practice."),
        (practice, quiz_me()),
        private=True,
    )


def no_more() -> Reply:
    """Something was asked about a round that is over."""
    return Reply(say("That round is over."), (to_board(), another_round()), private=True)


def not_yet() -> Reply:
    """Somebody wants to see their marking before the reveal."""
    return Reply(say("The marks come for everybody at once, when the time is up."), private=True)


def not_in() -> Reply:
    """Somebody has no answer in a round."""
    return Reply(say("You have no answer in that round."), private=True)


def no_hints() -> Reply:
    """A hint was asked for in a round."""
    return Reply(say("No hints in a round: everybody has the same question and the same time."))


def left_round() -> Reply:
    """Somebody left a round that runs."""
    return Reply(
        say(
            "You are out of this round: nothing of yours is shown. `/round leave` while "
            "none runs takes you off the boards, too."
        ),
        private=True,
    )


def left_boards() -> Reply:
    """Somebody left the boards."""
    return Reply(
        say(
            "You are off the boards here, with all rounds so far; your own progress "
            "keeps your answers. Answer in another round, and you are back."
        ),
        private=True,
    )


def alone() -> Reply:
    """A round was asked for where nobody else is."""
    return Reply(
        say(
            "A round is one question for a whole group: everybody answers in private, "
            "and the marks are shown together. Here it is only you and me. Add me to "
            "your group, or take a question by yourself."
        ),
        (quiz_me(),),
    )


def running(round: Round, left: timedelta) -> Reply:
    """A round runs in this room already; `left` is how long it goes on."""
    if left <= timedelta(0):
        return Reply(say("The last round is being marked: its result comes in a moment."))
    return Reply(
        say(
            "A round is running here: {span} left. Answer by the button, so that nobody "
            "reads along; anything else can wait until the reveal.",
            span=_span(left),
        ),
        _buttons(round),
    )


def too_short_or_long() -> Reply:
    """The time asked for is none that a round may last."""
    least, most = (int(span.total_seconds()) for span in (SHORTEST, LONGEST))
    return Reply(
        say(
            "A round lasts {least} to {most} seconds, for example `/round osmosis 90`.",
            least=least,
            most=most,
        )
    )


def no_subject() -> Reply:
    """Neither the room nor who starts a round has a subject."""
    return Reply(
        say(
            "Which subject? Those who run this group set it for everybody by "
            "`/settings`; `/subject` sets it for you."
        ),
        (Choice(say("Settings of this group"), "settings"), Choice(say("My subject"), "subjects")),
    )


def which_topic(words: str, notes: Sequence[Note], seconds: int) -> Reply:
    """A topic could not be told from these words."""
    picks = tuple(
        Choice(note.title[:80], f"round-on:{note.topic.replace('-', ' ')} {seconds}")
        for note in notes
    )
    return Reply(
        say("I am not sure which topic “{words}” is. Press one:", words=literal(words)), picks
    )


def nothing_to_ask() -> Reply:
    """No question that fits can be answered in a round."""
    return Reply(
        say(
            "I have no short question for that at this level. Try a topic, a paper "
            "(`/round paper 2`) or a command term (`/round explain 120`)."
        ),
        (another_round(),),
    )


def for_admins() -> Reply:
    """Only those who run the room may do this."""
    return Reply(say("Here, only those who run this group can do that."), private=True)


def for_starter() -> Reply:
    """Somebody else wants to end a round early."""
    return Reply(
        say("Only who started the round, or who runs this group, can reveal it before its time."),
        private=True,
    )


def cannot_tell() -> Reply:
    """The platform does not say who runs the room."""
    return Reply(
        say("I could not find out just now whether you run this group. Please try again."),
        private=True,
    )


def closed() -> Reply:
    """A round ends early."""
    return Reply(say("The round ends now. The marks come in a moment."))


def nothing_running() -> Reply:
    """There is no round to do something with."""
    return Reply(say("No round is running here."), (another_round(), to_board()))


def revealed(
    round: Round,
    asked: tuple[Question, Part] | None,
    entries: Sequence[Entry],
    boards: tuple[Sequence[Line], Sequence[Line]],
) -> Reply:
    """The end of a round. `asked` is None where its question is gone from the library."""
    pieces = [
        say("# Yesterday's question") if round.daily else say("# The round is over"),
        f"**{literal(asked[0].title)}**" if asked else "",
        _marks(entries),
        _best(entries),
        best_answer(asked[1]) if asked else "",
        scheme(asked[1]) if asked else "",
        boards_shown(*boards),
    ]
    mine = Choice(say("My marking"), f"round-mine:{round.id}")
    again = () if round.daily else (another_round(),)
    among_others = any(not entry.chat.alone for entry in entries)
    return Reply(
        "\n\n".join(piece for piece in pieces if piece),
        (*((mine,) if among_others and asked else ()), *again, to_board()),
    )


def _marks(entries: Sequence[Entry]) -> str:
    if not entries:
        return say("Nobody answered this time.")
    ordered = sorted(entries, key=lambda entry: 1 if entry.marks is None else -entry.marks)
    lines = [f"- **{literal(entry.name)}**: {_earned(entry)}" for entry in ordered]
    if len(entries) == 1:
        lines.append(say("\n*A round counts on the board once two have answered.*"))
    return "\n".join(lines)


def _earned(entry: Entry) -> str:
    if entry.marks is None:
        return say("could not be marked, which costs nothing")
    return f"{entry.marks}/{entry.out_of}" + (
        "" if entry.counts else say(" (met before: no count)")
    )


def _best(entries: Sequence[Entry]) -> str:
    """The best answer, the first of equals whose writer allows it; '' where none does."""
    most = max((entry.marks or 0 for entry in entries), default=0)
    best = next((one for one in entries if most and one.marks == most and one.quotable), None)
    if best is None:
        return ""
    words = " ".join(best.answer.split())
    short = words if len(words) <= _MOST_QUOTED else words[: _MOST_QUOTED - 1].rstrip() + "…"
    return say(
        "**The best answer, by {name}:**\n\n> {short}",
        name=literal(best.name),
        short=literal(short),
    )


def boards_shown(today: Sequence[Line], week: Sequence[Line]) -> str:
    """The boards of the day and of the week; '' where nothing counts yet."""
    if not week:
        return ""
    pieces = [_board(say("This week"), week)]
    if today and list(today) != list(week):
        pieces.insert(0, _board(say("Today"), today))
    return "\n\n".join(pieces)


def _board(heading: str, lines: Sequence[Line]) -> str:
    shown = [
        say_many(
            "- {place} {name}: **{marks}**/{out_of} in {count} round",
            "- {place} {name}: **{marks}**/{out_of} in {count} rounds",
            line.rounds,
            place=_MEDALS.get(line.place, f"{line.place}."),
            name=literal(line.name),
            marks=line.marks,
            out_of=line.out_of,
        )
        for line in lines[:_SHOWN]
    ]
    return "\n".join([f"**{heading}**", "", *shown])


def board(today: Sequence[Line], week: Sequence[Line]) -> Reply:
    """The boards, and what counts."""
    shown = boards_shown(today, week) or say("Nothing counts yet this week: start a round.")
    rules = say(
        "*A round counts once two have answered it; a question that you met within a "
        "week does not count again. Days and weeks are those of UTC. `/round leave` "
        "takes you off.*"
    )
    return Reply(
        say("# The board\n\n{shown}\n\n{rules}", shown=shown, rules=rules), (another_round(),)
    )


def told(round: Round, entry: Entry) -> Reply:
    """The end of a round, to one who answered in private."""
    return Reply(
        say("The round is over. Yours: **{earned}**.", earned=_earned(entry)),
        (Choice(say("My marking"), f"round-mine:{round.id}"), next_question()),
        private=True,
    )


def _span(span: timedelta) -> str:
    """A time as people say it: '90 seconds', '2 minutes', '24 hours'."""
    seconds = max(1, round(span.total_seconds()))
    if seconds >= _HOURS:
        return say_many("{count} hour", "{count} hours", round(seconds / 3600))
    if seconds % 60 == 0:
        return say_many("{count} minute", "{count} minutes", seconds // 60)
    return say_many("{count} second", "{count} seconds", seconds)
