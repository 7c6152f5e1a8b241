"""Who votes for a member: naming, revoking, deadlines, and who holds the vote otherwise."""

from datetime import date, timedelta

import pytest

from consultations.council import CLOSES, Council
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
from verband.members.models import Function, OfficeFact, OrganisationKind
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
