"""A prompt with a picture, in the blocks that LangChain hands to any vendor in its own way."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from bot.ports import Turns

Blocks = list[str | dict[str, Any]]  # as LangChain types it; ours are all dictionaries
Shown = Sequence[tuple[str, str | Blocks]]
"""A filled prompt in which a turn may hold blocks of text and pictures."""


def with_picture(turns: Turns, media_type: str, data: bytes) -> Shown:
    """The prompt with a picture behind its last turn."""
    *before, (role, text) = turns
    picture = {
        "type": "image",
        "base64": base64.b64encode(data).decode(),
        "mime_type": media_type,
    }
    return (*before, (role, [{"type": "text", "text": text}, picture]))
