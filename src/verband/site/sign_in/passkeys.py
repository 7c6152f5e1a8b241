"""Passkeys: adding, naming, removing one, and signing in with it."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, ListWebAuthnView, RemoveWebAuthnView
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from verband.site.sign_in.pages import ActionPage
from verband.ui.page import Page, render

RECENT = 15 * 60  # seconds since signing in


def signed_in_recently(request: Any) -> bool:
    """Whether whoever sits here has just shown who they are."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < RECENT for record in records)


class Recently:
    """A view for people who signed in just now; others sign in again first."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let through, or ask to sign in again and come back."""
        if not signed_in_recently(request):
            back = {"next": request.get_full_path()}
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode(back)}")
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


@login_required
@never_cache
def again(request: Any) -> HttpResponse:
    """Signing in again, before something that guards the account is changed."""
    if request.method == "POST":
        logout(request)
        back = {"next": request.GET.get("next", "")}
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(back)}")
    page = ActionPage(
        title=_("Sign in again first"),
        reading=request.reading,
        lead=_(
            "You signed in more than a quarter of an hour ago. Passkeys are changed only by whoever"
            " has just shown who they are."
        ),
        button=_("Sign in again"),
    )
    return render(request, page)


class PasskeyForm(SignupWebAuthnForm):
    """The name of a passkey, and what the browser says about it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("So that you know it again: your phone, or this computer."),
    )


@method_decorator([login_required, never_cache], name="dispatch")
class PasskeyList(ListWebAuthnView):
    """The passkeys of one's own account."""

    template_name = "site/sign_in/passkeys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page for the shell."""
        page = Page(
            title=_("My passkeys"),
            reading=self.request.reading,
            lead=_("With a passkey you sign in by your finger, your face or the code of a device."),
        )
        return {**super().get_context_data(**kwargs), "page": page}


@method_decorator([login_required, never_cache], name="dispatch")
class PasskeyAdd(Recently, AddWebAuthnView):
    """Adds a passkey that signs in by itself."""

    template_name = "site/sign_in/passkey_add.html"
    did_generate_recovery_codes = False

    def get_form_class(self) -> type[PasskeyForm]:
        """Ours: always a passkey, never a second step."""
        return PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page for the shell, and what the browser needs to make the passkey."""
        page = Page(title=_("Add a passkey"), reading=self.request.reading)
        options = auth.begin_registration(self.request.user, True)
        form = kwargs.get("form") or self.get_form()
        return {"view": self, "form": form, "page": page, "js_data": {"creation_options": options}}


@method_decorator([login_required, never_cache], name="dispatch")
class PasskeyRemove(Recently, RemoveWebAuthnView):
    """Removes a passkey of one's own account."""

    template_name = "site/sign_in/action.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page for the shell."""
        page = ActionPage(
            title=_("Remove %(name)s?") % {"name": self.object.wrap().name},
            reading=self.request.reading,
            lead=_("You can no longer sign in with it. A code by mail stays possible."),
            button=_("Remove"),
        )
        return {**super().get_context_data(**kwargs), "page": page}
