"""The tokens of a request: as the provider counted them, estimated where it says nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.llm.pictures import Blocks, Shown
from bot.ports import Usage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_BYTES_A_TOKEN = 4  # of English; other scripts have more bytes a sign, and more tokens
_PICTURE = 1500  # tokens, about: vendors count a photo as 800 to 2,500


class Uncounted:
    """A Purse without a bottom, where nobody counts."""

    @asynccontextmanager
    async def paying(self, expected: int) -> AsyncIterator[list[Usage]]:
        """Around a call."""
        yield []


def estimated(turns: Shown) -> int:
    """About how many tokens a model reads."""
    return sum(_size(said) for _, said in turns)


def _size(said: str | Blocks) -> int:
    if isinstance(said, str):
        return _tokens(said)
    return sum(_PICTURE if _is_picture(block) else _tokens(str(block)) for block in said)


def _is_picture(block: object) -> bool:
    return isinstance(block, dict) and block.get("type") == "image"


def used(turns: Shown, message: AIMessage) -> Usage:
    """What it took to say this. A server of one's own may send no count, or zeros."""
    told = message.usage_metadata
    if told and told["total_tokens"]:
        return Usage(told["input_tokens"], told["output_tokens"])
    said = [str(message.text), *(json.dumps(call["args"]) for call in message.tool_calls)]
    return Usage(estimated(turns), sum(_tokens(text) for text in said))


def _tokens(text: str) -> int:
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)
