"""Rows about what came of it: the outcome statement, and objections to the result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.bodies.models import Body
from verband.consultations.kinds import Verdict
from verband.consultations.models.consultations import Consultation, Question
from verband.core.errors import DomainError
from verband.kernel.two_times import ThingModel, TwoTimesModel, one_at_a_time
from verband.members.models import Organisation
from verband.people.models import Person


class OneOutcomeAtATime(DomainError):
    """A question has one outcome."""

    code = "outcome_overlap"
    template = "This question has an outcome already. Correct that one, with a reason."


class OutcomeStatement(TwoTimesModel):
    """What the owner says came of a question, beside what the count and the difference suggest."""

    THING = "question"
    ABOUT = ("question__consultation",)
    OWN_HISTORY = True
    ON_RIBBON = False

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="outcomes")
    verdict = models.CharField(_("outcome"), max_length=11, choices=Verdict.choices)
    suggested = models.CharField(_("suggested"), max_length=11, choices=Verdict.choices, blank=True)
    why_other = models.TextField(_("why it differs from what was suggested"), blank=True)
    statement = models.TextField(_("what the association says"))
    reasons = models.TextField(_("reasons"), blank=True)
    positions = models.JSONField(_("positions, by segment"), default=list, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    goes_to = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("goes on to"),
    )
    next_steps = models.TextField(_("what happens now"), blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("question", name="outcome_overlap", refusal=OneOutcomeAtATime),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()


class Objection(ThingModel):
    """A member objects to the result within the term."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="objections"
    )
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("objection"), max_length=2000)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")

    def __str__(self) -> str:
        return self.text[:60]


class ObjectionAnswer(ThingModel):
    """What was decided about an objection, and why; once."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    is_upheld = models.BooleanField(_("upheld"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("answer to an objection")
        verbose_name_plural = _("answers to objections")

    def __str__(self) -> str:
        return self.reason[:60]
