"""Everything that all subjects share, from its data files: all of it, or every problem at once."""

from __future__ import annotations

from pathlib import Path

from knowledge.exams import agreement, facts, files
from knowledge.exams.facts import Exams
from knowledge.problems import ContentProblems

SHIPPED = Path(__file__).parent


def load(folder: Path = SHIPPED) -> Exams:
    """What stands in a folder of data files. Raises ContentProblems: all that is wrong in any."""
    read = files.read(folder)
    problems = [*read.problems, *agreement.problems(read)]
    if problems:
        raise ContentProblems(problems)
    assert read.rule_of_thumb  # a file that is not there is a problem
    assert read.core
    return Exams(
        groups=tuple(entry.form.made(facts.Group) for entry in read.groups),
        objectives=tuple(entry.form.made(facts.Objective) for entry in read.objectives),
        terms=tuple(entry.form.command_term() for entry in read.terms),
        signs=tuple(entry.form.made(facts.Sign) for entry in read.signs),
        boundaries=tuple(entry.form.made(facts.Boundaries) for entry in read.boundaries),
        missing=tuple(entry.form.made(facts.NotFound) for entry in read.missing),
        rule_of_thumb=read.rule_of_thumb.form.made(facts.RuleOfThumb),
        core=read.core.form.core(),
        conditions=tuple(entry.form.made(facts.Condition) for entry in read.conditions),
        sessions=tuple(entry.form.session(id) for id, entry in read.sessions),
    )
