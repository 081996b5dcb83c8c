"""Whose model a name means, and whether all that it needs is there. Imports no vendor."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass


class ModelProblem(ValueError):
    """The model cannot be set up as configured; the text says what to do, to the operator."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that we ship: its package, the extra that installs it, where its key may be."""

    package: str
    extra: str = ""  # '' for the default install
    key: str = ""  # an environment variable; '' where no key is needed
    begins: tuple[str, ...] = ()  # how the names of its models begin


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider(
        "langchain_openai", "", "OPENAI_API_KEY", ("gpt-", "chatgpt", "o1", "o3", "o4")
    ),
    "anthropic": Provider("langchain_anthropic", "anthropic", "ANTHROPIC_API_KEY", ("claude",)),
    "google_genai": Provider("langchain_google_genai", "google", "GOOGLE_API_KEY", ("gemini",)),
    "ollama": Provider("langchain_ollama", "ollama"),
}


def parsed(model: str, base_url: str | None) -> tuple[str, str]:
    """The provider and its own name of the model. Raises ModelProblem.

    A `base_url` alone means a server that speaks OpenAI's protocol; names of local models may hold
    a colon themselves ('llama3.2:3b').
    """
    model = model.strip()
    before, _, after = model.partition(":")
    provider = before.lower().replace("-", "_")
    if after and provider in PROVIDERS:
        return provider, after
    if base_url and model:
        return "openai", model
    if after and provider.isidentifier():
        return provider, after
    for known, about in PROVIDERS.items():
        if about.begins and model.lower().startswith(about.begins):
            return known, model
    raise ModelProblem(
        f"{model!r} does not say whose model it is: write it as provider:name, where provider is "
        f"{', '.join(PROVIDERS)}, or another one that LangChain knows"
    )


def check(provider: str, *, keyless: bool) -> None:
    """Raise ModelProblem if the provider's package or key is missing.

    `keyless`: no key is looked for, because one was given or the server is one's own.
    """
    about = PROVIDERS.get(provider)
    if about is None:
        return  # only LangChain knows what it needs: it says so when the model is made
    if importlib.util.find_spec(about.package) is None:
        extra = f"viva-tutor[{about.extra}]" if about.extra else "viva-tutor"
        raise ModelProblem(f"{provider} needs one more package: pip install '{extra}'")
    if about.key and not keyless and not os.environ.get(about.key):
        raise ModelProblem(
            f"{provider} needs an API key: give one in the settings, or set {about.key}"
        )
