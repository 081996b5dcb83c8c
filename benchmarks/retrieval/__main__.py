"""`python -m benchmarks.retrieval [--write]`: how well doubts find their passages.

`--write` stores the calibrated decision about coverage in knowledge/models/coverage.json.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.retrieval.calibration import (
    REFUSED_AT_MOST,
    Judged,
    Rates,
    fitted,
    held_out,
    rates,
)
from benchmarks.retrieval.doubts import Doubt, doubts
from benchmarks.retrieval.filling import SUBJECTS, WHOLE, filled
from knowledge.covering import FILE, Decision, Evidence, evidence
from knowledge.embedding import embedding
from knowledge.hits import Hit, Probe
from knowledge.index import Index
from knowledge.library import Library
from knowledge.sources import taught, untaught

DEPTH = 1000  # all passages of a subject

RANKINGS: dict[str, Callable[[Hit], float]] = {
    "dense": lambda hit: hit.cosine,
    "BM25": lambda hit: hit.words,
    "fused": lambda hit: hit.score,
}


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A decision, and how decisions fitted like it do on topics that they have not seen."""

    decision: Decision
    held_out: Rates


def main(arguments: Sequence[str]) -> None:
    """Measure, calibrate, print; and store the numbers if asked to."""
    asked = doubts()
    with tempfile.TemporaryDirectory() as folder:
        index = filled(Path(folder), Library.load(SUBJECTS))
        probes = [index.probe(doubt.doubt) for doubt in asked]
        _ranked(index, [(d, p) for d, p in zip(asked, probes, strict=True) if d.covered])
        seen = [evidence(index, taught("biology"), untaught("biology"), p) for p in probes]
        subject = _calibrated("the subject's notes", asked, seen)
        # the notes as if a learner had sent them, against everything that the syllabus names
        seen = [evidence(index, taught("biology"), WHOLE, p) for p in probes]
        documents = _calibrated("documents", asked, seen)
        index.close()
    if "--write" in arguments:
        _write(subject, documents, asked)


def _ranked(index: Index, asked: Sequence[tuple[Doubt, Probe]]) -> None:
    """Each ranking's recall and mean reciprocal rank: of a right passage, and of the right note."""
    found = [(doubt, index.search([taught("biology")], probe, DEPTH)) for doubt, probe in asked]
    _say(f"{'':8}{'recall@1':>10}{'recall@5':>10}{'MRR':>8}   note: recall@1")
    for name, measure in RANKINGS.items():
        places, notes = [], []
        for doubt, hits in found:
            ranked = sorted(
                (hit for hit in hits if measure(hit) > 0), key=lambda hit: -measure(hit)
            )
            right = [place for place, hit in enumerate(ranked, 1) if doubt.answered_by(hit.chunk)]
            places.append(right[0] if right else 0)
            notes.append(bool(ranked) and ranked[0].chunk.note == doubt.note)
        first, five = (sum(0 < p <= most for p in places) / len(places) for most in (1, 5))
        mrr = sum(1 / place for place in places if place) / len(places)
        share = sum(notes) / len(notes)
        _say(f"{name:8}{first:10.2f}{five:10.2f}{mrr:8.2f}{share:17.2f}")


def _calibrated(what: str, asked: Sequence[Doubt], seen: Sequence[Evidence]) -> Calibrated:
    """The decision fitted on all doubts; printed beside it, how it does on topics held out."""
    judged = [Judged(e, d.covered, d.group) for d, e in zip(asked, seen, strict=True)]
    decision, unseen = fitted(judged), held_out(judged)
    _say(f"\nCoverage, {what}: {decision}")
    for name, rate in (("all", rates(decision, judged)), ("held out", unseen)):
        refused, let_in = f"{rate.refused:.1%}", f"{rate.let_through:.1%}"
        _say(f"{name:9} refused {refused} of covered doubts, let {let_in} of the others in")
    return Calibrated(decision, unseen)


def _write(subject: Calibrated, documents: Calibrated, asked: Sequence[Doubt]) -> None:
    covered = sum(doubt.covered for doubt in asked)
    numbers = {
        "embedding": embedding().name,
        "subject": asdict(subject.decision),
        "documents": asdict(documents.decision),
        "found": {
            "by": "python -m benchmarks.retrieval --write",
            "how": "logistic regression on the cosine of the nearest passage, the share of the "
            "informative words in one passage, and the margin over what only the syllabus names; "
            f"threshold where {REFUSED_AT_MOST:.0%} of covered doubts are refused, a share chosen "
            "by looking at the held-out rates, which are therefore a little too good",
            "covered_doubts": covered,
            "other_doubts": len(asked) - covered,
            "notes": sorted({doubt.note for doubt in asked if doubt.covered}),
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
