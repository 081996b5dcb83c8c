"""Whether notes cover a doubt: a decision calibrated on real doubts, not a guess at a threshold.

The numbers are in models/coverage.json, with how they were found: `python -m benchmarks.retrieval`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.hits import Hit, Probe
from knowledge.index import Index
from knowledge.sources import ELSEWHERE

_LOOKED_AT = 10  # passages
_RIVALS = 8
_CONTAINED = 0.999  # a share of 1, but for rounding

FILE = Path(__file__).parent / "models" / "coverage.json"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a doubt being covered.

    `cosine` of the nearest passage; `share` of the doubt's informative words in one passage;
    `margin` by which that passage is nearer than any thing of the syllabus that is not taught,
    and `rival_share` of the doubt's words in one of those; the margins over what is no subject's
    business (`elsewhere`), and over other subjects' notes (`abroad`).
    """

    cosine: float
    share: float
    margin: float
    rival_share: float
    elsewhere: float
    abroad: float

    @property
    def features(self) -> tuple[float, ...]:
        """As a row of numbers."""
        return (
            self.cosine,
            self.share,
            self.margin,
            self.rival_share,
            self.elsewhere,
            self.abroad,
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic regression: a weight for each feature, and when it says yes.

    A cosine or a margin below its floor says no by itself: words in common do not make up for a
    doubt that is plainly about something else.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    least_cosine: float = -1.0
    least_margin: float = -2.0

    def likelihood(self, evidence: Evidence) -> float:
        """How likely the doubt is covered, between 0 and 1."""
        pairs = zip(self.weights, evidence.features, strict=True)
        return 1 / (1 + exp(-self.bias - sum(weight * value for weight, value in pairs)))

    def covers(self, evidence: Evidence) -> bool:
        """Whether an answer may be given from these passages."""
        if evidence.cosine < self.least_cosine or evidence.margin < self.least_margin:
            return False
        return self.likelihood(evidence) >= self.threshold


@dataclass(frozen=True, slots=True)
class Covering:
    """The two decisions: for a subject's notes, and for somebody's own documents."""

    embedding: str  # the model whose cosines it was calibrated on
    subject: Decision
    documents: Decision


def covering(file: Path = FILE) -> Covering:
    """The calibrated numbers."""
    return TypeAdapter(Covering).validate_json(file.read_bytes())


def evidence(
    index: Index, source: str, rivals: str, probe: Probe, abroad: Sequence[str] = ()
) -> Evidence:
    """What speaks for a doubt being covered by a source, against the rivals that it lacks.

    `abroad` are collections about other things.
    """
    hits = index.search([source], probe, _LOOKED_AT)
    cosine = max((hit.cosine for hit in hits), default=0.0)
    against = index.search([rivals], probe, _RIVALS)
    return Evidence(
        cosine,
        share=max((hit.share for hit in hits), default=0.0),
        margin=cosine - _rival(index, source, against, cosine),
        rival_share=max((hit.share for hit in against), default=0.0),
        elsewhere=cosine - _nearest(index, [ELSEWHERE], probe, cosine),
        abroad=cosine - _nearest(index, abroad, probe, cosine),
    )


def _rival(index: Index, source: str, rivals: Sequence[Hit], otherwise: float) -> float:
    """The cosine of the nearest rival; one whose words all stand in the source is none."""
    for hit in sorted(rivals, key=lambda hit: -hit.cosine):
        is_title = hit.chunk.text == hit.chunk.trail
        if is_title or index.share(source, hit.chunk.text) < _CONTAINED:
            return hit.cosine
    return otherwise


def _nearest(index: Index, names: Sequence[str], probe: Probe, otherwise: float) -> float:
    hits = index.search(names, probe, _LOOKED_AT)
    return max((hit.cosine for hit in hits), default=otherwise)
