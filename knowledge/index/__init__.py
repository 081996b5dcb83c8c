"""The index of passages: collections kept up to date, searched by meaning and words."""

from knowledge.index.chroma import Index, Refreshed

__all__ = ["Index", "Refreshed"]
