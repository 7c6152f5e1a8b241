"""The rules of the vote: entering, changing and correcting them, and what cannot be a rule."""

from datetime import date, timedelta

import pytest

from consultations.asking import Page
from consultations.council import ORDINARY, Council, council, rule_for
from verband.consultations.models import VotingRule, VotingRuleFact
from verband.consultations.queries.rules import history_of, rules_on
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.preparing import ReservedNumber, RuleNotInForce
from verband.consultations.use_cases.rules import (
    BindsTooFar,
    SecretAndWeighted,
    UnlikelyTerm,
    WeighsOtherwise,
    change_rule,
    correct_rule,
)
from verband.core.divergence.thresholds import ThresholdUnknown
from verband.core.voting.rules import NoMajority, UnreadableBound
from verband.kernel.permissions import NotAllowed
from world import NOW, TODAY

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2018, 1, 1)


@pytest.fixture
def here(settings) -> Council:
    """The association on the day of the tests; pages without the ribbon around them."""
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SHELL = ""
    return council()


def fact_of(made: Council, kind: str = "consultation") -> VotingRuleFact:
    found: VotingRuleFact = VotingRuleFact.objects.known(None).get(voting_rule=made.rules[kind])
    return found


def entering(made: Council, account=None, **data: str) -> Page:
    page = Page(account or made.world.keeper, "enter_rule")
    page.data.update(
        key="wijziging-statuten",
        kind="assembly",
        name="wijziging van de statuten",
        article="art. 31",
        majorities="votes >= 2/3 of cast; art. 31 lid 1\r\nmembers > 1/2 of all",
        quorums="members present > 1/2 of all",
        abstention="cast",
        blank="nothing",
        invalid="nothing",
        absence="nothing",
        tie="rejected",
        second_majorities="votes >= 2/3 of cast",
        binding="decision",
        weighing="votes",
        may_change="on",
        naming_hours="72",
        objection_days="14",
        proxy_members="2",
        dimensions="size",
    )
    page.data.update(data)
    return page


def test_a_rule_is_read_back_in_words_before_it_is_saved(here: Council) -> None:
    page = entering(here)

    told = page.checked()
    page.sent("confirm")

    assert "Adopted if at least two thirds of the votes cast, abstentions included are for." in told
    assert "a second meeting has its own rule" in told
    assert "votes >= 2/3 of cast; art. 31 lid 1, members > 1/2 of all" in told
    fact = VotingRuleFact.objects.known(None).get(voting_rule__key="wijziging-statuten")
    assert fact.rule["majorities"] == [
        {"bound": "votes >= 2/3 of cast", "article": "art. 31 lid 1"},
        {"bound": "members > 1/2 of all", "article": ""},
    ]
    assert fact.rule["second_call"]["quorums"] == []
    assert (fact.naming_hours, fact.proxy_members, fact.dimensions) == (72, 2, ["size"])


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"majorities": "de helft"}, "majorities", "write for example"),
        ({"majorities": ""}, "majorities", "Write which majority is needed."),
        ({"majorities": "votes > 1/1 of all"}, "majorities", "must lie above 0"),
        ({"majorities": "votes > 1/2 of valid\n" * 7}, "majorities", "at most six lines"),
        ({"majorities": "votes > 1/0 of valid"}, "majorities", "write for example"),
        ({"quorums": "votes > 1/2 of valid"}, "quorums", "write for example"),
        ({"quorums": "x" * 1001}, "quorums", "at most 1000 characters"),
        ({"absence": "cast"}, "absence", "Select a valid choice."),
        ({"abstention": "for"}, "abstention", "Select a valid choice."),
        ({"tie": "coin"}, "tie", "Select a valid choice."),
        ({"kind": "flash", "binding": "advice"}, "weighing", "answered by persons"),
        ({"kind": "consultation"}, "binding", "cannot bind as"),
        ({"naming_hours": "100000"}, "naming_hours", "too long for a term"),
        ({"objection_days": "-1"}, "objection_days", "greater than or equal to 0"),
        ({"thresholds": "opposing_load: 1/4"}, "thresholds", "need a version"),
        ({"thresholds": "version: a\nload: 1/4"}, "thresholds", "There is no threshold"),
        ({"thresholds": "version: a\nresponse: 3/0"}, "thresholds", "cannot be 3/0"),
        ({"key": "geen adres"}, "key", "valid"),
        ({"second_majorities": "ja"}, "second_majorities", "write for example"),
        ({"valid_from": "morgen"}, "valid_from", "Write the day as 30-10-2017."),
    ],
)
def test_each_refusal_stands_at_its_field(
    here: Council, data: dict[str, str], field: str, sentence: str
) -> None:
    page = entering(here, **data)

    answer = page.sent()

    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'href="#id_{field}' in html
    assert sentence in page.refused()
    assert not VotingRule.objects.filter(key="wijziging-statuten").exists()


def test_weighted_and_secret_is_refused_with_the_reason_and_the_alternatives(
    here: Council,
) -> None:
    page = entering(here, is_secret="on")

    told = page.refused()

    assert "6 of 6 members have a number of votes that nobody else has" in told
    assert "Give each member one vote" in told
    page.confirmed(weighing="members")


def test_a_change_holds_from_its_day_and_an_open_vote_keeps_its_rule(here: Council) -> None:
    vote = here.opened()
    page = Page(here.world.keeper, "change_rule", fact_of(here).pk)
    page.data.update({**stored(page), "majorities": "votes >= 2/3 of valid; art. 15"})

    page.confirmed(day="01-01-2018", reason="nieuwe statuten")

    texts = history_of(here.rules["consultation"])
    assert [(t.valid_from, t.valid_until) for t in texts] == [(NEXT_YEAR, None), (None, NEXT_YEAR)]
    assert str(standing_of(vote).rule.majorities[0]) == "votes > 1/2 of valid"
    words = Page(None, "voting_rule", "rule-consultation").words()
    assert "two thirds" in words and "more than half" in words


def stored(page: Page) -> dict[str, str]:
    """What the form shows, as a browser would send it back."""
    form = page.opened().context["page"].form
    found = {}
    for bound in form:
        value = bound.value()
        if value is True:
            value = "on"
        if value is not None and value is not False and value != "":
            found[bound.name] = value
    return found


def test_a_correction_replaces_the_text_for_all_days(here: Council) -> None:
    page = Page(here.world.keeper, "correct_rule", fact_of(here).pk)
    page.data.update(stored(page))

    assert "Nothing reads otherwise than it did." in page.refused(reason="tikfout")
    page.confirmed(naming_hours="24")

    [text] = history_of(here.rules["consultation"])
    assert (text.naming_hours, text.valid_from) == (24, None)
    before = fact_of(here).recorded_from - timedelta(seconds=1)
    assert history_of(here.rules["consultation"], before)[0].naming_hours == 48


def test_a_rule_that_is_not_in_force_is_not_offered_and_not_taken(here: Council) -> None:
    later = rule_for(here, "flash", key="later")
    change_rule(
        actor=here.world.keeper,
        now=NOW,
        fact=VotingRuleFact.objects.known(None).get(voting_rule=here.rules["flash"]),
        day=NEXT_YEAR,
        reason="x",
        name="nieuwe naam",
    )

    assert {f.voting_rule for f in rules_on(TODAY, kind="flash")} == {here.rules["flash"], later}
    with pytest.raises(RuleNotInForce):
        here.prepare("flash", rule=here.rules["consultation"])


def test_only_who_keeps_the_rules_changes_them_and_all_read_them(here: Council) -> None:
    fact = fact_of(here)
    for account in (here.secretary, here.accounts["gm0363 secretary"]):
        assert entering(here, account).opened().status_code == 403
        assert Page(account, "change_rule", fact.pk).opened().status_code == 403
        with pytest.raises(NotAllowed):
            correct_rule(actor=account, now=NOW, fact=fact, reason="x", name="y")
    words = Page(None, "voting_rules").words()
    assert "Gewone meerderheid" in words and "Enter a rule" not in words
    assert Page(None, "voting_rule", "nergens").opened().status_code == 404


def test_the_list_reads_another_day_and_costs_a_fixed_number_of_queries(
    here: Council, django_assert_max_num_queries
) -> None:
    page = Page(None, "voting_rules", query="?on=2016-03-01")
    page.opened()
    with django_assert_max_num_queries(4):
        page.opened()
    for n in range(8):
        rule_for(here, "assembly", key=f"extra-{n}", name=f"regel {n}")

    with django_assert_max_num_queries(4):
        assert "Regel 7" in page.words()


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"binding": "decision"}, BindsTooFar),
        ({"is_secret": True}, SecretAndWeighted),
        ({"weighing": "persons"}, WeighsOtherwise),
        ({"naming_hours": 10**9}, UnlikelyTerm),
        ({"rule": {"name": "x", "majorities": []}}, NoMajority),
        ({"rule": {**ORDINARY, "majorities": ["x"]}}, UnreadableBound),
        ({"thresholds": {"version": "a", "zzz": "1"}}, ThresholdUnknown),
        ({"key": "new"}, ReservedNumber),
    ],
)
def test_no_rule_gets_past_the_use_case_either(made: Council, values, refusal) -> None:
    with pytest.raises(refusal):
        rule_for(made, "consultation", **{"key": "k", **values})
