"""Words, stems, notions and compounds of Dutch as municipalities write it."""

import pytest

from verband.core.matching.words import Compounds, Language, split

DUTCH = Language()


def test_accents_capitals_and_hyphens_make_no_difference():
    assert split("Coördinatie, coordinatie; CO-ORDINATIE") == [
        "coordinatie",
        "coordinatie",
        "co",
        "ordinatie",
    ]


def test_words_that_every_text_holds_carry_no_signal():
    assert DUTCH.words("De gemeenteraad van de gemeente en de VNG-regio's") == ["gemeenteraad"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("woningen", "woning"),
        ("leden", "lid"),
        ("steden", "stad"),
        ("financiële", "financieel"),
        ("plannen", "plan"),
        ("vergunningen", "vergunning"),
        ("duurzame", "duurzaamheid"),
    ],
)
def test_forms_of_one_word_meet(one, other):
    assert DUTCH.stem(split(one)[0]) == DUTCH.stem(split(other)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [("wet", "weten"), ("ouders", "ouderen"), ("handel", "handelen"), ("gemeente", "menen")],
)
def test_words_that_the_stemmer_would_confuse_are_kept_apart(one, other):
    assert DUTCH.stem(one) != DUTCH.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jeugdzorg", "jeugdhulp"),
        ("wmo", "maatschappelijke ondersteuning"),
        ("asielzoeker", "statushouders"),
        ("verwarde personen", "personen met verward gedrag"),
    ],
)
def test_different_words_for_one_notion_meet(one, other):
    terms = [{t for word in DUTCH.words(text) for t in DUTCH.terms(word)} for text in (one, other)]

    assert any(term.startswith("~") for term in terms[0] & terms[1])


def test_a_compound_is_taken_apart_only_with_frequent_words():
    frequent = Compounds({"jeugd": 5, "zorg": 5, "regio": 9})
    rare = Compounds({"jeugd": 4, "zorg": 50})

    assert frequent.parts("jeugdzorgregio") == ("jeugd", "zorg", "regio")
    assert rare.parts("jeugdzorg") == ()


def test_letters_that_link_are_dropped():
    known = Compounds({"ouderen": 9, "gezin": 9, "zorg": 9, "woning": 9, "bouw": 9})

    assert known.parts("ouderenzorg") == ("ouderen", "zorg")
    assert known.parts("gezinszorg") == ("gezin", "zorg")
    assert known.parts("woningenbouw") == ("woning", "bouw")
    assert known.parts("woningens") == ()


def test_another_language_brings_its_own_words():
    english = Language("english", frozenset({"the"}), {}, (("housing", "homes"),))

    assert english.words("The homes") == ["homes"]
    assert english.terms("homes")[1] == english.terms("housing")[1] == "~housing"
