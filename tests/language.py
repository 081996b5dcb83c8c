"""A small Language B subject without a single problem: `write_language(folder)`.

Topics: advice (commands). Questions: advice/letter (three criteria, with a length), advice/leaflet
(three gaps), and advice/walkers (a text that is heard, with two parts).
"""

from __future__ import annotations

from pathlib import Path

SUBJECT = """\
name: Spanish B
syllabus_version: first assessment 2020
papers:
  - {code: "1", level: SL, name: "Paper 1, writing", minutes: 75, marks: 30, weight: 50,
     calculator: false, contents: one text, source: made up for tests, verified: false}
  - {code: "2", level: SL, name: Paper 2, minutes: 105, marks: 65, weight: 50, calculator: false,
     contents: listening and reading, source: made up for tests, verified: false}
syllabus:
  - {code: G.2, title: Commands and advice, covers: "imperative, usted", topics: [advice]}
command_terms:
  complete: Fill the gaps.
  discuss: Look at a matter from more than one side.
  find: Point to the place in the text that tells it.
  identify: Find what is asked for in the text.
criteria:
  SL:
    - id: language
      name: Language
      bands:
        - {marks: 1-6, descriptor: Few words; slips often hide the sense.}
        - {marks: 7-12, descriptor: Varied words; slips seldom hide the sense.}
    - id: message
      name: Message
      bands:
        - {marks: 1-6, descriptor: Touches the task.}
        - {marks: 7-12, descriptor: Does all of the task.}
    - id: conceptual
      name: Conceptual understanding
      bands:
        - {marks: 1-3, descriptor: Form and tone fit the reader in part.}
        - {marks: 4-6, descriptor: Form and tone fit the reader throughout.}
"""

NOTE = """\
---
title: Giving advice
code: G.2
level: SL
---
## The big idea
A command tells somebody what to do: *bebe*, *beba*.
## With usted
The command takes the form of the subjunctive: *salga*, *no salga*.
## With pronouns
The pronoun is joined on when you say yes: *quédese*.
## Common mistakes
Mixing *tú* and *usted* in one text.
"""

LETTER = """\
---
title: Una carta sobre el lago
level: SL
paper: "1"
command_term: discuss
kind: writing
words: {least: 20, most: 40}
marks: 30
mark_scheme:
  criteria: SL
  content: [how the lake is, what should be done for it]
hints: [Who reads it?, What do you want them to do?, How does such a letter end?]
model_answer: Queridos vecinos, nuestro lago calla. Nos vemos el domingo para limpiarlo.
examples:
  - answer: Queridos vecinos, el lago es triste. Vamos a limpiarlo el domingo. Un abrazo, Ana
    marks: {language: 12, message: 12, conceptual: 6}
    shows: full
    reason: It speaks to its readers and asks for something.
  - answer: El lago es sucio y limpiamos.
    marks: {language: 4, message: 5, conceptual: 0}
    shows: partial
    reason: One idea.
  - {answer: lago agua vecinos, marks: 0, shows: list, reason: No sentence.}
  - {answer: Qeridos vezinos el lago son trist, marks: 8, shows: typos, reason: Short.}
---
Escribe una carta a tus vecinos sobre el lago.
"""

LEAFLET = """\
---
title: Consejos contra el calor
level: SL
paper: "2"
command_term: identify
kind: short
marks: 3
mark_scheme:
  - {point: beba, gap: 1}
  - {point: no salga, gap: 2, accept: [salga]}
  - {point: quédese, gap: 3}
hints: [Who is spoken to?, The form is that of usted., Where does the pronoun go?]
model_answer: 1 beba, 2 no salga, 3 quédese
examples:
  - {answer: "1 beba 2 salga 3 quédese", earns: [p1, p2, p3], shows: full}
  - {answer: beba / no salga / quedese, earns: [p1, p2, p3], shows: typos}
  - {answer: "1 bebe, 2 no salga, 3 quédate", earns: [p2], shows: partial}
  - {answer: "1 bebes 2 sales 3 quedas", earns: [], shows: zero}
---
Completa el folleto con la forma de **usted**.

(1) ____ *(beber)* mucha agua. (2) ____ *(no salir)* a mediodía. (3) ____ *(quedarse)* en casa.
"""

WALKERS = """\
---
title: Los caminantes
level: SL
paper: "2"
script: |
  **Locutor:** ¿Cuántos sois hoy?

  **Yolanda:** Somos sesenta, y salimos a las seis.
parts:
  - label: a
    stem: "¿A qué hora salen?"
    command_term: find
    kind: choice
    marks: 1
    options:
      A: {text: a las seis, why: Lo dice Yolanda.}
      B: {text: a las siete, why: Nadie dice eso.}
    answer: A
    hints: [Escucha el final., Es una hora., Sale el sol.]
    model_answer: A. Salen a las seis.
    examples:
      - {answer: A, earns: [p1], shows: full}
      - {answer: B, earns: [], shows: zero}
  - label: b
    stem: "¿Quién habla primero?"
    command_term: find
    kind: choice
    marks: 1
    options:
      A: {text: Yolanda, why: Ella contesta.}
      B: {text: el locutor, why: Él pregunta.}
    answer: B
    hints: [Escucha el principio., Alguien pregunta., Trabaja en la radio.]
    model_answer: B. Habla primero el locutor.
    examples:
      - {answer: B, earns: [p1], shows: full}
      - {answer: A, earns: [], shows: zero}
---
Contesta según el texto que oyes.
"""

FILES = {
    "subject.yaml": SUBJECT,
    "notes/advice.md": NOTE,
    "questions/advice/letter.md": LETTER,
    "questions/advice/leaflet.md": LEAFLET,
    "questions/advice/walkers.md": WALKERS,
}


def write_language(folder: Path) -> None:
    """Put the subject 'spanish-b' into a content folder: load it with `Library.load(folder)`."""
    for path, text in FILES.items():
        file = folder / "spanish-b" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
