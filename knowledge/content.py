"""What teachers write: subjects, notes, questions and their mark schemes, as plain values.

The words are those of published mark schemes: a *part* of a question has a *scheme*, which is a
list of marking points, a ladder of markbands, or several criteria with a ladder each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NewType

QuestionId = NewType("QuestionId", str)  # 'biology/resting-potential/pump', at most 48 bytes
NoteId = NewType("NoteId", str)  # 'biology/resting-potential'

Level = Literal["SL", "HL"]  # 'SL' is taught to everybody, 'HL' to higher level only
Kind = Literal["choice", "number", "short", "extended", "essay", "writing"]
Language = Literal["en", "es", "fr", "de"]  # that questions and answers are in
Shape = Literal["", "factorised", "expanded", "vertex"]
PointType = Literal["point", "M", "A", "R", "AG"]
Shows = Literal["full", "partial", "reversed", "list", "typos", "order", "injection", "zero"]


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number that earns a point: `value` in `unit`, within a tolerance.

    Without any tolerance, an answer that rounds to the value at its own precision counts, from
    `significant_figures` figures (or 2) up. `formula` is arithmetic that gives `value`; the content
    check calculates it. `carried` is arithmetic over earlier parts' labels (`a * 3`), or their
    points' (`a.p2 * 3`): with it, a learner's own wrong value from part (a) is followed through.
    `unknown` is the letter that the number solves for: points with the same letter are its
    solutions.
    """

    value: float
    unit: str = ""
    tolerance_percent: float | None = None
    tolerance: float | None = None
    significant_figures: int | None = None
    unit_required: bool = True
    formula: str = ""
    carried: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """Algebra that earns a point: an expression (`3x^2 - 4`) or an equation (`y = 2x + 3`).

    Whatever is equal to `value`, or to one of `also`, for all values of the letters counts; an
    equation, in whatever way it is arranged. `form` asks for it factorised, expanded, or as the
    square of a sum (vertex form). A letter C stands for a constant of integration.
    """

    value: str
    also: tuple[str, ...] = ()
    form: Shape = ""


@dataclass(frozen=True, slots=True)
class MarkPoint:
    """One line of a mark scheme, worth `marks` (whole marks, all or nothing).

    `accept` lists other wordings that earn it; `reject` lists wordings that lose it, whatever else
    is said; `ignore` lists wordings that count neither way. Each entry of `required` is a word
    that must stand in the answer, with its alternatives behind slashes (`active/ATP`). All of
    `needs_all` must be said (an AND point). `depends_on` is a point of the same part without which
    this one cannot score; `implied_by` a point that, once earned, earns this one too (a bracketed
    method mark). `route` names the alternative method the point belongs to. `optional` says what
    examiners bracket: words not needed for the mark. `numeric` and `expression` points are judged
    by calculation alone. `gap` is the number or letter of a gap, or of a thing to match: the point
    is earned by its form exactly, `text` or one of `accept`, whatever the case and, unless
    `accents` says so, the accents.
    """

    id: str
    text: str
    marks: int = 1
    type: PointType = "point"
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    needs_all: tuple[str, ...] = ()
    depends_on: str | None = None
    implied_by: str | None = None
    route: str = ""
    numeric: Numeric | None = None
    expression: Expression | None = None
    gap: str = ""
    accents: bool = False

    @property
    def by_rule(self) -> bool:
        """Whether it is calculated or compared, and needs no judgement."""
        return bool(self.numeric or self.expression or self.gap)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `max` marks from `points` (empty: all), unless every one of `unless` is earned."""

    max: int
    points: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PointScheme:
    """Marking points. With `out_of` below the sum of marks it is 'any three from'.

    `list_rule` n: n answers were asked for, so only the first n that were given are marked.
    `in_order`: points count only in the order of the scheme.
    """

    points: tuple[MarkPoint, ...]
    out_of: int
    caps: tuple[Cap, ...] = ()
    list_rule: int | None = None
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One rung of a ladder: from `low` to `high` marks for work like `descriptor`."""

    low: int
    high: int
    descriptor: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One ladder of bands, from no marks to `out_of`."""

    id: str
    name: str
    out_of: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class BandScheme:
    """Level marking by best fit: one criterion for an essay, three for a Language B text.

    `content` lists what a good answer may contain; a list to judge by, not points to add up.
    """

    criteria: tuple[Criterion, ...]
    content: tuple[str, ...] = ()

    @property
    def out_of(self) -> int:
        """The marks of all criteria together."""
        return sum(criterion.out_of for criterion in self.criteria)


Scheme = PointScheme | BandScheme


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a multiple-choice question, and why it is right or tempting."""

    letter: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A student's answer with what it earns: the curriculum of the marker and a test of the scheme.

    `earns` names points; `marks` is given instead where bands are used, `by_criterion` with its
    parts by the criteria's ids where somebody told them apart. `earlier` holds what this student
    wrote for earlier parts, by label, where an error is carried forward.
    """

    answer: str
    earns: tuple[str, ...] = ()
    marks: int | None = None
    by_criterion: tuple[tuple[str, int], ...] = ()
    shows: Shows = "partial"
    reason: str = ""
    earlier: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Length:
    """How many words a text is to have, from `least` to `most`."""

    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least} to {self.most} words"


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked and marked at one go. A question without parts has one, labelled ''."""

    label: str
    stem: str
    kind: Kind
    command_term: str
    scheme: Scheme
    hints: tuple[str, ...]
    model_answer: str
    options: tuple[Option, ...] = ()
    correct: str = ""  # the letter of the right option
    examples: tuple[Example, ...] = ()
    words: Length | None = None  # None: the length is up to the student

    @property
    def marks(self) -> int:
        """The most that this part can earn."""
        return self.scheme.out_of


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a question draws anew each time: one of `values`, as they are shown.

    Where a text says `{{name}}`, the number stands there with its unit.
    """

    name: str
    values: tuple[str, ...]  # '2.0', '2.5', …
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library, of one topic. `stem` is what all its parts share.

    `script` is a text that is to be heard, not read, before the questions are answered.

    With `givens`, its texts have gaps for numbers, and its formulas use the givens' names:
    `instances.instance` makes a question of it that can be asked. Its own values and marks are
    those of the first instance.
    """

    id: QuestionId
    subject: str
    topic: str
    title: str
    stem: str
    level: Level
    paper: str
    parts: tuple[Part, ...]
    reread: str = ""  # heading of the topic's note that answers it; '' is the whole note
    givens: tuple[Given, ...] = ()
    script: str = ""
    language: Language = "en"  # its subject's

    @property
    def told(self) -> str:
        """All that is told before the parts ask: what is heard, and what is read."""
        return "\n\n".join(text for text in (self.script, self.stem) if text)

    @property
    def marks(self) -> int:
        """The most that all parts together can earn."""
        return sum(part.marks for part in self.parts)

    @property
    def note(self) -> NoteId:
        """The note to reread: each topic has one, under the topic's own name."""
        return NoteId(f"{self.subject}/{self.topic}")

    def part(self, label: str) -> Part:
        """The part with this label. Raises KeyError if there is none."""
        for part in self.parts:
            if part.label == label:
                return part
        raise KeyError(f"{self.id} has no part {label!r}")

    def after(self, label: str) -> Part | None:
        """The part that follows, or None after the last."""
        labels = [part.label for part in self.parts]
        place = labels.index(label) + 1
        return self.parts[place] if place < len(labels) else None


@dataclass(frozen=True, slots=True)
class Note:
    """A revision page on one topic, as Markdown without its front matter."""

    id: NoteId
    subject: str
    topic: str
    title: str
    body: str
    code: str  # of the syllabus: 'C2.2'
    level: Level = "SL"
    related: tuple[str, ...] = ()
    previous: str = ""
    next: str = ""

    @property
    def minutes(self) -> int:
        """Reading time at 180 words a minute, rounded up: dense text with tables reads slowly."""
        return -(-len(self.body.split()) // 180)


@dataclass(frozen=True, slots=True)
class Flashcard:
    """Something to know by heart: `front` asks, `back` tells. Both are Markdown.

    `id` comes from the words of the front, so that it outlives a change of anything else.
    """

    id: str  # 'biology/osmosis/3f9c21d0'
    topic: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Where a fact comes from, and whether someone checked it against the board's own document."""

    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One examined paper at one level. `weight` is per cent of the grade."""

    code: str
    level: Level
    name: str
    minutes: int
    marks: int
    weight: float
    calculator: bool
    contents: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the syllabus. `topics` are the notes that teach it; empty says: no note yet.

    A note may teach several entries.
    """

    code: str
    title: str
    level: Level = "SL"
    covers: str = ""  # what belongs to it, in a few words: by these a doubt is recognised
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its papers, its syllabus, its command terms, and criteria that questions share."""

    id: str
    name: str
    syllabus_version: str
    papers: tuple[Paper, ...]
    syllabus: tuple[Entry, ...]
    command_terms: tuple[tuple[str, str], ...]  # term, what the answer must do
    skills: tuple[str, ...] = field(default=())
    criteria: tuple[tuple[str, tuple[Criterion, ...]], ...] = ()  # sets, by name
    language: Language = "en"  # that questions and answers are in

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that have a note, in teaching order."""
        return tuple(dict.fromkeys(topic for entry in self.syllabus for topic in entry.topics))


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage small enough to search for, and to quote as a source.

    `note` is a note's id, or the file name of an uploaded document; `trail` the headings above the
    passage ('Resting potential › The pump'); `page` where in a paged document, '' otherwise; `asks`
    questions that it answers, by which it is found as well.
    """

    id: str
    subject: str
    note: str
    trail: str
    text: str
    page: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A chunk that a search brought, best first. `score` is between 0 and 1; higher is nearer."""

    chunk: Chunk
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search brought. Not `covered`: `found` is empty, `nearest` names topics to offer.

    `likelihood` (0 to 1) is how likely the doubt is covered: it compares searches of subjects.
    """

    found: tuple[Found, ...]
    covered: bool
    nearest: tuple[NoteId, ...] = ()
    likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody added to their own notes. `pages` is 0 where the format has none."""

    name: str
    chunks: int
    pages: int


class Unreadable(Exception):
    """A file could not be turned into notes; the message says why and what to do, to its owner.

    The `text` has values in place of its `{names}`, so that it can be said in another language.
    """

    def __init__(self, text: str, **values: object) -> None:
        """Of a text with `{names}` and their values."""
        super().__init__(text.format(**values))
        self.text = text
        self.values = values
