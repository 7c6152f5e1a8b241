"""Words as search reads them."""

from hypothesis import given
from hypothesis import strategies as st

from verband.search.words import distance, tails, words_of

WORDS = st.text("abcde", max_size=8)


@given(one=WORDS, other=WORDS)
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)


@given(one=WORDS, other=WORDS)
def test_only_the_same_word_is_at_no_distance(one: str, other: str) -> None:
    assert (distance(one, other, 9) == 0) == (one == other)


@given(word=st.text("abcde", min_size=2, max_size=8), at=st.integers(0, 6))
def test_two_letters_that_change_places_are_one_slip(word: str, at: int) -> None:
    i = at % (len(word) - 1)
    swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]

    assert distance(word, swapped, 2) <= 1


def test_every_tail_ends_the_word() -> None:
    assert all("jeugdzorgregio".endswith(tail) for tail in tails(["jeugdzorgregio"]))


def test_signs_and_accents_do_not_count() -> None:
    assert words_of("Nuenen, Gerwen en Nederwetten / ’t Hôf") == [
        "nuenen",
        "gerwen",
        "en",
        "nederwetten",
        "t",
        "hof",
    ]
