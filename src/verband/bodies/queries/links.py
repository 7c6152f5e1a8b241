"""How bodies are tied on a day, and whether the tie holds in both directions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from verband.bodies.kinds import LinkKind
from verband.bodies.models import LinkFact, SeatFact, Tenure
from verband.core.period import Period


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """What one body and a counterpart give each other; ``None`` where it does not apply.

    ``sits_with_us``: the counterpart has a seat at this table; ``we_sit``: this body has one there;
    ``sends`` and ``receives``: decision lists.
    """

    other: int
    sits_with_us: bool
    seat_is_empty: bool
    we_sit: bool
    sends: bool
    receives: bool

    @property
    def is_mutual(self) -> bool:
        """Both sides share their decision lists."""
        return self.sends and self.receives

    @property
    def is_complete(self) -> bool:
        """Both sit at each other's table and share their lists."""
        return self.is_mutual and self.sits_with_us and self.we_sit and not self.seat_is_empty


class Tie(NamedTuple):
    """A link that holds on a day, as a list of many needs it."""

    from_body_id: int
    to_body_id: int
    kind: str
    person_id: int | None


@dataclass
class Ties:
    """The links of one body on a day, by kind; filled before it is asked."""

    outgoing: list[Tie] = field(default_factory=list)
    incoming: list[Tie] = field(default_factory=list)

    def to(self, *kinds: LinkKind) -> list[Tie]:
        """Links that leave this body."""
        return [tie for tie in self.outgoing if tie.kind in kinds]

    def by(self, *kinds: LinkKind) -> list[Tie]:
        """Links that come to this body."""
        return [tie for tie in self.incoming if tie.kind in kinds]

    @cached_property
    def liaisons(self) -> list[Tie]:
        """Who carries the tie to the association: a liaison to it, or its linking pin."""
        return [*self.by(LinkKind.LIAISON), *self.to(LinkKind.LINKING_PIN, LinkKind.LIAISON)]

    @cached_property
    def counterparts(self) -> set[int]:
        """Bodies that share decision lists with this one, or receive its lists."""
        sent = {tie.to_body_id for tie in self.to(LinkKind.SHARES_DECISION_LISTS)}
        received = {tie.from_body_id for tie in self.by(LinkKind.SHARES_DECISION_LISTS)}
        return sent | received

    @cached_property
    def mutual(self) -> set[int]:
        """Bodies with which lists go both ways."""
        sent = {tie.to_body_id for tie in self.to(LinkKind.SHARES_DECISION_LISTS)}
        received = {tie.from_body_id for tie in self.by(LinkKind.SHARES_DECISION_LISTS)}
        return sent & received


def ties_on(day: date, known: datetime | None = None) -> dict[int, Ties]:
    """The links of every body on a day. One query."""
    found: dict[int, Ties] = defaultdict(Ties)
    rows = LinkFact.objects.at(day).known(known).order_by("pk")
    for row in rows.values_list("link__from_body", "link__to_body", "link__kind", "person"):
        tie = Tie(*row)
        found[tie.from_body_id].outgoing.append(tie)
        found[tie.to_body_id].incoming.append(tie)
    return found


def links_of(
    body_id: int, known: datetime | None = None, period: Period | None = None
) -> list[LinkFact]:
    """Every link from or to a body, past and planned ones too, the latest first. One query."""
    rows = LinkFact.objects.filter(Q(link__from_body=body_id) | Q(link__to_body=body_id))
    if period is not None:
        rows = rows.during(period)
    return list(rows.known(known).select_related("link").order_by("link__kind", "-valid_from"))


def reciprocity_of(
    body_id: int, ties: Ties, day: date, known: datetime | None = None
) -> list[Reciprocity]:
    """What a body and each of its counterparts give each other. Three queries."""
    ours = _seats_given(body_id, day, known)
    theirs = set(
        SeatFact.objects.filter(on_behalf_of_body=body_id)
        .at(day)
        .known(known)
        .values_list("seat__body_id", flat=True)
    )
    linked = {
        *ties.counterparts,
        *(tie.to_body_id for tie in ties.to(LinkKind.REPRESENTS, LinkKind.REPORTS_TO)),
        *(tie.from_body_id for tie in ties.by(LinkKind.REPRESENTS, LinkKind.REPORTS_TO)),
        *ours,
        *theirs,
    }
    sits = {tie.from_body_id for tie in ties.by(LinkKind.REPRESENTS, LinkKind.REPORTS_TO)}
    we = {tie.to_body_id for tie in ties.to(LinkKind.REPRESENTS, LinkKind.REPORTS_TO)}
    sends = {tie.to_body_id for tie in ties.to(LinkKind.SHARES_DECISION_LISTS)}
    receives = {tie.from_body_id for tie in ties.by(LinkKind.SHARES_DECISION_LISTS)}
    return [
        Reciprocity(
            other=other,
            sits_with_us=other in ours or other in sits,
            seat_is_empty=ours.get(other, False),
            we_sit=other in theirs or other in we,
            sends=other in sends,
            receives=other in receives,
        )
        for other in sorted(linked)
    ]


def _seats_given(body_id: int, day: date, known: datetime | None) -> dict[int, bool]:
    """Bodies with a seat at this table, and whether all their seats here are empty."""
    seats = SeatFact.objects.filter(seat__body=body_id).at(day).known(known)
    filled = set(
        Tenure.objects.filter(seat__body=body_id)
        .at(day)
        .known(known)
        .values_list("seat_id", flat=True)
    )
    given: dict[int, bool] = {}
    for fact in seats.select_related("on_behalf_of__body"):
        for other in _behalf(fact):
            given[other] = given.get(other, True) and fact.seat_id not in filled
    return given


def _behalf(fact: SeatFact) -> Iterable[int]:
    if fact.on_behalf_of_body_id is not None:
        yield fact.on_behalf_of_body_id
    if fact.on_behalf_of_id is not None:
        body = getattr(fact.on_behalf_of, "body", None)
        if body is not None:
            yield body.pk
