"""Rows about what is asked: consultations, their questions, and what happened to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.bodies.models import Body
from verband.consultations.kinds import ConsultationKind, QuestionForm, Side, StepKind
from verband.consultations.models.rules import VotingRule
from verband.consultations.models.sittings import Sitting
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel, one_at_a_time
from verband.members.models import Organisation
from verband.people.models import Person


class OneTextAtATime(DomainError):
    """A consultation or a question reads one way."""

    code = "consultation_overlap"
    template = "Somebody changed this text in the meantime. Open the page again."


class AlreadyDone(DomainError):
    """A step happens once."""

    code = "step_once"
    template = "This has been done already. Open the page again to see how it stands."


class NumberTaken(DomainError):
    """Two consultations never share a number."""

    code = "consultation_number_taken"
    template = "That number was given out just now. Send the form again."


class Consultation(ThingModel):
    """One moment at which members are asked. ``key`` is its number and its address."""

    key = models.SlugField(_("number"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ConsultationKind.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("asked by")
    )
    rule = models.ForeignKey(
        VotingRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule")
    )
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    sitting = models.ForeignKey(
        Sitting, null=True, blank=True, on_delete=models.PROTECT, related_name="votes"
    )
    order = models.PositiveIntegerField(_("order in the sitting"), default=0)
    ratifies = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ratified_in",
        verbose_name=_("ratifies"),
    )
    round_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next_rounds",
        verbose_name=_("round after"),
    )

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self) -> str:
        return self.key


class ConsultationFact(TwoTimesModel):
    """What is asked of whom, and when it opens and closes. Frozen when it opens.

    ``audience`` is plain data, see ``verband.consultations.audience``. Only the closing time can
    become later while it is open; ``extended_because`` is why, and stands on its page.
    """

    THING = "consultation"
    ABOUT = ("consultation",)
    OWN_HISTORY = True
    ON_RIBBON = False

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="facts")
    title = models.CharField(_("title"), max_length=200)
    explanation = models.TextField(_("explanation"), blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    extended_because = models.TextField(_("why it closes later"), blank=True)
    audience = models.JSONField(_("who is asked"), default=dict)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("text of a consultation")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("consultation", name="consultation_overlap", refusal=OneTextAtATime),
        ]

    def __str__(self) -> str:
        return self.title


class Question(ThingModel):
    """One thing to decide. ``part_of`` makes it a part of a motion, ``amends`` an amendment."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="questions"
    )
    order = models.PositiveIntegerField(_("order"))
    form = models.CharField(_("form"), max_length=9, choices=QuestionForm.choices)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    proposer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "order"], name="question_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.order}"


class QuestionFact(TwoTimesModel):
    """How the question reads. ``options`` is a list of ``{"code", "label", "help"}``."""

    THING = "question"
    ABOUT = ("question__consultation",)
    OWN_HISTORY = True
    ON_RIBBON = False

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="facts")
    text = models.CharField(_("question"), max_length=300)
    explanation = models.TextField(_("explanation"), blank=True)
    options = models.JSONField(_("answers"), default=list)
    seats = models.PositiveIntegerField(_("seats to fill"), default=1)
    advice = models.CharField(_("advice of the board"), max_length=60, blank=True)
    advice_reason = models.TextField(_("why the board advises this"), blank=True)
    is_withdrawn = models.BooleanField(_("withdrawn by the proposer"), default=False)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("text of a question")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("question", name="question_overlap", refusal=OneTextAtATime),
        ]

    def __str__(self) -> str:
        return self.text


class Step(ThingModel):
    """Something that happened to a consultation, once. ``recorded_from`` is when.

    ``data`` of *opened* holds the rule, the key and the segments as frozen; of *closed* the number
    of ballots and the root of their tree; of *held over* the reason.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=10, choices=StepKind.choices)
    data = models.JSONField(_("particulars"), default=dict)

    class Meta:
        verbose_name = _("step of a consultation")
        verbose_name_plural = _("steps of a consultation")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "kind"], name="step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.get_kind_display()}"


class Argument(ThingModel):
    """A reason for or against that a member gives, or a text it adds, before or while voting."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="arguments"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="arguments"
    )
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=7, choices=Side.choices)
    text = models.TextField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("reason of a member")
        verbose_name_plural = _("reasons of members")

    def __str__(self) -> str:
        return self.text[:60]


class VoteRequest(ThingModel):
    """A member asks for a vote, so that nothing is adopted by acclamation."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="vote_requests"
    )
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("request for a vote")
        verbose_name_plural = _("requests for a vote")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "member"], name="vote_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.member}"


REFUSALS["step_once"] = AlreadyDone
REFUSALS["question_order_once"] = OneTextAtATime
REFUSALS["vote_asked_once"] = AlreadyDone
REFUSALS["consult_consultation_key_key"] = NumberTaken
