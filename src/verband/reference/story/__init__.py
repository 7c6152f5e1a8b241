"""The story of the reference association, told in dated use cases, so that it obeys every rule."""

from datetime import date

from verband.kernel.announce import unannounced
from verband.kernel.clock import start_of
from verband.kernel.permissions import FOUNDING
from verband.people.use_cases import found_register
from verband.reference.story.accounts import plan_accounts
from verband.reference.story.cast import plan_cast
from verband.reference.story.layout import plan_layout
from verband.reference.story.organisations import plan_organisations, plan_population
from verband.reference.story.places_at_table import plan_corrections, plan_seats
from verband.reference.story.scribe import BEGIN, Progress, Scribe
from verband.reference.story.tables import plan_tables
from verband.reference.story.team import plan_team
from verband.reference.story.ties import plan_ties
from verband.reference.story.voice import plan_voice
from verband.search.index import sync


def load(progress: Progress, today: date) -> None:
    """Build the reference association in an empty register.

    ``today`` is the demo's day; ``progress`` is told what is done: a word, how many, of how many.

    Raises:
        NotAllowed: the register is not empty.
    """
    founder = found_register(
        actor=FOUNDING,
        now=start_of(BEGIN),
        email="beheerder@verband.example",
        summary="functioneel beheerder, bureau",
        day=BEGIN,
    )
    scribe = Scribe(today=today, actor=founder, progress=progress)
    places = plan_organisations(scribe)
    plan_population(scribe, places)
    plan_layout(scribe, places)
    cast = plan_cast(scribe, places)
    tables = plan_tables(scribe, places)
    plan_seats(scribe, places, tables, cast)
    plan_team(scribe, places, tables, cast)
    plan_ties(scribe, tables)
    plan_corrections(scribe, tables)
    plan_accounts(scribe, places, tables, cast)
    plan_voice(scribe, places, tables, cast)
    with unannounced():
        scribe.tell_all()
    sync()
