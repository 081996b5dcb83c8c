"""The tokens of a request: as the provider counted them, estimated where it says nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.ports import Turns, Usage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_BYTES_A_TOKEN = 4  # of English; other scripts have more bytes a sign, and more tokens


class Uncounted:
    """A Purse without a bottom, where nobody counts."""

    @asynccontextmanager
    async def paying(self, expected: int) -> AsyncIterator[list[Usage]]:
        """Around a call."""
        yield []


def estimated(turns: Turns) -> int:
    """About how many tokens a model reads."""
    return sum(_tokens(text) for _, text in turns)


def used(turns: Turns, message: AIMessage) -> Usage:
    """What it took to say this. A server of one's own may send no count, or zeros."""
    told = message.usage_metadata
    if told and told["total_tokens"]:
        return Usage(told["input_tokens"], told["output_tokens"])
    said = [str(message.text), *(json.dumps(call["args"]) for call in message.tool_calls)]
    return Usage(estimated(turns), sum(_tokens(text) for text in said))


def _tokens(text: str) -> int:
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)
