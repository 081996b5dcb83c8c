"""What all subjects share: it is read with its sources, and each mistake is found at its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.checks import check
from knowledge.exams.facts import Exams, Letter
from knowledge.exams.loading import SHIPPED, load
from knowledge.problems import ContentProblems
from tests.content import write_subject

GROUPS = "groups.yaml"
OBJECTIVES = "objectives.yaml"
TERMS = "command_terms.yaml"
SIGNS = "notation.yaml"
BOUNDARIES = "grade_boundaries.yaml"
MISSING = "missing_boundaries.yaml"
RULE = "rule_of_thumb.yaml"
CORE = "core_points.yaml"
DIPLOMA = "diploma.yaml"
MAY = "timetables/2027-05.yaml"

SOURCED = "source: made up for tests\n  verified: false\n"
FILES = {
    GROUPS: f"""\
- id: sciences
  name: the sciences
  subjects: [biology, ess]
  {SOURCED}""",
    OBJECTIVES: f"""\
- level: 1
  asks: know it
  {SOURCED}""",
    TERMS: f"""\
- term: explain
  asks: reason
  demand: Say why.
  tip: Say because.
  uses:
    sciences: {{level: 1, marks: 2-4}}
  {SOURCED}\
- term: identify
  asks: recall
  demand: Name it.
  tip: Name one.
  uses: {{sciences: {{marks: 1}}}}
  {SOURCED}""",
    SIGNS: f"""\
- sign: ECF
  stands_for: error carried forward
  also: [FT]
  where: scheme
  means: One slip costs you once.
  {SOURCED}\
- sign: OR
  where: scheme
  means: Another point.
  {SOURCED}""",
    BOUNDARIES: f"""\
- subject: biology
  level: HL
  session: 2025-05
  zone: TZ1
  course: current
  least: [77.5, 65]
  {SOURCED}""",
    MISSING: f"""\
- subject: ess
  level: HL
  {SOURCED}""",
    RULE: "least: [76, 65, 55, 43, 32, 21]\nsource: made up\nverified: false\n",
    CORE: """\
matrix:
  A: [3, 3, 2, 2, fails]
  B: [3, 2, 2, 1, fails]
  C: [2, 2, 1, 0, fails]
  D: [2, 1, 0, 0, fails]
  E: [fails, fails, fails, fails, fails]
source: made up
verified: false
""",
    DIPLOMA: f"""\
- id: total
  fails: fewer than 24 points
  limit: 24
  {SOURCED}""",
    MAY: """\
windows:
  - first: 2027-04-23
    last: 2027-05-19
    source: one site
    verified: true
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of data files without a single problem."""
    for path, text in FILES.items():
        file = tmp_path / "shared" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path / "shared"


def _told(folder: Path) -> list[str]:
    with pytest.raises(ContentProblems) as found:
        load(folder)
    return [str(problem) for problem in found.value.problems]


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


class TestWhatIsShipped:
    def test_every_subject_is_in_a_group_and_has_boundaries_or_none_were_found(
        self, exams: Exams
    ) -> None:
        subjects = [subject for group in exams.groups for subject in group.subjects]

        assert len(subjects) == 13
        told = {(entry.subject, entry.level) for entry in exams.boundaries}
        told |= {(entry.subject, entry.level) for entry in exams.missing}
        assert told == {(subject, level) for subject in subjects for level in ("SL", "HL")}

    def test_nothing_is_called_verified_that_nobody_has_verified(self, exams: Exams) -> None:
        facts = [exams.core.fact, exams.rule_of_thumb.fact]
        facts += [term.fact for term in exams.terms]
        facts += [sign.fact for sign in exams.signs]
        facts += [boundaries.fact for boundaries in exams.boundaries]
        facts += [condition.fact for condition in exams.conditions]

        assert all(fact.source for fact in facts)
        assert not any(fact.verified for fact in facts)

    @pytest.mark.parametrize(
        ("tok", "ee", "points"),
        [("A", "A", 3), ("A", "B", 3), ("B", "B", 2), ("A", "D", 2), ("C", "C", 1), ("D", "D", 0)],
    )
    def test_core_points_are_the_same_both_ways_round(
        self, exams: Exams, tok: Letter, ee: Letter, points: int
    ) -> None:
        assert exams.core.points(tok, ee) == exams.core.points(ee, tok) == points

    def test_an_e_in_the_core_is_no_zero(self, exams: Exams) -> None:
        assert exams.core.points("E", "A") is None
        assert exams.core.points("A", "E") is None

    def test_the_next_session_keeps_both_windows_and_is_not_confirmed(self, exams: Exams) -> None:
        (session,) = exams.sessions

        assert session.id == "2027-05"
        assert [window.first for window in session.windows] == [
            date(2027, 4, 23),
            date(2027, 4, 28),
        ]
        assert len({window.fact.source for window in session.windows}) == 2
        assert not session.confirmed

    def test_sets_of_an_old_course_say_so(self, exams: Exams) -> None:
        courses = {
            (entry.subject, entry.session): entry.course
            for entry in exams.boundaries
            if entry.subject in ("biology", "chemistry")
        }

        assert courses["biology", "2025-05"] == "previous"
        assert courses["chemistry", "2025-05"] == "current"


class TestNames:
    @pytest.mark.parametrize("name", ["compare and contrast", " Compare  AND contrast "])
    def test_a_term_is_found_however_it_is_typed(self, exams: Exams, name: str) -> None:
        term = exams.term(name)

        assert term is not None
        assert term.term == "compare and contrast"

    @pytest.mark.parametrize(
        ("name", "sign"),
        [("ecf", "ECF"), ("wtte", "OWTTE"), ("«»", "( )"), ("a1", "A"), ("too  vague", "TV")],
    )
    def test_a_sign_is_found_by_each_of_its_names(self, exams: Exams, name: str, sign: str) -> None:
        found = exams.sign(name)

        assert found is not None
        assert found.sign == sign

    def test_a_mathematics_term_has_no_level_and_a_foreign_one_no_use(self, exams: Exams) -> None:
        find = exams.term("find")
        assert find is not None

        use = find.use("mathematics")

        assert use is not None
        assert use.level is None
        assert find.use("sciences") is None


class TestMistakes:
    def test_good_files_have_none(self, folder: Path) -> None:
        exams = load(folder)

        assert exams.boundaries[0].least == (77.5, 65)
        assert exams.sessions[0].confirmed

    @pytest.mark.parametrize(
        ("path", "old", "new", "line", "told"),
        [
            (GROUPS, "  verified: false", "", 1, '"verified" is missing'),
            (GROUPS, "[biology, ess]", "[biology, biology]", 3, '"biology" is here twice'),
            (OBJECTIVES, "level: 1", "level: one", 1, 'objective 1: "level" should be a whole'),
            (TERMS, "asks: reason", "asks: reasons", 2, "term 1: "),
            (TERMS, "tip:", "hint:", 4, 'there is no key "hint"'),
            (TERMS, "marks: 2-4", "marks: 4-2", 6, '"4-2" begins above its end'),
            (TERMS, "    sciences", "    science", 6, 'no group "science": did you mean "sci'),
            (TERMS, "{level: 1", "{level: 3", 6, "there is no objective of level 3"),
            (TERMS, "term: identify", "term: explain", 9, '"explain" is here twice'),
            (TERMS, "term: identify", "term: Identify", 9, "written in lower case"),
            (SIGNS, "where: scheme", "where: margin", 4, '"where" should be one of scheme'),
            (SIGNS, "sign: OR", "sign: FT", 8, '"FT" is here twice'),
            (BOUNDARIES, "biology", "biolgy", 1, 'no subject "biolgy": did you mean "biology"?'),
            (BOUNDARIES, "level: HL", "level: AL", 2, '"level" should be one of SL, HL'),
            (BOUNDARIES, "2025-05", "May 2025", 3, '"May 2025" should be a session such as'),
            (BOUNDARIES, "[77.5, 65]", "[65, 77.5]", 6, "each boundary should be lower than"),
            (BOUNDARIES, "[77.5, 65]", "[7, 6, 5, 4, 3, 2, 1]", 6, "1 to 6 boundaries"),
            (BOUNDARIES, "[77.5, 65]", "[770, 65]", 6, "boundaries are marks out of 100"),
            (BOUNDARIES, "[77.5, 65]", "[77.5, ?]", 6, "entry 2 should be a number"),
            (MISSING, "subject: ess", "subject: latin", 1, 'there is no subject "latin"'),
            (CORE, "A: [3, 3, 2", "A: [3, 2, 2", 3, "B with A gives 3, but A with B another: 2"),
            (CORE, "fails]\n  B", "F]\n  B", 2, "entry 5 should be one of 0, 1, 2, 3, fails"),
            (DIPLOMA, "limit: 24", "limit: many", 3, '"limit" should be a whole number'),
            (MAY, "2027-05-19", "in May", 3, '"last" should be a day such as 2027-05-03'),
            (MAY, "2027-05-19", "2027-04-01", 3, '"last" should be later than "first"'),
        ],
    )
    def test_one_is_found_at_its_line(
        self, folder: Path, *, path: str, old: str, new: str, line: int, told: str
    ) -> None:
        _change(folder / path, old, new)

        found = [problem for problem in _told(folder) if told in problem]

        assert [problem.startswith(f"exams/{path}:{line}: ") for problem in found] == [True]

    def test_all_of_them_are_told_at_once(self, folder: Path) -> None:
        _change(folder / TERMS, "tip:", "hint:")
        _change(folder / TERMS, "term: identify", "term: Identify")
        _change(folder / BOUNDARIES, "biology", "latin")
        (folder / DIPLOMA).write_text("total: 24\n", "utf-8")
        (folder / RULE).unlink()

        paths = sorted({problem.split(":")[0] for problem in _told(folder)})

        names = (TERMS, DIPLOMA, BOUNDARIES, RULE)
        assert paths == sorted(f"exams/{name}" for name in names)
        assert len([told for told in _told(folder) if told.startswith(f"exams/{TERMS}")]) == 3

    def test_a_broken_list_of_groups_breaks_nothing_that_refers_to_it(self, folder: Path) -> None:
        _change(folder / GROUPS, "id: sciences", "id:")

        assert _told(folder) == ['exams/groups.yaml:1: group 1: "id" is empty']

    def test_a_file_of_another_name_is_no_session(self, folder: Path) -> None:
        (folder / MAY).rename(folder / "timetables" / "may.yaml")

        (told,) = _told(folder)

        assert told.startswith("exams/timetables/may.yaml:1: this file has no place here")


class TestTheCheckOfContent:
    def test_what_all_subjects_share_is_a_part_of_it(self, tmp_path: Path, folder: Path) -> None:
        write_subject(tmp_path / "subjects")
        _change(folder / DIPLOMA, "limit: 24", "limit: many")

        told = check(tmp_path / "subjects", 1, folder)

        assert [problem.path for problem in told] == ["exams/diploma.yaml"]

    def test_a_subject_has_no_term_that_no_list_has(self, tmp_path: Path) -> None:
        write_subject(tmp_path)
        file = tmp_path / "biology" / "subject.yaml"
        _change(file, "  identify:", "  outlin: Be short.\n  identify:")

        told = [str(problem) for problem in check(tmp_path, 1)]

        assert told == [
            'biology/subject.yaml:17: command_terms, outlin: "outlin" is not in '
            'exams/command_terms.yaml: did you mean "outline"?'
        ]

    def test_a_subject_of_a_teachers_own_may_have_any_term(self, tmp_path: Path) -> None:
        write_subject(tmp_path)
        (tmp_path / "biology").rename(tmp_path / "botany")
        _change(
            tmp_path / "botany" / "subject.yaml", "  identify:", "  press: Dry it.\n  identify:"
        )

        assert check(tmp_path, 1) == ()

    def test_what_was_left_to_be_written_is_found(self, tmp_path: Path) -> None:
        write_subject(tmp_path / "subjects")
        shutil.copytree(SHIPPED, tmp_path / "shared", ignore=shutil.ignore_patterns("*.py"))
        _change(tmp_path / "shared" / DIPLOMA, "fewer than 24", "TODO 24")

        (told,) = check(tmp_path / "subjects", 1, tmp_path / "shared")

        assert str(told) == 'exams/diploma.yaml:3: "TODO" is left to be written'
