"""What is said in and around a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.boards import Line
from bot.messages import Choice, Reply, literal
from bot.phrases import NEXT, QUIZ
from bot.questions import best_answer, scheme
from bot.rounds import LONGEST, SHORTEST, Entry, Round
from knowledge.content import Note, Part, Question

BOARD = Choice("Board", "round-board")
ANOTHER = Choice("Another round", "round-on")
_SHOWN = 10  # lines of a board
_HOURS = 2 * 3600  # seconds from which hours are what people say
_MOST_QUOTED = 700  # characters of the best answer
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def announced(round: Round, question: Reply) -> Reply:
    """A round begins: its question, for everybody."""
    lasting = _span(round.ends_at - round.started_at)
    text = (
        f"# A round for everybody: {lasting}\n\n{question.text}\n\n"
        "*Answer by the button: nobody reads along, and your first answer counts. "
        "Everybody's marks are shown here when the time is up.*"
    )
    return replace(question, text=text, choices=_buttons(round))


def of_the_day(round: Round, question: Reply) -> Reply:
    """A room's question of the day, which runs until the next."""
    lasting = _span(round.ends_at - round.started_at)
    text = (
        f"# Today's question for everybody\n\n{question.text}\n\n"
        f"*You have {lasting}. Answer by the button: nobody reads along, and your first answer "
        "counts. The marks come with the next question.*"
    )
    return replace(question, text=text, choices=_buttons(round)[:1])


def _buttons(round: Round) -> tuple[Choice, ...]:
    answer = Choice("Answer", f"round:{round.id}", with_text=True, start=f"round-{round.id}")
    return (answer, Choice("Reveal", f"round-reveal:{round.id}"))


def opened(round: Round, question: Reply, left: timedelta) -> Reply:
    """The question, in private."""
    text = (
        f"{question.text}\n\n*{_span(left).capitalize()} left. What you write next is your "
        "answer, and the first one counts.*"
    )
    return replace(question, text=text, choices=(_leave(round.id, "Leave the round"),))


def _leave(round: str, label: str) -> Choice:
    return Choice(label, f"round-leave:{round}")


def entered(round: str, *, counts: bool, marked: bool) -> Reply:
    """An answer came in time."""
    pieces = ["Your answer is in. The marks come for everybody at once, when the time is up."]
    if not marked:
        pieces.append("I could not mark it just now, which costs you nothing.")
    if not counts:
        pieces.append(
            "You met this question within the last week, so it is marked, but does not count on "
            "the board."
        )
    pieces.append("Should it be the best, may I quote it with your name?")
    quote = Choice("You may quote me", f"round-quote:{round}")
    return Reply(" ".join(pieces), (quote, _leave(round, "Take it back")), private=True)


def stands(round: str) -> Reply:
    """A second answer to a round that runs."""
    return Reply(
        "Your first answer stands; the marks come when the time is up.",
        (_leave(round, "Take it back"),),
        private=True,
    )


def permitted(round: str, *, quotable: bool) -> Reply:
    """An answer may be quoted, or may not any more."""
    if not quotable:
        return Reply("Then I do not quote it.", private=True)
    undo = Choice("Rather not", f"round-unquote:{round}")
    return Reply("Thank you: if it is the best, I quote it.", (undo,), private=True)


def nothing_said() -> Reply:
    """An answer without a letter or a digit."""
    return Reply(
        "I could not find an answer in that. Write what you know: each point is marked by itself.",
        private=True,
    )


def unread(told: Reply) -> Reply:
    """An answer that could not be taken apart, as `told` says: it is not in the round yet."""
    return Reply(f"{told.text} It is not in the round yet: answer once more.", private=True)


def practised(marking: Reply) -> Reply:
    """The marking of an answer that came too late."""
    late = "Time was up, so this does not count in the round. I have marked it as practice:"
    return replace(marking, text=f"{late}\n\n{marking.text}")


def over(practice: Choice) -> Reply:
    """A round was opened in private when it was over."""
    return Reply(
        "That round is over. You can still take its question as practice.",
        (practice, QUIZ),
        private=True,
    )


def no_more() -> Reply:
    """Something was asked about a round that is over."""
    return Reply("That round is over.", (BOARD, ANOTHER), private=True)


def not_yet() -> Reply:
    """Somebody wants to see their marking before the reveal."""
    return Reply("The marks come for everybody at once, when the time is up.", private=True)


def not_in() -> Reply:
    """Somebody has no answer in a round."""
    return Reply("You have no answer in that round.", private=True)


def no_hints() -> Reply:
    """A hint was asked for in a round."""
    return Reply("No hints in a round: everybody has the same question and the same time.")


def left_round() -> Reply:
    """Somebody left a round that runs."""
    return Reply(
        "You are out of this round: nothing of yours is shown. `/round leave` while none runs "
        "takes you off the boards, too.",
        private=True,
    )


def left_boards() -> Reply:
    """Somebody left the boards."""
    return Reply(
        "You are off the boards here, with all rounds so far; your own progress keeps your "
        "answers. Answer in another round, and you are back.",
        private=True,
    )


def alone() -> Reply:
    """A round was asked for where nobody else is."""
    return Reply(
        "A round is one question for a whole group: everybody answers in private, and the marks "
        "are shown together. Here it is only you and me. Add me to your group, or take a question "
        "by yourself.",
        (QUIZ,),
    )


def running(round: Round, left: timedelta) -> Reply:
    """A round runs in this room already; `left` is how long it goes on."""
    if left <= timedelta(0):
        return Reply("The last round is being marked: its result comes in a moment.")
    return Reply(
        f"A round is running here: {_span(left)} left. Answer by the button, so that nobody reads "
        "along; anything else can wait until the reveal.",
        _buttons(round),
    )


def too_short_or_long() -> Reply:
    """The time asked for is none that a round may last."""
    least, most = (int(span.total_seconds()) for span in (SHORTEST, LONGEST))
    return Reply(f"A round lasts {least} to {most} seconds, for example `/round osmosis 90`.")


def no_subject() -> Reply:
    """Neither the room nor who starts a round has a subject."""
    return Reply(
        "Which subject? Those who run this group set it for everybody by `/settings`; "
        "`/subject` sets it for you.",
        (Choice("Settings of this group", "settings"), Choice("My subject", "subjects")),
    )


def which_topic(words: str, notes: Sequence[Note], seconds: int) -> Reply:
    """A topic could not be told from these words."""
    picks = tuple(
        Choice(note.title[:80], f"round-on:{note.topic.replace('-', ' ')} {seconds}")
        for note in notes
    )
    return Reply(f"I am not sure which topic “{literal(words)}” is. Press one:", picks)


def nothing_to_ask() -> Reply:
    """No question that fits can be answered in a round."""
    return Reply(
        "I have no short question for that at this level. Try a topic, a paper "
        "(`/round paper 2`) or a command term (`/round explain 120`).",
        (ANOTHER,),
    )


def for_admins() -> Reply:
    """Only those who run the room may do this."""
    return Reply("Here, only those who run this group can do that.", private=True)


def for_starter() -> Reply:
    """Somebody else wants to end a round early."""
    return Reply(
        "Only who started the round, or who runs this group, can reveal it before its time.",
        private=True,
    )


def cannot_tell() -> Reply:
    """The platform does not say who runs the room."""
    return Reply(
        "I could not find out just now whether you run this group. Please try again.", private=True
    )


def closed() -> Reply:
    """A round ends early."""
    return Reply("The round ends now. The marks come in a moment.")


def nothing_running() -> Reply:
    """There is no round to do something with."""
    return Reply("No round is running here.", (ANOTHER, BOARD))


def revealed(
    round: Round,
    asked: tuple[Question, Part] | None,
    entries: Sequence[Entry],
    boards: tuple[Sequence[Line], Sequence[Line]],
) -> Reply:
    """The end of a round. `asked` is None where its question is gone from the library."""
    pieces = [
        "# Yesterday's question" if round.daily else "# The round is over",
        f"**{literal(asked[0].title)}**" if asked else "",
        _marks(entries),
        _best(entries),
        best_answer(asked[1]) if asked else "",
        scheme(asked[1]) if asked else "",
        boards_shown(*boards),
    ]
    mine = Choice("My marking", f"round-mine:{round.id}")
    again = () if round.daily else (ANOTHER,)
    among_others = any(not entry.chat.alone for entry in entries)
    return Reply(
        "\n\n".join(piece for piece in pieces if piece),
        (*((mine,) if among_others and asked else ()), *again, BOARD),
    )


def _marks(entries: Sequence[Entry]) -> str:
    if not entries:
        return "Nobody answered this time."
    ordered = sorted(entries, key=lambda entry: 1 if entry.marks is None else -entry.marks)
    lines = [f"- **{literal(entry.name)}**: {_earned(entry)}" for entry in ordered]
    if len(entries) == 1:
        lines.append("\n*A round counts on the board once two have answered.*")
    return "\n".join(lines)


def _earned(entry: Entry) -> str:
    if entry.marks is None:
        return "could not be marked, which costs nothing"
    return f"{entry.marks}/{entry.out_of}" + ("" if entry.counts else " (met before: no count)")


def _best(entries: Sequence[Entry]) -> str:
    """The best answer, the first of equals whose writer allows it; '' where none does."""
    most = max((entry.marks or 0 for entry in entries), default=0)
    best = next((one for one in entries if most and one.marks == most and one.quotable), None)
    if best is None:
        return ""
    words = " ".join(best.answer.split())
    short = words if len(words) <= _MOST_QUOTED else words[: _MOST_QUOTED - 1].rstrip() + "…"
    return f"**The best answer, by {literal(best.name)}:**\n\n> {literal(short)}"


def boards_shown(today: Sequence[Line], week: Sequence[Line]) -> str:
    """The boards of the day and of the week; '' where nothing counts yet."""
    if not week:
        return ""
    pieces = [_board("This week", week)]
    if today and list(today) != list(week):
        pieces.insert(0, _board("Today", today))
    return "\n\n".join(pieces)


def _board(heading: str, lines: Sequence[Line]) -> str:
    shown = [
        f"- {_MEDALS.get(line.place, f'{line.place}.')} {literal(line.name)}: "
        f"**{line.marks}**/{line.out_of} in {line.rounds} round{'' if line.rounds == 1 else 's'}"
        for line in lines[:_SHOWN]
    ]
    return "\n".join([f"**{heading}**", "", *shown])


def board(today: Sequence[Line], week: Sequence[Line]) -> Reply:
    """The boards, and what counts."""
    shown = boards_shown(today, week) or "Nothing counts yet this week: start a round."
    rules = (
        "*A round counts once two have answered it; a question that you met within a week does "
        "not count again. Days and weeks are those of UTC. `/round leave` takes you off.*"
    )
    return Reply(f"# The board\n\n{shown}\n\n{rules}", (ANOTHER,))


def told(round: Round, entry: Entry) -> Reply:
    """The end of a round, to one who answered in private."""
    return Reply(
        f"The round is over. Yours: **{_earned(entry)}**.",
        (Choice("My marking", f"round-mine:{round.id}"), NEXT),
        private=True,
    )


def _span(span: timedelta) -> str:
    """A time as people say it: '90 seconds', '2 minutes', '24 hours'."""
    seconds = max(1, round(span.total_seconds()))
    if seconds >= _HOURS:
        return f"{round(seconds / 3600)} hours"
    if seconds % 60 == 0:
        return f"{seconds // 60} minute{'' if seconds == 60 else 's'}"  # noqa: PLR2004
    return f"{seconds} second{'' if seconds == 1 else 's'}"
