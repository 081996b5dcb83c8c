"""Words of a doubt and words of a note meet, however they are written."""

from __future__ import annotations

import pytest

from knowledge.lexical import Lexical
from knowledge.words import plain, terms

TEXTS = [
    "The pump moves Na⁺ out of the axon and K⁺ in.",
    "Ca²⁺ enters and vesicles release acetylcholine.",
    "The mitochondrion makes ATP by chemiosmosis across its inner membrane.",
    "La célula usa ATP.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Na⁺", ["na+"]),
        ("$\\mathrm{Na^+}$ and Na+", ["na+", "na+"]),
        ("3Na+ out, 2K+ in", ["3", "na+", "2", "k+"]),
        ("Ca²⁺ $\\mathrm{Ca^{2+}}$", ["ca2+", "ca2+"]),
        ("HCO₃⁻ and Cl-", ["hco3-", "cl-"]),
        ("CO₂, H₂O, C₆H₁₂O₆", ["co2", "h2o", "c6h12o6"]),
        ("−70 mV, 3.14 and 10,000", ["70", "mv", "3.14", "10,000"]),
        ("sodium–potassium pumps", ["sodium", "potassium", "pump"]),
        ("¿célula año?", ["célula", "año"]),
        ("what is the", []),
    ],
)
def test_formulas_ions_numbers_and_accents_survive(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_plain_text_has_no_markup() -> None:
    assert plain("| **Na⁺** | $-70$ mV |\n|---|:-:|\n").split() == ["Na+", "-70", "mV"]


def test_the_passage_with_the_ion_scores_best() -> None:
    lexical = Lexical(TEXTS)

    scores = lexical.scores(lexical.corrected("what does Ca2+ do"))

    assert scores.argmax() == 1
    assert scores[0] == 0


def test_a_misspelt_word_finds_its_passage() -> None:
    lexical = Lexical(TEXTS)

    assert lexical.corrected("whats a mitocondrion") == ["mitochondrion"]
    assert lexical.scores(lexical.corrected("acetilcholine")).argmax() == 1


def test_short_and_known_words_are_never_corrected() -> None:
    lexical = Lexical([*TEXTS, "mitosis"])

    assert lexical.corrected("meiosis ADP asdf") == ["meiosi", "adp", "asdf"]


def test_the_share_weighs_rare_words_more() -> None:
    lexical = Lexical(TEXTS)

    rare = lexical.share(["acetylcholin", "atp"], 1)
    common = lexical.share(["acetylcholin", "atp"], 3)

    assert rare > 0.5 > common > 0
    assert lexical.share([], 0) == 0


def test_a_collection_without_words_finds_nothing() -> None:
    assert Lexical([]).scores(["atp"]).size == 0
    assert Lexical(["???", "the"]).scores(["atp"]).tolist() == [0, 0]


SPANISH = [
    "The imperfect describes routines: *comía*, *vivíamos*. Cuando era niño, vivía en Lima.",
    "The preterite tells single events: *comí*, *llegó*. La habitación estaba vacía.",
    "Commands: *bebe*, *no salgas*. Say what someone should do.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Cuándo se usa el imperfecto?", ["usa", "imperfect"]),
        ("When do I use the imperfect?", ["use", "imperfect"]),
        ("habitacion habitación habitaciones", ["habit"] * 3),
        ("no me he ido, ¿y tú?", ["ido"]),
        ("-70 mV", ["70", "mv"]),
    ],
)
def test_in_a_text_on_spanish_both_languages_are_read(text: str, expected: list[str]) -> None:
    assert terms(text, "es") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Quand est-ce que j'emploie l'imparfait ?", ["emploi", "imparf"]),
        ("de", "Wann benutzt man die Konjunktive?", ["benutzt", "konjunkt"]),
    ],
)
def test_other_languages_lose_their_small_words_too(
    language: str, text: str, expected: list[str]
) -> None:
    assert terms(text, language) == expected


@pytest.mark.parametrize(
    ("doubt", "place"),
    [
        ("¿Cuándo se usa el imperfecto?", 0),
        ("when is the imperfect used", 0),
        ("que significa habitaciones", 1),
        ("vivia o vivio?", 0),
        ("how do commands work", 2),
    ],
)
def test_a_doubt_in_either_language_finds_its_passage(doubt: str, place: int) -> None:
    lexical = Lexical(SPANISH, "es")

    scores = lexical.scores(lexical.corrected(doubt))

    assert scores.argmax() == place
    assert scores[place] > 0


def test_small_words_of_spanish_find_nothing() -> None:
    lexical = Lexical(SPANISH, "es")

    assert lexical.scores(lexical.corrected("¿se de el la que no?")).sum() == 0
