"""A small subject without a single problem, for tests that need content: `write_subject(folder)`.

Topics: osmosis (for everybody) and inhibition (HL). Questions: osmosis/potato (short, two points),
osmosis/direction (choice), osmosis/rate (number), osmosis/chips (two parts, carried forward), and
inhibition/essay (markbands).
"""

from __future__ import annotations

from pathlib import Path

SUBJECT = """\
name: Biology
syllabus_version: first assessment 2025
papers:
  - {code: "1A", level: SL, name: Paper 1A, minutes: 45, marks: 30, weight: 40, calculator: true,
     contents: choices, source: made up for tests, verified: false}
  - {code: "2", level: SL, name: Paper 2, minutes: 90, marks: 50, weight: 60, calculator: true,
     contents: written answers, source: made up for tests, verified: false}
  - {code: "1A", level: HL, name: Paper 1A, minutes: 60, marks: 40, weight: 40, calculator: true,
     contents: choices, source: made up for tests, verified: false}
  - {code: "2", level: HL, name: Paper 2, minutes: 150, marks: 80, weight: 60, calculator: true,
     contents: written answers, source: made up for tests, verified: false}
syllabus:
  - {code: D2.3, title: Water potential, covers: osmosis and tonicity, topics: [osmosis]}
  - {code: C1.1, title: Enzymes, level: HL, covers: inhibitors, topics: [inhibition]}
  - {code: D4.3, title: Climate change, covers: the greenhouse effect}
command_terms:
  identify: Pick one answer out of several.
  calculate: Work out a number and show how.
  explain: Give reasons or causes, not only what happens.
  discuss: Weigh several sides against each other.
skills: [Read the command term first.]
"""

OSMOSIS = """\
---
title: Osmosis
code: D2.3
level: SL
related: [inhibition]
next: inhibition
---
## The big idea
Water moves on its own towards the side where more is dissolved.

![A U-tube with a membrane: water rises on the side of the sugar](../figures/tube.svg)

## Water potential
It is written $\\psi$ and is highest, at $0$ kPa, in pure water.

### What lowers it
Anything that is dissolved. [Inhibitors](inhibition.md) are another story.

## In plant cells
The wall pushes back: a cell in pure water becomes turgid and does not burst.

## Glossary
| term | meaning |
|---|---|
| turgid | full of water and firm |
"""

INHIBITION = """\
---
title: Enzyme inhibition
code: C1.1
level: HL
related: [osmosis]
previous: osmosis
---
## The big idea
An inhibitor slows an enzyme down.
## Competitive
It sits in the active site, and more substrate pushes it out.
## Non-competitive
It sits elsewhere and changes the shape of the active site.
## Graphs
With enough substrate, only the first kind reaches the old maximum.
"""

POTATO = """\
---
title: A limp potato chip
level: SL
paper: "2"
command_term: explain
kind: short
marks: 2
mark_scheme:
  - point: water leaves the cells of the potato
    accept: [water moves out of the chip]
    reject: [sugar leaves the cells]
  - point: because the solution outside has a lower water potential
    accept: [it is hypertonic outside]
    depends_on: p1
hints:
  - Which substance can pass through the membrane freely?
  - On which side is there less of it?
  - Follow that substance, and think of what remains behind.
model_answer: Water leaves the cells by osmosis, since the syrup has the lower water potential.
reread: Water potential
examples:
  - answer: the syrup has lower water potential so H2O goes out of the chip cells
    earns: [p1, p2]
    shows: full
  - answer: It dries out since the liquid in the cells goes into the bowl.
    earns: [p1]
    shows: partial
  - answer: Water enters the cells because the syrup is hypertonic.
    earns: []
    shows: reversed
    reason: The direction is wrong, and the second point needs the first.
  - answer: watr moovs out of teh cells
    earns: [p1]
    shows: typos
---
A chip of potato is left in thick syrup for an hour and becomes limp. Explain why.
"""

DIRECTION = """\
---
title: Which way it moves
level: SL
paper: "1A"
command_term: identify
kind: choice
marks: 1
options:
  A: {text: Into the cell, why: That needs a higher water potential outside.}
  B: {text: Out of the cell, why: Salt water has the lower water potential.}
  C: {text: Nowhere, why: "There is a gradient, so there is a net movement."}
answer: B
hints: [Compare both sides., Salt lowers one of them., Go downhill.]
model_answer: B. The salt water outside has the lower water potential.
examples:
  - {answer: B, earns: [p1], shows: full}
  - {answer: it shrinks so B, earns: [p1], shows: full}
  - {answer: A, earns: [], shows: zero}
  - {answer: "c?", earns: [], shows: zero}
---
A red blood cell is put into salt water. Identify the net movement of water.
"""

RATE = """\
---
title: How fast it rises
level: SL
paper: "2"
command_term: calculate
kind: number
marks: 2
mark_scheme:
  - {id: m1, type: M, point: divides the distance by the time, implied_by: a1}
  - id: a1
    type: A
    numeric: {value: 0.25, unit: cm/min, formula: 5 / 20, significant_figures: 2}
hints: [Speed is a ratio., Distance goes on top., Do not forget the unit.]
model_answer: 5 cm / 20 min = 0.25 cm/min
examples:
  - {answer: 0.25 cm/min, earns: [m1, a1], shows: full}
  - {answer: 5/20 = 0.25 cm per minute, earns: [m1, a1], shows: full}
  - {answer: 5/20 = 0.4, earns: [m1], shows: partial}
  - {answer: 4 cm/min, earns: [], shows: zero}
---
Water in a tube rises by 5 cm in 20 minutes. Calculate the speed.
"""

CHIPS = """\
---
title: Chips on the scale
level: SL
paper: "2"
parts:
  - label: a
    stem: Calculate the loss of mass.
    command_term: calculate
    kind: number
    marks: 1
    mark_scheme:
      - numeric: {value: 0.6, unit: g, formula: 3.0 - 2.4}
    hints: [Compare the two readings., It is a difference., Later from earlier.]
    model_answer: 0.6 g
    examples:
      - {answer: 0.6 g, earns: [p1], shows: full}
      - {answer: 5.4 g, earns: [], shows: zero}
  - label: b
    stem: Calculate the loss in per cent of the first mass.
    command_term: calculate
    kind: number
    marks: 2
    mark_scheme:
      - {point: divides by the first mass, type: M}
      - {type: A, numeric: {value: 20, unit: "%", formula: 0.6 / 3.0 * 100, carried: a / 3.0 * 100}}
    hints: ["A share of what?", Of what it was at first., Times a hundred at the end.]
    model_answer: 0.6 g / 3.0 g is 20 %.
    examples:
      - {answer: 0.6/3 = 20%, earns: [p1, p2], shows: full}
      - {answer: "5.4/3 = 180 %", earns: [p1, p2], shows: full, earlier: {a: 5.4 g}}
      - {answer: 0.6/3 = 2, earns: [p1], shows: partial}
---
A chip weighs 3.0 g before and 2.4 g after an hour in syrup.
"""

ESSAY = """\
---
title: Two kinds of inhibitor
level: HL
paper: "2"
command_term: discuss
kind: essay
marks: 6
mark_scheme:
  content: [where each kind binds, what more substrate does]
  bands:
    - {marks: 1-2, descriptor: Names one kind.}
    - {marks: 3-4, descriptor: Says how each of them works.}
    - {marks: 5-6, descriptor: Weighs both by what more substrate changes.}
hints: [Think of two places., "What would more substrate do?", Compare the maximum.]
model_answer: One kind competes for the active site and can be outnumbered; the other cannot.
examples:
  - {answer: One sits in the site and loses to substrate. The other never does.,
     marks: 6, shows: full, reason: Both are weighed by what substrate does.}
  - {answer: There is one that fits the site., marks: 1, shows: partial, reason: One kind only.}
  - {answer: inhibitor site substrate shape maximum, marks: 0, shows: list, reason: Claims nothing.}
  - {answer: teh one in teh site loses to more substrat, marks: 2, shows: typos, reason: One kind.}
---
Discuss how two kinds of inhibitor differ in their effect on an enzyme.
"""

HEAT = """\
---
title: Warming a cup of water
level: SL
paper: "2"
command_term: calculate
kind: number
marks: 2
givens:
  m: {from: 50, to: 200, step: 2.5, unit: g}
  dT: {one_of: [4, 6, 8.5], unit: K}
mark_scheme:
  - {id: m1, type: M, point: "multiplies {{= m}} by 4.18 and by {{= dT}}", implied_by: a1}
  - id: a1
    type: A
    numeric: {unit: kJ, formula: m * 4.18 * dT / 1000, significant_figures: 3, tolerance: 0.01}
hints: [Three factors., "The warming is {{dT}}.", Kilojoules are asked for.]
model_answer: "{{= m}} × 4.18 × {{= dT}} J = {{= m * 4.18 * dT / 1000 | 3sf}} kJ"
examples:
  - {answer: "{{= m * 4.18 * dT / 1000 | 3sf}} kJ", earns: [m1, a1], shows: full}
  - {answer: "E = {{= m * 4.18 * dT | 3sf}} J", earns: [m1, a1], shows: full}
  - {answer: "{{= m}}*4.18*{{= dT}} = 3 kJ", earns: [m1], shows: partial}
  - {answer: "{{= m * 4.18}} kJ", earns: [], shows: zero}
---
Water of {{m}} warms by {{dT}}; it takes $4.18$ J to warm a gram by a kelvin.
Calculate the energy.
"""  # not among the files of the subject: a test puts it there

LETTER = """\
---
title: A letter about the lake
level: HL
paper: "2"
command_term: discuss
kind: writing
marks: 30
mark_scheme:
  content: [what the lake is like, what should be done for it]
  criteria:
    - id: language
      name: Language
      bands:
        - {marks: 1-3, descriptor: Few words and patterns; slips often hide the sense.}
        - {marks: 4-6, descriptor: Everyday words and patterns; slips at times hide the sense.}
        - {marks: 7-9, descriptor: Varied words in some longer sentences; slips seldom hide it.}
        - {marks: 10-12, descriptor: Fitting words in supple sentences; slips never hide it.}
    - id: message
      name: Message
      bands:
        - {marks: 1-3, descriptor: Hardly touches the task.}
        - {marks: 4-6, descriptor: Touches the task with ideas that are named only.}
        - {marks: 7-9, descriptor: Does the task with ideas that are mostly filled out.}
        - {marks: 10-12, descriptor: Does all of the task; ideas are filled out and ordered.}
    - id: form
      name: Form and tone
      bands:
        - {marks: 1-2, descriptor: Form and tone seldom fit the reader.}
        - {marks: 3-4, descriptor: Form and tone fit the reader in part.}
        - {marks: 5-6, descriptor: Form and tone fit the reader throughout.}
hints: [Who reads it?, What do you want them to do?, How does such a letter end?]
model_answer: Dear neighbours, our lake is silent, and it need not be. Let us meet on Sunday.
examples:
  - {answer: "Dear neighbours, our lake is silent. Let us clean it on Sunday. Yours, Ada",
     marks: 21, shows: full, reason: It speaks to its readers and asks for something.}
  - {answer: The lake is dirty and we must clean., marks: 9, shows: partial, reason: One idea.}
  - {answer: lake water fish plastic neighbours, marks: 0, shows: list, reason: No sentence.}
  - {answer: Deer nieghbours our lake are silent help it, marks: 8, shows: typos, reason: Short.}
---
Write a letter to your neighbours to discuss what can be done for the lake.
"""  # likewise, as questions/inhibition/letter.md

CARDS = """\
- front: What does a semi-permeable membrane let through?
  back: Water, but not what is dissolved in it.
- cloze: Water moves to the side of the {{lower}} water potential, which is written {{$\\psi$}}.
"""  # likewise, as cards/osmosis.yaml

TUBE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
  <rect x="20" y="20" width="160" height="60" fill="none" stroke="#333"/>
  <text x="30" y="50" font-size="14">sugar →</text>
</svg>
"""

FILES = {
    "subject.yaml": SUBJECT,
    "notes/osmosis.md": OSMOSIS,
    "notes/inhibition.md": INHIBITION,
    "questions/osmosis/potato.md": POTATO,
    "questions/osmosis/direction.md": DIRECTION,
    "questions/osmosis/rate.md": RATE,
    "questions/osmosis/chips.md": CHIPS,
    "questions/inhibition/essay.md": ESSAY,
    "figures/tube.svg": TUBE,
}


def write_subject(folder: Path) -> None:
    """Put the subject 'biology' into a content folder: load it with `Library.load(folder)`."""
    for path, text in FILES.items():
        file = folder / "biology" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
