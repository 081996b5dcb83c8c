"""Files as teachers' editors leave them: each slip is one clear sentence, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check
from tests.content import OSMOSIS, POTATO, SUBJECT, write_subject

NOTE = "biology/notes/osmosis.md"
QUESTION = "biology/questions/osmosis/potato.md"


def _told(folder: Path, path: str) -> list[str]:
    """The problems of one file."""
    return [str(problem) for problem in check(folder, 1) if problem.path == path]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", f"{NOTE}:1: the file is empty"),
        (b"\n \n", f"{NOTE}:1: the file is empty"),
        (b"\xef\xbb\xbf" + OSMOSIS.encode(), f"{NOTE}:1: the file begins with a byte-order mark"),
        (OSMOSIS.replace("\n", "\r\n").encode(), f"{NOTE}:1: lines end as on Windows"),
        (OSMOSIS.encode() + b"caf\xe9\n", f"{NOTE}:26: the file is not UTF-8"),
        (b"## The big idea\n", f"{NOTE}:1: the file should begin with a line"),
        (b"---\ntitle: Osmosis\n", f"{NOTE}:1: the keys at the top are never closed"),
        (b"---\njust words\n---\n", f"{NOTE}:2: there should be keys with values here"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, raw: bytes, told: str) -> None:
    write_subject(tmp_path)
    (tmp_path / NOTE).write_bytes(raw)

    problems = _told(tmp_path, NOTE)

    assert len(problems) == 1
    assert problems[0].startswith(told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: A", "title: Chips: a", f"{QUESTION}:2: there is a second colon in this line"),
        ("level: SL", "level: *SL", f"{QUESTION}:3: text cannot begin with this character"),
        ("level: SL", "level: %SL", f"{QUESTION}:3: text cannot begin with this character"),
        ("reject: [sugar", "reject: [[sugar", f"{QUESTION}:12: [ ] or {{ }} are not closed"),
        ("level: SL", "level: SL\nlevel: HL", f'{QUESTION}:4: "level" is here twice'),
        ("kind: short", "kind: short\nloose words", f"{QUESTION}:7: a key without its colon"),
    ],
)
def test_broken_yaml_is_told_in_plain_words(tmp_path: Path, old: str, new: str, told: str) -> None:
    write_subject(tmp_path)
    (tmp_path / QUESTION).write_text(POTATO.replace(old, new, 1))

    problems = _told(tmp_path, QUESTION)

    assert len(problems) == 1
    assert problems[0].startswith(told)


def test_a_list_that_holds_itself_ends_in_a_sentence(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / QUESTION).write_text(POTATO.replace("level: SL", "level: &a [*a]"))

    assert "text cannot begin with this character" in _told(tmp_path, QUESTION)[0]


def test_a_broken_file_does_not_hide_the_problems_of_others(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / NOTE).write_bytes(b"\xff")
    (tmp_path / QUESTION).write_text(POTATO.replace("marks: 2", "marks: two"))

    assert _told(tmp_path, NOTE)
    assert _told(tmp_path, QUESTION)


def test_values_are_the_text_that_was_typed(tmp_path: Path) -> None:
    write_subject(tmp_path)
    changed = POTATO.replace("title: A limp potato chip", "title: no")
    (tmp_path / QUESTION).write_text(changed.replace("[it is hypertonic outside]", "[3.10, 1e3]"))

    assert _told(tmp_path, QUESTION) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("marks: 2", "marks: 0", '7: "marks" should be 1 or more, not "0"'),
        ("marks: 2", "marks:", '7: "marks" should be a whole number, not empty'),
        ("level: SL", "level: sl", '3: "level" should be one of SL, HL, not "sl"'),
        ("level: SL\n", "", '2: "level" is missing'),
        ("    accept: [w", "    acept: [w", 'mark scheme, point 1: there is no key "acept": did '),
        ("accept: [water m", "accept: water m", '10: mark scheme, point 1: "accept" should be a'),
        ("  - Which s", "  - one: Which s", "16: hint 1 should be text, not keys and values"),
        (
            "  - point: b",
            "  - pint: b",
            '12: mark scheme, point 2: there is no key "pint": did you',
        ),
        ("    shows: full", "    shows: all", '24: example 1: "shows" should be one of full,'),
        ("kind: short", "kind: short\nlist_rule: x", '7: "list_rule" should be a whole number'),
        ("kind: short", "kind: short\nin_order: x", '7: "in_order" should be true or false'),
        ("kind: short", "kind: short\nanswer: B", '6: "options" and "answer" belong to kind'),
        ("kind: short", "kind: essay", "6: an answer of kind essay is marked by"),
        ("kind: short", "kind: choice", '6: a choice has "options" and "answer", and no'),
        ("kind: short", "label: a\nkind: short", '7: "label" belongs to a part'),
    ],
)
def test_a_misfit_is_told_in_a_teachers_words_at_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    write_subject(tmp_path)
    text = POTATO.replace(old, new, 1).replace("accept: water moves out of the chip]", "accept: w")
    (tmp_path / QUESTION).write_text(text)

    problems = _told(tmp_path, QUESTION)

    assert any(told in problem for problem in problems), problems
    assert not any("Input should" in problem or "parse" in problem for problem in problems)


def test_a_comma_that_cuts_a_text_short_is_recognised(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/questions/osmosis/direction.md"
    file.write_text(file.read_text().replace("Salt water has", "Salt water, once more, has"))

    problems = _told(tmp_path, "biology/questions/osmosis/direction.md")

    assert problems == [
        "biology/questions/osmosis/direction.md:10: option B: "
        '"has the lower water potential." stands after a comma: put the whole text between '
        "double quotes",
        "biology/questions/osmosis/direction.md:10: option B: "
        '"once more" stands after a comma: put the whole text between double quotes',
    ]


def test_a_subject_in_a_language_that_nobody_reads_says_which_there_are(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / "biology/subject.yaml").write_text(SUBJECT + "language: it\n")

    problems = _told(tmp_path, "biology/subject.yaml")

    assert problems == [
        'biology/subject.yaml:22: "language" should be one of en, es, fr, de, not "it"'
    ]


def test_a_subject_with_broken_keys_says_so(tmp_path: Path) -> None:
    write_subject(tmp_path)
    file = tmp_path / "biology/subject.yaml"
    file.write_text(SUBJECT.replace("weight: 40", "weight: heavy", 1))

    assert _told(tmp_path, "biology/subject.yaml") == [
        'biology/subject.yaml:4: paper 1: "weight" should be a number, not "heavy"'
    ]
