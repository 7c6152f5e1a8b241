"""The story of the reference association, told in dated use cases, so that it obeys every rule."""

from datetime import date

from verband.kernel.clock import start_of
from verband.kernel.permissions import FOUNDING
from verband.people.use_cases import found_register
from verband.reference.story.organisations import plan_organisations, plan_population
from verband.reference.story.scribe import BEGIN, Progress, Scribe


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
    scribe.tell_all()
