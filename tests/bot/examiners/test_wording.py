"""Words are cut to their stems alike, and a symbol is no short word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from bot.examiners.wording import content, stems, words

BEGINNINGS = ("depol", "hyperpol", "phosphor", "gradi", "transm", "recept", "synap", "diffus")
MIDDLES = ("aris", "yl", "ent", "itt", "or", "tic", "ion", "abil", "erg", "otel", "izat")
ENDS = ("ation", "ations", "ized", "ingly", "ities", "ness", "fulness", "ative", "ers", "ement")
WORDS = ["".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDS, ("", "s", "ing", "ed"))]


def test_threads_that_stem_at_once_do_not_disturb_each_other() -> None:
    plain = [word for word in WORDS if "iz" not in word and "our" not in word and "e" not in word]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda word: next(iter(stems(word))), plain))

    alone = snowballstemmer.stemmer("english")
    assert found == [alone.stemWord(word) for word in plain]


def test_a_capital_letter_is_an_element_or_a_unit_and_no_word_in_short() -> None:
    symbols = content(words("W melts last. The power is 5 W. N is fixed"))
    chat = content(words("sodium n potassium w ATP"))

    assert {"w", "n"} <= symbols
    assert chat == content(words("sodium and potassium with ATP"))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("cos x is 1", "cosine"),
        ("cos(2x)", "cosine"),
        ("cos 60 = 0.5", "cosine"),
        ("cos 3x", "cosine"),
        ("cos² θ", "cosine"),
        ("it dies cos 2 ions move in", "because"),
        ("cos i forgot", "because"),
        ("cos sodium leaves", "because"),
        ("the cost rises", ""),
    ],
)
def test_cos_is_the_cosine_before_an_angle(said: str, means: str) -> None:
    found = {word.raw for word in words(said)} & {"cosine", "because"}

    assert found == ({means} if means else set())
