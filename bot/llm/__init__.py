"""The door to LangChain: any chat model as a LanguageModel, its errors and silences made ours.

LangChain takes seconds to import, so that happens in a thread, on the first call or in `prepare`.
What a vendor says when it fails may hold a key or a learner's words: it is neither logged nor
passed on, only the kind of failure is.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr, TypeAdapter, ValidationError

from bot.llm import failures
from bot.llm.forms import asking_again, asking_in_words, json_in, spoken
from bot.llm.pictures import Shown, with_picture
from bot.llm.providers import ModelProblem, check, parsed
from bot.llm.recipe import Recipe
from bot.llm.usage import Uncounted, estimated, used
from bot.ports import Form, ModelUnavailable, Purse, Turns, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

__all__ = ["PAUSES", "ChatModel", "ModelProblem", "Recipe", "chat_model"]

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

PAUSES = (0.5, 2.0)  # seconds before the second and the third try

Sleep = Callable[[float], Awaitable[None]]
Bill = list[Usage]  # of one call, a line for each request


def chat_model(  # noqa: PLR0913  what an operator can set, one by one
    model: str,
    *,
    base_url: str | None = None,
    api_key: SecretStr | None = None,
    temperature: float | None = 0.0,
    timeout: float = 60.0,
    purse: Purse | None = None,
    sleep: Sleep = asyncio.sleep,
) -> ChatModel:
    """Any chat model, named as in 'openai:gpt-…' or 'anthropic:claude-…'. Returns at once.

    A `base_url` with a bare name is a server that speaks OpenAI's protocol, and needs no key. A
    model that takes no temperature is asked without one. `timeout` is in seconds, for everything it
    takes to answer once. `purse` pays for every call; without one nobody counts. Raises
    ModelProblem where a package or a key is missing.
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
    recipe = Recipe(provider, name, options, api_key)
    return ChatModel(recipe, timeout, purse or Uncounted(), sleep)


class ChatModel:
    """A LanguageModel over LangChain: with a time limit, and trying again where that may help."""

    def __init__(
        self, recipe: Recipe, timeout: float, purse: Purse, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.name = recipe.name
        self._recipe = recipe
        self._timeout = timeout
        self._purse = purse
        self._sleep = sleep
        self._model: BaseChatModel | None = None
        self._making = asyncio.Lock()  # two first calls must not both import and build
        self._takes_shapes = True  # until the server refuses a request for a JSON schema

    async def prepare(self) -> None:
        """Import and build now, so that no learner waits for it. Raises ModelProblem."""
        await self._made()

    async def write(self, turns: Turns) -> str:
        """What the model says next; never empty. Raises ModelUnavailable."""
        return await self._guarded(turns, lambda bill: self._written(turns, bill))

    async def look(self, turns: Turns, media_type: str, data: bytes) -> str:
        """What the model says of a picture that stands behind the last turn.

        Raises ModelUnavailable; so does a model that takes no pictures.
        """
        shown = with_picture(turns, media_type, data)
        return await self._guarded(shown, lambda bill: self._written(shown, bill))

    async def fill(self, turns: Turns, form: type[Form]) -> Form:
        """The form filled in, asked for once more if it is bad. Raises ModelUnavailable."""
        return await self._guarded(turns, lambda bill: self._filled(turns, form, bill))

    async def _guarded(self, turns: Shown, work: Callable[[Bill], Awaitable[_T]]) -> _T:
        async with self._purse.paying(estimated(turns)) as bill:
            try:
                async with asyncio.timeout(self._timeout):
                    return await work(bill)
            except ModelUnavailable as unavailable:
                why = str(unavailable)
            except ModelProblem as problem:
                why = str(problem)
            except TimeoutError:
                why = f"no answer within {self._timeout:g} s"
            except Exception as problem:  # noqa: BLE001  a refusal, for one, is a bare Exception
                why = failures.kind(problem)
        _log.warning("%s is unavailable: %s", self.name, why)
        raise ModelUnavailable(f"{self.name}: {why}")  # out here, it has no vendor's error in tow

    async def _written(self, turns: Shown, bill: Bill) -> str:
        text = spoken(str((await self._said(turns, bill)).text))
        if not text:
            raise ModelUnavailable("said nothing")
        return text

    async def _filled(self, turns: Turns, form: type[Form], bill: Bill) -> Form:
        wanted = TypeAdapter(form)
        said = _json(await self._shaped(turns, wanted, form.__name__, bill))
        try:
            return wanted.validate_json(said)
        except ValidationError as problem:
            turns = asking_again(turns, said, problem)
        said = _json(await self._shaped(turns, wanted, form.__name__, bill))
        try:
            return wanted.validate_json(said)
        except ValidationError:
            raise ModelUnavailable("does not keep to the form") from None

    async def _shaped(
        self, turns: Turns, wanted: TypeAdapter[Form], title: str, bill: Bill
    ) -> AIMessage:
        """What the model says when it is held to a form, by the server or failing that by words."""
        schema = {"title": title, **wanted.json_schema()}
        if self._takes_shapes:
            try:
                return await self._said(turns, bill, schema)
            except Exception as problem:
                if not failures.refuses_shape(problem):
                    raise
        said = await self._said(asking_in_words(turns, schema), bill)
        self._takes_shapes = False  # only now: the request without a schema did succeed
        return said

    async def _said(
        self, turns: Shown, bill: Bill, schema: Mapping[str, object] | None = None
    ) -> AIMessage:
        """The model's next message; without a temperature, where the server takes none."""
        recipe = self._recipe
        try:
            return await self._tried(await self._made(), turns, bill, schema)
        except Exception as problem:
            if not (recipe.is_cold and failures.refuses_temperature(problem)):
                raise
        recipe = recipe.without_temperature()
        model = await asyncio.to_thread(recipe.made)
        said = await self._tried(model, turns, bill, schema)
        self._recipe, self._model = recipe, model  # only now: without it, the request did succeed
        return said

    async def _tried(
        self, model: BaseChatModel, turns: Shown, bill: Bill, schema: Mapping[str, object] | None
    ) -> AIMessage:
        """The model's next message, tried again where LangChain says that this may help."""
        for pause in PAUSES:
            try:
                return await self._paid(model, turns, bill, schema)
            except Exception as problem:
                wait = max(pause, failures.asked_to_wait(problem))
                if not failures.may_pass(problem) or wait > self._timeout:
                    raise
            await self._sleep(wait)
        return await self._paid(model, turns, bill, schema)

    async def _paid(
        self, model: BaseChatModel, turns: Shown, bill: Bill, schema: Mapping[str, object] | None
    ) -> AIMessage:
        """One request, put on the bill: if it is cut off, by what it asked."""
        bill.append(Usage(estimated(turns), 0))
        try:
            message = await self._once(model, turns, schema)
        except Exception as problem:
            if not failures.was_served(problem):
                bill.pop()
            raise
        bill[-1] = used(turns, message)
        return _unrefused(message)

    async def _once(
        self, model: BaseChatModel, turns: Shown, schema: Mapping[str, object] | None
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
        return _message(message)

    async def _made(self) -> BaseChatModel:
        async with self._making:
            if self._model is None:
                self._model = await asyncio.to_thread(self._recipe.made)
        return self._model


def _message(message: object) -> AIMessage:
    from langchain_core.messages import AIMessage  # noqa: PLC0415  imported by now

    if not isinstance(message, AIMessage):
        raise ModelUnavailable("said nothing")
    return message


def _unrefused(message: AIMessage) -> AIMessage:
    if message.additional_kwargs.get("refusal"):
        raise ModelUnavailable("refuses to answer")
    return message


def _json(message: AIMessage) -> str:
    """The form in a message, as JSON: some integrations ask for it as a tool's arguments."""
    for call in message.tool_calls:
        return json.dumps(call["args"])
    return json_in(str(message.text))
