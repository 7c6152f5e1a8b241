"""Who votes for a member, and for whom it votes."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.forms.voters import (
    GiveProxyForm,
    NameVoterForm,
    RevokeNamingForm,
    RevokeProxyForm,
)
from verband.consultations.models import Consultation, Designation, Proxy, Sitting
from verband.consultations.pages.preparing import crumbs
from verband.consultations.pages.voters import voters_of_member_page, voters_page
from verband.consultations.pages.voters_parts import sitting_title
from verband.consultations.pages.voters_told import telling_naming, telling_proxy
from verband.consultations.permissions import names_voters
from verband.consultations.queries.naming import officials_of
from verband.consultations.queries.standing import questions_of, standing_of
from verband.consultations.use_cases.naming import name_voter, revoke_naming
from verband.consultations.use_cases.proxies import give_proxy, revoke_proxy
from verband.members.models import Organisation
from verband.members.queries import names_on
from verband.ui.act import act
from verband.ui.component import Link
from verband.ui.page import Page, render


def voters(request: Any) -> HttpResponse:
    """Every member with who votes for it."""
    return render(request, voters_page(request))


def voters_of_member(request: Any, member: str) -> HttpResponse:
    """Who votes for one member."""
    found = get_object_or_404(Organisation, key=member)
    return render(request, voters_of_member_page(request, found))


def _name(request: Any, member: Organisation) -> str:
    fact = names_on([member.pk], request.reading.today).get(member.pk)
    if fact is None:
        raise Http404(member.key)
    return fact.name


def _about(request: Any, member: Organisation, title: str, lead: str = "") -> Page:
    address = reverse("voters_of_member", args=[member.key])
    words = _("Who votes for %(member)s") % {"member": _name(request, member)}
    return Page(
        title=title,
        reading=request.reading,
        crumbs=(*crumbs(), Link(words, address)),
        lead=lead,
    )


def _back(member: Organisation, _result: Any) -> str:
    return reverse("voters_of_member", args=[member.key])


def name(request: Any, member: str, key: str = "") -> HttpResponse:
    """Name who votes: for all votes, or for one."""
    found = get_object_or_404(Organisation, key=member)
    consultation = get_object_or_404(Consultation, key=key) if key else None
    lead = standing_of(consultation).fact.title if consultation is not None else ""
    today, actor = request.reading.today, getattr(request, "actor", None)
    own = actor is not None and names_voters(actor=actor, today=today, member=found)
    return act(
        request,
        use_case=name_voter,
        form_class=NameVoterForm,
        form_kwargs={
            "officials": officials_of(found, today),
            "lasting": consultation is None,
            "by_bureau": not own,
        },
        page=_about(
            request,
            found,
            _("Name who votes for %(member)s") % {"member": _name(request, found)},
            lead or _("For every vote, until you name somebody else."),
        ),
        template="consultations/leading.html",
        button=_("Name this person"),
        tell=telling_naming(request.reading.now),
        done=partial(_back, found),
        member=found,
        consultation=consultation,
    )


def revoke(request: Any, pk: int) -> HttpResponse:
    """Take a naming back."""
    designation = get_object_or_404(
        Designation.objects.select_related("member", "consultation"), pk=pk
    )
    return act(
        request,
        use_case=revoke_naming,
        form_class=RevokeNamingForm,
        form_kwargs={"lasting": designation.consultation is None},
        page=_about(request, designation.member, _("Revoke this naming")),
        template="consultations/leading.html",
        button=_("Revoke it"),
        tell=telling_naming(request.reading.now),
        done=partial(_back, designation.member),
        designation=designation,
    )


def give(request: Any, key: str, member: str) -> HttpResponse:
    """Let another member vote in one vote."""
    found = get_object_or_404(Organisation, key=member)
    consultation = get_object_or_404(Consultation, key=key)
    standing = standing_of(consultation)
    asked = [one for one in questions_of(consultation) if not one.fact.is_withdrawn]
    return act(
        request,
        use_case=give_proxy,
        form_class=GiveProxyForm,
        form_kwargs={"today": request.reading.today, "questions": asked},
        page=_about(request, found, _("Let another municipality vote"), standing.fact.title),
        template="consultations/leading.html",
        button=_("Give the proxy"),
        tell=telling_proxy(request.reading.now, standing.fact.closes_at),
        done=partial(_back, found),
        member=found,
        consultation=consultation,
    )


def give_for_sitting(request: Any, member: str, key: str) -> HttpResponse:
    """Let another member vote in all votes of a sitting."""
    found = get_object_or_404(Organisation, key=member)
    sitting = get_object_or_404(Sitting, key=key)
    lead = _("In all votes of %(sitting)s, also in those that are added later.")
    return act(
        request,
        use_case=give_proxy,
        form_class=GiveProxyForm,
        form_kwargs={"today": request.reading.today},
        page=_about(
            request,
            found,
            _("Let another municipality vote"),
            lead % {"sitting": sitting_title(sitting)},
        ),
        template="consultations/leading.html",
        button=_("Give the proxy"),
        tell=telling_proxy(request.reading.now),
        done=partial(_back, found),
        member=found,
        sitting=sitting,
    )


def revoke_one(request: Any, pk: int) -> HttpResponse:
    """Take a proxy back."""
    rows = Proxy.objects.select_related("member", "holder", "consultation", "sitting")
    proxy = get_object_or_404(rows, pk=pk)
    return act(
        request,
        use_case=revoke_proxy,
        form_class=RevokeProxyForm,
        page=_about(request, proxy.member, _("Revoke this proxy")),
        template="consultations/leading.html",
        button=_("Revoke it"),
        tell=telling_proxy(request.reading.now),
        done=partial(_back, proxy.member),
        proxy=proxy,
    )
