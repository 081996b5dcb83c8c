"""Algebra as students and teachers type it: read into trees, and compared by what they come to.

SymPy's parsers are no door for outside text, since they evaluate it as Python; ours only builds
trees of the nodes below.
"""

from knowledge.algebra.equality import arranged, equal, same, shaped
from knowledge.algebra.reading import NoAlgebra, Relation, Side, read, relation
from knowledge.algebra.tokens import Stretch, letters, prose, stretches

__all__ = [
    "NoAlgebra",
    "Relation",
    "Side",
    "Stretch",
    "arranged",
    "equal",
    "letters",
    "prose",
    "read",
    "relation",
    "same",
    "shaped",
    "stretches",
]
