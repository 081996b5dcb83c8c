"""`python -m benchmarks.retrieval [--write] [--lost]`: how well doubts find their passages.

`--write` stores the calibrated decision about coverage in knowledge/models/coverage.json;
`--lost` lists the doubts that find no right passage among the first five.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.retrieval.asked import Doubt, doubts, subjects
from benchmarks.retrieval.calibration import (
    REFUSED_AT_MOST,
    Judged,
    Rates,
    fitted,
    held_out,
    rates,
)
from benchmarks.retrieval.filling import SUBJECTS, filled, whole
from benchmarks.retrieval.ranking import RANKINGS, Placed, measured, placed
from knowledge.covering import FILE, Decision, evidence
from knowledge.embedding import embedding
from knowledge.index import Index
from knowledge.library import Library
from knowledge.sources import taught, untaught

Asked = dict[str, Sequence[Doubt]]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A decision, and how decisions fitted like it do on topics that they have not seen."""

    decision: Decision
    held_out: Rates


def main(arguments: Sequence[str]) -> None:
    """Measure, calibrate, print; and store the numbers if asked to."""
    asked = {subject: doubts(subject) for subject in subjects()}
    with tempfile.TemporaryDirectory() as folder:
        index = filled(Path(folder), Library.load(SUBJECTS), asked)
        found = {subject: placed(index, subject, asked[subject]) for subject in asked}
        _rankings(found)
        if "--lost" in arguments:
            _lost(found)
        subject = _calibrated("the subject's notes", index, asked, untaught)
        # the notes as if a learner had sent them, against everything that the syllabus names
        documents = _calibrated("documents", index, asked, whole)
        index.close()
    if "--write" in arguments:
        _write(subject, documents, asked)


def _rankings(found: dict[str, list[Placed]]) -> None:
    every = [one for some in found.values() for one in some]
    _say(f"{'':34}{'doubts':>7}{'@1':>6}{'@5':>6}{'MRR':>6}  note first")
    for subject, some in found.items():
        _table(subject, some)
    _table("all", every)
    _table("all, written blind", [one for one in every if one.doubt.blind])
    _table("all with symbols or formulas", [one for one in every if one.doubt.symbolic])


def _table(name: str, found: Sequence[Placed]) -> None:
    for ranking in RANKINGS if found else ():
        one = measured(found, ranking)
        shares = f"{one.first:6.2f}{one.five:6.2f}{one.mrr:6.2f}{one.note_first:12.2f}"
        _say(f"{name:28}{ranking:6}{len(found):7}{shares}")


def _lost(found: dict[str, list[Placed]]) -> None:
    for some in found.values():
        for one in some:
            if not 0 < one.passage["fused"] <= 5:  # noqa: PLR2004 - recall@5
                _say(f"{one.passage}  {one.doubt.note}: {one.doubt.doubt}")


def _calibrated(what: str, index: Index, asked: Asked, rivals: Callable[[str], str]) -> Calibrated:
    """The decision fitted on all doubts; printed beside it, how it does on topics held out."""
    by_subject = {
        subject: [_judged(index, subject, rivals(subject), doubt) for doubt in some]
        for subject, some in asked.items()
    }
    judged = [one for some in by_subject.values() for one in some]
    decision, unseen = fitted(judged), held_out(judged)
    _say(f"\nCoverage, {what}: {decision}")
    for name, some in by_subject.items():
        _rates(name, rates(decision, some))
    _rates("all", rates(decision, judged))
    _rates("all, each topic held out in turn", unseen)
    return Calibrated(decision, unseen)


def _judged(index: Index, subject: str, rivals: str, doubt: Doubt) -> Judged:
    abroad = [taught(other) for other in subjects() if other != subject]
    seen = evidence(index, taught(subject), rivals, index.probe(doubt.doubt), abroad)
    return Judged(seen, doubt.covered, f"{subject} {doubt.group}")


def _rates(name: str, rate: Rates) -> None:
    refused, let_in = f"{rate.refused:.1%}", f"{rate.let_through:.1%}"
    _say(f"{name:34}refused {refused:>6} of covered doubts, let {let_in:>6} of the others in")


def _write(subject: Calibrated, documents: Calibrated, asked: Asked) -> None:
    every = [doubt for some in asked.values() for doubt in some]
    covered = sum(doubt.covered for doubt in every)
    numbers = {
        "embedding": embedding().name,
        "subject": asdict(subject.decision),
        "documents": asdict(documents.decision),
        "found": {
            "by": "python -m benchmarks.retrieval --write",
            "how": "logistic regression on the cosine of the nearest passage, the share of the "
            "informative words in one passage and in what only the syllabus names, and the margins "
            "over that, over what is no subject's business, and over other subjects' notes; "
            f"threshold where {REFUSED_AT_MOST:.0%} of covered doubts are refused, a share chosen "
            "by looking at the held-out rates, which are therefore a little too good",
            "covered_doubts": covered,
            "other_doubts": len(every) - covered,
            "notes": sorted({doubt.note for doubt in every if doubt.covered}),
            "held_out_by_topic": {
                "subject": asdict(subject.held_out),
                "documents": asdict(documents.held_out),
            },
        },
    }
    FILE.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
