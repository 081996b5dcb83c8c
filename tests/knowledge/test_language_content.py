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
