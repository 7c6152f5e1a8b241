"""What is found, in which order, and how it explains itself."""

from fractions import Fraction
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from verband.core.matching.bm25 import Bm25Ranker
from verband.core.matching.documents import (
    Document,
    DoubleDocument,
    NothingToSearchFor,
    NothingToSearchIn,
    UnknownDocument,
)
from verband.core.matching.grams import pieces
from verband.core.matching.index import Collection
from verband.core.matching.likeness import likeness
from verband.core.matching.matches import Match

BODIES = (
    Document("education", "Commissie Onderwijs, Cultuur en Sport", ("scholen", "sport"),
             kind="body", facts={"ministry": ("OCW",)}),
    Document("social", "Commissie Zorg, Jeugd en Wmo", ("jeugdhulp",), kind="body",
             body="Bespreekt de jeugdwet en de maatschappelijke ondersteuning.",
             facts={"ministry": ("VWS",), "theme": ("care", "youth")}),
    Document("finance", "Commissie Financiën", body="Gemeentefonds en lokale belastingen.",
             kind="body", facts={"ministry": ("BZK", "Financiën")}),
    Document("wait", "Wachttijden in de jeugdzorg", body="Een praktijk uit Ede.", kind="practice"),
)  # fmt: skip


def ids(hits):
    return [hit.document.id for hit in hits]


def ask(text, documents=BODIES, **options):
    return likeness(Collection(documents), Document("", body=text), **options)


def plain_bm25(texts, query):
    """The textbook formula, term by term."""
    lengths = [sum(text.values()) for text in texts]
    mean = sum(lengths) / len(lengths)
    scores = []
    for text, length in zip(texts, lengths, strict=True):
        score = 0.0
        for term in query:
            n = sum(term in other for other in texts)
            f = text.get(term, 0)
            idf = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            score += idf * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / mean))
        scores.append(score)
    return scores


def test_bm25_agrees_with_a_value_reckoned_by_hand():
    # Three texts of lengths 4, 2 and 3 (mean 3); the term stands 2, 0 and 1 times.
    # idf = ln(1 + (3 - 2 + 1/2) / (2 + 1/2)) = ln 1.6 = 0.470004
    # first:  0.470004 * 2 * 2.2 / (2 + 1.2 * (1/4 + 3/4 * 4/3)) = 0.470004 * 4.4 / 3.5 = 0.590862
    # third:  0.470004 * 1 * 2.2 / (1 + 1.2 * 1)                 = 0.470004
    ranker = Bm25Ranker(sparse.csr_matrix([[2, 2], [0, 2], [1, 2]]))

    assert ranker.scores({0: 1.0}) == pytest.approx([0.590862, 0, 0.470004], abs=1e-6)


LETTERS = st.sampled_from("abcd")


@given(
    st.lists(st.dictionaries(LETTERS, st.integers(1, 4)), min_size=1, max_size=6), st.sets(LETTERS)
)
@settings(max_examples=25, deadline=None)
def test_bm25_agrees_with_the_formula_term_by_term(texts, query):
    if not any(texts):
        return
    matrix = sparse.csr_matrix([[text.get(term, 0) for term in "abcd"] for text in texts])

    scores = Bm25Ranker(matrix).scores({"abcd".index(term): 1.0 for term in query})

    assert scores == pytest.approx(plain_bm25(texts, query), abs=1e-9)


def test_the_product_over_words_is_the_cosine_over_pieces():
    collection = Collection(BODIES)
    texts = [collection.count(collection.documents[id].texts()) for id in collection.ids]
    rows = []
    for words in [*texts, {"wachtlijst": 1.0, "jeugdzorg": 2.0}]:
        row = {}
        for word, number in words.items():
            for piece in pieces(word) if "_" not in word else ():
                row[piece] = row.get(piece, 0) + number
        rows.append(row)
    every = sorted({piece for row in rows for piece in row})
    idf = {p: log((1 + len(texts)) / (1 + sum(p in row for row in rows[:-1]))) + 1 for p in every}
    *there, query = (np.array([row.get(p, 0) * idf[p] for p in every]) for row in rows)
    expected = [d @ query / sqrt((d @ d) * (query @ query)) for d in there]

    cosines = collection.figures.grams.scores({"wachtlijst": 1.0, "jeugdzorg": 2.0})

    assert cosines == pytest.approx(expected, abs=1e-9)


def test_synonyms_lead_to_the_body_that_uses_another_word():
    hits = ask("Kinderen wachten te lang op jeugdbescherming")

    social = next(hit for hit in hits if hit.document.id == "social")
    assert set(ids(hits)[:2]) == {"social", "wait"}
    assert Match("jeugdbescherming", "jeugdhulp", ("tags",), "synonym") in social.matches


def test_a_phrase_and_its_short_name_meet():
    hits = ask("de wmo", most=1)

    assert ids(hits) == ["social"]
    assert ("wmo", "wmo", "same word") in [(m.asked, m.found, m.by) for m in hits[0].matches]


def test_a_typing_error_is_found_and_shown():
    hits = ask("gementefonds", most=1)

    assert ids(hits) == ["finance"]
    assert [str(match) for match in hits[0].matches] == ["gementefonds ~ gemeentefonds (body)"]


def test_a_word_in_the_title_counts_for_more_than_one_in_the_text():
    documents = (
        Document("text", "Iets", body="haven en water"),
        Document("title", "Haven", body="iets en water"),
    )

    assert ids(ask("haven", documents)) == ["title", "text"]


def test_frequent_parts_of_compounds_lead_to_the_whole():
    documents = [Document(f"d{i}", f"jeugd {i}x", body=f"zorg bestuur {i}y") for i in range(5)]
    documents.append(Document("whole", "Jeugdzorgbestuur"))

    hits = ask("bestuur van de zorg voor jeugd", documents)

    assert "whole" in ids(hits)
    assert {m.asked for h in hits if h.document.id == "whole" for m in h.matches} >= {
        "jeugd",
        "zorg",
    }


def test_shared_facts_are_found_and_shown():
    query = Document("", body="begroting", facts={"ministry": ("BZK",), "theme": ("youth",)})

    hits = {hit.document.id: hit for hit in likeness(Collection(BODIES), query)}

    assert hits["finance"].facts == {"ministry": ("BZK",)}
    assert hits["social"].facts == {"theme": ("youth",)}
    assert hits["finance"].ranks["facts"] == hits["social"].ranks["facts"] == 1


def test_orders_are_fused_by_reciprocal_ranks():
    hit = ask("jeugdzorg wachttijden", most=1)[0]

    assert hit.document.id == "wait"
    assert hit.ranks == {"terms": 1, "pieces": 1}
    assert hit.score == Fraction(2, 61)


def test_only_the_kinds_asked_for_are_shown():
    assert ids(ask("jeugdzorg", kinds=["practice"])) == ["wait"]
    assert ask("jeugdzorg", kinds=["person"]) == ()


def test_a_document_is_not_like_itself_but_its_copy_is_a_likely_duplicate():
    copy = Document("copy", "Wachttijden in de jeugdzorg", body="Een praktijk uit Ede.")
    collection = Collection([*BODIES, copy])

    hits = likeness(collection, BODIES[3])

    assert hits[0].document.id == "copy"
    assert hits[0].likely_duplicate and hits[0].cosine == pytest.approx(1)
    assert "wait" not in ids(hits)


def test_one_document_is_a_collection_too():
    hits = ask("jeugd", BODIES[1:2])

    assert ids(hits) == ["social"]


def test_a_document_without_words_is_never_found_by_words():
    documents = (Document("empty"), Document("stop", "De gemeente"), BODIES[0])

    assert ids(ask("sport", documents)) == ["education"]


WORDS = "jeugd zorg jeugdzorg afval wegen wmo haven steden havenstad"
texts = st.lists(
    st.sampled_from(WORDS.split()),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(st.lists(texts, min_size=2, max_size=12), texts, st.data())
@settings(max_examples=12, deadline=None)
def test_a_changed_collection_answers_as_a_fresh_one(bodies, query, data):
    documents = [Document(f"d{i:02}", body=text) for i, text in enumerate(bodies)]
    gone = data.draw(st.sets(st.sampled_from(documents[1:]).map(lambda d: d.id)))
    changed = Collection(documents[::-1])
    likeness(changed, Document("", body=query))
    for id in gone:
        changed.remove(id)
    fresh = Collection([d for d in documents if d.id not in gone])

    one, other = (likeness(c, Document("", body=query)) for c in (changed, fresh))

    assert [(h.document, h.score, h.ranks, h.matches) for h in one] == [
        (h.document, h.score, h.ranks, h.matches) for h in other
    ]
    assert [h.cosine for h in one] == pytest.approx([h.cosine for h in other])


@pytest.mark.parametrize(
    ("refusal", "documents", "query"),
    [
        (NothingToSearchIn, (), "jeugd"),
        (NothingToSearchFor, BODIES, ""),
        (NothingToSearchFor, BODIES, "de gemeente en de raad"),
        (NothingToSearchFor, BODIES, "?! ..."),
        (DoubleDocument, (BODIES[0], BODIES[0]), "jeugd"),
    ],
)
def test_a_question_without_sense_is_refused(refusal, documents, query):
    with pytest.raises(refusal):
        ask(query, documents)


def test_a_stranger_cannot_be_removed():
    with pytest.raises(UnknownDocument):
        Collection(BODIES).remove("nobody")


def test_words_that_stand_nowhere_give_no_hits_and_no_error():
    assert ask("zzzz qqqq") == ()
