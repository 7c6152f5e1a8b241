"""Rows about the seats of bodies and about who holds them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verband.bodies.kinds import SeatRole
from verband.bodies.models.body import Body
from verband.core.errors import DomainError
from verband.kernel.indexes import put_right_index
from verband.kernel.two_times import (
    REFUSALS,
    ThingModel,
    TwoTimesModel,
    one_at_a_time,
)
from verband.members.models import Organisation
from verband.people.models import Person


class SeatTaken(DomainError):
    """A seat has one holder on a day."""

    code = "seat_taken"
    template = "This seat has a holder in that period. Let the new period begin afterwards."


class Seat(ThingModel):
    """A place in a body; it may be empty. ``number`` orders the seats of a body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="seat_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"


class OneSeatTextAtATime(DomainError):
    """A seat is described once for each day."""

    code = "seat_overlap"
    template = "This seat is already described for that period. Change or correct that description."


class SeatFact(TwoTimesModel):
    """The seat exists in this period: its role, on whose behalf, whether it votes."""

    THING = "seat"
    ABOUT = ("seat__body",)

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="facts")
    role = models.CharField(_("role"), max_length=14, choices=SeatRole.choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    on_behalf_of = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    on_behalf_of_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats_elsewhere",
        verbose_name=_("on behalf of the network"),
    )
    is_voting = models.BooleanField(_("has a vote"), default=True)
    substitute_of = models.ForeignKey(
        Seat,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="substitutes",
        verbose_name=_("substitute of"),
    )
    profile = models.TextField(_("profile"), blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("description of a seat")
        indexes = [*TwoTimesModel.Meta.indexes, put_right_index("seat_fact_put_right")]
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("seat", name="seat_overlap", refusal=OneSeatTextAtATime),
        ]

    def __str__(self) -> str:
        return self.title or self.get_role_display()


class HeldByOne(DomainError):
    """A tenure has one holder."""

    code = "held_by_one"
    template = "A seat is held by a person or by an organisation. Choose one of the two."


class Tenure(TwoTimesModel):
    """Somebody holds a seat: a person, or an organisation (in networks of municipalities)."""

    THING = "seat"
    ABOUT = (
        "seat__body",
        "person",
        "organisation",
    )

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="tenures"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="tenures"
    )
    acting = models.BooleanField(_("acting"), default=False)
    holds_over = models.BooleanField(_("holds over until a successor is there"), default=False)
    decision = models.CharField(_("appointed by decision"), max_length=200, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        indexes = [*TwoTimesModel.Meta.indexes, put_right_index("tenure_put_right")]
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("seat", name="seat_taken", refusal=SeatTaken),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="tenure_has_one_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.person or self.organisation}"


REFUSALS["tenure_has_one_holder"] = HeldByOne
