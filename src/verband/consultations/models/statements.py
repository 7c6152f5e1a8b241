"""Rows of a deliberation: statements, what the moderator did with them, and votes on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.consultations.models.consultations import Consultation
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel, one_at_a_time
from verband.members.models import Organisation
from verband.people.models import Person


class OneJudgementAtATime(DomainError):
    """A statement is moderated one way."""

    code = "moderation_overlap"
    template = "Another moderator handled this statement just now. Open the page again."


class VotedOnStatement(DomainError):
    """Two windows voted on one statement at once."""

    code = "statement_vote_once"
    template = "You voted on this statement in another window just now. Open the page again."


class Statement(ThingModel):
    """A short statement, as its author wrote it."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="statements"
    )
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("statement"), max_length=200)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return self.text


class Moderation(TwoTimesModel):
    """What a moderator did with a statement: admit, merge into another, park; with a reason.

    Without a row it waits; it waits again when somebody reopens it.
    """

    THING = "statement"
    ABOUT = ("statement__consultation",)
    OWN_HISTORY = True
    ON_RIBBON = False

    class State(models.TextChoices):
        """How a statement stands."""

        WAITING = "waiting", _("waiting for the moderator")
        ADMITTED = "admitted", _("admitted")
        MERGED = "merged", _("merged with another")
        PARKED = "parked", _("parked")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="moderations")
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    into = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("moderation of a statement")
        verbose_name_plural = _("moderations of statements")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("statement", name="moderation_overlap", refusal=OneJudgementAtATime),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class StatementVote(ThingModel):
    """A person agrees, disagrees or passes. A later one takes the place of an earlier."""

    class Choice(models.TextChoices):
        """What one can say of a statement."""

        AGREE = "agree", _("agree")
        DISAGREE = "disagree", _("disagree")
        PASS = "pass", _("pass")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number of this vote of the person"))
    choice = models.CharField(_("choice"), max_length=8, choices=Choice.choices)

    class Meta:
        verbose_name = _("vote on a statement")
        verbose_name_plural = _("votes on statements")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "person", "number"], name="statement_vote_once"
            ),
        ]

    def __str__(self) -> str:
        return self.choice


REFUSALS["statement_vote_once"] = VotedOnStatement
