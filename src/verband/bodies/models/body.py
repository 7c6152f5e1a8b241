"""Rows about bodies: since when and until when they exist, what they are for, what they cover."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verband.bodies.kinds import BodyKind, CoverKind, Deciding, Intensity, OurRole
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel, one_at_a_time
from verband.members.models import Organisation


class OneDescriptionAtATime(DomainError):
    """A body is described once for each day."""

    code = "body_one_description"
    template = "This body is already described for that period. Change or correct that description."


class BodyExistsAlready(DomainError):
    """The terms of one body do not overlap."""

    code = "body_term_overlap"
    template = "This body already exists in that period."


class TemporaryNeedsEnd(DomainError):
    """A temporary body cannot be stored without an end date (R3)."""

    code = "temporary_needs_end"
    template = (
        "A temporary body needs an end date. Choose a day, at most two years after the start."
    )


class Body(ThingModel):
    """A body or network of any kind. ``key`` is its address."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    organisation = models.OneToOneField(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="body",
        verbose_name=_("is the organisation"),
    )

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.key


class BodyTerm(TwoTimesModel):
    """The body exists in this period; temporary bodies have an end from the start."""

    THING = "body"
    ABOUT = ("body",)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    is_temporary = models.BooleanField(_("temporary"))
    review_on = models.DateField(_("review on"), null=True, blank=True)
    decision = models.CharField(_("set up or prolonged by decision"), max_length=200, blank=True)
    after_end = models.TextField(_("where the work goes afterwards"), blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("existence of a body")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("body", name="body_term_overlap", refusal=BodyExistsAlready),
            models.CheckConstraint(
                condition=Q(is_temporary=False) | Q(valid_until__isnull=False),
                name="temporary_needs_end",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(review_on__lte=F("valid_until")),
                name="review_before_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)


class ReviewAfterEnd(DomainError):
    """A review comes before the end."""

    code = "review_after_end"
    template = "The review must lie on or before the end date."


REFUSALS["temporary_needs_end"] = TemporaryNeedsEnd
REFUSALS["review_before_end"] = ReviewAfterEnd


class BodyFact(TwoTimesModel):
    """What a body is called, what it is for and how it works."""

    THING = "body"
    ABOUT = ("body",)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    parent = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("belongs to"),
    )
    support = models.CharField(_("secretariat and support"), max_length=300, blank=True)
    deciding = models.CharField(
        _("way of deciding"), max_length=10, choices=Deciding.choices, blank=True
    )
    our_role = models.CharField(_("our role"), max_length=12, choices=OurRole.choices, blank=True)
    intensity = models.CharField(
        _("intensity"), max_length=6, choices=Intensity.choices, blank=True
    )
    interests = models.TextField(_("interests, stated openly"), blank=True)
    member_count = models.PositiveIntegerField(_("members, as stated"), null=True, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("description of a body")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("body", name="body_one_description", refusal=OneDescriptionAtATime),
        ]

    def __str__(self) -> str:
        return self.name


class Goal(ThingModel):
    """A concrete goal of a body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="goals")

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return f"{self.body} {self.pk}"


class OneGoalTextAtATime(DomainError):
    """A goal reads one way on a day."""

    code = "goal_overlap"
    template = "This goal is already worded for that period. Change or correct that wording."


class GoalFact(TwoTimesModel):
    """How the goal reads, when it is due, and whether it was reached."""

    THING = "goal"
    ABOUT = ("goal__body",)

    class State(models.TextChoices):
        """How far a goal is."""

        RUNNING = "running", _("running")
        DRAFT = "draft", _("draft")
        REACHED = "reached", _("reached")
        DROPPED = "dropped", _("dropped")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="facts")
    text = models.TextField(_("goal"))
    measure = models.TextField(_("how we see that it is reached"), blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.RUNNING)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("wording of a goal")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("goal", name="goal_overlap", refusal=OneGoalTextAtATime),
        ]

    def __str__(self) -> str:
        return self.text


class CoversOneThing(DomainError):
    """A coverage names a ministry, or a field or theme in words."""

    code = "covers_one_thing"
    template = "Choose a ministry, or write which task field or theme. Give one of the two."


class Coverage(TwoTimesModel):
    """The body covers a ministry, a task field or a theme."""

    THING = "body"
    ABOUT = (
        "body",
        "ministry",
    )

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="coverages")
    kind = models.CharField(_("kind"), max_length=8, choices=CoverKind.choices)
    ministry = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="coverages"
    )
    label = models.CharField(_("field or theme"), max_length=200, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=CoverKind.MINISTRY, ministry__isnull=False)
                | (~Q(kind=CoverKind.MINISTRY) & Q(ministry__isnull=True) & ~Q(label="")),
                name="coverage_names_one",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.ministry)


REFUSALS["coverage_names_one"] = CoversOneThing
