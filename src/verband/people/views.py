"""Accounts and roles: get the thing, hand over, done."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from verband.kernel.permissions import NotAllowed, labels
from verband.people import use_cases
from verband.people.forms import (
    EndRoleForm,
    GiveRoleForm,
    NothingForm,
    OpenAccountForm,
    ReasonForm,
)
from verband.people.models import Account, Person, Role
from verband.people.pages import account_page, accounts_page
from verband.people.permissions import administers
from verband.ui.act import act
from verband.ui.page import render
from verband.ui.wording import sentence


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for administrators: these pages show mail addresses."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor is None:
            return redirect_to_login(request.get_full_path())
        if not administers(actor=request.actor, today=request.reading.today):
            reason = sentence(NotAllowed(who=", ".join(labels(administers))))
            html = get_template("403.html").render({"reason": reason}, request)
            return HttpResponse(html, status=403)
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@for_administrators
def accounts(request: Any) -> HttpResponse:
    """Everybody who can sign in, or could."""
    return render(request, accounts_page(request))


@for_administrators
def person_account(request: Any, key: str) -> HttpResponse:
    """The account and the roles of one person."""
    return render(request, account_page(request, get_object_or_404(Person, key=key)))


def _act(request: Any, person: Person, use_case: Any, /, **more: Any) -> HttpResponse:
    def done(result: Any) -> str:
        return reverse("person_account", args=[person.key])

    def answer(request: Any) -> HttpResponse:
        page = account_page(request, person)
        return act(request, use_case=use_case, page=page, done=done, **more)

    return for_administrators(answer)(request)


def open_account(request: Any, key: str) -> HttpResponse:
    """Let a person sign in."""
    person = get_object_or_404(Person, key=key)
    words = {"title": _("Open an account"), "button": _("Open the account")}
    case = use_cases.open_account
    return _act(request, person, case, form_class=OpenAccountForm, person=person, **words)


def close_account(request: Any, key: str) -> HttpResponse:
    """Let a person no longer sign in."""
    account = get_object_or_404(Account.objects.select_related("person"), person__key=key)
    words = {"title": _("Close the account"), "button": _("Close the account")}
    case = use_cases.close_account
    return _act(request, account.person, case, form_class=ReasonForm, account=account, **words)


def reopen_account(request: Any, key: str) -> HttpResponse:
    """Let a person sign in again."""
    account = get_object_or_404(Account.objects.select_related("person"), person__key=key)
    words = {"title": _("Open the account again?"), "button": _("Open the account again")}
    case = use_cases.reopen_account
    return _act(
        request,
        account.person,
        case,
        form_class=NothingForm,
        account=account,
        preview=False,
        **words,
    )


def end_sessions(request: Any, key: str) -> HttpResponse:
    """Sign a person out everywhere."""
    account = get_object_or_404(Account.objects.select_related("person"), person__key=key)
    words = {"title": _("Sign this person out everywhere?"), "button": _("Sign out everywhere")}
    case = use_cases.sign_out_everywhere
    return _act(
        request,
        account.person,
        case,
        form_class=NothingForm,
        account=account,
        preview=False,
        **words,
    )


def give_role(request: Any, key: str) -> HttpResponse:
    """Let a person act for the association."""
    person = get_object_or_404(Person, key=key)
    return _act(
        request,
        person,
        use_cases.give_role,
        form_class=GiveRoleForm,
        initial={"start": request.reading.today},
        person=person,
        title=_("Give a role"),
        button=_("Give the role"),
    )


def end_role(request: Any, pk: int) -> HttpResponse:
    """Let a role end."""
    role = get_object_or_404(Role.objects.known(None).select_related("person"), pk=pk)
    return _act(
        request,
        role.person,
        use_cases.end_role,
        form_class=EndRoleForm,
        initial={"last": request.reading.today},
        role=role,
        title=_("End the role: %(role)s") % {"role": role.get_kind_display()},
        button=_("End the role"),
    )


def withdraw_role(request: Any, pk: int) -> HttpResponse:
    """A role that was never given leaves the register."""
    role = get_object_or_404(Role.objects.known(None).select_related("person"), pk=pk)
    return _act(
        request,
        role.person,
        use_cases.withdraw_role,
        form_class=ReasonForm,
        role=role,
        title=_("Never given: %(role)s") % {"role": role.get_kind_display()},
        button=_("Withdraw the role"),
    )
