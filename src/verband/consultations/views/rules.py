"""The rules of the vote."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.forms.rules import ChangeRuleForm, CorrectRuleForm, EnterRuleForm
from verband.consultations.models import VotingRule, VotingRuleFact
from verband.consultations.pages.preparing import crumbs
from verband.consultations.pages.rules import rule_page, rule_title, rules_page, telling_rule
from verband.consultations.use_cases.rules import change_rule, correct_rule, enter_rule
from verband.ui.act import act
from verband.ui.component import Link
from verband.ui.page import Page, render


def rules(request: Any) -> HttpResponse:
    """The rules in force on a day."""
    return render(request, rules_page(request))


def rule(request: Any, key: str) -> HttpResponse:
    """One rule with its history."""
    page = rule_page(request, get_object_or_404(VotingRule, key=key))
    if page is None:
        raise Http404(key)
    return render(request, page)


def enter(request: Any) -> HttpResponse:
    """Enter a rule from the statutes."""
    return act(
        request,
        use_case=enter_rule,
        form_class=EnterRuleForm,
        form_kwargs={"today": request.reading.today},
        template="consultations/rule_form.html",
        page=Page(
            title=_("Enter a rule"),
            reading=request.reading,
            crumbs=(*crumbs(), Link(_("Rules of the vote"), reverse("voting_rules"))),
            lead=_("Copy it from the statutes. You read it back in plain words first."),
        ),
        button=_("Save the rule"),
        tell=telling_rule,
        done=lambda made: reverse("voting_rule", args=[made.key]),
    )


def change(request: Any, pk: int) -> HttpResponse:
    """From a day on a rule reads otherwise."""
    return _keep(request, pk, change_rule, ChangeRuleForm, _("Change this rule from a day on"))


def correct(request: Any, pk: int) -> HttpResponse:
    """A rule was entered wrongly."""
    return _keep(request, pk, correct_rule, CorrectRuleForm, _("Correct this rule"))


def _keep(request: Any, pk: int, use_case: Any, form: Any, title: str) -> HttpResponse:
    fact = get_object_or_404(VotingRuleFact.objects.select_related("voting_rule"), pk=pk)
    address = reverse("voting_rule", args=[fact.voting_rule.key])
    if fact.recorded_until is not None and request.method == "GET":
        return HttpResponseRedirect(address)
    rules_link = Link(_("Rules of the vote"), reverse("voting_rules"))
    return act(
        request,
        use_case=use_case,
        form_class=form,
        form_kwargs={"about": fact, "today": request.reading.today},
        initial=form.first(fact, request.reading.today),
        template="consultations/rule_form.html",
        page=Page(
            title=title,
            reading=request.reading,
            crumbs=(*crumbs(), rules_link, Link(rule_title(fact), address)),
            lead=_("Votes that are open keep the rule with which they opened."),
        ),
        button=_("Save"),
        tell=telling_rule,
        done=lambda changed: address,
        fact=fact,
    )
