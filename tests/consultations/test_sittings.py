"""A sitting: planned, changed, and who is there."""

from datetime import timedelta

import pytest

from consultations.assembly import SOON, motion, opened, sitting_of
from consultations.council import Council
from verband.consultations.hall import NotInTheHall, present_members, represented_by
from verband.consultations.models import Attendance, Proxy, SittingFact
from verband.consultations.use_cases.sittings import (
    EndsBeforeItStarts,
    NotAMember,
    change_sitting,
    check_in,
    check_out,
    mark_absent,
    mark_present,
    plan_sitting,
)
from verband.kernel.journal import open_journal
from verband.kernel.permissions import NotAllowed
from verband.kernel.two_times import record
from verband.members.models import OrganisationKind
from verband.members.use_cases import add_organisation
from world import NOW


@pytest.mark.django_db
class TestSitting:
    """One association for each test."""

    def test_a_sitting_that_ends_before_it_starts_is_refused(self, made: Council) -> None:
        with pytest.raises(EndsBeforeItStarts):
            sitting_of(made, ends_at=NOW - timedelta(hours=1))

    def test_a_sitting_is_moved_and_what_was_planned_stays_known(self, made: Council) -> None:
        sitting = sitting_of(made, 0)

        change_sitting(actor=made.secretary, now=SOON, sitting=sitting, starts_at=SOON, call=2)

        facts = SittingFact.objects.filter(sitting=sitting).order_by("pk")
        assert [(fact.starts_at, fact.call) for fact in facts] == [(NOW, 1), (SOON, 2)]

    def test_only_who_leads_the_body_plans_its_sittings(self, made: Council) -> None:
        with pytest.raises(NotAllowed):
            plan_sitting(
                actor=made.accounts["gm0363 secretary"],
                now=NOW,
                body=made.board,
                key="eigen",
                title="Eigen vergadering",
                starts_at=NOW,
            )

    def test_members_come_in_and_go_out(self, made: Council) -> None:
        sitting = sitting_of(made, 3)
        amsterdam, _utrecht, third = made.members[:3]

        mark_absent(actor=made.secretary, now=SOON, sitting=sitting, member=amsterdam)

        assert present_members(sitting) == {made.members[1].pk, third.pk}
        assert present_members(sitting, NOW) == {one.pk for one in made.members[:3]}

    def test_a_second_click_writes_nothing_new(self, made: Council) -> None:
        sitting = sitting_of(made, 1)

        again = mark_present(
            actor=made.secretary, now=SOON, sitting=sitting, member=made.members[0]
        )

        assert again.number == 1
        assert Attendance.objects.filter(sitting=sitting).count() == 1

    def test_the_secretary_of_a_municipality_checks_in_from_a_phone_and_leaves(
        self, made: Council
    ) -> None:
        sitting, member = sitting_of(made, 0), made.members[2]
        own = {"actor": made.accounts["gm0014 secretary"], "sitting": sitting, "member": member}

        line = check_in(now=NOW, remote=True, **own)
        there = present_members(sitting)
        check_out(now=SOON, **own)

        assert (line.remote, line.person) == (True, own["actor"].person)
        assert there == {member.pk}
        assert present_members(sitting) == frozenset()

    def test_nobody_checks_in_for_a_municipality_of_others(self, made: Council) -> None:
        sitting = sitting_of(made, 0)

        for who in ("gm0363 secretary", "gm0014 alderman"):
            with pytest.raises(NotAllowed):
                check_in(actor=made.accounts[who], now=NOW, sitting=sitting, member=made.members[2])

    def test_who_is_no_member_is_not_present(self, made: Council) -> None:
        sitting = sitting_of(made, 0)
        stranger = made.world.do(
            add_organisation,
            key="pv99",
            kind=OrganisationKind.PROVINCE,
            code="PV99",
            name="Vreemd",
            is_member=False,
            valid_from=None,
        )

        with pytest.raises(NotAMember) as refused:
            mark_present(actor=made.secretary, now=NOW, sitting=sitting, member=stranger)

        assert refused.value.params == {"member": "Vreemd"}

    def test_in_a_sitting_votes_who_is_there(self, made: Council) -> None:
        vote = opened(made, motion(made, sitting_of(made, 1)))

        made.cast(vote, 0, now=SOON)
        with pytest.raises(NotInTheHall) as refused:
            made.cast(vote, 1, now=SOON)

        assert refused.value.params == {"member": "gm0344"}

    def test_a_member_is_represented_while_its_proxy_is_in_the_hall(self, made: Council) -> None:
        sitting = sitting_of(made, 1)
        with open_journal():
            record(Proxy(sitting=sitting, member=made.members[1], holder=made.members[0]), now=NOW)

        there = present_members(sitting)

        assert represented_by(sitting, there) == {made.members[1].pk: made.members[0].pk}
        assert represented_by(sitting, []) == {}
