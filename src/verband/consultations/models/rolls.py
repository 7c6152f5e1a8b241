"""Rows about who may vote: the roll as frozen at the opening, and the people who were asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.consultations.models.consultations import Consultation
from verband.kernel.two_times import ThingModel
from verband.members.models import Organisation
from verband.people.models import Person


class RollLine(ThingModel):
    """A member on the roll of one consultation, with its votes, their source and its segments.

    ``segments`` maps a dimension to the segments in which the member stands on the opening day.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="roll")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    votes = models.PositiveIntegerField(_("votes"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True)
    figure_day = models.DateField(_("inhabitants on"), null=True)
    figure_source = models.CharField(_("source"), max_length=300, blank=True)
    segments = models.JSONField(_("segments"), default=dict)

    class Meta:
        verbose_name = _("line of the roll")
        verbose_name_plural = _("lines of the roll")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "member"], name="roll_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.votes}"


class Invitation(ThingModel):
    """A person who was asked when a flash question or statements opened."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="invitations"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("person who was asked")
        verbose_name_plural = _("people who were asked")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="invited_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
