"""What Telegram refuses, and failures that a test asks for."""

from __future__ import annotations

from dataclasses import dataclass

Json = dict[str, object]

_WORDS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> Json:
        """What is answered."""
        said: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return said | ({"parameters": self.parameters} if self.parameters else {})


def bad(words: str) -> Refused:
    """A 400."""
    return Refused(400, f"Bad Request: {words}")


@dataclass(slots=True)
class Fault:
    """The next `times` calls of a method, after `skip` good ones, fail."""

    method: str
    refusal: Refused
    skip: int
    times: int
    answer_lost: bool  # the call is carried out, and only then fails


class Faults:
    """The failures that are still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(  # each of these is a different way to fail
        self,
        method: str,
        code: int,
        *,
        description: str = "",
        retry_after: int = 0,
        skip: int = 0,
        times: int = 1,
        answer_lost: bool = False,
    ) -> None:
        """Let calls of a method fail."""
        if retry_after:
            description = description or f"Too Many Requests: retry after {retry_after}"
        parameters: Json | None = {"retry_after": retry_after} if retry_after else None
        refusal = Refused(code, description or _WORDS.get(code, "Error"), parameters)
        self._faults.append(Fault(method.lower(), refusal, skip, times, answer_lost))

    def of(self, method: str) -> Fault | None:
        """The failure that this call meets, None if it is to succeed."""
        for fault in self._faults:
            if fault.method != method.lower() or not fault.times:
                continue
            if fault.skip:
                fault.skip -= 1
                return None
            fault.times -= 1
            return fault
        return None
