"""Two small notes and a syllabus, and an embedding that counts its work."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.content import Entry, Note, NoteId, Subject
from knowledge.embedding import Embed
from knowledge.onnx import Vectors

PUMP = """\
An axon at rest is negative inside.

## The pump
The sodium–potassium pump moves three Na⁺ out of the axon and two K⁺ in, and splits one ATP for it.

![A pump protein with three sodium ions leaving](../figures/pump.svg)

## Leak channels
Potassium ions leak out through channels that are always open, so the inside becomes negative.

### Why sodium stays out
Few channels for Na⁺ are open at rest, so little sodium leaks in.
"""

ENZYMES = """\
## Active site
A substrate binds to the active site, which changes its shape a little: induced fit.

## Denaturation
Heat breaks the bonds that hold an enzyme in shape, so the active site no longer fits the substrate.
"""


def note(
    topic: str = "resting-potential", body: str = PUMP, title: str = "Resting potential"
) -> Note:
    """A note of biology."""
    return Note(NoteId(f"biology/{topic}"), "biology", topic, title, body, "C2.2")


def notes() -> tuple[Note, ...]:
    """Both notes."""
    return note(), note("enzyme-action", ENZYMES, "Enzyme action")


def subject() -> Subject:
    """Biology, with two topics that have notes and two entries that have none."""
    syllabus = (
        Entry(
            "C2.2", "Neural signalling", covers="resting potential", topics=("resting-potential",)
        ),
        Entry("C1.1", "Enzymes", covers="active site, denaturation", topics=("enzyme-action",)),
        Entry("C1.3", "Photosynthesis", covers="chlorophyll, light-dependent reactions, rubisco"),
        Entry("D3.2", "Inheritance", covers="genes and alleles, Punnett grids, HL linkage"),
    )
    return Subject("biology", "Biology", "2025", (), syllabus, ())


class Counting:
    """An embedding under any name, that remembers every text it was given."""

    def __init__(self, embed: Embed, name: str = "") -> None:
        self._embed = embed
        self.name = name or embed.name
        self.texts: list[str] = []

    @property
    def dimensions(self) -> int:
        """As the embedding's."""
        return self._embed.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the embedding's."""
        self.texts += texts
        return self._embed.embed(texts)
