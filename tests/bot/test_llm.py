"""The door to LangChain, tried with the real langchain-openai against a real HTTP server."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import BaseModel, SecretStr

from bot.llm import PAUSES, ChatModel, ModelProblem, chat_model
from bot.ports import ModelUnavailable, Usage
from tests.openai_server import (
    Answer,
    Body,
    Calls,
    Fails,
    Fills,
    Hangs,
    HangsUp,
    OpenAIServer,
    Says,
    Tokens,
    serving,
)

KEY = "sk-a-very-secret-key"
DIARY = "my dog is called Rex"
TURNS = (("system", "You are a tutor."), ("user", DIARY))


class Sum(BaseModel):
    """A form to fill."""

    marks: int
    reason: str = ""


GOOD = Fills(Sum(marks=2, reason="both said"))


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    async with serving(key=KEY) as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def model(server: OpenAIServer, waits: list[float]) -> ChatModel:
    async def wait(seconds: float) -> None:
        waits.append(seconds)

    return chat_model(
        "openai:gpt-test", base_url=server.url, api_key=SecretStr(KEY), timeout=20, sleep=wait
    )


async def test_what_the_model_writes_comes_back(server: OpenAIServer, model: ChatModel) -> None:
    server.will(Says("  Osmosis, again.\n"))

    said = await model.write(TURNS)

    assert said == "Osmosis, again."
    assert [(turn["role"], turn["content"]) for turn in server.requests[0].messages] == [*TURNS]
    assert server.requests[0].body["temperature"] == 0


async def test_a_form_is_asked_for_by_its_strict_schema(
    server: OpenAIServer, model: ChatModel
) -> None:
    server.will(GOOD)

    filled = await model.fill(TURNS, Sum)

    assert filled == Sum(marks=2, reason="both said")
    asked = json.dumps(server.requests[0].body["response_format"])
    assert '"json_schema"' in asked
    assert '"strict": true' in asked
    assert '"required": ["marks", "reason"]' in asked


@pytest.mark.parametrize(
    "answer",
    [
        Says('```json\n{"marks": 2, "reason": "both said"}\n```'),
        Says('Here you are: {"marks": 2, "reason": "both said"} Good luck!'),
        Says('<think>Maybe {"marks": 0}?</think>{"marks": 2, "reason": "both said"}'),
        Calls("Sum", {"marks": 2, "reason": "both said"}),
    ],
)
async def test_a_form_is_found_in_its_wrappings(
    server: OpenAIServer, model: ChatModel, answer: Answer
) -> None:
    server.will(answer)

    assert await model.fill(TURNS, Sum) == Sum(marks=2, reason="both said")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "bad",
    [
        Says("I would give it two marks."),
        Says('{"marks": 2, "reas'),
        Says('{"reason": "both said"}'),
        Says('{"marks": "many"}'),
        Says("[2]"),
        Says(""),
        Says(None),
        Calls("Other", {"points": 2}),
    ],
)
async def test_a_bad_form_is_asked_for_once_more(
    server: OpenAIServer, model: ChatModel, bad: Answer
) -> None:
    server.will(bad, GOOD)

    filled = await model.fill(TURNS, Sum)

    assert filled.marks == 2
    assert "does not fit the form" in server.requests[1].messages[-1]["content"]


async def test_a_form_that_stays_bad_is_no_form(server: OpenAIServer, model: ChatModel) -> None:
    server.will(Says("Two marks."), Says("As I said: two."))

    with pytest.raises(ModelUnavailable, match="does not keep to the form"):
        await model.fill(TURNS, Sum)

    assert len(server.requests) == 2


async def test_a_server_that_knows_no_schemas_is_asked_in_words(waits: list[float]) -> None:
    async with serving(takes_shapes=False) as server:
        model = chat_model("llama3.2:3b", base_url=server.url)
        server.will(GOOD, GOOD)

        first, second = await model.fill(TURNS, Sum), await model.fill(TURNS, Sum)

    assert first == second == Sum(marks=2, reason="both said")
    assert [("response_format" in request.body) for request in server.requests] == [
        True,
        False,
        False,
    ]
    assert "JSON Schema" in server.requests[1].prompt
    assert server.requests[1].body["model"] == "llama3.2:3b"


@pytest.mark.parametrize("takes_shapes", [True, False])
async def test_a_model_that_takes_no_temperature_is_asked_without_one_from_then_on(
    *, takes_shapes: bool
) -> None:
    async with serving(takes_shapes=takes_shapes, takes_temperature=False) as server:
        model = chat_model("o-model", base_url=server.url)
        server.will(GOOD, Says("Hello."))

        assert (await model.fill(TURNS, Sum)).marks == 2
        asked = len(server.requests)
        assert await model.write(TURNS) == "Hello."

    assert server.requests[0].body["temperature"] == 0
    assert ["temperature" in request.body for request in server.requests[asked:]] == [False]


async def test_a_server_whose_errors_only_repeat_the_word_keeps_its_temperature(
    server: OpenAIServer, model: ChatModel
) -> None:
    turns = (("user", "What does a rise in temperature do?"),)
    server.will(Fails(400), Fails(400), Says("It speeds up."))

    with pytest.raises(ModelUnavailable):
        await model.write(turns)
    await model.write(turns)

    assert server.requests[-1].body["temperature"] == 0


class Till:
    """A Purse that lets everything through, and keeps the bills."""

    def __init__(self) -> None:
        self.bills: list[list[Usage]] = []
        self.expected: list[int] = []

    @asynccontextmanager
    async def paying(self, expected: int) -> AsyncIterator[list[Usage]]:
        """Around a call."""
        bill: list[Usage] = []
        self.expected.append(expected)
        self.bills.append(bill)
        yield bill


@pytest.fixture
def till() -> Till:
    return Till()


@pytest.fixture
def counted(server: OpenAIServer, till: Till) -> ChatModel:
    async def at_once(_: float) -> None:
        pass

    return chat_model(
        "openai:gpt-test",
        base_url=server.url,
        api_key=SecretStr(KEY),
        timeout=20,
        purse=till,
        sleep=at_once,
    )


async def test_the_providers_own_count_is_paid_for_each_request(
    server: OpenAIServer, counted: ChatModel, till: Till
) -> None:
    bad = Says("Two marks.", tokens=(110, 7))
    server.will(bad, Fills(Sum(marks=2), tokens=(150, 9)), Says("Bye.", tokens=(30, 2)))

    await counted.fill(TURNS, Sum)
    await counted.write(TURNS)

    assert till.bills == [[Usage(110, 7), Usage(150, 9)], [Usage(30, 2)]]
    assert till.expected == [9, 9]  # 36 letters


@pytest.mark.parametrize("tokens", [None, (0, 0)])
async def test_where_the_provider_counts_nothing_it_is_estimated(
    server: OpenAIServer, counted: ChatModel, till: Till, tokens: Tokens
) -> None:
    server.will(Says("Water moves out.", tokens=tokens))

    await counted.write(TURNS)

    assert till.bills == [[Usage(9, 4)]]


@pytest.mark.parametrize(
    ("answers", "bill"),
    [
        ([Fails(401)], []),
        ([Fails(503), HangsUp(), Says("Bye.", tokens=(30, 2))], [Usage(30, 2)]),
        ([Says(None, refusal="No.", tokens=(30, 2))], [Usage(30, 2)]),
        ([Says("", tokens=(30, 2))], [Usage(30, 2)]),
    ],
)
async def test_what_failed_is_paid_for_if_it_was_served(
    server: OpenAIServer, counted: ChatModel, till: Till, answers: list[Answer], bill: list[Usage]
) -> None:
    server.will(*answers)

    with contextlib.suppress(ModelUnavailable):
        await counted.write(TURNS)

    assert till.bills == [bill]


async def test_a_call_that_was_cut_off_is_paid_for_by_what_it_asked(
    server: OpenAIServer, till: Till
) -> None:
    server.will(Hangs())
    model = chat_model(
        "openai:x", base_url=server.url, api_key=SecretStr(KEY), timeout=0.5, purse=till
    )
    await model.prepare()

    with pytest.raises(ModelUnavailable):
        await model.write(TURNS)

    assert till.bills == [[Usage(9, 0)]]


async def test_one_bad_request_does_not_make_a_server_one_that_knows_no_schemas(
    server: OpenAIServer, model: ChatModel
) -> None:
    server.will(Fails(400), Fails(400), GOOD)

    with pytest.raises(ModelUnavailable):
        await model.fill(TURNS, Sum)
    await model.fill(TURNS, Sum)

    assert "response_format" in server.requests[-1].body


async def test_a_server_of_ones_own_gets_no_key_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    async with serving() as server:
        server.will(Says("Hello."))

        await chat_model("qwen", base_url=server.url).write(TURNS)

    assert server.requests[0].key == "none"


FAILURES = [
    (Fails(500), 3),
    (Fails(503), 3),
    (Fails(429), 3),
    (HangsUp(), 3),
    (Fails(400), 1),
    (Fails(401), 1),
    (Fails(403), 1),
    (Fails(404), 1),
    (Fails(418), 1),
    (Body("<html>Bad gateway</html>", "text/html"), 1),
    (Body("{}"), 1),
    (Body('{"choices": null}'), 1),
    (Body('{"choices": []}'), 1),
    (Body('{"choices": [{}]}'), 1),
    (Body('{"error": "overloaded"}'), 1),
    (Body("not json"), 1),
    (Says(""), 1),
    (Says(None), 1),
    (Says(None, refusal=f"I will not help: {DIARY}"), 1),
]


@pytest.mark.parametrize(("failure", "requests"), FAILURES)
async def test_when_writing_fails_it_is_unavailable_and_nothing_leaks(
    *,
    server: OpenAIServer,
    model: ChatModel,
    waits: list[float],
    caplog: pytest.LogCaptureFixture,
    failure: Answer,
    requests: int,
) -> None:
    server.will(*[failure] * requests)
    caplog.set_level(logging.INFO)

    with pytest.raises(ModelUnavailable, match="gpt-test: ") as caught:
        await model.write(TURNS)

    assert len(server.requests) == requests
    assert waits == list(PAUSES)[: requests - 1]
    _assert_nothing_leaked(model, caught.value, caplog)


@pytest.mark.parametrize(
    "failure",
    [
        Fails(401),
        Fails(403),
        Fails(404),
        Body("not json"),
        Body("{}"),
        Body('{"choices": null}'),
        Says(None, refusal=DIARY),
        Says('{"marks": 2', finish="length"),
        Says("", finish="content_filter"),
    ],
)
async def test_when_filling_fails_it_is_unavailable_and_nothing_leaks(
    server: OpenAIServer,
    model: ChatModel,
    caplog: pytest.LogCaptureFixture,
    failure: Answer,
) -> None:
    server.will(failure)
    caplog.set_level(logging.INFO)

    with pytest.raises(ModelUnavailable, match="gpt-test: ") as caught:
        await model.fill(TURNS, Sum)

    assert len(server.requests) == 1
    _assert_nothing_leaked(model, caught.value, caplog)


def _assert_nothing_leaked(
    model: ChatModel, problem: ModelUnavailable, caplog: pytest.LogCaptureFixture
) -> None:
    seen = "".join([*traceback.format_exception(problem), caplog.text, repr(model), repr(problem)])
    seen += repr(vars(model))
    assert problem.__cause__ is None
    assert problem.__context__ is None
    assert KEY not in seen
    assert DIARY not in seen
    assert "it went wrong" not in seen
    assert "is unavailable" in caplog.text


async def test_a_passing_failure_is_got_over(
    server: OpenAIServer, model: ChatModel, waits: list[float]
) -> None:
    server.will(Fails(503), HangsUp(), Says("Here I am."))

    assert await model.write(TURNS) == "Here I am."
    assert waits == list(PAUSES)


async def test_a_model_over_its_limit_is_left_alone_as_long_as_it_asks(
    server: OpenAIServer, model: ChatModel, waits: list[float]
) -> None:
    server.will(Fails(429, headers={"retry-after": "7"}), Says("Here I am."))

    assert await model.write(TURNS) == "Here I am."
    assert waits == [7.0]


async def test_a_wait_that_is_longer_than_the_time_limit_is_not_begun(
    server: OpenAIServer, model: ChatModel, waits: list[float]
) -> None:
    server.will(Fails(429, headers={"retry-after": "3600"}))

    with pytest.raises(ModelUnavailable, match="429"):
        await model.write(TURNS)

    assert waits == []


async def test_a_slow_model_is_given_up_at_the_time_limit(server: OpenAIServer) -> None:
    server.will(Hangs(), Hangs())
    model = chat_model("openai:gpt-test", base_url=server.url, api_key=SecretStr(KEY), timeout=0.05)
    await model.prepare()  # imports, so that the limit is not spent on them

    with pytest.raises(ModelUnavailable, match=r"no answer within 0\.05 s"):
        await model.write(TURNS)
    with pytest.raises(ModelUnavailable, match=r"no answer within 0\.05 s"):
        await model.fill(TURNS, Sum)


async def test_a_server_that_is_not_there_is_unavailable(waits: list[float]) -> None:
    async def wait(seconds: float) -> None:
        waits.append(seconds)

    async with serving() as server:
        gone = server.url
    model = chat_model("qwen", base_url=gone, sleep=wait)

    with pytest.raises(ModelUnavailable, match="qwen: "):
        await model.write(TURNS)

    assert waits == list(PAUSES)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("anthropic:claude-x", "pip install 'viva-tutor[anthropic]'"),
        ("claude-x", "pip install 'viva-tutor[anthropic]'"),
        ("google-genai:gemini-x", "pip install 'viva-tutor[google]'"),
        ("ollama:llama3.2:3b", "pip install 'viva-tutor[ollama]'"),
        ("openai:gpt-x", "set OPENAI_API_KEY"),
        ("gpt-x", "set OPENAI_API_KEY"),
        ("my-model", "write it as provider:name"),
        ("", "write it as provider:name"),
    ],
)
def test_a_model_that_cannot_be_used_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, model: str, told: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    with pytest.raises(ModelProblem) as caught:
        chat_model(model)

    assert told in str(caught.value)


async def test_another_providers_missing_package_is_named_when_it_is_prepared() -> None:
    model = chat_model("mistralai:small", api_key=SecretStr(KEY))

    with pytest.raises(ModelProblem, match="pip install langchain-mistralai"):
        await model.prepare()
    with pytest.raises(ModelUnavailable, match="pip install langchain-mistralai"):
        await model.write(TURNS)


async def test_a_provider_that_nobody_knows_is_named_when_it_is_prepared() -> None:
    with pytest.raises(ModelProblem, match="nobody:small cannot be set up"):
        await chat_model("nobody:small").prepare()


def test_langchain_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys; from bot.llm import chat_model; chat_model('qwen', base_url='http://x/v1');"
        "print([name for name in sys.modules if name.startswith(('langchain', 'openai'))])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
