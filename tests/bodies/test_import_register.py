"""Files compared with the register: only what differs is written, and all of it or nothing."""

import threading
from datetime import date

import pytest
from django.db import connection

from verband.bodies.imports.plan import Terms
from verband.bodies.imports.refusals import NeverComplete, NothingNew, RegisterMoved
from verband.bodies.imports.running import plan_import, read_file
from verband.bodies.kinds import SeatRole
from verband.bodies.models import Seat, SeatFact, Tenure
from verband.bodies.use_cases import import_members, import_offices, import_population, import_seats
from verband.core.errors import FileRefused
from verband.kernel.audit import AuditLine
from verband.kernel.permissions import NotAllowed
from verband.members.models import (
    Function,
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    PopulationFigure,
)
from verband.members.queries import members_on
from verband.members.use_cases import add_organisation, change_organisation
from verband.people.models import Person
from world import NOW, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
USE_CASES = {
    "members": import_members,
    "population": import_population,
    "offices": import_offices,
    "seats": import_seats,
}
DAY = date(2018, 1, 1)


@pytest.fixture
def world():
    made = found()
    made.do(
        add_organisation,
        key="pv30",
        kind=OrganisationKind.PROVINCE,
        code="PV30",
        name="Noord-Brabant",
        valid_from=None,
    )
    made.municipality("gm0855", "Tilburg")
    made.municipality("gm0758", "Breda")
    return made


def take_in(world, kind, text, *, day=TODAY, reason="", complete=False, shown="", actor=None):
    terms = Terms(day, reason, complete)
    rows = read_file(kind, "file.csv", text.encode(), terms)
    return USE_CASES[kind](
        actor=actor or world.keeper,
        now=NOW,
        rows=rows,
        file_name="file.csv",
        sha256="0" * 64,
        day=day,
        reason=reason,
        complete=complete,
        shown=shown,
    )


def plan(kind, text, **terms):
    asked = Terms(terms.pop("day", TODAY), **terms)
    return plan_import(kind, read_file(kind, "file.csv", text.encode(), asked), asked)


def errors(world, kind, text, **more):
    with pytest.raises(FileRefused) as caught:
        take_in(world, kind, text, **more)
    return [(error.params["row"], str(error)) for error in caught.value.errors]


def facts(key):
    rows = OrganisationFact.objects.filter(organisation__key=key).known(None)
    return [(f.name, f.valid_from, f.valid_until) for f in rows.order_by("valid_from")]


NEW = "code;naam;provincie;vanaf\nGM0001;Nieuwstad;Noord-Brabant;01-01-2018\n"


def test_a_new_member_enters_with_its_particulars_and_its_membership(world):
    done = take_in(world, "members", NEW)
    assert (done.new, done.changed, done.ended, done.same) == (1, 0, 0, 0)
    [member] = [m for m in members_on(DAY) if m.organisation.key == "gm0001"]
    [fact] = OrganisationFact.objects.filter(organisation=member.organisation).known(None)
    assert (fact.name, fact.province.key) == ("Nieuwstad", "pv30")
    assert len(members_on(date(2017, 12, 31))) == 2


def test_the_same_file_a_second_time_writes_nothing_and_says_so(world):
    take_in(world, "members", NEW)
    lines, rows = AuditLine.objects.count(), OrganisationFact.objects.count()
    with pytest.raises(NothingNew):
        take_in(world, "members", NEW)
    assert (AuditLine.objects.count(), OrganisationFact.objects.count()) == (lines, rows)


def test_one_import_is_one_audit_line_that_names_the_file(world):
    before = AuditLine.objects.count()
    take_in(world, "members", NEW)
    assert AuditLine.objects.count() == before + 1
    line = AuditLine.objects.order_by("-pk").first()
    assert (line.use_case, line.details["file_name"]) == ("bodies.import_members", "file.csv")


def test_a_changed_name_holds_from_the_day_in_the_row(world):
    take_in(world, "members", "code;naam;vanaf\nGM0855;Groot-Tilburg;01-01-2018\n")
    assert set(facts("gm0855")) == {("Tilburg", None, DAY), ("Groot-Tilburg", DAY, None)}


def test_a_changed_name_without_a_day_holds_from_the_day_that_was_chosen(world):
    take_in(world, "members", "code;naam\nGM0855;Groot-Tilburg\n", day=DAY)
    assert ("Groot-Tilburg", DAY, None) in facts("gm0855")


def test_a_correction_holds_for_all_days_and_keeps_what_we_knew(world):
    take_in(world, "members", "code;naam\nGM0855;Tilborg\n", reason="typing error")
    assert facts("gm0855") == [("Tilborg", None, None)]
    before = OrganisationFact.objects.filter(organisation__key="gm0855").known(world.recorded)
    assert [fact.name for fact in before] == ["Tilburg"]


def test_an_empty_cell_leaves_the_register_as_it_is(world):
    assert plan("members", "code;naam;provincie\nGM0855;Tilburg;\n").differences == []
    assert plan("members", "code;naam\n855;\n").same == 1


def test_a_member_that_ends_takes_its_membership_and_offices_along(world):
    world.official("p1", Organisation.objects.get(key="gm0855"), Function.MAYOR)
    done = take_in(world, "members", "code;tot\nGM0855;01-01-2018\n")
    assert (done.new, done.ended) == (0, 1)
    assert facts("gm0855") == [("Tilburg", None, DAY)]
    assert [m.organisation.key for m in members_on(DAY)] == ["gm0758"]
    assert not OfficeFact.objects.at(DAY).known(None).exists()


def test_a_member_that_lasts_longer_stays_a_member_as_long(world):
    take_in(world, "members", "code;tot\nGM0855;01-01-2018\n")
    take_in(world, "members", "code;tot\nGM0855;01-01-2019\n", reason="postponed")
    assert [m.organisation.key for m in members_on(DAY)] == ["gm0758", "gm0855"]


def test_only_a_complete_file_ends_what_it_leaves_out(world):
    text = "code;naam\nGM0855;Tilburg\n"
    with pytest.raises(NothingNew):
        take_in(world, "members", text, day=DAY)
    assert take_in(world, "members", text, day=DAY, complete=True).ended == 1
    assert [m.organisation.key for m in members_on(DAY)] == ["gm0855"]
    assert len(members_on(TODAY)) == 2


def test_a_history_of_a_new_member_is_several_rows(world):
    text = "code;naam;vanaf;tot\nGM0001;Oud;01-01-2012;01-01-2015\nGM0001;Nieuw;01-01-2015;\n"
    take_in(world, "members", text)
    assert [name for name, *_days in facts("gm0001")] == ["Oud", "Nieuw"]
    with pytest.raises(NothingNew):
        take_in(world, "members", text)


def test_days_of_a_new_member_cannot_overlap(world):
    text = "code;naam;vanaf\nGM0001;Oud;01-01-2012\nGM0001;Nieuw;01-01-2015\n"
    assert [row for row, _text in errors(world, "members", text)] == [3]


def test_an_unknown_province_is_named_with_the_nearest_that_is_known(world):
    [(row, text)] = errors(world, "members", NEW.replace("Noord-Brabant", "Nord-Brabant"))
    assert row == 2
    assert "Noord-Brabant" in text


def test_wrong_cells_and_rows_that_do_not_fit_are_told_together(world):
    text = NEW + "GM0002;Zeeburg;Atlantis;01-01-2018\nGM0003;X;;31-02-2018\n"
    assert [row for row, _text in errors(world, "members", text)] == [3, 4]


def test_one_wrong_row_keeps_all_others_out(world):
    before = (Organisation.objects.count(), AuditLine.objects.count())
    errors(world, "members", NEW + "GM0002;;;01-01-2018\n")
    assert (Organisation.objects.count(), AuditLine.objects.count()) == before


def test_what_the_database_refuses_leaves_nothing_half_done(world, monkeypatch):
    before = (Organisation.objects.count(), Membership.objects.count())

    def broken(*_args, **_kw):
        raise RuntimeError("the power went")

    monkeypatch.setattr("verband.bodies.imports.plan.record_all", broken)
    with pytest.raises(RuntimeError):
        take_in(world, "members", NEW)
    assert (Organisation.objects.count(), Membership.objects.count()) == before


def test_a_member_does_not_become_another_kind_of_organisation(world):
    text = "code;soort\nGM0855;provincie\n"
    assert [row for row, _text in errors(world, "members", text)] == [2]


def test_an_end_before_the_start_in_the_register_is_refused_by_row(world):
    take_in(world, "members", NEW)
    text = "code;tot\nGM0001;01-01-2017\n"
    assert [row for row, _text in errors(world, "members", text, day=DAY)] == [2]


def test_two_rows_cannot_change_the_same_fact(world):
    text = "code;naam;vanaf\nGM0855;A;01-01-2018\nGM0855;B;01-01-2019\n"
    assert [row for row, _text in errors(world, "members", text)] == [3]


def test_differences_that_are_no_longer_those_that_were_shown_are_not_written(world):
    text = "code;naam;vanaf\nGM0855;Groot-Tilburg;01-01-2018\n"
    shown = plan("members", text).fingerprint
    [fact] = OrganisationFact.objects.filter(organisation__key="gm0855").known(None)
    world.do(change_organisation, fact=fact, day=date(2017, 1, 1), name="Tilborg", now=NOW)
    with pytest.raises(RegisterMoved):
        take_in(world, "members", text, shown=shown)
    take_in(world, "members", text, shown=plan("members", text).fingerprint)


def test_of_two_imports_at_once_one_writes_and_the_other_finds_it_done(world):
    answers = []

    def run():
        try:
            answers.append(take_in(world, "members", NEW).new)
        except NothingNew:
            answers.append("nothing new")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers, key=str) == [1, "nothing new"]
    assert len(facts("gm0001")) == 1


def test_who_does_not_keep_the_register_takes_nothing_in(world):
    stranger = world.account(world.person("stranger"))
    with pytest.raises(NotAllowed):
        take_in(world, "members", NEW, actor=stranger)


FIGURES = "gemeente;peildatum;inwoners;bron\nTilburg;01-01-2017;213.804;CBS\n"


def test_a_figure_of_inhabitants_is_entered_once(world):
    assert take_in(world, "population", FIGURES).new == 1
    with pytest.raises(NothingNew):
        take_in(world, "population", FIGURES)


def test_another_figure_for_the_same_date_needs_a_reason(world):
    take_in(world, "population", FIGURES)
    other = FIGURES.replace("213.804", "213.805")
    assert [row for row, _text in errors(world, "population", other)] == [2]
    assert take_in(world, "population", other, reason="definitive figure").changed == 1
    [figure] = PopulationFigure.objects.known(None)
    assert figure.inhabitants == 213_805


def test_one_organisation_named_in_two_ways_is_found_out(world):
    text = FIGURES + "GM0855;01-01-2017;3;CBS\n"
    assert [row for row, _text in errors(world, "population", text)] == [3]


def test_a_list_of_inhabitants_never_ends_anything(world):
    with pytest.raises(NeverComplete):
        take_in(world, "population", FIGURES, complete=True)


OFFICE = "persoon;bekend als;gemeente;functie;portefeuilles;vanaf\n"


def test_a_person_who_is_new_enters_with_the_office(world):
    text = OFFICE + "p9;wethouder Tilburg;Tilburg;wethouder;zorg;01-01-2016\n"
    assert take_in(world, "offices", text).new == 2
    [fact] = OfficeFact.objects.known(None)
    assert (fact.office.person.key, fact.portfolios) == ("p9", "zorg")
    with pytest.raises(NothingNew):
        take_in(world, "offices", text)


def test_a_person_nobody_knows_needs_to_be_called_something(world):
    world.person("piet")
    [(row, text)] = errors(world, "offices", OFFICE + "piett;;Tilburg;wethouder;;01-01-2016\n")
    assert (row, "piet" in text) == (2, True)
    assert Person.objects.filter(key="piett").count() == 0


def test_new_portfolios_hold_from_the_day_in_the_row(world):
    world.official("p1", Organisation.objects.get(key="gm0855"), Function.ALDERMAN)
    text = OFFICE + "p1;;Tilburg;wethouder;wonen;01-06-2017\n"
    assert take_in(world, "offices", text).changed == 1
    found = OfficeFact.objects.known(None).order_by("valid_from")
    assert [fact.portfolios for fact in found] == ["", "wonen"]


def test_an_office_ends_at_the_latest_with_its_organisation(world):
    take_in(world, "members", "code;tot\nGM0855;01-01-2018\n")
    row = "p9;x;Tilburg;wethouder;;01-01-2016\n"
    take_in(world, "offices", OFFICE + row)
    [fact] = OfficeFact.objects.known(None)
    assert fact.valid_until == DAY
    text = OFFICE + "p8;y;Tilburg;wethouder;;01-02-2018\n"
    assert [row for row, _text in errors(world, "offices", text)] == [2]


def test_a_complete_file_ends_other_offices_of_its_organisations_only(world):
    for key, place in (("p1", "gm0855"), ("p2", "gm0855"), ("p3", "gm0758")):
        world.official(key, Organisation.objects.get(key=place), Function.ALDERMAN)
    text = OFFICE + "p1;;Tilburg;wethouder;;\n"
    assert take_in(world, "offices", text, complete=True).ended == 1
    held = OfficeFact.objects.at(TODAY).known(None).values_list("office__person__key", flat=True)
    assert sorted(held) == ["p1", "p3"]


SEATS = "gremium;nummer;rol;persoon;namens;stemt;vanaf\n"


@pytest.fixture
def board(world):
    body = world.body("bestuur", name="Bestuur")
    world.person("p1")
    world.person("p2")
    return body


def test_a_new_seat_enters_with_whoever_takes_it(world, board):
    text = SEATS + "Bestuur;1;voorzitter;p1;Tilburg;ja;01-01-2016\nbestuur;2;lid;;;nee;01-01-2016\n"
    assert take_in(world, "seats", text).new == 3
    [tenure] = Tenure.objects.known(None)
    assert (tenure.person.key, tenure.seat.number) == ("p1", 1)
    roles = SeatFact.objects.known(None).order_by("seat__number")
    assert [(fact.role, fact.is_voting) for fact in roles] == [("chair", True), ("member", False)]
    with pytest.raises(NothingNew):
        take_in(world, "seats", text)


def test_handover_day_belongs_to_the_successor(world, board):
    seat = world.seat(board, SeatRole.CHAIR)
    world.tenure(seat, Person.objects.get(key="p1"), date(2014, 1, 1))
    text = "gremium;nummer;persoon;vanaf\nbestuur;1;p2;01-01-2018\n"
    done = take_in(world, "seats", text)
    assert (done.new, done.ended) == (1, 1)
    days = {t.person.key: (t.valid_from, t.valid_until) for t in Tenure.objects.known(None)}
    assert days == {"p1": (date(2014, 1, 1), DAY), "p2": (DAY, None)}
    with pytest.raises(NothingNew):
        take_in(world, "seats", text)


def test_a_seat_has_one_kind_of_holder_and_a_person_the_register_knows(world, board):
    world.seat(board)
    text = (
        "gremium;nummer;persoon;organisatie;vanaf\nbestuur;1;p1;Tilburg;01-01-2016\n"
        "bestuur;1;p7;;01-01-2017\nbestuurr;1;p1;;01-01-2018\n"
    )
    assert [row for row, _text in errors(world, "seats", text)] == [2, 3, 4]


def test_nobody_sits_on_a_seat_that_is_taken_later_or_not_there(world, board):
    seat = world.seat(board)
    world.tenure(seat, Person.objects.get(key="p1"), date(2016, 1, 1))
    text = "gremium;nummer;persoon;vanaf;tot\nbestuur;1;p2;01-01-2015;\n"
    assert [row for row, _text in errors(world, "seats", text)] == [2]
    text = "gremium;nummer;persoon;vanaf\nbestuur;1;p2;01-01-2011\n"
    assert [row for row, _text in errors(world, "seats", text)] == [2]


def test_an_organisation_takes_a_seat_only_while_both_are_there(world, board):
    world.municipality("gm0002", "Oudstad", valid_until=DAY)
    one, other = world.seat(board), world.seat(board, valid_until=DAY)
    head = "gremium;nummer;organisatie;vanaf;tot\n"
    text = (
        f"{head}bestuur;1;Oudstad;01-01-2019;\nbestuur;1;Oudstad;01-01-2016;01-02-2018\n"
        "bestuur;2;Tilburg;01-01-2016;01-02-2018\n"
    )
    told = errors(world, "seats", text)
    assert [row for row, _text in told] == [2, 3, 4]
    assert ["organisatie" in text.lower() for _row, text in told] == [True, True, False]

    take_in(world, "seats", head + "bestuur;1;Oudstad;01-01-2016;\nbestuur;2;Tilburg;01-01-2016;")

    rows = Tenure.objects.known(None)
    assert {row.seat: row.valid_until for row in rows} == {one: DAY, other: DAY}
    text = head + "bestuur;1;Oudstad;01-01-2016;01-02-2018\n"
    assert [row for row, _text in errors(world, "seats", text)] == [2]
    text = head + "bestuur;2;Tilburg;01-01-2016;01-02-2018\n"
    assert [row for row, _text in errors(world, "seats", text)] == [2]


def test_a_complete_file_of_seats_lets_the_others_leave(world, board):
    for key in ("p1", "p2"):
        world.tenure(world.seat(board), Person.objects.get(key=key), date(2014, 1, 1))
    text = "gremium;nummer;persoon\nbestuur;1;p1\n"
    assert take_in(world, "seats", text, complete=True).ended == 1
    assert [t.person.key for t in Tenure.objects.at(TODAY).known(None)] == ["p1"]
    assert Seat.objects.count() == 2


@pytest.mark.parametrize("rows", [5, 60])
def test_questions_to_the_database_do_not_grow_with_the_rows(
    world, django_assert_max_num_queries, rows
):
    text = "code;naam;vanaf\n" + "".join(f"GM{9000 + i};Stad {i};01-01-2016\n" for i in range(rows))
    with django_assert_max_num_queries(40):
        take_in(world, "members", text)
