"""One view for every form, and the pages from which the forms are reached."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.change import keep, keep_keys
from verband.bodies.change.registry import Changing
from verband.bodies.change.successions import succession_questions_page
from verband.bodies.change.words import crumb_of, described
from verband.bodies.models import Body
from verband.bodies.use_cases import add_seat, record_succession
from verband.kernel.two_times import TwoTimesModel
from verband.members.models import Organisation
from verband.members.use_cases import set_voting_key, take_office
from verband.people.models import Person
from verband.people.use_cases import correct_person
from verband.ui.act import act, gate
from verband.ui.component import Link
from verband.ui.page import Page, render


def change(request: Any, changing: Changing, **address: Any) -> HttpResponse:
    """The form, its check, and the answer."""
    about = get_object_or_404(changing.about, **address) if changing.about else None
    if request.method == "GET" and _is_superseded(about):
        return _to_current(changing, about)
    today = request.reading.today
    fixed: dict[str, Any] = {changing.argument: about} if changing.argument else {}
    return act(
        request,
        use_case=changing.use_case,
        form_class=changing.form,
        form_kwargs={"about": about, "today": today},
        initial=changing.form.first(about, today),
        template="bodies/change/form.html",
        page=_page(request, changing, about),
        button=str(changing.button),
        tell=changing.tell(today),
        done=partial(_done, changing, about),
        **fixed,
    )


@dataclass(frozen=True)
class FormPage(Page):
    """What stands around a form: what it is about, and the other form that may be meant."""

    instead: Link | None = None


def _page(request: Any, changing: Changing, about: Any) -> FormPage:
    today = request.reading.today
    other, words = changing.instead
    return FormPage(
        title=str(changing.title),
        reading=request.reading,
        crumbs=(crumb_of(about, today) or _list_of(changing),),
        lead=described(about, today),
        instead=Link(str(words), reverse(other)) if other else None,
    )


def _list_of(changing: Changing) -> Link:
    """The list to which a new thing is added."""
    if changing.route.startswith("register/"):
        return Link(_("Register"), reverse("bodies"))
    return Link(_("Members"), reverse("members"))


def _done(changing: Changing, about: Any, result: Any) -> str:
    return changing.done(result, about)


def _is_superseded(row: Any) -> bool:
    return isinstance(row, TwoTimesModel) and row.recorded_until is not None


def _to_current(changing: Changing, row: Any) -> HttpResponse:
    """An old address of a form leads to the form of what took the place of the fact."""
    while row is not None and row.recorded_until is not None:
        row = type(row).objects.filter(replaces=row).order_by("pk").last()
    if row is None:
        raise Http404
    return HttpResponseRedirect(reverse(changing.name, args=[row.pk]))


def keep_body(request: Any, key: str) -> HttpResponse:
    """Everything of a body that can be changed, for those who may."""
    body = get_object_or_404(Body, key=key)
    refused = gate(request, add_seat, body=body)
    return refused or render(request, keep.body_page(request, body))


def keep_organisation(request: Any, key: str) -> HttpResponse:
    """Everything of an organisation that can be changed, for those who may."""
    organisation = get_object_or_404(Organisation, key=key)
    refused = gate(request, take_office, organisation=organisation)
    return refused or render(request, keep.organisation_page(request, organisation))


def keep_person(request: Any, key: str) -> HttpResponse:
    """Everything of a person that can be changed, for those who may."""
    person = get_object_or_404(Person, key=key)
    refused = gate(request, correct_person)
    return refused or render(request, keep.person_page(request, person))


def voting_keys(request: Any) -> HttpResponse:
    """Every voting key, with what can be done about it."""
    refused = gate(request, set_voting_key)
    return refused or render(request, keep_keys.voting_keys_page(request))


def succession_questions(request: Any, key: str, day: str) -> HttpResponse:
    """What people must decide after a merger or split."""
    organisation = get_object_or_404(Organisation, key=key)
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise Http404(day) from error
    refused = gate(request, record_succession)
    if refused is not None:
        return refused
    page = succession_questions_page(request, organisation, asked)
    if page is None:
        raise Http404(day)
    return render(request, page)
