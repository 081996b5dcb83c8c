"""The check of content: each kind of mistake is found, at its line, and good content has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check
from tests.content import FILES, write_subject

POTATO = "questions/osmosis/potato.md"
DIRECTION = "questions/osmosis/direction.md"
RATE = "questions/osmosis/rate.md"
CHIPS = "questions/osmosis/chips.md"
ESSAY = "questions/inhibition/essay.md"
OSMOSIS = "notes/osmosis.md"
TUBE = "figures/tube.svg"
SUBJECT = "subject.yaml"

NUMERIC = "{value: 0.25, unit: cm/min, formula: 5 / 20, significant_figures: 2}"


def _told(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder, 1)]


def test_good_content_has_no_problems(tmp_path: Path) -> None:
    write_subject(tmp_path)

    assert _told(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "told"),
    [
        # schemes
        (POTATO, "marks: 2", "marks: 3", 7, "the points can earn 2 at most"),
        (POTATO, "depends_on: p1", "depends_on: p7", 14, 'there is no point "p7"'),
        (POTATO, "depends_on: p1", "depends_on: p2", 14, '"p2" goes round in a circle'),
        (POTATO, "depends_on: p1", "implied_by: p2", 14, '"p2" goes round in a circle'),
        (POTATO, "depends_on: p1", "id: p1", 12, 'two points have the id "p1"'),
        (POTATO, "depends_on: p1", "required: [ATP/]", 14, "nothing on one side of a slash"),
        (POTATO, "marks: 2", "marks: 2\ncaps: [{max: 1, points: [p1, p9]}]", 8, 'no point "p9"'),
        (POTATO, "marks: 2", "marks: 2\ncaps: [{max: 1, unless: [p9]}]", 8, 'no point "p9"'),
        (POTATO, "marks: 2", "marks: 2\ncaps: [{max: 2}]", 8, "a limit of 2 limits nothing"),
        (POTATO, "    depends_on: p1", "    type: AG", 7, "the points can earn 1 at most"),
        (ESSAY, "marks: 5-6", "marks: 5-7", 7, '"marks" is 6, but the bands reach 7'),
        (ESSAY, "marks: 3-4", "marks: 4-4", 12, "this band should begin at 3"),
        (ESSAY, "marks: 1-2", "marks: 2-2", 11, "the lowest band should begin at 1"),
        (ESSAY, "marks: 3-4", "marks: 4-3", 12, '"4-3" begins above its end'),
        (ESSAY, "marks: 3-4", "marks: few", 12, '"few" should be marks such as 1-3'),
        (ESSAY, "kind: essay", "kind: short", 6, "an answer of kind short is marked by a list"),
        # choices
        (DIRECTION, "answer: B\n", "answer: D\n", 12, '"answer" D is not one of A, B, C'),
        (DIRECTION, "answer: B\n", "", 2, '"answer" is missing'),
        # numbers
        (
            RATE,
            NUMERIC,
            NUMERIC.replace("5 / 20", "20 / 5"),
            12,
            "20 / 5 is 4, which does not round",
        ),
        (RATE, NUMERIC, NUMERIC.replace("5 / 20", "5 over 20"), 12, "cannot be calculated"),
        (RATE, NUMERIC, NUMERIC.replace("5 / 20", "1 / 0"), 12, "cannot be calculated"),
        (RATE, NUMERIC, NUMERIC.replace("s: 2", "s: 3"), 12, "0.25 has 2 significant figures"),
        (RATE, NUMERIC, NUMERIC.replace("cm/min", "cm/mim"), 12, '"mim" is no unit'),
        (RATE, NUMERIC, NUMERIC.replace("cm/min", "cm per minut"), 12, '"minut" is no unit'),
        (
            *(RATE, NUMERIC, "{value: 0.25, tolerance: 1, tolerance_percent: 2}"),
            12,
            'give "tolerance" or "tolerance_percent", not both',
        ),
        (RATE, f"numeric: {NUMERIC}", "point: a quarter", 8, 'needs a point with "numeric"'),
        (
            *(RATE, f"numeric: {NUMERIC}", "expression: {value: two x}"),
            *(12, '"two" is no algebra'),
        ),
        (
            *(RATE, f"numeric: {NUMERIC}", "expression: {value: 2x +}"),
            *(12, '"2x +" cannot be read as algebra'),
        ),
        (
            *(RATE, f"numeric: {NUMERIC}", "expression: {value: x = y = 2}"),
            *(12, '"x = y = 2" has more than two sides'),
        ),
        (
            *(RATE, f"numeric: {NUMERIC}", "expression: {value: x^2 + 1, form: factorised}"),
            *(12, '"x^2 + 1" is not factorised itself'),
        ),
        (RATE, "numeric: {", "expression: {value: x}\n    numeric: {", 13, "not both"),
        (CHIPS, "carried: a / 3.0", "carried: c / 3.0", 25, '"c" is no earlier part'),
        (CHIPS, "carried: a / 3.0", "carried: c.p1 / 3.0", 25, '"c" is no earlier part'),
        (CHIPS, "carried: a / 3.0", "carried: a.p2 / 3.0", 25, '"p2" is no point of part (a)'),
        (CHIPS, "carried: a / 3.0", "carried: a.p1 / 30", 25, "earlier answers it gives 2, not 20"),
        (
            CHIPS,
            "carried: a / 3.0 *",
            "carried: a / 30 *",
            25,
            "earlier answers it gives 2, not 20",
        ),
        (CHIPS, "carried: a / 3.0 *", "carried: 0.6 / 3.0 *", 25, "uses no earlier part's label"),
        # hints
        (
            POTATO,
            "  - On which side is there less of it?\n",
            "",
            15,
            "hints: there should be 3, not 2",
        ),
        (
            POTATO,
            "On which side is there less of it?",
            "See how water leaves the cells of the potato.",
            17,
            'it gives the answer away: "water leaves the cells of the potato"',
        ),
        (
            POTATO,
            "On which side is there less of it?",
            "Water moves out of the chip, but why?",
            17,
            'hint 2: it gives the answer away: "water moves out of the chip"',
        ),
        (RATE, "Speed is a ratio.", "It is near 0.25 or so.", 13, "gives the answer away: 0.25"),
        (DIRECTION, "Go downhill.", "It goes out of the cell.", 13, "gives the answer away"),
        # the question in its subject
        (POTATO, "term: explain", "term: explane", 5, 'did you mean "explain"?'),
        (DIRECTION, "marks: 1", "marks: 9", 5, '"identify" asks for too little to be worth 9'),
        (POTATO, "term: explain", "term: discuss", 5, '"discuss" asks for too much to be worth 2'),
        (POTATO, 'paper: "2"', 'paper: "3"', 4, "there is no paper 3; there are 1A, 2"),
        (
            POTATO,
            "reread: Water potential",
            "reread: Water potentail",
            20,
            'mean "Water potential"?',
        ),
        (ESSAY, "level: HL", "level: SL", 3, "the note of this topic is HL"),
        (
            POTATO,
            "A chip of potato is left in thick syrup for an hour and becomes limp. Explain why.\n",
            "",
            2,
            "the question itself is missing",
        ),
        (CHIPS, "  - label: b", "  - label: b(i)", 18, '"b(i)" should be a letter or two'),
        (
            POTATO,
            "title: A limp",
            "title: A " + "very " * 12 + "limp",
            2,
            "title: it has",
        ),
        (CHIPS, "  - label: b", "  - label: a", 5, "two parts have the same label"),
        (
            CHIPS,
            "    stem: Calculate the loss of mass.\n",
            "",
            6,
            'a part needs a "label" and a "stem"',
        ),
        # examples
        (POTATO, "earns: [p1, p2]", "earns: [p1, p3]", 23, 'no point "p3"; there are p1, p2'),
        (POTATO, "earns: [p1, p2]", "earns: [p1]", 24, '"full" earns everything; this one earns 1'),
        (POTATO, "earns: [p1, p2]", "earns: [p2]", 23, '"p2" needs "p1", which is not earned'),
        (POTATO, "earns: [p1, p2]", "earns: [p1, p2, p2]", 23, '"p2" is here twice'),
        (POTATO, "earns: []", "earns: [p1, p2]", 30, "earns less than everything"),
        (POTATO, "    earns: []\n", "", 28, '"earns" is missing'),
        (POTATO, "shows: reversed", "shows: zero", 21, "none shows reversed or list"),
        (POTATO, "shows: typos", "shows: partial", 21, "none shows typos or order"),
        (POTATO, "shows: partial", "shows: order", 21, "none shows partial"),
        (POTATO, "shows: partial", "shows: zero", 27, "earns nothing; this one earns 1 of 2"),
        (
            POTATO,
            "shows: partial",
            "shows: partial\n    marks: 1",
            28,
            'an example says "earns" only',
        ),
        (
            POTATO,
            "watr moovs out of teh cells",
            "water leaves the cells of a potato.",
            32,
            "it copies",
        ),
        (
            POTATO,
            "watr moovs out of teh cells",
            "Water enters the cells because the syrup is hypertonic",
            32,
            "this answer is here twice",
        ),
        (
            RATE,
            "  - {answer: 4 cm/min, earns: [], shows: zero}\n",
            "",
            15,
            "there are 3, but a question",
        ),
        (
            CHIPS,
            "      - {answer: 5.4 g, earns: [], shows: zero}\n",
            "",
            15,
            "there are 1, but a part needs 2",
        ),
        (CHIPS, "earlier: {a: 5.4 g}", "earlier: {c: 5.4 g}", 30, 'there is no earlier part "c"'),
        (
            CHIPS,
            "answer: 0.6 g, earns: [p1], shows: full",
            "answer: 0.6, earns: [], shows: zero",
            15,
            "none shows full",
        ),
        (ESSAY, "marks: 0, shows", "earns: [], shows", 20, 'says "marks", not "earns"'),
        (ESSAY, "marks: 6, shows", "marks: 7, shows", 18, "the question is worth 6 only"),
        (ESSAY, ", reason: One kind only.", "", 19, '"reason" is missing'),
        # writing
        (
            POTATO,
            "model_answer: Water",
            "model_answer: TODO Water",
            19,
            '"TODO" is left to be written',
        ),
        (
            POTATO,
            "model_answer: Water",
            "model_answer: $\\frac{1$ Water",
            19,
            "{ and } do not match",
        ),
        (POTATO, "and becomes limp", "for $5", 36, 'a "$" without its partner'),
        (OSMOSIS, "is highest, at $0$", "is highest, at $0}$", 14, "{ and } do not match"),
        (OSMOSIS, "is highest, at $0$", "is highest, at $10%$", 14, "would vanish"),
        # notes
        (OSMOSIS, "## Glossary", "### Glossary", 8, "3 headings (##): a note needs 4"),
        (OSMOSIS, "## Glossary", "# Glossary", 22, "# is the title's own heading"),
        (
            OSMOSIS,
            "](inhibition.md)",
            "](inhibitors.md)",
            17,
            'the link to "inhibitors.md" leads now',
        ),
        (OSMOSIS, "related: [inhibition]", "related: [enzymes]", 5, 'there is no note "enzymes"'),
        (OSMOSIS, "next: inhibition", "next: enzymes", 6, 'next: there is no note "enzymes"'),
        (OSMOSIS, "next: inhibition", "next: osmosis", 6, "a note cannot lead to itself"),
        (OSMOSIS, "code: D2.3", "code: D9", 3, 'the syllabus has no entry "D9"'),
        (OSMOSIS, "code: D2.3", "code: D4.3", 3, '"osmosis" is not among the topics of D4.3'),
        # figures
        (
            OSMOSIS,
            "![A U-tube with a membrane: water rises on the side of the sugar]",
            "![A U-tube]",
            11,
            "its alt text has 8 characters",
        ),
        (
            OSMOSIS,
            "../figures/tube.svg",
            "../figures/pipe.svg",
            11,
            "no figure biology/figures/pipe.s",
        ),
        (TUBE, "</svg>", "", 1, "the figure cannot be drawn"),
        (TUBE, 'x="30"', 'x="3000"', 3, 'the text "sugar →" is not seen'),
        (TUBE, "<text", '<text fill="white"', 3, 'the text "sugar →" is not seen'),
        (TUBE, "sugar →", "sugar 漢", 3, 'has no letter "漢"'),
        # the subject
        (
            SUBJECT,
            "topics: [osmosis]",
            "topics: [osmosis, diffusion]",
            13,
            "write notes/diffusion.md",
        ),
        (SUBJECT, "topics: [inhibition]", "topics: [inhibition, inhibition]", 14, "entry twice"),
        (SUBJECT, "code: D4.3", "code: D2.3", 15, "D2.3 is here twice"),
        (SUBJECT, "weight: 40", "weight: 50", 3, "the SL papers add up to 110, not 100"),
        (SUBJECT, "identify:", "Identify:", 17, "command terms are written in lower case"),
    ],
)
def test_a_mistake_is_found_at_its_line(
    tmp_path: Path, *, path: str, old: str, new: str, line: int, told: str
) -> None:
    write_subject(tmp_path)
    _change(tmp_path / "biology" / path, old, new)

    problems = check(tmp_path, 1)

    assert [problem.line for problem in problems if told in problem.text] == [line], problems


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (RATE, NUMERIC, NUMERIC.replace("0.25", "0.250")),
        (RATE, NUMERIC, NUMERIC.replace("cm/min", "beats/min")),
        (RATE, "Speed is a ratio.", "You need the 20 minutes."),
        (POTATO, "reread: Water potential", "reread: What lowers it"),
        (OSMOSIS, "is highest, at $0$", "is highest, at \\$0"),
        (OSMOSIS, "](inhibition.md)", "](https://example.org/a)"),
    ],
)
def test_what_is_no_mistake_is_left_alone(tmp_path: Path, path: str, old: str, new: str) -> None:
    write_subject(tmp_path)
    _change(tmp_path / "biology" / path, old, new)

    assert check(tmp_path, 1) == ()


def test_content_without_figures_shows_none_and_needs_none(tmp_path: Path) -> None:
    write_subject(tmp_path)
    _change(tmp_path / "biology" / OSMOSIS, "![", "[")
    _change(tmp_path / "biology" / OSMOSIS, "(../figures/tube.svg)", "")

    assert _told(tmp_path) == [
        "biology/figures/tube.svg:1: no note and no question shows this figure"
    ]


def test_names_that_cannot_be_ids_are_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    questions = tmp_path / "biology/questions/osmosis"
    (questions / "potato.md").rename(questions / "Limp_potato.md")
    (questions / "rate.md").rename(questions / "the-speed-at-which-it-rises-in-a-tube.md")

    told = _told(tmp_path)

    assert told == [
        'biology/questions/osmosis/Limp_potato.md:1: the name "Limp_potato" may have only a-z, '
        "0-9 and single hyphens",
        "biology/questions/osmosis/the-speed-at-which-it-rises-in-a-tube.md:2: the id "
        "biology/osmosis/the-speed-at-which-it-rises-in-a-tube has 53 bytes, more than 48: "
        "shorten the name",
    ]


def test_files_that_belong_nowhere_are_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / "biology/notes/osmosis.docx").write_bytes(b"PK")
    (tmp_path / "biology/questions/loose.md").write_text(FILES[POTATO])
    (tmp_path / "biology/.DS_Store").write_bytes(b"")

    paths = [problem.path for problem in check(tmp_path, 1)]

    assert paths == ["biology/notes/osmosis.docx", "biology/questions/loose.md"]


def test_notes_and_questions_of_no_topic_are_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    _change(tmp_path / "biology/subject.yaml", ", topics: [inhibition]", "")

    told = [str(problem) for problem in check(tmp_path, 1) if "among its topics" in problem.text]

    assert told == [
        'biology/notes/inhibition.md:2: no entry of the syllabus has "inhibition" among its topics',
        "biology/questions/inhibition/essay.md:2: no entry of the syllabus has "
        '"inhibition" among its topics',
    ]


def test_a_subject_without_its_file_is_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    (tmp_path / "biology/subject.yaml").unlink()

    assert "biology/subject.yaml:1: the file is missing" in _told(tmp_path)


def test_a_topic_with_too_few_questions_is_found(tmp_path: Path) -> None:
    write_subject(tmp_path)

    told = [str(problem) for problem in check(tmp_path, 4)]

    assert told == [
        'biology/subject.yaml:14: topic "inhibition" needs 4 questions or more, and has 1'
    ]


def test_the_same_question_asked_twice_is_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    twin = FILES[POTATO].replace("for an hour and becomes", "for one hour and becomes")
    (tmp_path / "biology/questions/osmosis/twin.md").write_text(twin)

    assert _told(tmp_path) == [
        "biology/questions/osmosis/twin.md:36: it asks nearly the same as "
        "biology/questions/osmosis/potato.md"
    ]


def test_the_same_question_in_other_words_is_found(tmp_path: Path) -> None:
    write_subject(tmp_path)
    asked = "A chip of potato is left in thick syrup for an hour and becomes limp. Explain why."
    again = "Explain why a potato chip goes limp when it lies in a thick syrup for sixty minutes."
    (tmp_path / "biology/questions/osmosis/twin.md").write_text(FILES[POTATO].replace(asked, again))

    told = _told(tmp_path)

    assert again in (tmp_path / "biology/questions/osmosis/twin.md").read_text()
    assert len(told) == 1
    assert "it asks nearly the same as biology/questions/osmosis/potato.md" in told[0]


def test_problems_come_sorted_by_file_and_line(tmp_path: Path) -> None:
    write_subject(tmp_path)
    _change(tmp_path / "biology" / RATE, "command_term: calculate", "command_term: guess")
    _change(tmp_path / "biology" / RATE, "level: SL", 'level: "HL"')
    _change(tmp_path / "biology" / POTATO, 'paper: "2"', 'paper: "9"')
    _change(tmp_path / "biology" / POTATO, "reread: Water potential", "reread: Fire")

    problems = check(tmp_path, 1)

    assert [(problem.path.split("/")[-1], problem.line) for problem in problems] == [
        *(("potato.md", 4), ("potato.md", 20), ("rate.md", 5)),
    ]


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
