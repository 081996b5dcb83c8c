"""Notes are cut where a reader would cut them."""

from __future__ import annotations

from knowledge.chunks import cut, embedded, fingerprint
from knowledge.pieces import LONGEST, SHORTEST, pieces
from tests.knowledge.biology import PUMP, note


def test_a_note_is_cut_at_its_headings_which_become_the_trail() -> None:
    chunks = cut(note())

    assert [chunk.trail for chunk in chunks] == [
        "Resting potential",
        "Resting potential › The pump",
        "Resting potential › Leak channels",
        "Resting potential › Leak channels › Why sodium stays out",
    ]
    assert {chunk.note for chunk in chunks} == {"biology/resting-potential"}


def test_the_trail_is_part_of_what_is_searched() -> None:
    pump = cut(note())[1]

    assert embedded(pump).startswith("Resting potential › The pump\n")
    assert "three Na+ out" in embedded(pump)


def test_an_image_is_left_out_and_a_link_to_a_file_is_its_words() -> None:
    body = (
        "## A\n![A pump at work](../figures/a.svg) See [the pump](pump.md), [IB](https://ibo.org)."
    )

    [chunk] = cut(note(body=body))

    assert chunk.text == "See the pump, [IB](https://ibo.org)."


def test_changing_one_section_leaves_ids_and_fingerprints_of_the_others() -> None:
    before = {chunk.id: fingerprint(chunk) for chunk in cut(note())}

    after = {c.id: fingerprint(c) for c in cut(note(body=PUMP.replace("splits one", "uses one")))}

    changed = {id for id in before if before[id] != after[id]}
    assert before.keys() == after.keys()
    assert changed == {"biology/resting-potential#the-pump:1"}


def test_sections_with_the_same_heading_have_ids_of_their_own() -> None:
    body = "## HL\none\n\n## SL\ntwo\n\n## HL\nthree"

    ids = [chunk.id.split("#")[1] for chunk in cut(note(body=body))]

    assert ids == ["hl:1", "sl:1", "hl:2"]


def test_a_hash_in_code_is_no_heading() -> None:
    body = "## Data\n```\n## not a heading\n```\nafter"

    [chunk] = cut(note(body=body))

    assert chunk.trail == "Resting potential › Data"


def test_a_long_section_is_cut_between_paragraphs() -> None:
    paragraphs = [f"Paragraph {n} says " + "something more " * 25 for n in range(8)]

    found = pieces("\n\n".join(paragraphs))

    assert "\n\n".join(found).split() == " ".join(paragraphs).split()
    assert all(piece.startswith("Paragraph") for piece in found)
    assert all(len(piece.split()) <= LONGEST + SHORTEST for piece in found)
    assert len(found) == 3


def test_a_long_table_repeats_its_header_in_every_piece() -> None:
    rows = [f"| term {n} | {'meaning ' * 12} |" for n in range(40)]
    table = "\n".join(["| term | meaning |", "|---|---|", *rows])

    found = pieces(table)

    assert len(found) > 2
    assert all(piece.startswith("| term | meaning |\n|---|---|\n") for piece in found)
    assert sum(piece.count("| term ") for piece in found) == 40 + len(found)


def test_a_short_table_stays_whole_with_its_introduction() -> None:
    text = "The steps are:\n\n| a | b |\n|---|---|\n| 1 | 2 |"

    assert pieces(text) == (text,)


def test_a_long_list_is_cut_between_items() -> None:
    items = [f"- item {n} " + "word " * 30 for n in range(12)]

    found = pieces("\n".join(items))

    assert all(piece.startswith("- item") for piece in found)
    assert sum(piece.count("- item") for piece in found) == 12


def test_text_without_any_full_stop_is_cut_all_the_same() -> None:
    found = pieces("word " * 1000)

    assert sum(len(piece.split()) for piece in found) == 1000
    assert max(len(piece.split()) for piece in found) <= LONGEST + SHORTEST


def test_a_section_that_only_says_where_to_read_on_is_left_out() -> None:
    body = (
        "## Pump\nIt pumps.\n\n## Next\n- Before: [pores](pores.md), then [this](a.md) for gates."
    )

    assert [chunk.text for chunk in cut(note(body=body))] == ["It pumps."]


def test_an_empty_note_has_no_chunks() -> None:
    assert cut(note(body="\n## Nothing\n\n## Here\n")) == ()
