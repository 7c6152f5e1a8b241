"""Who votes for a member: naming, revoking, deadlines, and who holds the vote otherwise."""

from datetime import date, timedelta

import pytest

from consultations.asking import Page
from consultations.council import CLOSES, Council, council
from verband.bodies.use_cases import record_succession
from verband.consultations.events import VoterNamed, VoterRevoked
from verband.consultations.kinds import Capacity, NamedBy, VoterRank
from verband.consultations.models import Designation
from verband.consultations.queries.naming import deadlines, holders
from verband.consultations.queries.standing import naming_closes, standing_of
from verband.consultations.use_cases.naming import (
    NamedInThePast,
    NamedTwice,
    NamingClosed,
    NamingClosedMeanwhile,
    NoMemberThen,
    NoOfficeThere,
    OnlyByLetter,
    PeopleAnswer,
    name_voter,
    revoke_naming,
)
from verband.consultations.use_cases.preparing import AlreadyClosed
from verband.consultations.voters import voters_of
from verband.core.period import EmptyPeriod
from verband.kernel import announce as announcing
from verband.kernel.permissions import NotAllowed
from verband.kernel.two_times import AlreadySuperseded
from verband.members.models import Function, OfficeFact, OrganisationKind, SuccessionKind
from verband.members.succession import Part
from verband.members.use_cases import add_organisation, end_office, take_office
from world import NOW, TODAY

pytestmark = pytest.mark.django_db
AFTER = CLOSES - timedelta(hours=47)  # the rule says: until 48 hours before closing


def alderman(made: Council, place: int = 0):
    return made.accounts[f"{made.members[place].key} alderman"].person


def name(made: Council, place: int = 0, **values):
    member = made.members[place]
    values.setdefault("actor", made.accounts[f"{member.key} secretary"])
    values.setdefault("now", NOW)
    values.setdefault("person", alderman(made, place))
    values.setdefault("rank", VoterRank.VOTER)
    return name_voter(member=member, **values)


def capacity(made: Council, vote, account: str, place: int = 0, day: date = TODAY):
    pk = made.members[place].pk
    return voters_of(vote, [pk], day)[pk].capacity_of(made.accounts[account].person_id)


def current(made: Council, place: int = 0):
    rows = Designation.objects.known(None).filter(member=made.members[place])
    return [(row.rank, row.person.key, row.valid_from, row.valid_until) for row in rows]


def test_whoever_is_named_votes_and_the_secretary_no_longer_does(made: Council) -> None:
    vote = made.opened()
    assert capacity(made, vote, "gm0363 secretary") == Capacity.SECRETARY

    name(made)

    assert capacity(made, vote, "gm0363 alderman") == Capacity.VOTER
    assert capacity(made, vote, "gm0363 secretary") is None
    assert made.cast(vote, 0, actor=made.accounts["gm0363 alderman"]).capacity == Capacity.VOTER


def test_a_naming_for_one_vote_goes_before_a_lasting_one(made: Council) -> None:
    vote, other = made.opened(), made.opened()
    name(made)

    name(made, consultation=vote, person=made.accounts["gm0363 secretary"].person)

    assert capacity(made, vote, "gm0363 secretary") == Capacity.VOTER
    assert capacity(made, other, "gm0363 alderman") == Capacity.VOTER


def test_a_new_naming_ends_the_one_before(made: Council) -> None:
    name(made, now=NOW - timedelta(days=10))

    name(made, person=made.accounts["gm0363 secretary"].person, valid_until=date(2018, 1, 1))

    begun = TODAY - timedelta(days=10)
    assert current(made) == [
        ("voter", "gm0363-alderman", begun, TODAY),
        ("voter", "gm0363-secretary", TODAY, date(2018, 1, 1)),
    ]


def test_a_naming_of_today_gives_way_today(made: Council) -> None:
    name(made)

    name(made, person=made.accounts["gm0363 secretary"].person)

    assert current(made) == [("voter", "gm0363-secretary", TODAY, None)]


def test_a_voter_whose_office_ends_loses_the_vote(made: Council) -> None:
    vote = made.opened()
    name(made)
    office = OfficeFact.objects.get(office__person=alderman(made))

    made.world.do(end_office, fact=office, day=TODAY, reason="ontslag", now=NOW)

    assert capacity(made, vote, "gm0363 alderman") is None
    assert capacity(made, vote, "gm0363 secretary") == Capacity.SECRETARY
    with pytest.raises(NoOfficeThere):
        name(made, rank=VoterRank.SUBSTITUTE)


def test_after_the_deadline_the_refusal_says_who_holds_the_vote(made: Council) -> None:
    vote = made.opened()

    with pytest.raises(NamingClosed) as refused:
        name(made, consultation=vote, now=AFTER)

    told = refused.value.params
    assert told["moment"] == CLOSES - timedelta(hours=48) == naming_closes(standing_of(vote))
    assert told["holder"].endswith("gm0363")
    assert not current(made)


def test_a_lasting_naming_does_not_reach_into_a_vote_that_is_past_its_deadline(
    made: Council,
) -> None:
    vote = made.opened()

    with pytest.raises(NamingClosedMeanwhile) as refused:
        name(made, now=AFTER)

    day = refused.value.params["day"]
    name(made, now=AFTER, valid_from=day)
    assert capacity(made, vote, "gm0363 secretary", day=day - timedelta(days=1))
    assert capacity(made, vote, "gm0363 alderman", day=day) == Capacity.VOTER


def test_before_the_opening_the_deadline_follows_the_rule_in_force(made: Council) -> None:
    vote = made.prepare(opens_at=NOW + timedelta(days=1))

    assert naming_closes(standing_of(vote)) == CLOSES - timedelta(hours=48)
    name(made, consultation=vote)


def test_a_vote_that_is_closed_or_of_people_knows_no_naming(made: Council) -> None:
    flash, vote = made.opened("flash"), made.opened()

    with pytest.raises(PeopleAnswer):
        name(made, consultation=flash)
    with pytest.raises(AlreadyClosed):
        name(made, consultation=vote, now=CLOSES)


def test_only_the_member_itself_or_a_letter_names(made: Council) -> None:
    for account in ("gm0363 alderman", "gm0344 secretary"):
        with pytest.raises(NotAllowed):
            name(made, actor=made.accounts[account])
    with pytest.raises(OnlyByLetter):
        name(made, actor=made.world.keeper)

    letter = name(
        made, actor=made.world.keeper, how=NamedBy.LETTER, decided_by="college, 24 oktober 2017"
    )

    assert letter.decided_by == "college, 24 oktober 2017"


def test_a_secretary_whose_office_ended_names_nobody(made: Council) -> None:
    office = OfficeFact.objects.get(office__person=made.accounts["gm0363 secretary"].person)
    made.world.do(end_office, fact=office, day=TODAY, reason="pensioen", now=NOW)

    with pytest.raises(NotAllowed):
        name(made)


def test_voter_and_substitute_are_two_people_who_work_there(made: Council) -> None:
    name(made)

    with pytest.raises(NamedTwice):
        name(made, rank=VoterRank.SUBSTITUTE)
    with pytest.raises(NoOfficeThere):
        name(made, rank=VoterRank.SUBSTITUTE, person=alderman(made, 1))
    with pytest.raises(EmptyPeriod):
        name(made, valid_until=TODAY)
    with pytest.raises(NamedInThePast):
        name(made, valid_from=TODAY - timedelta(days=1))


def test_an_organisation_that_is_no_member_names_nobody(made: Council) -> None:
    stranger = made.world.do(
        add_organisation,
        key="gm9999",
        kind=OrganisationKind.MUNICIPALITY,
        code="GM9999",
        name="gm9999",
        valid_from=None,
    )
    person = alderman(made)
    made.world.do(
        take_office,
        person=person,
        organisation=stranger,
        function=Function.ALDERMAN,
        valid_from=date(2014, 1, 1),
    )

    with pytest.raises(NoMemberThen):
        name_voter(
            actor=made.world.keeper,
            now=NOW,
            member=stranger,
            rank=VoterRank.VOTER,
            person=person,
            how=NamedBy.LETTER,
        )


def test_a_revoked_naming_gives_the_vote_to_the_next_in_line(made: Council) -> None:
    vote = made.opened()
    fact = name(made)

    revoke_naming(
        actor=made.accounts["gm0363 secretary"], now=NOW, designation=fact, reason="vergissing"
    )

    assert capacity(made, vote, "gm0363 secretary") == Capacity.SECRETARY
    with pytest.raises(AlreadySuperseded):
        revoke_naming(
            actor=made.accounts["gm0363 secretary"], now=NOW, designation=fact, reason="nog eens"
        )


def test_nothing_is_revoked_after_the_deadline(made: Council) -> None:
    vote = made.opened()
    here, always = name(made, consultation=vote), name(made, 1)

    for place, fact, refusal in ((0, here, NamingClosed), (1, always, NamingClosedMeanwhile)):
        key = made.members[place].key
        with pytest.raises(refusal):
            revoke_naming(
                actor=made.accounts[f"{key} secretary"], now=AFTER, designation=fact, reason="x"
            )


def test_who_was_named_is_announced(
    made: Council, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    heard: list[object] = []
    for event in (VoterNamed, VoterRevoked):
        monkeypatch.setitem(announcing._listeners, event, [heard.append])

    with django_capture_on_commit_callbacks(execute=True):
        first = name(made)
        second = name(made, person=made.accounts["gm0363 secretary"].person)
        revoke_naming(
            actor=made.accounts["gm0363 secretary"], now=NOW, designation=second, reason="x"
        )

    assert heard == [
        VoterNamed(first.pk),
        VoterNamed(second.pk, (first.pk,)),
        VoterRevoked(second.pk),
    ]


def test_the_next_deadlines_come_first_and_cost_a_fixed_number_of_queries(
    made: Council, django_assert_max_num_queries
) -> None:
    votes = [made.opened(closes_at=CLOSES + timedelta(days=n)) for n in (3, 1, 2)]

    with django_assert_max_num_queries(6):
        found = deadlines(NOW, made.members[0])

    assert [d.standing.consultation for d in found] == [votes[1], votes[2], votes[0]]
    with django_assert_max_num_queries(11):
        everyone = holders(votes[0], [m.pk for m in made.members], TODAY)
    assert not any(holder.is_named for holder in everyone.values())
    assert all(holder.words for holder in everyone.values())


class TestPages:
    """The pages of a member, and the overview of the bureau."""

    @pytest.fixture
    def here(self, settings) -> Council:
        """The association on the day of the tests; pages without the ribbon around them."""
        settings.VERBAND_TODAY = TODAY
        settings.VERBAND_SHELL = ""
        return council()

    def naming(self, here: Council, account=None, **data: str) -> Page:
        page = Page(account or here.accounts["gm0363 secretary"], "name_voter", "gm0363")
        page.data.update(rank="voter", person="gm0363-alderman", how="form", **data)
        return page

    def test_the_member_names_its_voter_and_sees_who_holds_the_vote(self, here: Council) -> None:
        here.opened()
        mine = Page(here.accounts["gm0363 secretary"], "voters_of_member", "gm0363")
        before = mine.words()

        told = self.naming(here).checked(decided_by="het college")
        self.naming(here, decided_by="het college").confirmed()

        assert "because nobody was named" in before and "Name for this vote" in before
        assert "Alderman, gm0363: authorised voter" in told
        assert "Alderman, gm0363 holds the vote today." in told
        after = mine.words()
        assert "by this form, het college" in after and "Revoke" in after
        assert "closes Wed 1 Nov" in after

    def test_the_form_offers_only_who_works_there(self, here: Council) -> None:
        page = self.naming(here)

        assert "Select a valid choice." in page.refused(person="gm0344-alderman")
        assert "until which" not in page.words()
        assert "Choose somebody who holds an office here." in page.refused(person="")

    def test_the_bureau_records_a_letter_and_says_who_decided(self, here: Council) -> None:
        page = self.naming(here, here.world.keeper)

        assert "Select a valid choice." in page.refused()
        page.data["how"] = "letter"
        assert "This field is required." in page.refused()
        page.confirmed(decided_by="brief van 24 oktober")

        assert current(here) == [("voter", "gm0363-alderman", TODAY, None)]

    def test_a_naming_for_one_vote_is_refused_after_its_deadline(self, here: Council) -> None:
        vote = here.opened(closes_at=NOW + timedelta(hours=40))
        page = Page(here.accounts["gm0363 secretary"], "name_voter_here", vote.key, "gm0363")
        page.data.update(rank="voter", person="gm0363-alderman", how="form")

        told = page.refused()

        assert "holds the vote of gm0363 there" in told
        shown = Page(here.accounts["gm0363 secretary"], "voters_of_member", "gm0363").words()
        assert "Name for this vote" not in shown

    def test_a_naming_is_revoked_once(self, here: Council) -> None:
        fact = name(here)
        page = Page(here.accounts["gm0363 secretary"], "revoke_naming", fact.pk)

        assert "Municipal secretary, gm0363 holds the vote today." in page.checked(reason="x")
        page.sent("confirm")
        page.data["form_key"] = "a second tab"

        assert "Somebody changed this in the meantime." in page.refused()

    def test_nobody_else_gets_the_forms_and_everybody_reads_the_page(self, here: Council) -> None:
        fact = name(here)
        for account in ("gm0363 alderman", "gm0344 secretary"):
            stranger = here.accounts[account]
            assert self.naming(here, stranger).opened().status_code == 403
            assert Page(stranger, "revoke_naming", fact.pk).opened().status_code == 403
        shown = Page(None, "voters_of_member", "gm0363").words()
        assert "Alderman, gm0363" in shown and "Revoke" not in shown
        assert Page(None, "voters_of_member", "gm9999").opened().status_code == 404
        assert Page(None, "name_voter", "gm0363").opened().status_code == 302

    def test_the_overview_filters_who_named_nobody(
        self, here: Council, django_assert_max_num_queries
    ) -> None:
        name(here)
        page = Page(here.world.keeper, "voters")
        page.opened()
        with django_assert_max_num_queries(20) as few:
            everyone = page.words()
        for place in range(1, 5):
            name(here, place)

        with django_assert_max_num_queries(len(few)):
            page.opened()
        unnamed = Page(None, "voters", query="?show=unnamed").words()
        assert "6 members" in everyone and "5 nobody named" in everyone
        assert "gm0088" in unnamed and "gm0344" not in unnamed
        csv = Page(None, "voters", query="?format=csv&table=voters").opened()
        assert csv.content.decode().count("gm0") >= 6

    def test_the_page_of_a_member_costs_a_fixed_number_of_queries(
        self, here: Council, django_assert_max_num_queries
    ) -> None:
        here.opened()
        page = Page(here.accounts["gm0363 secretary"], "voters_of_member", "gm0363")
        page.opened()
        with django_assert_max_num_queries(60) as few:
            page.opened()
        votes = [here.opened() for _ in range(4)]
        for vote in votes:
            name(here, consultation=vote)

        with django_assert_max_num_queries(len(few) + 1):
            page.opened()


def test_after_a_merger_the_secretary_of_the_successor_holds_the_vote(made: Council) -> None:
    """The roll keeps the member that went up in another; somebody must still vote for it."""
    vote = made.opened()
    name(made, 4)
    gone, heir = made.members[4], made.members[3]
    part = Part(gone, heir, SuccessionKind.MERGER, ceases=True, is_main=True)
    record_succession(actor=made.world.keeper, now=NOW, parts=[part], day=TODAY)
    day = TODAY

    assert capacity(made, vote, "gm0010 alderman", 4, day) is None
    assert capacity(made, vote, "gm0009 secretary", 4, day) == Capacity.SECRETARY
    ballot = made.cast(vote, 4, actor=made.accounts["gm0009 secretary"])
    assert ballot.member == made.members[4]
    with pytest.raises(NoMemberThen):
        name(made, 4, actor=made.world.keeper, how=NamedBy.LETTER)
