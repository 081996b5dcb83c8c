"""Why a database cannot be used, and what to do about it."""

from __future__ import annotations


class StorageUnusable(Exception):
    """The database cannot be opened; the message says why and what to do, to the operator."""


class StorageBehind(StorageUnusable):
    """The database's tables are older than this version of Viva needs."""


class StorageAhead(StorageUnusable):
    """The database's tables were made by a newer version of Viva."""


class UnknownLearner(Exception):
    """Something was to be kept for a learner who is not enrolled, or was forgotten meanwhile."""
