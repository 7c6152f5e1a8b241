"""Rows about mail: what was sent to whom, and what somebody no longer wants."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import DeliveryState, NoticeKind
from verband.consultations.models.consultations import Consultation
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel, one_at_a_time
from verband.people.models import Person


class SentAlready(DomainError):
    """A mail goes out once."""

    code = "notice_once"
    template = "This mail has been sent already."


class Notice(ThingModel):
    """A mail to one person that is promised here before it is handed over, so it goes out once.

    ``about`` is the day of a digest, the closing time that a reminder speaks of, or the naming of a
    voter; empty otherwise.
    """

    consultation = models.ForeignKey(
        Consultation, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("about"), max_length=10, choices=NoticeKind.choices)
    about = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("mail that was sent")
        verbose_name_plural = _("mails that were sent")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person", "kind", "about"],
                nulls_distinct=False,
                name="notice_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Delivery(models.Model):
    """How far a promised mail got; it tells of mail servers, so it is no part of the record.

    It changes with every attempt. ``answer`` is what the mail server said last.
    """

    notice = models.OneToOneField(
        Notice, primary_key=True, on_delete=models.PROTECT, related_name="delivery"
    )
    state = models.CharField(
        max_length=7, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery of a mail")
        verbose_name_plural = _("deliveries of mails")
        indexes = [
            models.Index(
                fields=["next_try"],
                name="consult_mail_waiting",
                condition=models.Q(state=DeliveryState.WAITING.value),
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class Digest(ThingModel):
    """The digest of a day: from when until when it tells what happened, without a gap."""

    day = models.DateField(_("day"), unique=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")

    def __str__(self) -> str:
        return self.day.isoformat()


class MailChoice(TwoTimesModel):
    """A person no longer wants mail that asks nothing of them."""

    THING = "person"
    ABOUT = ("person",)
    OWN_HISTORY = True
    ON_RIBBON = False

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mail_choices")
    kind = models.CharField(_("about"), max_length=10, choices=NoticeKind.choices)
    wanted = models.BooleanField(_("wanted"))

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("choice about mail")
        verbose_name_plural = _("choices about mail")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            *(
                one_at_a_time(
                    "person",
                    name=f"mail_choice_{kind.value}",
                    refusal=SentAlready,
                    condition=models.Q(kind=kind.value),
                )
                for kind in NoticeKind
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


REFUSALS["notice_once"] = SentAlready
REFUSALS["consult_digest_day_key"] = SentAlready
