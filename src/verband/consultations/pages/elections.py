"""Electing persons: the paper with candidates, and what secrecy means here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import ElectionMethod, StepKind
from verband.consultations.models import RollLine
from verband.consultations.queries.elections import (
    FLOOR,
    method_of,
)
from verband.consultations.queries.mandates import Mandate
from verband.consultations.queries.standing import Asked, Standing
from verband.core.voting.elections import NONE
from verband.core.voting.secrecy import Secrecy, secrecy
from verband.members.queries import members_on
from verband.ui.component import Link
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import number


@dataclass(frozen=True)
class Candidate:
    """Somebody on the paper. ``chosen``: ticked; ``rank``: the preference, 0 for none."""

    code: str
    label: str
    help: str = ""
    chosen: bool = False
    rank: int = 0


@dataclass(frozen=True)
class PersonsPaper:
    """One election as it stands on the paper."""

    key: str
    text: str
    how: str
    method: str
    candidates: tuple[Candidate, ...]
    ranks: tuple[int, ...] = ()
    none: bool = False
    chosen_none: bool = False
    error: str = ""
    said: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of its controls."""
        return f"q-{self.key}"


@dataclass(frozen=True, kw_only=True)
class VotePersonsPage(Page):
    """The paper (``choose``), the check (``check``), or that it lies in the box (``done``)."""

    step: str
    papers: tuple[PersonsPaper, ...]
    member: str
    member_key: str
    by_key: str = ""
    voter: str = ""
    secret: bool = True
    token: str = ""
    refusal: str = ""
    secret_href: str
    others: tuple[Link, ...] = ()
    back: str = ""


@dataclass(frozen=True)
class Cast:
    """What came with the form: the names on each paper."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


def vote_persons_page(
    reading: Reading,
    standing: Standing,
    questions: Sequence[Asked],
    mandate: Mandate,
    *,
    step: str = "choose",
    cast: Cast | None = None,
    refusal: str = "",
    errors: Mapping[str, str] | None = None,
    token: str = "",
    others: tuple[Link, ...] = (),
) -> VotePersonsPage:
    """The paper for one member."""
    given, key = cast or Cast(), standing.consultation.key
    name = mandate.line.name
    titles = {
        "check": _("Check your vote"),
        "done": _("Your ballot lies in the box"),
    }
    election = standing.frozen.get("election", "")
    sitting = standing.consultation.sitting
    return VotePersonsPage(
        title=titles.get(step, standing.fact.title),
        reading=reading,
        bare=True,
        step=step,
        papers=tuple(
            _paper(one, election, given.names.get(one.key, ()), (errors or {}).get(one.key, ""))
            for one in questions
            if not one.fact.is_withdrawn
        ),
        member=name,
        member_key=mandate.line.member.key,
        by_key=mandate.by.member.key if mandate.by else "",
        voter=_("by proxy") if mandate.by else "",
        secret=bool(standing.frozen["is_secret"]),
        token=token,
        refusal=refusal,
        secret_href=reading.link(reverse("consultation_secret", args=[key])),
        others=others,
        back=reverse("sitting_follow", args=[sitting.key])
        if sitting is not None
        else reverse("consultation", args=[key]),
    )


def _paper(asked: Asked, election: str, names: Sequence[str], error: str) -> PersonsPaper:
    method = method_of(election)
    ranks = {code: place for place, code in enumerate(names, 1)}
    options = asked.fact.options
    candidates = tuple(
        Candidate(
            option["code"],
            option.get("label") or option["code"],
            option.get("help", ""),
            option["code"] in ranks,
            ranks.get(option["code"], 0),
        )
        for option in options
    )
    labels = {one.code: one.label for one in candidates} | {NONE: none_words()}
    return PersonsPaper(
        key=asked.key,
        text=asked.fact.text,
        how=how_words(method, asked.fact.seats),
        method=str(method),
        candidates=candidates,
        ranks=tuple(range(1, len(candidates) + 1)),
        none=method == ElectionMethod.ROUNDS,
        chosen_none=NONE in ranks,
        error=error,
        said=tuple(labels.get(code, code) for code in names) or (_("Blank: nobody"),),
        names=tuple(names),
    )


def none_words() -> str:
    """The choice against all candidates."""
    return _("None of these candidates")


def how_words(method: ElectionMethod, seats: int) -> str:
    """How the paper is filled in."""
    places = ngettext("%(count)s seat", "%(count)s seats", seats) % {"count": number(seats)}
    return {
        ElectionMethod.ROUNDS: _("Choose one candidate, or none of them. Nothing chosen is blank."),
        ElectionMethod.APPROVAL: _(
            "%(places)s. Tick everybody whom you approve of. Nobody ticked is blank."
        ),
        ElectionMethod.STV: _(
            "%(places)s. Give the candidates a place: 1 for your first choice, then 2, and so on."
            " You may stop where you like."
        ),
    }[method] % {"places": places}


@dataclass(frozen=True, kw_only=True)
class SecretPage(Page):
    """What the operator could and could not see, and what a weighted secret ballot would tell."""

    check: Secrecy
    members: int
    exposed: int
    unique: int
    floor: int
    closed: bool


def secret_page(reading: Reading, standing: Standing) -> SecretPage:
    """The page about the secrecy of one vote. Two queries."""
    key = standing.consultation.key
    inhabitants = RollLine.objects.filter(consultation=standing.consultation)
    votes = {str(pk): number or 0 for pk, number in _weights(standing, inhabitants).items()}
    check = secrecy(votes, 5)
    return SecretPage(
        title=_("How secret this vote is"),
        reading=reading,
        crumbs=(
            Link(_("Consultations"), reading.link(reverse("consultations"))),
            Link(key, reading.link(reverse("consultation", args=[key]))),
        ),
        kind=standing.fact.title,
        check=check,
        members=len(votes),
        exposed=len(check.exposed),
        unique=len(check.unique),
        floor=FLOOR,
        closed=StepKind.CLOSED in standing.steps,
    )


def _weights(standing: Standing, lines: Any) -> dict[int, int | None]:
    """What each member would weigh by the voting key of that day."""
    day = date.fromisoformat(standing.frozen["day"])
    on_roll = set(lines.values_list("member_id", flat=True))
    return {
        row.organisation.pk: row.votes for row in members_on(day) if row.organisation.pk in on_roll
    }
