"""What a failed request means: whether to try again, and what the server would not take."""

from __future__ import annotations

import re
from collections.abc import Mapping

_REFUSING_SHAPE = frozenset({400, 415, 422, 501})  # what servers say to a field they do not know
_REFUSING_VALUE = frozenset({400, 422})
_NOT_IMPLEMENTED = 501


def may_pass(problem: Exception) -> bool:
    """Whether the same request may succeed later."""
    from langchain_core.exceptions import ModelError  # noqa: PLC0415  imported by now

    passing = isinstance(problem, ModelError) and problem.is_retryable
    return passing and _status(problem) != _NOT_IMPLEMENTED


def refuses_shape(problem: Exception) -> bool:
    """Whether the server may have refused the JSON schema."""
    return isinstance(problem, NotImplementedError) or _status(problem) in _REFUSING_SHAPE


def refuses_temperature(problem: Exception) -> bool:
    """Whether the server may have refused the temperature: it says the word."""
    return _status(problem) in _REFUSING_VALUE and "temperature" in str(problem).lower()


def was_served(problem: Exception) -> bool:
    """Whether the model did its work all the same, so that its tokens are owed."""
    return _status(problem) is None and not may_pass(problem)


def asked_to_wait(problem: Exception) -> float:
    """The seconds that the server asked for, or 0."""
    headers: object = getattr(getattr(problem, "response", None), "headers", {})
    asked = headers.get("retry-after", "") if isinstance(headers, Mapping) else ""
    return float(asked) if re.fullmatch(r"\d{1,6}(\.\d+)?", asked) else 0.0


def kind(problem: Exception) -> str:
    """The kind of failure, without a word of the vendor's message."""
    status = _status(problem)
    return type(problem).__name__ + (f" (HTTP {status})" if status else "")


def _status(problem: Exception) -> int | None:
    """The HTTP status that a vendor's error carries, or None."""
    status: object = getattr(problem, "status_code", None)
    return status if isinstance(status, int) else None
