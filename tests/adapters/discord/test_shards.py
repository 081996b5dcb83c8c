"""Several processes share a bot's servers, each on shards of its own."""

from __future__ import annotations

from pydantic import SecretStr

from adapters.discord import Discord, Shards
from bot.messages import Chat, Command, Message


async def nowhere(message: Message) -> None:
    """Nothing is stored."""


async def nothing(chat: Chat, typed: Command) -> tuple[str, ...]:
    """Nothing is suggested."""
    return ()


async def test_a_process_serves_its_own_shards_of_all_there_are() -> None:
    platform = Discord(SecretStr("MTE.a.token"), nowhere, nothing, shards=Shards(4, (0, 1)))

    assert platform.client.shard_count == 4
    assert platform.client.shard_ids == [0, 1]
