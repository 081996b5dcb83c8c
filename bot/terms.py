"""What the tutor says about command terms, and about the shorthand of mark schemes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Choice, Reply, literal
from bot.speech import later, listed, say
from knowledge.content import Subject
from knowledge.exams.facts import CommandTerm, Exams, Family, Group, Sign, Use, Where

LANGUAGES = "languages"  # the group that has tasks in place of a list of terms

_FAMILIES: dict[Family, str] = {
    "recall": later("Say what you know"),
    "describe": later("Tell what there is or what happens"),
    "draw": later("Put it into a figure"),
    "result": later("Get a value or a result"),
    "prove": later("Show every step"),
    "reason": later("Give reasons, or draw a conclusion"),
    "compare": later("Put things side by side"),
    "judge": later("Weigh and judge"),
    "make": later("Plan or make something"),
}
_SECTIONS: dict[Where, str] = {
    "scheme": later("Signs in a mark scheme"),
    "mathematics": later("Letters in mathematics"),
    "stamp": later("Stamps on your script"),
    "levels": later("How essays are marked"),
}


def all_terms() -> Choice:
    """The button to all command terms."""
    return Choice(say("All terms"), "terms")


def all_signs() -> Choice:
    """The button to all signs."""
    return Choice(say("Signs of mark schemes"), "notation")


def every_term(subject: Subject, exams: Exams) -> Reply:
    """The command terms of a subject, by what they ask for."""
    own = [name for name, _ in subject.command_terms]
    shared = [known for known in exams.terms if known.term in own]
    named = {
        heading: [known.term for known in shared if known.asks == family]
        for family, heading in _FAMILIES.items()
    }
    named["Others"] = [name for name in own if exams.term(name) is None]
    lines = [f"- **{heading}**: {', '.join(names)}" for heading, names in named.items() if names]
    text = (
        say(
            "# Command terms of {name}\n\n"
            "The verb of a question says what earns its marks. Grouped by what they ask "
            "for:\n\n",
            name=subject.name,
        )
        + "\n".join(lines)
        + say("\n\nWrite `/terms {own}` to see what an answer must do.", own=own[0])
    )
    return Reply(text, (all_signs(),))


def term(known: CommandTerm, subject: Subject, exams: Exams, asked: bool) -> Reply:
    """What an answer to this term must do. `asked`: there are questions that use it."""
    group = exams.group(subject.id)
    use = known.use(group.id) if group else None
    demand, tip = (use and use.demand) or known.demand, (use and use.tip) or known.tip
    lines = [*_level(use, group, exams), *_marks(use), say("- **Tip**: {tip}", tip=tip)]
    pieces = [f"# {known.term.capitalize()}", demand, "\n".join(lines)]
    if group and use is None:
        pieces.append(_elsewhere(known, group, exams))
    if use and use.note:
        pieces.append(f"*{use.note}*")
    if use and not known.fact.verified:
        levels = say("Level and marks") if group and group.id != LANGUAGES else say("The marks")
        pieces.append(
            say("*{levels} are not checked against the subject's guide yet.*", levels=levels)
        )
    return Reply("\n\n".join(pieces), _onward(known.term, asked))


def own_term(name: str, demand: str, asked: bool) -> Reply:
    """A term that only this subject has, in the words of whoever teaches it."""
    return Reply(f"# {name.capitalize()}\n\n{demand}", _onward(name, asked))


def unknown_term(words: str, near: Sequence[str]) -> Reply:
    """No command term is called this; those that may have been meant."""
    more = say(" Did you mean one of these?") if near else ""
    picks = tuple(Choice(name.capitalize(), f"terms:{name}") for name in near)
    return Reply(
        say("I know no command term “{words}”.{more}", words=literal(words), more=more),
        (*picks, all_terms()),
    )


def _level(use: Use | None, group: Group | None, exams: Exams) -> list[str]:
    if use is None or group is None or group.id == LANGUAGES:
        return []
    if use.level is None:
        return [say("- **Level**: none; the list of {name} attaches no levels", name=group.name)]
    asks = next(one.asks for one in exams.objectives if one.level == use.level)
    return [
        say(
            "- **Level**: objective {level} in {name} ({asks})",
            level=use.level,
            name=group.name,
            asks=asks,
        )
    ]


def _marks(use: Use | None) -> list[str]:
    if use is None:
        return []
    if use.fewest == use.most:
        return [say("- **Marks**: usually {most}", most=use.most)]
    return [say("- **Marks**: usually {fewest} to {most}", fewest=use.fewest, most=use.most)]


def _elsewhere(known: CommandTerm, group: Group, exams: Exams) -> str:
    names = [other.name for other in exams.groups if known.use(other.id)]
    return say(
        "*The list of {name} does not have it; it is used in {joined}.*",
        name=group.name,
        joined=listed([say(name) for name in names]),
    )


def _onward(name: str, asked: bool) -> tuple[Choice, ...]:
    quiz = (Choice(say("Quiz me: {name}", name=name), f"quiz:{name}"),) if asked else ()
    return (*quiz, all_terms())


def signs(section: Where, exams: Exams) -> Reply:
    """The signs of one kind, each explained, and the way to the other kinds."""
    lines = [f"- {_meaning(sign)}" for sign in exams.signs if sign.where == section]
    others = tuple(
        Choice(say(heading), f"notation:{where}")
        for where, heading in _SECTIONS.items()
        if where != section
    )
    return Reply(f"# {say(_SECTIONS[section])}\n\n" + "\n".join(lines), (*others, all_terms()))


def sign(known: Sign) -> Reply:
    """One sign."""
    note = f"\n\n*{known.note}*" if known.note else ""
    return Reply(f"{_meaning(known)}{note}", (all_signs(),))


def unknown_sign(words: str, near: Sequence[Sign]) -> Reply:
    """No sign is called this; those that may have been meant."""
    more = say(" Did you mean one of these?") if near else ""
    picks = tuple(Choice(sign.sign, f"notation:{sign.sign}") for sign in near)
    return Reply(
        say("I know no sign “{words}”.{more}", words=literal(words), more=more),
        (*picks, all_signs()),
    )


def section(words: str) -> Where | None:
    """The kind of signs that a button named; None if these words are none."""
    return next((where for where in _SECTIONS if where == words), None)


def _meaning(known: Sign) -> str:
    example = say(" *For example: {example}.*", example=known.example) if known.example else ""
    full = f" ({known.stands_for})" if known.stands_for else ""
    return f"**{literal(known.sign)}**{full}: {known.means}{example}"
