"""What a LangChain chat model is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.llm.providers import ModelProblem

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a LangChain chat model is made from."""

    provider: str
    name: str
    options: Mapping[str, object]
    key: SecretStr | None = None

    @property
    def is_cold(self) -> bool:
        """Whether a temperature is asked for."""
        return "temperature" in self.options

    def without_temperature(self) -> Recipe:
        """The same model at its own temperature."""
        kept = {name: value for name, value in self.options.items() if name != "temperature"}
        return replace(self, options=kept)

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
