"""The providers of members, and the form that sets one up."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verband.members.models import Organisation, SignInProvider
from verband.members.names import name_of
from verband.members.queries import names_on
from verband.members.sealed import LONGEST
from verband.members.use_cases.providers import Secret
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.lists import Code
from verband.ui.components.words import EmptyState, Tag
from verband.ui.page import Page
from verband.ui.wording import number


@dataclass(frozen=True)
class ProvidersPage(Page):
    """Which members sign in with their own provider."""

    ledger: Ledger | None = None
    actions: tuple[Link, ...] = ()
    template = "site/sign_in/providers.html"


@dataclass(frozen=True)
class ProviderPage(Page):
    """What stands beside the form: the address that the provider must know."""

    callback: Code | None = None
    keyless: bool = False


class ProviderForm(forms.Form):
    """Where a provider is and whom it serves. The secret is typed, and never shown again."""

    domains = forms.CharField(
        label=gettext_lazy("Mail domains"),
        max_length=2000,
        help_text=gettext_lazy("As tilburg.nl; several with a space between them."),
    )
    issuer = forms.URLField(
        label=gettext_lazy("Address of the provider (issuer)"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Below it stands /.well-known/openid-configuration."),
    )
    client_id = forms.CharField(label=gettext_lazy("Client id"), max_length=191)
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=LONGEST,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    trusts_addresses = forms.BooleanField(
        label=gettext_lazy("Take the addresses of these domains as verified"),
        required=False,
        help_text=gettext_lazy(
            "Only for a provider that does not say which addresses it verified, and where nobody"
            " chooses an own address."
        ),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("In use: people of these domains sign in there, not with a code"),
        required=False,
        initial=True,
    )

    def clean_domains(self) -> list[str]:
        """The domains, one by one."""
        return [part for part in re.split(r"[\s,;]+", self.cleaned_data["domains"]) if part]

    def clean_secret(self) -> Secret | None:
        """Wrapped, so that it is told to nobody; none when the field stayed empty."""
        typed = self.cleaned_data["secret"]
        return Secret(typed) if typed else None


class NewProviderForm(ProviderForm):
    """The same, for an organisation that has none."""

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=80,
        help_text=gettext_lazy("The code or key in its address, as gm0855."),
    )
    field_order = ("organisation",)

    def clean_organisation(self) -> Organisation:
        """The organisation with this key or code."""
        typed = self.cleaned_data["organisation"].strip().lower()
        found = Organisation.objects.filter(key=typed).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no organisation %(key)s. Look for its code on its own page."),
                params={"key": typed},
            )
        return found


class ChangedProviderForm(ProviderForm):
    """The same, for a provider that stands: without a secret the old one is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].required = False
        self.fields["secret"].help_text = _("Leave it empty to keep the secret that stands.")


def standing(provider: SignInProvider) -> dict[str, Any]:
    """What the form shows of a provider: everything but its secret."""
    return {
        "domains": " ".join(provider.domains.values_list("domain", flat=True)),
        "issuer": provider.app.settings["server_url"],
        "client_id": provider.app.client_id,
        "trusts_addresses": bool(provider.app.settings["verified_email"]),
        "is_active": provider.is_active,
    }


def providers_page(request: Any) -> ProvidersPage:
    """The list of providers. Three queries, whatever the number."""
    rows = list(
        SignInProvider.objects.select_related("organisation", "app")
        .prefetch_related("domains")
        .order_by("organisation__key")
    )
    names = names_on({it.organisation_id for it in rows}, request.reading.today)
    words = ngettext("%(count)s provider", "%(count)s providers", len(rows))
    return ProvidersPage(
        title=_("Signing in with the member's own provider"),
        reading=request.reading,
        lead=_("People of these domains sign in where they work. All others get a code by mail."),
        ledger=Ledger(
            caption=words % {"count": number(len(rows))},
            columns=(
                Column(_("Organisation")),
                Column(_("Mail domains")),
                Column(_("Address of the provider (issuer)")),
                Column(_("State")),
            ),
            rows=tuple(_row(it, name_of(names[it.organisation_id])) for it in rows),
            empty=EmptyState(_("No member has its own provider yet.")),
        ),
        actions=(Link(_("Set up a provider"), reverse("set_up_provider")),),
    )


def _row(provider: SignInProvider, name: str) -> Row:
    return Row(
        (
            Link(name, reverse("change_provider", args=[provider.organisation.key])),
            ", ".join(it.domain for it in provider.domains.all()),
            provider.app.settings["server_url"],
            Tag(_("in use"), "now") if provider.is_active else Tag(_("not in use"), "past"),
        )
    )
