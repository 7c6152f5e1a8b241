"""Get the thing, hand over, done."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from verband.bodies.change.actions import (
    body_actions,
    members_actions,
    organisation_actions,
    person_actions,
    register_actions,
)
from verband.bodies.models import Body
from verband.bodies.pages.body import body_page
from verband.bodies.pages.members import members_page
from verband.bodies.pages.organisation import organisation_page
from verband.bodies.pages.person import person_page
from verband.bodies.pages.register import register_page
from verband.bodies.queries.body import body_on
from verband.bodies.queries.organisation import organisation_on
from verband.bodies.queries.person import person_on
from verband.members.models import Organisation
from verband.people.models import Person
from verband.people.pages import account_actions
from verband.ui.page import render


def register(request: Any, only: str = "") -> HttpResponse:
    """All bodies and networks, or those that one filter keeps."""
    return render(request, register_page(request, only, register_actions(request)))


def body(request: Any, key: str) -> HttpResponse:
    """One body on the day that is read."""
    found = body_on(get_object_or_404(Body, key=key), request.reading.day, request.reading.known)
    if found is None:
        raise Http404(key)
    return render(request, body_page(request, found, body_actions(request, found)))


def organisation(request: Any, key: str) -> HttpResponse:
    """One organisation on the day that is read."""
    thing = get_object_or_404(Organisation, key=key)
    found = organisation_on(thing, request.reading.day, request.reading.known)
    if found is None:
        raise Http404(key)
    page = organisation_page(request, found, organisation_actions(request, found))
    return render(request, page)


def person(request: Any, key: str) -> HttpResponse:
    """One person on the day that is read."""
    thing = get_object_or_404(Person, key=key)
    found = person_on(thing, request.reading.day, request.reading.known)
    if found is None:
        raise Http404(key)
    actions = (*person_actions(request, found), *account_actions(request, thing))
    page = person_page(request, found, actions)
    return render(request, page)


def members(request: Any) -> HttpResponse:
    """All members on the day that is read."""
    return render(request, members_page(request, members_actions(request)))
