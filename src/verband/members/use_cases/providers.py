"""The provider with which the people of an organisation sign in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialApp

from verband.core.errors import DomainError
from verband.kernel.permissions import Actor
from verband.kernel.use_case import use_case
from verband.members.models import Organisation, SignInDomain, SignInProvider
from verband.members.sealed import LONGEST, seal
from verband.people.permissions import administers

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class ProviderExists(DomainError):
    """An organisation has one provider."""

    code = "provider_exists"
    template = "This organisation already has a provider. Change that one."


class DomainTaken(DomainError):
    """The people of one domain sign in in one place."""

    code = "domain_taken"
    template = "The people of %(domain)s already sign in with another provider."


class NoMailDomain(DomainError):
    """What was given is not the part of a mail address after the @."""

    code = "no_mail_domain"
    template = "%(domain)s is not a mail domain. Write it as tilburg.nl."


class IssuerNotSecure(DomainError):
    """Whoever can listen in can sign in as somebody else."""

    code = "issuer_not_secure"
    template = "The address of the provider must begin with https://."


class SecretTooLong(DomainError):
    """A secret is stored sealed, which makes it longer."""

    code = "secret_too_long"
    template = "The secret is longer than %(longest)s bytes. Let the provider make a shorter one."


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret shared with a provider; in words, and so in an audit line, it is not told.

    >>> str(Secret("t0p")), Secret("t0p")
    ('(not shown)', Secret())
    """

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "(not shown)"


@use_case(allowed=administers)
def set_up_provider(
    *,
    actor: Actor,
    now: datetime,
    organisation: Organisation,
    domains: Sequence[str],
    issuer: str,
    client_id: str,
    secret: Secret,
    trusts_addresses: bool = False,
    is_active: bool = True,
) -> SignInProvider:
    """From now on the people of an organisation sign in with its own provider.

    ``trusts_addresses``: the provider does not say which addresses it verified, and gives out the
    addresses of these domains itself.

    Raises:
        ProviderExists: the organisation has one.
        NoMailDomain, DomainTaken, IssuerNotSecure, SecretTooLong: what was given cannot be used.
    """
    if SignInProvider.objects.filter(organisation=organisation).exists():
        raise ProviderExists
    app = SocialApp(provider="openid_connect", provider_id=organisation.key)
    provider = SignInProvider(organisation=organisation)
    sealed = _seal(secret)
    return _write(provider, app, domains, issuer, client_id, sealed, trusts_addresses, is_active)


@use_case(allowed=administers)
def change_provider(
    *,
    actor: Actor,
    now: datetime,
    provider: SignInProvider,
    domains: Sequence[str],
    issuer: str,
    client_id: str,
    secret: Secret | None = None,
    trusts_addresses: bool = False,
    is_active: bool = True,
) -> SignInProvider:
    """The provider is reached otherwise, serves other domains, or is no longer used.

    Without ``secret`` the one that stands is kept.

    Raises:
        NoMailDomain, DomainTaken, IssuerNotSecure, SecretTooLong: what was given cannot be used.
    """
    app = provider.app
    sealed = _seal(secret) if secret else app.secret
    return _write(provider, app, domains, issuer, client_id, sealed, trusts_addresses, is_active)


def _seal(secret: Secret) -> str:
    if len(secret.value.encode()) > LONGEST:
        raise SecretTooLong(longest=LONGEST)
    return seal(secret.value)


def _write(
    provider: SignInProvider,
    app: Any,
    domains: Sequence[str],
    issuer: str,
    client_id: str,
    sealed: str,
    trusts_addresses: bool,
    is_active: bool,
) -> SignInProvider:
    wanted = sorted({domain.strip().lstrip("@").lower() for domain in domains})
    _refuse_domains(provider, wanted)
    app.name, app.client_id, app.secret = provider.organisation.key, client_id, sealed
    app.settings = {
        "server_url": _secure(issuer),
        "oauth_pkce_enabled": True,
        "verified_email": wanted if trusts_addresses else False,
    }
    app.save()
    provider.app, provider.is_active = app, is_active
    provider.save()
    provider.domains.exclude(domain__in=wanted).delete()
    for domain in wanted:
        SignInDomain.objects.get_or_create(provider=provider, domain=domain)
    return provider


def _refuse_domains(provider: SignInProvider, wanted: list[str]) -> None:
    for domain in wanted:
        if not DOMAIN.fullmatch(domain):
            raise NoMailDomain(domain=domain)
    taken = SignInDomain.objects.filter(domain__in=wanted).exclude(provider_id=provider.pk)
    if found := taken.order_by("domain").first():
        raise DomainTaken(domain=found.domain)


def _secure(issuer: str) -> str:
    parts = urlsplit(issuer.strip())
    if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        raise IssuerNotSecure
    return issuer.strip().rstrip("/")
