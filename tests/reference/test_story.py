"""The story of the reference association: the real figures, told through use cases."""

from datetime import date
from typing import Any

import pytest
from django.test import TestCase

from verband.bodies.models import Body, BodyTerm, Seat, Tenure
from verband.bodies.queries.body import body_on
from verband.bodies.queries.register import register_on
from verband.consultations.kinds import Capacity, State, Verdict
from verband.consultations.models import (
    Ballot,
    Consultation,
    Objection,
    OutcomeStatement,
    RollLine,
    Sitting,
)
from verband.consultations.queries.common_ground import read_by
from verband.consultations.queries.count import count_of
from verband.consultations.queries.deliberation import deliberation_of
from verband.consultations.queries.elections import elections_of
from verband.consultations.queries.sitting import agenda_of
from verband.consultations.queries.standing import Standing, standings_of
from verband.consultations.queries.statements import statements_of
from verband.consultations.voters import voters_of
from verband.core.voting.keys import VotingKey
from verband.kernel.audit import AuditLine
from verband.members.models import MapCell, OfficeFact, Organisation
from verband.members.queries import Basis, members_on
from verband.people.models import Account, PersonFact
from verband.reference.story import load
from verband.reference.story.accounts import DEMO_ACCOUNTS
from world import noon

TODAY = date(2017, 10, 30)
LAST_DAY = date(2017, 12, 31)


def silent(*_: Any) -> None:
    """Nobody watches."""


@pytest.mark.xdist_group("story")
class TestTheStory(TestCase):
    """Loaded once; every test reads it."""

    @classmethod
    def setUpTestData(cls) -> None:
        load(silent, TODAY)

    def test_members_on_a_day_are_those_of_the_official_lists(self) -> None:
        counted = {
            day: len(members_on(day))
            for day in (
                date(2012, 1, 1),
                date(2013, 1, 1),
                date(2014, 1, 1),
                date(2015, 1, 1),
                date(2016, 1, 1),
                LAST_DAY,
                date(2018, 1, 1),
                date(2019, 1, 1),
                date(2021, 1, 1),
                date(2022, 3, 23),
                date(2022, 3, 24),
                date(2023, 1, 1),
                date(2025, 1, 1),
            )
        }

        assert list(counted.values()) == [
            415,
            408,
            403,
            393,
            390,
            388,
            380,
            355,
            352,
            345,
            344,
            342,
            342,
        ]

    def test_inhabitants_and_votes_of_the_last_day_of_2017(self) -> None:
        members = members_on(LAST_DAY)
        up = VotingKey(per=1000, rounding="up", minimum=1, cap=75)

        assert sum(m.inhabitants.number or 0 for m in members) == 17_081_507
        assert sum(m.votes or 0 for m in members) == 12_821
        assert sum(up.votes(m.inhabitants.number) for m in members) == 13_162

    def test_municipalities_that_began_in_2018_have_derived_or_incomplete_votes(self) -> None:
        new = {
            m.fact.name: m.inhabitants.basis
            for m in members_on(date(2018, 1, 1))
            if m.inhabitants.basis != Basis.OWN
        }

        assert new == {
            "Midden-Groningen": Basis.DERIVED,
            "Westerwolde": Basis.DERIVED,
            "Waadhoeke": Basis.INCOMPLETE,
        }

    def test_every_member_has_one_cell_on_the_map(self) -> None:
        for day in (LAST_DAY, date(2018, 1, 1), date(2023, 1, 1)):
            placed = set(MapCell.objects.at(day).known(None).values_list("organisation", flat=True))
            assert placed == {m.organisation.pk for m in members_on(day)}

    def test_the_team_of_the_mock_up_has_nine_of_ten_seats_held(self) -> None:
        team = body_on(Body.objects.get(key="expertiseteam-klimaat-energie"), TODAY)

        assert team is not None
        assert len(team.seats) == 10
        assert sum(seat.holder_on(TODAY) is not None for seat in team.seats) == 9
        empty = next(seat for seat in team.seats if seat.holder_on(TODAY) is None)
        assert (empty.fact.title, empty.empty[0].start) == ("Lid, G4", date(2017, 10, 1))

    def test_no_temporary_body_is_without_an_end(self) -> None:
        assert not BodyTerm.objects.filter(is_temporary=True, valid_until=None).exists()

    def test_it_is_as_large_as_the_association(self) -> None:
        assert 1_400 <= OfficeFact.objects.at(TODAY).known(None).count() <= 1_800
        assert Tenure.objects.known(None).count() >= 600
        assert Seat.objects.count() >= 450
        assert len(register_on(TODAY).standing) >= 76

    def test_nothing_is_recorded_later_than_the_morning_of_the_demos_day(self) -> None:
        latest = AuditLine.objects.latest("at")

        assert latest.at.date() <= TODAY

    def test_lines_are_told_in_the_order_of_their_instants(self) -> None:
        instants = list(AuditLine.objects.order_by("pk").values_list("at", flat=True))

        assert instants == sorted(instants)

    def test_there_is_an_account_for_each_kind_of_user(self) -> None:
        emails = set(Account.objects.values_list("email", flat=True))

        assert {account.email for account in DEMO_ACCOUNTS} <= emails

    def test_every_member_has_somebody_who_can_vote_for_it(self) -> None:
        [vote] = Consultation.objects.filter(key="2017-04")
        members = set(RollLine.objects.filter(consultation=vote).values_list("member", flat=True))
        may = voters_of(vote, members, TODAY)
        people = {person for found in may.values() for person in found.secretaries}

        assert len(members) == 388
        assert len(people & set(Account.objects.values_list("person", flat=True))) >= 380

    def test_on_the_demos_day_one_consultation_and_one_flash_question_are_open(self) -> None:
        now = noon(TODAY)

        standings = standings_of(Consultation.objects.all())
        found = {one.consultation.key: one.state(now) for one in standings}
        is_open = {key for key, state in found.items() if state == State.OPEN}

        assert is_open >= {"2017-04", "2017-s2"}
        assert found["2017-03"] == State.PUBLISHED
        assert not Ballot.objects.filter(
            consultation__key="2017-04", member__code="GM0855"
        ).exists()

    def test_what_secretaries_of_every_size_can_carry_and_what_divides_them_is_told(self) -> None:
        past, is_open = (Consultation.objects.get(key=key) for key in ("2017-d1", "2017-d2"))
        found = deliberation_of(past, ("size",))
        readings = [one.reading for one in read_by(found, "size")]

        assert found.people >= 60 and len(found.counted) >= 20
        assert readings.count("carried") >= 3 and readings.count("divides") >= 3
        assert {one.state for one in found.puts} == {"admitted", "merged", "parked"}
        assert [one.state for one in statements_of(is_open)].count("waiting") == 2

    def test_the_members_disagreed_by_size_and_the_board_says_so(self) -> None:
        said = OutcomeStatement.objects.get(question__consultation__key="2017-03")

        assert (said.verdict, said.suggested) == (Verdict.NO_POSITION, Verdict.NO_POSITION)
        assert said.review_on is not None and said.goes_to is not None
        assert len(said.positions) == 6

    def test_an_objection_is_answered_before_a_result_becomes_final(self) -> None:
        states = {one.consultation.key: one.state(noon(TODAY)) for one in self.standings()}
        waiting = Objection.objects.filter(answer__isnull=True)

        assert states["2017-02"] == State.FINAL
        assert [one.consultation.key for one in waiting] == ["2017-03"]
        assert Ballot.objects.filter(consultation__key="2017-02").count() > 250

    def test_a_naming_that_was_revoked_gives_the_vote_back_to_the_secretary(self) -> None:
        groningen = Organisation.objects.get(key="gm0014")
        before, now = (
            voters_of(None, [groningen.pk], day)[groningen.pk] for day in (date(2017, 9, 20), TODAY)
        )

        assert before.named is not None
        assert now.named is None and len(now.secretaries) == 1

    def test_a_proxy_is_cast_as_the_member_instructed(self) -> None:
        ballots = Ballot.objects.filter(capacity=Capacity.PROXY, member__key="gm0096")

        said = {one.consultation.key: one.answers["1"] for one in ballots}
        assert said["2017-03"] == "against"

    def test_the_assembly_of_june_elected_the_chair_of_the_board(self) -> None:
        chair = Tenure.objects.filter(seat__body__key="bestuur", seat__number=1)
        holder = chair.at(TODAY).known(None).get().person
        [vote] = [one for one in self.standings() if one.consultation.key == "2017-v5"]
        [count] = elections_of(vote)

        assert count.verdict == "elected"
        assert [f"mayor-{code}-1" for code in count.elected] == [holder.key]

    def test_the_assembly_of_june_met_its_quorum_and_decided_in_every_way(self) -> None:
        june = [one for one in self.standings() if one.consultation.key.startswith("2017-v")][:4]
        steps = [tuple(sorted(one.steps)) for one in june]
        statutes = count_of(june[1]).questions[0]

        assert steps[0] == ("acclaimed", "opened")
        assert steps[3] == ("held_over",)
        assert statutes.verdict == "adopted"
        hands = Ballot.objects.filter(consultation__key="2017-v3")
        assert set(hands.values_list("capacity", flat=True)) == {Capacity.DESK}

    def test_the_assembly_of_november_is_prepared_and_nothing_in_it_is_open(self) -> None:
        sitting = Sitting.objects.get(key="alv-november-2017")
        agenda = agenda_of(sitting, noon(TODAY))

        assert [item.state for item in agenda] == [State.DRAFT] * 5
        assert agenda[0].standing.consultation.ratifies.key == "2017-02"
        assert agenda[1].asked[0].question.amends == agenda[2].asked[0].question
        assert len(agenda[4].asked[0].choices) == 3

    @staticmethod
    def standings() -> list[Standing]:
        return standings_of(Consultation.objects.order_by("pk"))

    def test_nobody_has_a_name(self) -> None:
        assert not PersonFact.objects.exclude(name="").exists()

    def test_every_fact_names_its_source(self) -> None:
        for organisation in Organisation.objects.all()[:50]:
            assert organisation.facts.known(None).first().source
