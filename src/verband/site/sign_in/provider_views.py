"""Setting up providers: get the thing, hand over, done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.members.models import SignInProvider
from verband.members.use_cases import change_provider, set_up_provider
from verband.people.views import for_administrators
from verband.site.sign_in.provider_pages import (
    ChangedProviderForm,
    NewProviderForm,
    ProviderPage,
    providers_page,
    standing,
)
from verband.site.sign_in.providers import called
from verband.ui.act import act
from verband.ui.component import Link
from verband.ui.components.lists import Code
from verband.ui.page import render


@for_administrators
def providers(request: Any) -> HttpResponse:
    """Which members sign in with their own provider."""
    return render(request, providers_page(request))


@for_administrators
def set_up(request: Any) -> HttpResponse:
    """A member gets its own provider. No preview: it would carry the secret along."""
    return act(
        request,
        use_case=set_up_provider,
        form_class=NewProviderForm,
        page=_frame(request, _("Set up a provider")),
        button=_("Set up the provider"),
        done=_list,
        template="site/sign_in/provider_form.html",
        preview=False,
    )


@for_administrators
def change(request: Any, key: str) -> HttpResponse:
    """A provider is changed, or no longer used."""
    provider = get_object_or_404(SignInProvider, organisation__key=key)
    name = called(provider, request.reading.today)
    return act(
        request,
        use_case=change_provider,
        form_class=ChangedProviderForm,
        initial=standing(provider),
        page=_frame(request, _("The provider of %(organisation)s") % {"organisation": name}, key),
        button=_("Save"),
        done=_list,
        template="site/sign_in/provider_form.html",
        preview=False,
        provider=provider,
    )


def _frame(request: Any, title: str, key: str = "") -> ProviderPage:
    back = Link(_("Signing in with the member's own provider"), reverse("providers"))
    at = request.build_absolute_uri(reverse("openid_connect_callback", args=[key or "KEY"]))
    return ProviderPage(
        title=title,
        reading=request.reading,
        crumbs=(back,),
        callback=Code(at, _("Address to come back to (redirect URI)"), "callback"),
        keyless=not key,
    )


def _list(result: SignInProvider) -> str:
    return reverse("providers")
