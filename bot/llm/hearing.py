"""A model that hears: any server with OpenAI's `/audio/transcriptions`, its errors made ours."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.llm import failures
from bot.llm.usage import Uncounted, estimated
from bot.ports import ModelUnavailable, Purse, Usage

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_log = logging.getLogger(__name__)
_BYTES_A_TOKEN = 100  # of speech at 16 to 32 kbit a second, some 20 to 40 tokens
_NAMES = {"audio/ogg": "voice.ogg", "audio/mpeg": "voice.mp3", "audio/mp4": "voice.m4a"}


class Hearing:
    """Ears over HTTP. What a server says when it fails is neither logged nor passed on."""

    def __init__(
        self,
        model: str,
        url: str = "",
        key: SecretStr | None = None,
        timeout: float = 60.0,
        purse: Purse | None = None,
    ) -> None:
        self._model = model
        self._url = url
        self._key = key
        self._timeout = timeout
        self._purse = purse or Uncounted()
        self._client: AsyncOpenAI | None = None

    async def hear(self, media_type: str, data: bytes) -> str:
        """What is said in a recording. Raises ModelUnavailable."""
        expected = -(-len(data) // _BYTES_A_TOKEN)
        async with self._purse.paying(expected) as bill:
            try:
                async with asyncio.timeout(self._timeout):
                    text = await self._asked(media_type, data)
            except TimeoutError:
                why = f"no answer within {self._timeout:g} s"
            except Exception as problem:  # noqa: BLE001  a vendor's library raises anything
                why = failures.kind(problem)
            else:
                bill.append(Usage(expected, estimated([("assistant", text)])))
                return text
        _log.warning("%s is unavailable: %s", self._model, why)
        raise ModelUnavailable(f"{self._model}: {why}")

    async def _asked(self, media_type: str, data: bytes) -> str:
        if self._client is None:
            self._client = await asyncio.to_thread(self._made)
        name = _NAMES.get(media_type, f"voice.{media_type.partition('/')[2] or 'ogg'}")
        heard = await self._client.audio.transcriptions.create(
            model=self._model, file=(name, data, media_type)
        )
        return heard.text

    def _made(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI  # noqa: PLC0415  it takes a second

        key = self._key.get_secret_value() if self._key else None
        if self._url and not key:
            key = "none"  # or the key in the environment would go to a foreign server
        return AsyncOpenAI(
            api_key=key, base_url=self._url or None, timeout=self._timeout, max_retries=1
        )
