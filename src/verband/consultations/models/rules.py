"""Rows about how votes are decided: the rules of the statutes, each in force for a period."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.consultations.kinds import Binding, ConsultationKind, ElectionMethod, Weighing
from verband.core.errors import DomainError
from verband.kernel.two_times import ThingModel, TwoTimesModel, one_at_a_time


class OneRuleTextAtATime(DomainError):
    """A rule reads one way on a day."""

    code = "voting_rule_overlap"
    template = "This rule already has a text for that period. Change or correct that text."


class VotingRule(ThingModel):
    """A rule by which one kind of question is decided. ``key`` is its address."""

    key = models.SlugField(_("key"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("voting rule")
        verbose_name_plural = _("voting rules")

    def __str__(self) -> str:
        return self.key


class VotingRuleFact(TwoTimesModel):
    """What the rule asks in this period. ``rule`` is a rule of the core, as plain data."""

    THING = "voting_rule"
    ABOUT = ("voting_rule",)
    OWN_HISTORY = True
    ON_RIBBON = False

    voting_rule = models.ForeignKey(VotingRule, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(_("kind"), max_length=12, choices=ConsultationKind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    article = models.CharField(_("article"), max_length=200)
    rule = models.JSONField(_("quorum and majority"))
    binding = models.CharField(_("binds as"), max_length=8, choices=Binding.choices)
    weighing = models.CharField(_("weighing"), max_length=7, choices=Weighing.choices)
    election = models.CharField(
        _("persons are elected"), max_length=8, choices=ElectionMethod.choices, blank=True
    )
    is_secret = models.BooleanField(_("secret"), default=False)
    shows_interim = models.BooleanField(_("interim results are shown"), default=False)
    may_change = models.BooleanField(_("a vote may be changed until closing"), default=True)
    needs_ratification = models.BooleanField(_("needs ratification"), default=False)
    naming_hours = models.PositiveIntegerField(
        _("hours before closing until which voters can be named"), default=48
    )
    objection_days = models.PositiveIntegerField(_("days to object after publication"), default=0)
    proxy_members = models.PositiveIntegerField(_("proxies in one hand, in members"), default=0)
    proxy_votes = models.PositiveIntegerField(
        _("proxies in one hand, in votes"), null=True, blank=True
    )
    dimensions = models.JSONField(_("segments looked at"), default=list, blank=True)
    thresholds = models.JSONField(_("thresholds of difference"), default=dict, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("text of a voting rule")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("voting_rule", name="voting_rule_overlap", refusal=OneRuleTextAtATime),
        ]

    def __str__(self) -> str:
        return self.name
