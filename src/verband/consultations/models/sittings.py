"""Rows about a meeting in which is voted: when, where, and who is there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.bodies.models import Body
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel, one_at_a_time
from verband.members.models import Organisation
from verband.people.models import Person


class OneSittingTextAtATime(DomainError):
    """A sitting reads one way."""

    code = "sitting_overlap"
    template = "Somebody changed this sitting in the meantime. Open the page again."


class AttendanceChanged(DomainError):
    """Two people at the desk changed the presence of one member."""

    code = "attendance_once"
    template = "Somebody changed the presence of this member just now. Look at the list again."


class Sitting(ThingModel):
    """A meeting of a body in which is voted. ``key`` is its address."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sittings")

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")

    def __str__(self) -> str:
        return self.key


class SittingFact(TwoTimesModel):
    """What the sitting is called, and when and where it is."""

    THING = "sitting"
    ABOUT = ("sitting__body",)
    OWN_HISTORY = True
    ON_RIBBON = False

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="facts")
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    video = models.URLField(_("address of the video"), blank=True)
    call = models.PositiveSmallIntegerField(_("call"), default=1)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("particulars of a sitting")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("sitting", name="sitting_overlap", refusal=OneSittingTextAtATime),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(ThingModel):
    """A member came in or went out; the last line tells how it is."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    is_present = models.BooleanField(_("present"))
    remote = models.BooleanField(_("from elsewhere"), default=False)

    class Meta:
        verbose_name = _("presence of a member")
        verbose_name_plural = _("presences of members")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "member", "number"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.is_present}"


REFUSALS["attendance_once"] = AttendanceChanged
