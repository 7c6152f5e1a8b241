"""The threshold for a warning, on judged pairs."""

from fractions import Fraction

import pytest

from core.matching.judged import MATTERS, NEAR
from verband.core.matching.documents import Document
from verband.core.matching.duplicates import (
    THRESHOLD,
    NoDuplicatesJudged,
    NoSuchThreshold,
    likely_duplicates,
    tune,
)
from verband.core.matching.index import Collection
from verband.core.matching.likeness import likeness


def judged_collection():
    return Collection(
        Document(f"{kind}{number:02}-{side}", body=text)
        for kind, pairs in (("m", MATTERS), ("n", NEAR))
        for number, pair in enumerate(pairs)
        for side, text in zip("ab", pair, strict=True)
    )


def judged_pairs():
    return [
        (pair.cosine, pair.one[0] == "m" and pair.one[:3] == pair.other[:3])
        for pair in likely_duplicates(judged_collection(), threshold=1e-9)
    ]


def test_nine_in_ten_warnings_are_right_on_the_judged_pairs():
    pairs = judged_pairs()
    above = [same for cosine, same in pairs if cosine >= THRESHOLD]

    assert Fraction(sum(above), len(above)) >= Fraction(9, 10)
    assert sum(above) == 15  # of 38: what is told in other words is not warned for, only ranked
    assert tune(pairs).threshold == pytest.approx(THRESHOLD, abs=0.01)


def test_the_same_matter_told_otherwise_comes_first():
    collection = judged_collection()
    first = sum(
        likeness(collection, collection.documents[f"m{n:02}-b"], most=1)[0].document.id
        == f"m{n:02}-a"
        for n in range(len(MATTERS))
    )

    assert first >= 34  # of 38


def test_a_threshold_needs_a_judged_duplicate():
    with pytest.raises(NoDuplicatesJudged):
        tune([(0.8, False)])


def test_a_precision_that_cannot_be_reached_is_refused():
    with pytest.raises(NoSuchThreshold):
        tune([(0.9, False), (0.8, True)])


def test_pairs_are_told_once_in_order():
    texts = {"b": "haven en water", "a": "haven en water", "c": "iets anders"}
    collection = Collection(Document(id, body=text) for id, text in texts.items())

    assert [(p.one, p.other) for p in likely_duplicates(collection)] == [("a", "b")]
