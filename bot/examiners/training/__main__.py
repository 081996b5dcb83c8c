"""`python -m bot.examiners.training --data DIR --checkpoint FILE`: the marker, from first to last.

The cross-encoder is trained and written as int8 ONNX, then all that is measured of an answer is
weighed. A training that was cut off goes on from its checkpoint.
"""

from __future__ import annotations

from rich.console import Console

from bot.examiners.training import calibrate
from bot.examiners.training.cross import __main__ as cross


def main() -> None:
    """Train, weigh, and write the model and its card."""
    given, screen = cross.parser(__doc__).parse_args(), Console()
    cross.trained(given.content, given.data, given.checkpoint, given.out, screen)
    calibrate.written(given.content, given.data, given.out, screen)


if __name__ == "__main__":
    main()
