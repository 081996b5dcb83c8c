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
    task, screen = cross.asked(__doc__), Console()
    cross.trained(task, screen)
    calibrate.written(task.content, task.data, task.out, screen)


if __name__ == "__main__":
    main()
