"""Prompts: load one from its Markdown file, check it, and fill it in.

A prompt is YAML front matter (`purpose`, `inputs`) and turns under `# system`, `# user` and
`# assistant`. The file is cut into turns before it is filled in, so no input can start a turn.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateAssertionError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

Role = Literal["system", "user", "assistant"]

FOLDER = Path(__file__).parent
_HEADING = re.compile(r"^#[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)


class PromptProblem(ValueError):
    """A prompt file is missing or broken, or was filled wrongly; the text says how."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt to be filled. `version` is of the file's content: it changes with every edit."""

    name: str
    purpose: str
    version: str
    inputs: frozenset[str]
    turns: tuple[tuple[Role, Template], ...]

    @property
    def label(self) -> str:
        """Name and version, for the record: 'mark_answer@3fa9c2d1'."""
        return f"{self.name}@{self.version}"

    def fill(self, **inputs: object) -> tuple[tuple[str, str], ...]:
        """The turns as (role, text). Raises PromptProblem unless exactly the inputs are given."""
        if inputs.keys() != self.inputs:
            wrong = ", ".join(sorted(inputs.keys() ^ self.inputs))
            raise PromptProblem(f"{self.name}.md: missing or unknown inputs when filled: {wrong}")
        try:
            return tuple((role, template.render(inputs).strip()) for role, template in self.turns)
        except (UndefinedError, SecurityError) as problem:
            raise PromptProblem(f"{self.name}.md: cannot be filled: {problem}") from problem


def load(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt in `name`.md, checked. Raises PromptProblem."""
    try:
        content = (folder / f"{name}.md").read_bytes()
        text = content.decode("utf-8")
    except FileNotFoundError:
        there = ", ".join(sorted(path.stem for path in folder.glob("*.md"))) or "none"
        raise PromptProblem(f"there is no prompt {name!r}; there are: {there}") from None
    except UnicodeDecodeError:
        raise PromptProblem(f"{name}.md: must be saved as UTF-8 text") from None
    version = hashlib.sha256(content).hexdigest()[:8]
    try:
        front, body = _split(text.replace("\r\n", "\n"))
        turns = _compiled(front, tuple(_turns(body)))
    except PromptProblem as problem:
        raise PromptProblem(f"{name}.md: {problem}") from problem
    return Prompt(name, front.purpose, version, frozenset(front.inputs), turns)


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class _Front:
    purpose: str
    inputs: tuple[str, ...]


def _split(text: str) -> tuple[_Front, str]:
    """The front matter and the body of a prompt file."""
    if not (parts := _FRONT.match(text)):
        raise PromptProblem("must begin with front matter between two lines of '---'")
    try:
        # BaseLoader makes nothing but text, lists and mappings: it is safer than SafeLoader
        front = TypeAdapter(_Front).validate_python(yaml.load(parts[1], yaml.BaseLoader))  # noqa: S506
    except yaml.YAMLError as problem:
        raise PromptProblem(f"the front matter is not YAML: {problem}") from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        raise PromptProblem(f"front matter, {where}: {first['msg']}") from problem
    if not front.purpose.strip():
        raise PromptProblem("front matter, purpose: say in a sentence what the prompt is for")
    return front, parts[2]


def _turns(body: str) -> Iterator[tuple[Role, str]]:
    """The turns of a body, in order, as their templates' source."""
    before, *pieces = _HEADING.split(body)
    if before.strip():
        raise PromptProblem("there is text before the first '# system' or '# user'")
    named = list(zip(pieces[::2], pieces[1::2], strict=True))
    if "user" not in [heading for heading, _ in named]:
        raise PromptProblem("there is no '# user' turn")
    for heading, source in named:
        role = _role(heading)
        if not source.strip():
            raise PromptProblem(f"nothing stands under '# {heading}'")
        yield role, source


def _role(heading: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    for role in roles:
        if role == heading:
            return role
    raise PromptProblem(f"'# {heading}' must be one of: # {', # '.join(roles)}")


def _compiled(
    front: _Front, turns: tuple[tuple[Role, str], ...]
) -> tuple[tuple[Role, Template], ...]:
    environment = _environment()
    try:
        used = set[str]().union(
            *(find_undeclared_variables(environment.parse(source)) for _, source in turns)
        )
        compiled = tuple((role, environment.from_string(source)) for role, source in turns)
    except (TemplateSyntaxError, TemplateAssertionError) as problem:
        raise PromptProblem(f"the template is broken: {problem.message}") from problem
    if not_declared := used - set(front.inputs):
        raise PromptProblem(f"used but not among inputs: {_listed(not_declared)}")
    if not_used := set(front.inputs) - used:
        raise PromptProblem(f"among inputs but not used: {_listed(not_used)}")
    return compiled


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # models read text, not HTML: an escaped < would be wrong
    )
    environment.globals.clear()  # so that `range` and the like count as undeclared
    environment.filters["quoted"] = quoted
    environment.filters["line"] = line
    return environment


def quoted(text: str) -> str:
    """Outside text with `> ` before every line, so that it cannot leave its quotation.

    Whatever any reader might take for the end of a line is one; other control characters go.
    """
    return "\n".join(f"> {_printable(piece)}" for piece in text.splitlines() or [""])


def line(text: str) -> str:
    """Outside text folded into one line, so that it cannot begin a line of its own."""
    return _printable(" ".join(text.split()))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign == "\t" or unicodedata.category(sign) != "Cc")
