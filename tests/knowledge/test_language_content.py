"""What Language B adds to the content format: shared criteria, marks by criterion, lengths."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check
from knowledge.content import Length
from knowledge.library import Library
from tests.language import FILES, write_language

LEAFLET = "questions/advice/leaflet.md"
LETTER = "questions/advice/letter.md"
WALKERS = "questions/advice/walkers.md"
SUBJECT = "subject.yaml"


def _told(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder, 1)]


def test_a_language_subject_has_no_problems(tmp_path: Path) -> None:
    write_language(tmp_path)

    assert _told(tmp_path) == []


def test_a_writing_task_has_the_criteria_that_it_names_and_its_examples_count_their_sum(
    tmp_path: Path,
) -> None:
    write_language(tmp_path)

    [letter] = Library.load(tmp_path).questions("spanish-b", command_term="discuss")

    [part] = letter.parts
    assert letter.marks == 30
    assert part.words == Length(20, 40)
    assert [example.marks for example in part.examples] == [30, 9, 0, 8]
    assert part.examples[1].by_criterion == (("language", 4), ("message", 5), ("conceptual", 0))


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (LETTER, "criteria: SL", "criteria: HL", 'subject.yaml has no criteria "HL"; there are SL'),
        (LETTER, "language: 4", "langage: 4", 'no criterion "langage": did you mean "language"?'),
        (LETTER, "language: 4, ", "", 'criterion "language" has no marks: write 0 for none'),
        (LETTER, "language: 4", "language: 14", 'criterion "language" is worth 12 only'),
        (LETTER, "language: 4", "language: few", '"language" should be a whole number'),
        (LETTER, "least: 20, most: 40", "least: 50, most: 40", '"most" should not be below'),
        (LETTER, "marks: 0, shows", "marks: few, shows", '"marks" should be a whole number'),
        (LEAFLET, "gap: 3", "gap: 2", 'gap 2 has a point already: use "accept"'),
        (LEAFLET, ", gap: 3", "", '"gap" is missing: the other points of this part have one'),
        (LEAFLET, "gap: 3", "gap: three", '"gap" should be a number or a letter'),
        (LEAFLET, "gap: 3", "gap: 3, reject: [queda]", '"reject" has no use beside "gap"'),
        (LEAFLET, "gap: 3", "gap: 3, accents: si", '"accents" should be true or false'),
        (WALKERS, "sesenta, y", "$\\frac{6$, y", "formula"),
        (WALKERS, "**Locutor:** ¿", "![x](../../figures/y.svg) ¿", "a figure cannot be heard"),
        (SUBJECT, "marks: 7-12", "marks: 8-12", "SL, entry 1, band 2: this band should begin at 7"),
        (SUBJECT, "id: message", "id: language", 'two criteria have the id "language"'),
        (SUBJECT, "name: Message", "title: Message", 'there is no key "title"'),
    ],
)
def test_what_does_not_fit_is_told(
    tmp_path: Path, path: str, old: str, new: str, told: str
) -> None:
    write_language(tmp_path)
    assert old in FILES[path]
    (tmp_path / "spanish-b" / path).write_text(FILES[path].replace(old, new, 1))

    assert told in "\n".join(_told(tmp_path))


OPENING = """\
En el pueblo de Chullpa no llueve desde hace años, pero cada mañana la niebla sube del mar y cubre
las colinas. Hace seis años, una maestra colgó entre dos palos una red vieja de pescadores y vio
que al mediodía goteaba. Con ayuda de los alumnos puso otras doce, más altas y más tupidas. El agua
cae por un canal de madera hasta un depósito que pintaron de azul. Los vecinos se turnan para
limpiar las redes, porque el polvo y los insectos tapan los agujeros. Los domingos, los mayores
cuentan a los niños cómo era la vida cuando había que caminar tres horas hasta el río y volver con
dos cubos llenos. Hoy nadie camina tanto, y en el patio de la escuela crecen tomates y lechugas."""
RIVER = """\
El viento fuerte, sin embargo, ya ha roto dos redes este invierno. Además, una empresa quiere
construir un hotel en la colina, y sus luces y sus muros cortarían el paso de la niebla. El consejo
del pueblo votará en abril. La maestra no hablará: dice que las redes hablan por ella."""
CIRCUS = """\
Pero un verano llegó al pueblo un circo sin carpa. El domador había perdido su león y la
trapecista tenía miedo a las alturas. Cantaron en la plaza, vendieron caramelos y enseñaron a los
perros a bailar. Nadie recuerda un verano más alegre, ni cuentas más difíciles de pagar."""
RIVER_ASKS = ("¿Qué rompió las redes?", "¿Qué quiere construir la empresa?")
CIRCUS_ASKS = ("¿A qué tenía miedo la trapecista?", "¿Qué vendieron los artistas?")


def _passage(folder: Path, name: str, text: str, asks: tuple[str, str]) -> None:
    """A question on a text too long to be read at once, in the place of the one that is heard."""
    made = FILES[WALKERS].replace("title: Los caminantes", f"title: El pueblo {name}")
    before, after = made.split("script: |")[0], "parts:" + made.split("parts:")[1]
    after = after.replace("¿A qué hora salen?", asks[0]).replace("¿Quién habla primero?", asks[1])
    after = after.replace("Contesta según el texto que oyes.", text)
    (folder / "spanish-b" / "questions" / "advice" / f"{name}.md").write_text(before + after)


@pytest.mark.parametrize(
    ("text", "asks", "twins"),
    [
        (f"{OPENING} {RIVER}", RIVER_ASKS, True),
        (f"{OPENING} {RIVER}", CIRCUS_ASKS, False),  # two sets of questions on one text
        (f"{OPENING} {CIRCUS}", CIRCUS_ASKS, False),  # the same beginning alone
    ],
)
def test_long_texts_are_compared_to_their_ends_and_their_questions_apart(
    tmp_path: Path, text: str, asks: tuple[str, str], twins: bool
) -> None:
    write_language(tmp_path)
    _passage(tmp_path, "niebla", f"{OPENING} {RIVER}", RIVER_ASKS)
    _passage(tmp_path, "otro", text, asks)

    told = [one for one in _told(tmp_path) if "asks nearly the same" in one]

    assert bool(told) is twins


QUOTING = """\
---
title: La radio del barrio
level: SL
paper: "2"
parts:
  - label: a
    stem: "«El programa dura una hora.» ¿Verdadero o falso? Justifica con el texto."
    command_term: find
    kind: short
    marks: 1
    mark_scheme:
      - point: falso, el programa termina a los cuarenta minutos
        needs_all: [falso, "termina a los cuarenta minutos"]
    hints: [Busca un tiempo., Compara los minutos., "¿Cuándo se acaba?"]
    model_answer: "Falso: el programa termina a los cuarenta minutos."
    examples:
      - answer: "Falso: el programa termina a los cuarenta minutos."
        earns: [p1]
        shows: full
      - {answer: Verdadero, earns: [], shows: reversed}
      - {answer: falso pq termina a los 40 minuto, earns: [p1], shows: typos}
      - {answer: Dura mucho., earns: [], shows: zero}
---
En el barrio todos escuchan la radio. El programa termina a los cuarenta minutos con una canción.
"""


def test_quoting_the_text_is_no_copy_of_the_scheme(tmp_path: Path) -> None:
    write_language(tmp_path)
    (tmp_path / "spanish-b" / "questions" / "advice" / "radio.md").write_text(QUOTING)

    assert _told(tmp_path) == []


def test_a_hint_does_not_quote_the_sentence_that_answers(tmp_path: Path) -> None:
    write_language(tmp_path)
    hinting = QUOTING.replace(
        "Busca un tiempo.", "Lee «cuarenta minutos con una canción» otra vez."
    )
    hinting = hinting.replace("point: falso, el programa termina", "point: termina")
    (tmp_path / "spanish-b" / "questions" / "advice" / "radio.md").write_text(hinting)

    [problem] = _told(tmp_path)

    assert 'holds the answer: "cuarenta minutos con una canción"' in problem
