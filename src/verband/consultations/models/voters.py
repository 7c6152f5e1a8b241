"""Rows about who votes for a member: authorised voters, substitutes, proxies."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import NamedBy, VoterRank
from verband.consultations.models.consultations import Consultation
from verband.consultations.models.sittings import Sitting
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, TwoTimesModel, one_at_a_time
from verband.members.models import Organisation
from verband.people.models import Person


class VoterNamed(DomainError):
    """A member has one authorised voter and one substitute."""

    code = "voter_named"
    template = "Your municipality has already named somebody for this. Revoke that first."


class ProxyGiven(DomainError):
    """A member gives its votes away once."""

    code = "proxy_given"
    template = "Your municipality has already given a proxy for this vote. Revoke that first."


class ProxyToItself(DomainError):
    """A proxy goes to another member."""

    code = "proxy_to_itself"
    template = "A municipality cannot give a proxy to itself. Choose another one."


class Designation(TwoTimesModel):
    """A member names who votes for it: for one consultation, or for all (``consultation`` empty).

    The more particular one goes first.
    """

    THING = "member"
    ABOUT = ("member", "person", "consultation")
    OWN_HISTORY = True
    ON_RIBBON = False

    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="designations")
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="designations"
    )
    rank = models.CharField(_("rank"), max_length=10, choices=VoterRank.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="designations")
    how = models.CharField(_("named"), max_length=6, choices=NamedBy.choices)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("naming of a voter")
        verbose_name_plural = _("namings of voters")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            *(
                one_at_a_time(
                    *("member", "consultation")[: 2 if particular else 1],
                    name=f"voter_named_{rank.value}_{'here' if particular else 'always'}",
                    refusal=VoterNamed,
                    condition=Q(rank=rank.value, consultation__isnull=not particular),
                )
                for rank in VoterRank
                for particular in (True, False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.person}"


class Proxy(TwoTimesModel):
    """A member lets another vote for it: in one consultation, or in all votes of one sitting.

    ``instruction`` maps the key of a question to a choice; empty leaves the holder free. Ask
    ``verband.consultations.voters.proxies_in`` for those that count in a consultation: one for the
    consultation itself goes before one for the sitting.
    """

    THING = "member"
    ABOUT = ("member", "holder", "consultation")
    OWN_HISTORY = True
    ON_RIBBON = False

    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="proxies"
    )
    sitting = models.ForeignKey(
        Sitting, null=True, blank=True, on_delete=models.PROTECT, related_name="proxies"
    )
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proxies_held")
    instruction = models.JSONField(_("instruction"), default=dict, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=[where, "member"],
                    condition=Q(recorded_until__isnull=True, **{f"{where}__isnull": False}),
                    name=name,
                )
                for where, name in (
                    ("consultation", "proxy_given"),
                    ("sitting", "proxy_given_for_sitting"),
                )
            ),
            models.CheckConstraint(
                condition=Q(consultation__isnull=True) ^ Q(sitting__isnull=True),
                name="proxy_for_one_or_all",
            ),
            models.CheckConstraint(condition=~Q(member=F("holder")), name="proxy_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.holder}"


REFUSALS["proxy_given"] = ProxyGiven
REFUSALS["proxy_given_for_sitting"] = ProxyGiven
REFUSALS["proxy_to_itself"] = ProxyToItself
