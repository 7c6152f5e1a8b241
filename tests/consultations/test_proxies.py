"""Proxies: who votes for whom, within what the rule allows."""

from datetime import timedelta

import pytest

from consultations.asking import Page
from consultations.council import CLOSES, Council, council, rule_for
from verband.consultations.kinds import Capacity, VoterRank
from verband.consultations.models import Proxy
from verband.consultations.models.voters import ProxyGiven
from verband.consultations.use_cases.casting import AgainstInstruction, NotOnThePaper, ProxyStands
from verband.consultations.use_cases.naming import PeopleAnswer, name_voter
from verband.consultations.use_cases.preparing import AlreadyClosed
from verband.consultations.use_cases.proxies import (
    NotThere,
    OneOrAll,
    ProxiesNotAllowed,
    ProxyUsed,
    VotedItself,
    give_proxy,
    revoke_proxy,
)
from verband.consultations.use_cases.sittings import plan_sitting
from verband.consultations.voters import voters_of
from verband.core.voting.proxies import (
    ChainNotAllowed,
    ProxyLoop,
    TooManyProxies,
    TooManyProxyVotes,
)
from verband.kernel.permissions import NotAllowed
from verband.kernel.two_times import AlreadySuperseded
from world import NOW, TODAY

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def allowing(made: Council) -> Council:
    """A rule under which one member holds at most two proxies and forty votes."""
    made.rules["consultation"] = rule_for(
        made, "consultation", key="met-volmacht", proxy_members=2, proxy_votes=40
    )
    return made


def give(made: Council, principal: int, holder: int, **values):
    member = made.members[principal]
    values.setdefault("actor", made.accounts[f"{member.key} secretary"])
    values.setdefault("now", NOW)
    return give_proxy(member=member, holder=made.members[holder], **values)


def test_the_holder_votes_and_the_principal_does_not(allowing: Council) -> None:
    vote = allowing.opened()
    give(allowing, 2, 0, consultation=vote)

    ballot = allowing.cast(
        vote, 2, actor=allowing.accounts["gm0363 secretary"], by_member=allowing.members[0]
    )

    assert (ballot.capacity, ballot.member) == (Capacity.PROXY, allowing.members[2])
    with pytest.raises(ProxyStands):
        allowing.cast(vote, 2)


def test_an_instruction_binds_the_holder(allowing: Council) -> None:
    vote = allowing.opened()
    give(allowing, 2, 0, consultation=vote, instruction={"1": "against"})
    as_holder = {"actor": allowing.accounts["gm0363 secretary"], "by_member": allowing.members[0]}

    with pytest.raises(AgainstInstruction):
        allowing.cast(vote, 2, "for", **as_holder)

    assert allowing.cast(vote, 2, "against", **as_holder).answers == {"1": "against"}


@pytest.mark.parametrize("instruction", [{"1": "perhaps"}, {"9": "for"}, {"1": "for" * 10_000}])
def test_an_instruction_names_a_question_and_an_answer_of_the_paper(
    allowing: Council, instruction: dict[str, str]
) -> None:
    with pytest.raises(NotOnThePaper):
        give(allowing, 2, 0, consultation=allowing.opened(), instruction=instruction)


def test_circles_and_chains_are_refused_and_named(allowing: Council) -> None:
    vote = allowing.prepare(opens_at=SOON)
    give(allowing, 3, 4, consultation=vote)

    with pytest.raises(ProxyLoop) as circle:
        give(allowing, 4, 3, consultation=vote)
    with pytest.raises(ChainNotAllowed) as chain:
        give(allowing, 4, 5, consultation=vote)

    assert str(circle.value).count("gm0009") == 2
    assert chain.value.params["path"] == "gm0009 → gm0010 → gm0088"


def test_one_hand_holds_no_more_than_the_rule_allows(allowing: Council) -> None:
    vote = allowing.opened()

    with pytest.raises(TooManyProxyVotes):
        give(allowing, 1, 0, consultation=vote)
    for principal in (4, 5):
        give(allowing, principal, 0, consultation=vote)
    with pytest.raises(TooManyProxies):
        give(allowing, 3, 0, consultation=vote)

    assert Proxy.objects.known(None).count() == 2


def test_a_rule_without_proxies_allows_none(made: Council) -> None:
    with pytest.raises(ProxiesNotAllowed):
        give(made, 2, 0, consultation=made.opened())


def test_a_vote_that_was_cast_is_not_given_away(allowing: Council) -> None:
    vote = allowing.opened()
    allowing.cast(vote, 2)

    with pytest.raises(VotedItself):
        give(allowing, 2, 0, consultation=vote)


def test_a_proxy_is_given_once_and_revoked_until_it_is_used(allowing: Council) -> None:
    vote = allowing.opened()
    first = give(allowing, 2, 0, consultation=vote)
    with pytest.raises(ProxyGiven):
        give(allowing, 2, 1, consultation=vote)

    revoke_proxy(actor=allowing.accounts["gm0014 secretary"], now=SOON, proxy=first)
    with pytest.raises(AlreadySuperseded):
        revoke_proxy(actor=allowing.accounts["gm0014 secretary"], now=SOON, proxy=first)
    second = give(allowing, 2, 0, consultation=vote, now=SOON)
    allowing.cast(
        vote,
        2,
        actor=allowing.accounts["gm0363 secretary"],
        by_member=allowing.members[0],
        now=SOON + timedelta(minutes=1),
    )

    with pytest.raises(ProxyUsed):
        revoke_proxy(actor=allowing.accounts["gm0014 secretary"], now=SOON, proxy=second)


def test_nothing_is_given_or_revoked_after_closing(allowing: Council) -> None:
    vote = allowing.opened()
    given = give(allowing, 2, 0, consultation=vote)

    with pytest.raises(AlreadyClosed):
        give(allowing, 3, 0, consultation=vote, now=CLOSES)
    with pytest.raises(AlreadyClosed):
        revoke_proxy(actor=allowing.accounts["gm0014 secretary"], now=CLOSES, proxy=given)


def test_the_secretary_the_mayor_or_the_voter_gives_it_and_nobody_else(allowing: Council) -> None:
    vote = allowing.opened()
    alderman = allowing.accounts["gm0014 alderman"]
    for account in (alderman, allowing.accounts["gm0363 secretary"], allowing.secretary):
        with pytest.raises(NotAllowed):
            give(allowing, 2, 0, consultation=vote, actor=account)

    name_voter(
        actor=allowing.accounts["gm0014 secretary"],
        now=NOW,
        member=allowing.members[2],
        rank=VoterRank.VOTER,
        person=alderman.person,
    )

    assert give(allowing, 2, 0, consultation=vote, actor=alderman).given_by == alderman.person


def test_people_who_answer_for_themselves_give_no_proxy(allowing: Council) -> None:
    with pytest.raises(PeopleAnswer):
        give(allowing, 2, 0, consultation=allowing.opened("flash"))
    with pytest.raises(OneOrAll):
        give(allowing, 2, 0)


def test_only_who_stands_on_the_roll_gives_or_holds(allowing: Council) -> None:
    vote = allowing.opened(audience={"of": "size", "from": 10_000, "until": None})

    with pytest.raises(NotThere):
        give(allowing, 5, 0, consultation=vote)
    with pytest.raises(NotThere):
        give(allowing, 2, 5, consultation=vote)


class TestSitting:
    """A proxy for all votes of one sitting."""

    @pytest.fixture
    def hall(self, made: Council):
        """A sitting tomorrow with one vote, under a rule that allows two proxies in one hand."""
        made.rules["assembly"] = rule_for(made, "assembly", key="alv-met-volmacht", proxy_members=2)
        sitting = plan_sitting(
            actor=made.secretary,
            now=NOW,
            body=made.board,
            key="alv-2017-11",
            title="ALV",
            starts_at=NOW + timedelta(days=5),
        )
        return sitting

    def test_it_counts_in_every_vote_also_in_one_that_is_added_later(
        self, made: Council, hall
    ) -> None:
        first = made.prepare("assembly", sitting=hall)
        given = give(made, 2, 0, sitting=hall)

        later = made.prepare("assembly", sitting=hall)

        pk = made.members[2].pk
        for vote in (first, later):
            assert voters_of(vote, [pk], TODAY)[pk].proxy == given
        elsewhere = made.prepare("assembly")
        assert voters_of(elsewhere, [pk], TODAY)[pk].proxy is None

    def test_one_for_a_vote_goes_before_one_for_the_sitting(self, made: Council, hall) -> None:
        vote, other = (made.prepare("assembly", sitting=hall) for _ in range(2))
        general = give(made, 2, 0, sitting=hall)
        here = give(made, 2, 1, consultation=vote)

        pk = made.members[2].pk
        assert voters_of(vote, [pk], TODAY)[pk].proxy == here
        assert voters_of(other, [pk], TODAY)[pk].proxy == general

    def test_a_vote_whose_rule_knows_no_proxies_is_not_covered(self, made: Council, hall) -> None:
        strict = rule_for(made, "assembly", key="personen", proxy_members=0)
        give(made, 2, 0, sitting=hall)

        vote = made.prepare("assembly", sitting=hall, rule=strict)

        pk = made.members[2].pk
        assert voters_of(vote, [pk], TODAY)[pk].proxy is None

    def test_circles_are_refused_before_there_is_a_vote(self, made: Council, hall) -> None:
        give(made, 2, 0, sitting=hall)

        with pytest.raises(ProxyLoop):
            give(made, 0, 2, sitting=hall)
        with pytest.raises(ProxyGiven):
            give(made, 2, 1, sitting=hall)

    def test_the_limits_of_every_vote_of_the_sitting_count(self, made: Council, hall) -> None:
        made.prepare("assembly", sitting=hall)
        for principal in (3, 4):
            give(made, principal, 0, sitting=hall)

        with pytest.raises(TooManyProxies):
            give(made, 5, 0, sitting=hall)

    def test_it_is_revoked_for_the_votes_to_come(self, made: Council, hall) -> None:
        given = give(made, 2, 0, sitting=hall)
        vote = made.prepare("assembly", sitting=hall)

        revoke_proxy(actor=made.accounts["gm0014 secretary"], now=SOON, proxy=given)

        pk = made.members[2].pk
        assert voters_of(vote, [pk], TODAY)[pk].proxy is None


class TestPages:
    """Giving and revoking a proxy on the page of the member."""

    @pytest.fixture
    def here(self, settings) -> Council:
        """A rule with proxies; pages without the ribbon around them."""
        settings.VERBAND_TODAY = TODAY
        settings.VERBAND_SHELL = ""
        made = council()
        for kind in ("consultation", "assembly"):
            made.rules[kind] = rule_for(made, kind, key=f"{kind}-volmacht", proxy_members=2)
        return made

    def test_a_proxy_with_an_instruction_is_given_shown_and_revoked(self, here: Council) -> None:
        vote = here.opened()
        secretary = here.accounts["gm0014 secretary"]
        page = Page(secretary, "give_proxy", vote.key, "gm0014")
        page.data.update(holder="gm0363", instruction_1="against")

        told = page.checked()
        page.sent("confirm")

        assert "gm0363 votes for gm0014; gm0014 itself does not vote." in told
        assert "The holder can only vote as instructed." in told
        assert Proxy.objects.known(None).get().instruction == {"1": "against"}
        for place in ("gm0014", "gm0363"):
            shown = Page(secretary, "voters_of_member", place).words()
            assert "with an instruction" in shown
        revoking = Page(secretary, "revoke_proxy", Proxy.objects.get().pk)
        assert "no longer votes for" in revoking.checked()
        revoking.sent("confirm")
        assert not Proxy.objects.known(None).exists()

    def test_a_proxy_for_a_sitting_is_one_form(self, here: Council) -> None:
        plan_sitting(
            actor=here.secretary,
            now=NOW,
            body=here.board,
            key="alv",
            title="ALV najaar",
            starts_at=NOW + timedelta(days=5),
        )
        secretary = here.accounts["gm0014 secretary"]
        assert (
            "Give a proxy for ALV najaar" in Page(secretary, "voters_of_member", "gm0014").words()
        )
        page = Page(secretary, "give_proxy_for_sitting", "gm0014", "alv")

        page.confirmed(holder="gm0363")

        assert Proxy.objects.known(None).get().sitting is not None

    def test_what_the_rule_refuses_stands_above_the_form_and_nothing_typed_is_lost(
        self, here: Council
    ) -> None:
        vote = here.opened()
        give(here, 0, 2, consultation=vote)
        page = Page(here.accounts["gm0014 secretary"], "give_proxy", vote.key, "gm0014")

        told = page.refused(holder="gm0363")

        assert "These proxies go round in a circle" in told
        assert "Nothing in the register fits" in page.refused(holder="x" * 5_000)
        assert "Select a valid choice." in page.refused(holder="gm0344", instruction_1="maybe")

    def test_only_who_speaks_for_the_member_gets_the_form(self, here: Council) -> None:
        vote = here.opened()
        given = give(here, 2, 0, consultation=vote)
        for account in (here.accounts["gm0363 secretary"], here.secretary, here.world.keeper):
            assert Page(account, "give_proxy", vote.key, "gm0014").opened().status_code == 403
            assert Page(account, "revoke_proxy", given.pk).opened().status_code == 403
