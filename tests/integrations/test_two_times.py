"""What was known at an instant reads the same, byte for byte, whatever is put right later."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.register import API, VOTE, Register, body_of, lists_of, spec_of
from verband.bodies.models import Tenure
from verband.bodies.use_cases import correct_body, correct_link, correct_tenure
from verband.members.models import OfficeFact, OrganisationFact
from verband.members.use_cases import (
    correct_office,
    correct_organisation,
    correct_population,
    enter_population,
)
from world import NOW, TODAY

BEFORE = NOW - timedelta(hours=1)
TICKS = count()  # each correction has an instant of its own
Correction = Callable[[Register, int, datetime], object]


def correct_figure(register: Register, number: int, now: datetime) -> object:
    return register.world.do(
        correct_population, figure=register.figure, inhabitants=number, reason="count", now=now
    )


def correct_name(register: Register, number: int, now: datetime) -> object:
    fact = OrganisationFact.objects.known(None).filter(organisation=register.members[0]).first()
    return register.world.do(
        correct_organisation, fact=fact, reason="name", now=now, name=f"Naam {number}"
    )


def correct_purpose(register: Register, number: int, now: datetime) -> object:
    fact = register.description
    return register.world.do(
        correct_body, fact=fact, reason="text", now=now, purpose=f"Doel {number}", name=f"B{number}"
    )


def correct_seat(register: Register, number: int, now: datetime) -> object:
    tenure = Tenure.objects.known(None).get(seat=register.tenures[0].seat)
    start = date(2016, 1, 1) + timedelta(days=number % 300)
    return register.world.do(correct_tenure, tenure=tenure, reason="day", now=now, valid_from=start)


def correct_function(register: Register, number: int, now: datetime) -> object:
    fact = OfficeFact.objects.known(None).get(office=register.offices[0].office)
    return register.world.do(
        correct_office, fact=fact, reason="party", now=now, party=f"Partij {number}"
    )


def correct_tie(register: Register, number: int, now: datetime) -> object:
    return register.world.do(
        correct_link, fact=register.tie, reason="note", now=now, note=f"Noot {number}"
    )


def enter_figure(register: Register, number: int, now: datetime) -> object:
    key = f"gm{9000 + number % 1000}-{now.timestamp():.0f}"
    made = register.world.municipality(key, now=now)
    return register.world.do(
        enter_population,
        organisation=made,
        reference_date=date(2016, 1, 1),
        inhabitants=number,
        source="CBS",
        now=now,
    )


CORRECTIONS: list[Correction] = [
    *(correct_figure, correct_name, correct_purpose, correct_seat, correct_function),
    *(correct_tie, enter_figure),
]


def everything(client: Client, known: datetime, on: date) -> dict[str, bytes]:
    """Every export, read as known at an instant."""
    asked = f"on={on.isoformat()}&known={known.isoformat().replace('+', '%2B')}"
    paths = []
    for name in lists_of(spec_of(client)):
        paths += [f"{name}?{asked}&pageSize=500", f"{name}?{asked}&format=csv"]
    for name in ("tenures", "organisations", "population-figures", "offices", "links", "bodies"):
        paths.append(f"{name}?{asked}&validity=all&versions=all")
    details = ("organisations/gm0344", "bodies/bestuur", "people/p0", "popolo.json")
    details += (f"consultations/{VOTE}", f"consultations/{VOTE}/ballots")
    paths += [f"{name}?{asked}" for name in details]
    paths += [
        f"{name}?{asked}&from=2012-01-01&until=2020-01-01" for name in ("changes", "corrections")
    ]
    return {path: read(client, path) for path in paths}


def read(client: Client, path: str) -> bytes:
    response = client.get(f"{API}/{path}")
    assert response.status_code == 200, (path, body_of(response))
    return body_of(response)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(CORRECTIONS), st.integers(1, 99_999)), min_size=1, max_size=4
    ),
    st.sampled_from([date(2016, 1, 15), date(2017, 9, 30), TODAY, date(2018, 6, 1)]),
)
def test_a_correction_leaves_what_was_known_before_it_untouched(
    client: Client, register: Register, made: list[tuple[Correction, int]], on: date
) -> None:
    before = everything(client, BEFORE, on)

    for correction, number in made:
        instant = NOW + timedelta(seconds=next(TICKS))
        correction(register, number, instant)

    after = everything(client, BEFORE, on)
    assert [path for path in before if before[path] != after[path]] == []


def test_a_correction_is_seen_by_who_reads_what_is_known_now(
    client: Client, register: Register
) -> None:
    path = "population-figures?pageSize=500"
    before = read(client, path)

    correct_figure(register, 4321, NOW)

    assert b"4321" not in before
    assert b"4321" in read(client, path)


@pytest.mark.parametrize("known", ["2016-06-01", "2016-06-01T00:00:00+14:00", "2016-06-01 12:00"])
def test_an_instant_may_be_written_in_several_ways(client: Client, known: str) -> None:
    assert client.get(f"{API}/tenures", {"known": known}).status_code == 200
