"""Changes about inhabitants and about the key that makes votes of them."""

from datetime import date, datetime

from verband.core.voting.keys import Rounding, VotingKey
from verband.kernel.permissions import Actor
from verband.kernel.two_times import correct, end, record, withdraw
from verband.kernel.use_case import use_case
from verband.members.models import Organisation, PopulationFigure, VotingKeyFact
from verband.people.permissions import keeps_the_register


@use_case(allowed=keeps_the_register)
def enter_population(
    *,
    actor: Actor,
    now: datetime,
    organisation: Organisation,
    reference_date: date,
    inhabitants: int,
    source: str,
    certainty: str = "certain",
) -> PopulationFigure:
    """Enter how many people live in a municipality on a reference date.

    Raises:
        FigureExists: there is a figure for that date; correct that one.
    """
    return record(
        PopulationFigure(
            organisation=organisation,
            valid_from=reference_date,
            inhabitants=inhabitants,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


@use_case(allowed=keeps_the_register)
def correct_population(
    *,
    actor: Actor,
    now: datetime,
    figure: PopulationFigure,
    inhabitants: int,
    reason: str,
    source: str = "",
    certainty: str = "certain",
) -> PopulationFigure:
    """The figure was wrong, or a definitive one takes the place of a provisional one."""
    return correct(
        figure,
        now=now,
        inhabitants=inhabitants,
        source=source or figure.source,
        certainty=certainty,
    )


@use_case(allowed=keeps_the_register)
def withdraw_population(
    *, actor: Actor, now: datetime, figure: PopulationFigure, reason: str
) -> None:
    """There was never such a figure."""
    withdraw(figure, now=now)


@use_case(allowed=keeps_the_register)
def set_voting_key(
    *,
    actor: Actor,
    now: datetime,
    valid_from: date | None,
    per: int,
    rounding: Rounding,
    minimum: int,
    cap: int | None,
    article: str,
    note: str = "",
    source: str = "",
    certainty: str = "certain",
) -> VotingKeyFact:
    """From ``valid_from`` on this key makes votes of inhabitants; the one before it ends that day.

    Raises:
        NotAWholeNumber, CapBelowMinimum, UnknownRounding: no votes can be made with it.
        OneKeyAtATime: a later key is already known.
    """
    VotingKey(per, rounding, minimum, cap)
    if valid_from is not None:
        for running in VotingKeyFact.objects.at(valid_from).known(None):
            if running.valid_from != valid_from:
                end(running, day=valid_from, now=now)
    return record(
        VotingKeyFact(
            valid_from=valid_from,
            per=per,
            rounding=rounding,
            minimum=minimum,
            cap=cap,
            article=article,
            note=note,
            source=source,
            certainty=certainty,
        ),
        now=now,
    )


@use_case(allowed=keeps_the_register)
def correct_voting_key(
    *,
    actor: Actor,
    now: datetime,
    key: VotingKeyFact,
    per: int,
    rounding: Rounding,
    minimum: int,
    cap: int | None,
    article: str,
    reason: str,
    note: str = "",
) -> VotingKeyFact:
    """The statutes never read as the register said.

    Raises:
        NotAWholeNumber, CapBelowMinimum, UnknownRounding: no votes can be made with it.
    """
    VotingKey(per, rounding, minimum, cap)
    return correct(
        key,
        now=now,
        per=per,
        rounding=rounding,
        minimum=minimum,
        cap=cap,
        article=article,
        note=note,
    )
