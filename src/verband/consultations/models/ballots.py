"""Rows about what was said: ballots of members, answers of people, and the secret ballot box."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import Capacity
from verband.consultations.models.consultations import Consultation, Question
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel
from verband.members.models import Organisation
from verband.people.models import Person


class VotedMeanwhile(DomainError):
    """Two people of one municipality, or two windows, voted at the same time."""

    code = "ballot_number_once"
    template = (
        "Somebody voted for your municipality while you had this page open. Look at that vote"
        " first; you can change it until closing."
    )


class TookPartAlready(DomainError):
    """In a secret vote a member votes once."""

    code = "took_part_once"
    template = "Your municipality has voted already. A secret vote cannot be changed."


class Ballot(ThingModel):
    """A member's ballot. A later one takes the place of an earlier; all are kept.

    ``answers`` maps the key of a question to a choice, or to choices with votes when split.
    ``leaf`` seals what the roll-call shows; ``nonce`` keeps it from being guessed before.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number of this ballot of the member"))
    answers = models.JSONField(_("answers"))
    reason = models.TextField(_("reason"), blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity.choices)
    by_member = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    token = models.UUIDField(unique=True, editable=False)
    nonce = models.CharField(max_length=32, editable=False)
    leaf = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        indexes = [
            # A receipt is looked up by the beginning of its code.
            models.Index(fields=["leaf"], name="ballot_leaf", opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "member", "number"], name="ballot_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, {self.member} ({self.number})"


class Answer(ThingModel):
    """A person's answer to a flash question. A later one takes the place of an earlier."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number of this answer of the person"))
    choice = models.CharField(_("answer"), max_length=60)
    sentence = models.CharField(_("sentence"), max_length=300, blank=True)
    token = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person", "number"], name="answer_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.choice


class Participation(ThingModel):
    """A member took part in a secret vote: that, and nothing of what it chose."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="participations")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("round"), default=1)

    class Meta:
        verbose_name = _("part taken in a secret vote")
        verbose_name_plural = _("parts taken in secret votes")
        constraints = [
            models.UniqueConstraint(fields=["question", "member", "round"], name="took_part_once"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class SecretBallot(models.Model):
    """A ballot without a voter, a time or an order: its key is drawn by lot.

    It stands in no journal: a line there would tie it to whoever cast it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="secret_ballots")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    choices = models.JSONField(_("choices, in order of preference"))

    class Meta:
        verbose_name = _("secret ballot")
        verbose_name_plural = _("secret ballots")

    def __str__(self) -> str:
        return str(self.question)


REFUSALS["ballot_number_once"] = VotedMeanwhile
REFUSALS["answer_number_once"] = VotedMeanwhile
REFUSALS["took_part_once"] = TookPartAlready
