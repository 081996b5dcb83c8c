"""The door to LangChain: any chat model as a LanguageModel, its errors and silences made ours.

LangChain takes seconds to import, so that happens in a thread, on the first call or in `prepare`.
What a vendor says when it fails may hold a key or a learner's words: it is neither logged nor
passed on, only the kind of failure is.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr, TypeAdapter, ValidationError

from bot.llm.forms import asking_again, asking_in_words, json_in, spoken
from bot.llm.providers import ModelProblem, check, parsed
from bot.ports import Form, ModelUnavailable, Turns

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

__all__ = ["PAUSES", "ChatModel", "ModelProblem", "Recipe", "chat_model"]

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

PAUSES = (0.5, 2.0)  # seconds before the second and the third try
_REFUSING_SHAPE = frozenset({400, 415, 422, 501})  # what servers say to a field they do not know
_NOT_IMPLEMENTED = 501

Sleep = Callable[[float], Awaitable[None]]


def chat_model(  # noqa: PLR0913  what an operator can set, one by one
    model: str,
    *,
    base_url: str | None = None,
    api_key: SecretStr | None = None,
    temperature: float | None = 0.0,
    timeout: float = 60.0,
    sleep: Sleep = asyncio.sleep,
) -> ChatModel:
    """Any chat model, named as in 'openai:gpt-…' or 'anthropic:claude-…'. Returns at once.

    A `base_url` with a bare name is a server that speaks OpenAI's protocol, and needs no key.
    `timeout` is in seconds, for everything it takes to answer once. Raises ModelProblem where a
    package or a key is missing.
    """
    provider, name = parsed(model, base_url)
    check(provider, keyless=bool(api_key or base_url))
    options: dict[str, object] = {}
    if temperature is not None:
        options["temperature"] = temperature
    if base_url:
        options["base_url"] = base_url
    if provider in {"openai", "anthropic"}:
        options["max_retries"] = 0  # trying again is ours, within our time limit
    if base_url and provider == "openai" and not api_key:
        api_key = SecretStr("none")  # or the key in the environment would go to a foreign server
    return ChatModel(Recipe(provider, name, options, api_key), timeout, sleep)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a LangChain chat model is made from."""

    provider: str
    name: str
    options: Mapping[str, object]
    key: SecretStr | None = None

    def made(self) -> BaseChatModel:
        """The chat model. Imports LangChain. Raises ModelProblem."""
        from langchain.chat_models import init_chat_model  # noqa: PLC0415  it takes seconds

        options = {**self.options, **({"api_key": self.key} if self.key else {})}
        name = f"{self.provider}:{self.name}"
        try:
            return init_chat_model(
                self.name,
                model_provider=self.provider,
                configurable_fields=None,
                config_prefix=None,
                **options,
            )
        except ImportError:
            package = f"langchain-{self.provider.replace('_', '-')}"
            problem = f"{name} needs LangChain's package for it: pip install {package}"
        except Exception as error:  # noqa: BLE001  each integration checks its settings its own way
            problem = f"{name} cannot be set up ({type(error).__name__}): check name, key and URL"
        raise ModelProblem(problem)  # out here, the vendor's error is not even its context


class ChatModel:
    """A LanguageModel over LangChain: with a time limit, and trying again where that may help."""

    def __init__(self, recipe: Recipe, timeout: float, sleep: Sleep = asyncio.sleep) -> None:
        self.name = recipe.name
        self._recipe = recipe
        self._timeout = timeout
        self._sleep = sleep
        self._model: BaseChatModel | None = None
        self._making = asyncio.Lock()  # two first calls must not both import and build
        self._takes_shapes = True  # until the server refuses a request for a JSON schema

    async def prepare(self) -> None:
        """Import and build now, so that no learner waits for it. Raises ModelProblem."""
        await self._made()

    async def write(self, turns: Turns) -> str:
        """What the model says next; never empty. Raises ModelUnavailable."""
        return await self._guarded(self._written(turns))

    async def fill(self, turns: Turns, form: type[Form]) -> Form:
        """The form filled in, asked for once more if it is bad. Raises ModelUnavailable."""
        return await self._guarded(self._filled(turns, form))

    async def _guarded(self, work: Coroutine[None, None, _T]) -> _T:
        try:
            async with asyncio.timeout(self._timeout):
                return await work
        except ModelUnavailable as unavailable:
            why = str(unavailable)
        except ModelProblem as problem:
            why = str(problem)
        except TimeoutError:
            why = f"no answer within {self._timeout:g} s"
        except Exception as problem:  # noqa: BLE001  a refusal, for one, is a bare Exception
            why = _kind(problem)
        _log.warning("%s is unavailable: %s", self.name, why)
        raise ModelUnavailable(f"{self.name}: {why}")  # out here, it has no vendor's error in tow

    async def _written(self, turns: Turns) -> str:
        text = spoken(str((await self._said(turns)).text))
        if not text:
            raise ModelUnavailable("said nothing")
        return text

    async def _filled(self, turns: Turns, form: type[Form]) -> Form:
        wanted = TypeAdapter(form)
        said = _json(await self._shaped(turns, wanted, form.__name__))
        try:
            return wanted.validate_json(said)
        except ValidationError as problem:
            turns = asking_again(turns, said, problem)
        said = _json(await self._shaped(turns, wanted, form.__name__))
        try:
            return wanted.validate_json(said)
        except ValidationError:
            raise ModelUnavailable("does not keep to the form") from None

    async def _shaped(self, turns: Turns, wanted: TypeAdapter[Form], title: str) -> AIMessage:
        """What the model says when it is held to a form, by the server or failing that by words."""
        schema = {"title": title, **wanted.json_schema()}
        if self._takes_shapes:
            try:
                return await self._said(turns, schema)
            except Exception as problem:
                if not _refuses_shape(problem):
                    raise
        said = await self._said(asking_in_words(turns, schema))
        self._takes_shapes = False  # only now: the request without a schema did succeed
        return said

    async def _said(self, turns: Turns, schema: Mapping[str, object] | None = None) -> AIMessage:
        """The model's next message, tried again where LangChain says that this may help."""
        model = await self._made()
        for pause in PAUSES:
            try:
                return await self._once(model, turns, schema)
            except Exception as problem:
                wait = max(pause, _asked_to_wait(problem))
                if not _may_pass(problem) or wait > self._timeout:
                    raise
            await self._sleep(wait)
        return await self._once(model, turns, schema)

    async def _once(
        self, model: BaseChatModel, turns: Turns, schema: Mapping[str, object] | None
    ) -> AIMessage:
        if schema is None:
            message: object = await model.ainvoke(list(turns))
        else:
            # a schema rather than the class: the raw message stays ours to read, and to repair
            openai = {"method": "json_schema", "strict": True}
            how = openai if self._recipe.provider == "openai" else {}
            held = model.with_structured_output(dict(schema), include_raw=True, **how)
            outcome = await held.ainvoke(list(turns))
            message = outcome.get("raw") if isinstance(outcome, dict) else None
        return _checked(message)

    async def _made(self) -> BaseChatModel:
        async with self._making:
            if self._model is None:
                self._model = await asyncio.to_thread(self._recipe.made)
        return self._model


def _checked(message: object) -> AIMessage:
    """The message, if it is one and no refusal."""
    from langchain_core.messages import AIMessage  # noqa: PLC0415  imported by now

    if not isinstance(message, AIMessage):
        raise ModelUnavailable("said nothing")
    if message.additional_kwargs.get("refusal"):
        raise ModelUnavailable("refuses to answer")
    return message


def _json(message: AIMessage) -> str:
    """The form in a message, as JSON: some integrations ask for it as a tool's arguments."""
    for call in message.tool_calls:
        return json.dumps(call["args"])
    return json_in(str(message.text))


def _may_pass(problem: Exception) -> bool:
    """Whether the same request may succeed later."""
    from langchain_core.exceptions import ModelError  # noqa: PLC0415  imported by now

    passing = isinstance(problem, ModelError) and problem.is_retryable
    return passing and _status(problem) != _NOT_IMPLEMENTED


def _refuses_shape(problem: Exception) -> bool:
    return isinstance(problem, NotImplementedError) or _status(problem) in _REFUSING_SHAPE


def _status(problem: Exception) -> int | None:
    """The HTTP status that a vendor's error carries, or None."""
    status: object = getattr(problem, "status_code", None)
    return status if isinstance(status, int) else None


def _asked_to_wait(problem: Exception) -> float:
    """The seconds that the server asked for, or 0."""
    headers: object = getattr(getattr(problem, "response", None), "headers", {})
    asked = headers.get("retry-after", "") if isinstance(headers, Mapping) else ""
    return float(asked) if re.fullmatch(r"\d{1,6}(\.\d+)?", asked) else 0.0


def _kind(problem: Exception) -> str:
    """The kind of failure, without a word of the vendor's message."""
    status = _status(problem)
    return type(problem).__name__ + (f" (HTTP {status})" if status else "")
