"""Which provider signs in whom: by mail domain there, by verified address back."""

from datetime import date
from typing import Any

from verband.core.errors import DomainError
from verband.members.models import SignInDomain, SignInProvider
from verband.members.names import name_of
from verband.members.queries import names_on
from verband.people.models import Account


class NoVerifiedAddress(DomainError):
    """Without a verified address a provider could name anybody."""

    code = "no_verified_address"
    template = (
        "The provider of %(organisation)s told no verified mail address. Ask your own"
        " administrator to have it send one."
    )


class ForeignAddress(DomainError):
    """A member's provider speaks only for the member's own domains."""

    code = "foreign_address"
    template = (
        "%(address)s does not belong to %(organisation)s. Sign in with the address that your own"
        " organisation gave you."
    )


class NobodyWithAddress(DomainError):
    """A provider makes no accounts."""

    code = "nobody_with_address"
    template = (
        "Nobody in the register signs in with %(address)s. Ask the administrator of your"
        " association for an account."
    )


class OtherPerson(DomainError):
    """What the provider says twice must be about one person."""

    code = "other_person"
    template = "The provider of %(organisation)s spoke of two different people. Try again."


def domain_of(address: str) -> str:
    """The part after the last @, in small letters.

    >>> domain_of("Anna@Tilburg.NL")
    'tilburg.nl'
    """
    return address.rpartition("@")[2].strip().lower()


def provider_for(address: str) -> SignInProvider | None:
    """The provider in use with which the people of this domain sign in."""
    domains = SignInDomain.objects.filter(domain=domain_of(address), provider__is_active=True)
    found = domains.select_related("provider__organisation", "provider__app").first()
    return None if found is None else found.provider


def provider_of(app: Any) -> SignInProvider:
    """Whose provider a row of the sign-in library is."""
    found: SignInProvider = SignInProvider.objects.select_related("organisation").get(
        app=app, is_active=True
    )
    return found


def called(provider: SignInProvider, day: date) -> str:
    """How the organisation of a provider is called on a day."""
    fact = names_on({provider.organisation_id}, day).get(provider.organisation_id)
    return name_of(fact) if fact else provider.organisation.key


def account_of(provider: SignInProvider, login: Any, day: date) -> Account:
    """The account that a provider vouches for.

    Raises:
        OtherPerson: the two answers of the provider do not agree.
        NoVerifiedAddress: it told no address, or not that it is verified.
        ForeignAddress: the address lies outside the domains of this member.
        NobodyWithAddress: no account has the address.
    """
    organisation = called(provider, day)
    _refuse_two_people(login.account.extra_data, organisation)
    address = next((it.email.lower() for it in login.email_addresses if it.verified is True), "")
    if not address:
        raise NoVerifiedAddress(organisation=organisation)
    if not provider.domains.filter(domain=domain_of(address)).exists():
        raise ForeignAddress(address=address, organisation=organisation)
    account = Account.objects.filter(email__iexact=address).first()
    if account is None:
        raise NobodyWithAddress(address=address)
    return account


def _refuse_two_people(told: dict[str, Any], organisation: str) -> None:
    """OpenID Connect Core 1.0, section 5.3.2: both answers carry the same subject."""
    subjects = {told[part].get("sub") for part in ("userinfo", "id_token") if told.get(part)}
    if len(subjects) != 1:
        raise OtherPerson(organisation=organisation)
