"""The rule of a vote in sentences, in both languages."""

from typing import Any

import pytest
from django.utils.translation import override

from verband.consultations.pages.rule_words import RuleLine, rule_words, summary

FROZEN: dict[str, Any] = {
    "rule": {
        "name": "gewoon",
        "majorities": [{"bound": "votes > 1/2 of valid", "article": "art. 14 lid 2"}],
        "quorums": [{"bound": "votes cast >= 1/2 of all", "article": "art. 9 lid 1"}],
    },
    "rule_name": "Gewoon",
    "article": "art. 9",
    "binding": "position",
    "weighing": "votes",
    "is_secret": False,
    "shows_interim": False,
    "may_change": True,
    "needs_ratification": True,
    "objection_days": 14,
    "proxy_members": 2,
    "proxy_votes": 100,
    "key": {"per": 1000, "rounding": "down", "minimum": 1, "cap": 75, "article": "art. 12"},
}


def lines(about: str, language: str = "nl", **changed: Any) -> list[RuleLine]:
    """The sentences about one thing, with something changed in the rule."""
    with override(language):
        return [line for line in rule_words({**FROZEN, **changed}) if line.about == about]


def text(about: str, language: str = "nl", **changed: Any) -> str:
    """These sentences as text."""
    return " ".join(line.text for line in lines(about, language, **changed))


def test_every_part_of_the_rule_is_told_with_its_article() -> None:
    told = {line.about: line.article for line in rule_words(FROZEN)}

    assert told == {
        "majority": "art. 14 lid 2",
        "quorum": "art. 9 lid 1",
        "silence": "art. 9",
        "abstention": "art. 9",
        "tie": "art. 9",
        "weighing": "art. 12",
        "change": "art. 9",
        "interim": "art. 9",
        "public": "art. 9",
        "proxy": "art. 9",
        "binding": "art. 9",
        "ratification": "art. 9",
        "objection": "art. 9",
    }


def test_an_ordinary_majority_reads_as_people_say_it() -> None:
    assert text("majority") == (
        "Aangenomen als van de stemmen voor en tegen meer dan de helft vóór is."
    )
    assert text("majority", "en") == (
        "Adopted if more than half of the votes for and against are for."
    )
    assert text("quorum") == (
        "Het telt alleen als ten minste de helft van alle stemmen is uitgebracht."
    )


@pytest.mark.parametrize(
    ("bound", "told"),
    [
        ("votes >= 2/3 of cast", "ten minste twee derde"),
        ("members > 3/5 of all", "meer dan 3/5"),
        ("inhabitants >= 55/100 of valid", "ten minste 11/20"),
        ("members >= 1/1 of present", "het geheel"),
    ],
)
def test_every_majority_names_its_part_and_its_base(bound: str, told: str) -> None:
    rule = {"name": "r", "majorities": [bound]}

    assert told in text("majority", rule=rule)


def test_a_quorum_of_a_number_names_the_number() -> None:
    rule = {**FROZEN["rule"], "quorums": ["members >= 25"]}

    assert text("quorum", rule=rule) == "Het telt alleen als er ten minste 25 leden zijn."


def test_silence_is_never_called_consent() -> None:
    for absence in ("nothing", "against"):
        told = text("silence", rule={**FROZEN["rule"], "absence": absence})
        assert "instemming" in told and ("niet" in told or "nooit" in told)


def test_a_question_to_people_has_no_majority() -> None:
    told = rule_words({**FROZEN, "weighing": "persons", "binding": "advice"})

    assert not {"majority", "quorum", "tie", "proxy", "public"} & {line.about for line in told}


def test_how_far_it_binds_is_on_the_ballot_itself() -> None:
    with override("nl"):
        first, second = summary(rule_words(FROZEN))

    assert first.startswith("Aangenomen als") and "Het telt alleen als" in first
    assert "Die is voorlopig tot een ALV hem bekrachtigt." in second
    assert "U kunt uw stem wijzigen tot de sluiting." in second
    assert "Onthouden telt mee voor de opkomst, niet voor de meerderheid." in second


def test_a_secret_vote_says_so() -> None:
    assert "geheim" in text("public", is_secret=True)
