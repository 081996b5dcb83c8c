"""Forms that a model fills: asked for in words, found in what was said, asked for again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pydantic import ValidationError

from bot.ports import Turns

_MOST_FAULTS = 5  # that the model is told about
_LONGEST_REPEATED = 4000  # characters of a bad form that the model is shown again
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)  # some local models think aloud


def spoken(text: str) -> str:
    """What was said, without thoughts said aloud before it."""
    return _THOUGHTS.sub("", text).strip()


def json_in(text: str) -> str:
    """The JSON object in a text, which may have words or a code fence around it; else the text."""
    text = spoken(text)
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def asking_in_words(turns: Turns, schema: Mapping[str, object]) -> Turns:
    """The turns, asking at their end for what the server cannot be asked for."""
    *before, (role, text) = turns
    wish = "Reply with one JSON object and nothing else. It must fit this JSON Schema:"
    return [*before, (role, f"{text}\n\n{wish}\n{json.dumps(schema)}")]


def asking_again(turns: Turns, said: str, problem: ValidationError) -> Turns:
    """The turns, with a bad form and what is wrong with it."""
    faults = [
        f"- {'.'.join(str(step) for step in fault['loc']) or 'the whole'}: {fault['msg']}"
        for fault in problem.errors(include_url=False, include_input=False)[:_MOST_FAULTS]
    ]
    wish = "That does not fit the form. Send the whole form again, as one JSON object, without:"
    shown = said[:_LONGEST_REPEATED] or "(nothing)"
    return [*turns, ("assistant", shown), ("user", "\n".join([wish, *faults]))]
