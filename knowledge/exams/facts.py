"""What all subjects share of their exams, as values, each with its source.

`note` says what sources disagree on, or what else to know before relying on the fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz, process, utils

from knowledge.content import Fact, Level

Family = Literal[
    "recall", "describe", "draw", "result", "prove", "reason", "compare", "judge", "make"
]
Where = Literal["scheme", "mathematics", "stamp", "levels"]
Course = Literal["current", "previous"]
Letter = Literal["A", "B", "C", "D", "E"]

NEAR = 70  # of 100: how alike a name must be to be offered for what was typed
MOST_NEAR = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Subjects that share a list of command terms. `name` reads well behind 'in'."""

    id: str
    name: str
    subjects: tuple[str, ...]
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class Objective:
    """An assessment objective: how deep an answer of this level has to go."""

    level: int
    asks: str
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class Use:
    """A command term in one group. `level` None: the group's list gives the term no level.

    `demand` and `tip` are those of this group alone, where it means something else by the term.
    """

    group: str
    level: int | None
    fewest: int  # marks that it usually has
    most: int
    note: str
    demand: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class CommandTerm:
    """A command term: the family it belongs to, what the answer must do, and who uses it."""

    term: str
    asks: Family
    demand: str
    tip: str
    uses: tuple[Use, ...]
    fact: Fact
    note: str

    def use(self, group: str) -> Use | None:
        """How this group uses it; None if its list does not have it."""
        return next((use for use in self.uses if use.group == group), None)


@dataclass(frozen=True, slots=True)
class Sign:
    """A piece of a mark scheme's shorthand, or an examiner's stamp. `also` are its other names."""

    sign: str
    stands_for: str  # in full; '' where it is no abbreviation
    also: tuple[str, ...]
    where: Where
    means: str
    example: str
    fact: Fact
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called, the sign itself first."""
        return tuple(filter(None, (self.sign, self.stands_for, *self.also)))


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The least mark out of 100 for grade 7, 6, … 2, only as far down as it is known.

    `session` is a month such as '2025-05', `zone` '' where the source names none. `course` says
    whether the papers were those of the present course.
    """

    subject: str
    level: Level
    session: str
    zone: str
    course: Course
    least: tuple[float, ...]
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """A subject and level whose boundaries were looked for and not found."""

    subject: str
    level: Level
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class RuleOfThumb:
    """The least marks for grade 7, 6, … 2 where nothing better is known."""

    least: tuple[float, ...]
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class CorePoints:
    """Points for theory of knowledge (TOK) and the extended essay (EE)."""

    matrix: tuple[tuple[Letter, tuple[int | None, ...]], ...]  # EE: points at TOK A, B, C, D, E
    fact: Fact
    note: str

    def points(self, tok: Letter, ee: Letter) -> int | None:
        """The core points of two grades; None: with these no diploma is awarded."""
        return dict(self.matrix)[ee]["ABCDE".index(tok)]


@dataclass(frozen=True, slots=True)
class Condition:
    """When no diploma is awarded. `limit` is the number in `fails`; None if there is none."""

    id: str
    fails: str
    limit: int | None
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day of a session's exams, as one source has it."""

    first: date
    last: date
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class Results:
    """The day on which a session's results come out, as one source has it."""

    day: date
    fact: Fact
    note: str


@dataclass(frozen=True, slots=True)
class Session:
    """An exam session, such as '2027-05'. Sources that disagree are all kept."""

    id: str
    windows: tuple[Window, ...]
    results: tuple[Results, ...]
    note: str

    @property
    def confirmed(self) -> bool:
        """Whether its dates may be relied on: one window, and it is verified."""
        return len(self.windows) == 1 and self.windows[0].fact.verified


@dataclass(frozen=True, slots=True)
class Exams:
    """Everything that all subjects share."""

    groups: tuple[Group, ...]
    objectives: tuple[Objective, ...]
    terms: tuple[CommandTerm, ...]
    signs: tuple[Sign, ...]
    boundaries: tuple[Boundaries, ...]
    missing: tuple[NotFound, ...]
    rule_of_thumb: RuleOfThumb
    core: CorePoints
    conditions: tuple[Condition, ...]
    sessions: tuple[Session, ...]

    def group(self, subject: str) -> Group | None:
        """The group of a subject; None for one that is not the board's, such as a teacher's own."""
        return next((group for group in self.groups if subject in group.subjects), None)

    def term(self, name: str) -> CommandTerm | None:
        """The command term of this name, however it is spaced and in capitals; None: no such."""
        wanted = _plain(name)
        return next((term for term in self.terms if _plain(term.term) == wanted), None)

    def sign(self, name: str) -> Sign | None:
        """The sign of this name or other name; capitals decide only where two differ by them."""
        typed = " ".join(name.split())
        named = [(sign, own) for sign in self.signs for own in sign.names]
        exact = (sign for sign, own in named if own == typed)
        loose = (sign for sign, own in named if own.lower() == typed.lower())
        return next(exact, None) or next(loose, None)

    def signs_like(self, words: str) -> tuple[Sign, ...]:
        """The signs that these words may mean, best first."""
        names = {own: sign for sign in self.signs for own in sign.names}
        found = dict.fromkeys(names[name] for name in like(words, names))
        return tuple(found)


def like(words: str, names: Iterable[str]) -> tuple[str, ...]:
    """The few of these names that may have been meant, best first; typos are forgiven."""
    hits = process.extract(
        words,
        list(names),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=NEAR,
        limit=MOST_NEAR,
    )
    return tuple(name for name, _, _ in hits)


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
