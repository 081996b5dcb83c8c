"""What the README says of the library is so."""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path

from bot.examiners.evaluate import SUBJECTS
from knowledge.coverage import sums
from knowledge.library import Library

README = Path(__file__).parent.parent / "README.md"


def test_the_table_of_the_library_is_what_is_there() -> None:
    rows = re.findall(r"^\| ([A-Z][\w ]+?) \|((?: \d+ \|){5})$", README.read_text("utf-8"), re.M)

    told = {name: tuple(map(int, re.findall(r"\d+", counts))) for name, counts in rows}

    assert told == {one.subject: astuple(one)[1:] for one in sums(Library.load(SUBJECTS))}
