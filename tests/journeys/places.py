"""An example of every page: its address by name, and who looks at it.

A new address has no example yet; ``test_every_page_has_an_example`` then asks for one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from journeys.story import TODAY
from verband.bodies.change.urls import CHANGES
from verband.bodies.models import Body, Seat
from verband.consultations.mail.unsubscribing import unsubscribe_url
from verband.kernel.two_times import TwoTimesModel
from verband.members.models import Organisation, Succession
from verband.people.models import Person, Role

ADMINISTRATOR = "beheerder@verband.example"
AUDITOR = "auditor@verband.example"
REGISTRAR = "register@verband.example"
OFFICIAL = "groot@verband.example"
VOTER = "stemmer@verband.example"
OPEN_VOTE, OPEN_FLASH = "2017-04", "2017-s2"
TEAM, TILBURG, ALDERMAN = "expertiseteam-klimaat-energie", "gm0855", "alderman-gm0855-1"


@dataclass(frozen=True)
class Place:
    """What stands in an address, and who looks; nobody signed in unless told."""

    who: str = ""
    args: Callable[[], list[Any]] = list


def of(*args: Any) -> Callable[[], list[Any]]:
    """The same thing always."""
    return lambda: list(args)


def _succession() -> list[Any]:
    last = Succession.objects.at(TODAY).known(None).order_by("valid_from", "pk").last()
    return [last.successor.key, last.valid_from.isoformat()]


def _role() -> list[Any]:
    return [Role.objects.at(TODAY).known(None).order_by("pk").last().pk]


def _signed() -> str:
    """The signed part of the link that stops the digest of the alderman."""
    return unsubscribe_url(ALDERMAN, "digest").rstrip("/").rpartition("/")[2]


READ = {
    "home": Place(),
    "bodies": Place(),
    "ends_soon": Place(),
    "without_end": Place(),
    "without_liaison": Place(),
    "body": Place(args=of(TEAM)),
    "members": Place(),
    "organisation": Place(args=of(TILBURG)),
    "person": Place(args=of(ALDERMAN)),
    "search": Place(),
    "changes": Place(),
    "as_known": Place(),
    "authority": Place(),
    "audit": Place(),
    "accessibility": Place(),
    "privacy": Place(),
    "open_data": Place(),
}
SIGNED_IN = {
    "my_account": Place(OFFICIAL),
    "my_mail": Place(OFFICIAL),
    "unsubscribe": Place(args=lambda: [_signed()]),
    "health": Place(ADMINISTRATOR),
    "audit_lines": Place(AUDITOR),
    "audit_thing": Place(AUDITOR, lambda: ["bodies_body", Body.objects.get(key=TEAM).pk]),
    "account_login": Place(),
    "sign_in_provider": Place(args=of(TILBURG)),
    "account_logout": Place(OFFICIAL),
    "sign_out_everywhere": Place(OFFICIAL),
    "account_reauthenticate": Place(OFFICIAL),
    "mfa_list_webauthn": Place(OFFICIAL),
    "mfa_add_webauthn": Place(OFFICIAL),
}
KEEPING = {
    "keep_body": Place(REGISTRAR, of(TEAM)),
    "keep_organisation": Place(REGISTRAR, of(TILBURG)),
    "keep_person": Place(REGISTRAR, of(ALDERMAN)),
    "voting_keys": Place(REGISTRAR),
    "succession_questions": Place(REGISTRAR, _succession),
    "import": Place(REGISTRAR),
    "accounts": Place(ADMINISTRATOR),
    "person_account": Place(ADMINISTRATOR, of(ALDERMAN)),
    "open_account": Place(ADMINISTRATOR, of("mayor-gm0005-1")),
    "close_account": Place(ADMINISTRATOR, of(ALDERMAN)),
    "reopen_account": Place(ADMINISTRATOR, of("intake")),
    "end_sessions": Place(ADMINISTRATOR, of(ALDERMAN)),
    "give_role": Place(ADMINISTRATOR, of(ALDERMAN)),
    "end_role": Place(ADMINISTRATOR, _role),
    "withdraw_role": Place(ADMINISTRATOR, _role),
    "providers": Place(ADMINISTRATOR),
    "set_up_provider": Place(ADMINISTRATOR),
    "change_provider": Place(ADMINISTRATOR, of(TILBURG)),
}
# Answers that are no page, and pages that only a journey reaches.
NO_PAGE = {
    "receipt": "test_voting looks at it",
    "set_language": "changes the language and leads back",
    "socialaccount_login_cancelled": "leads back to signing in",
    "openid_connect_login": "leads to a member's provider",
    "openid_connect_callback": "comes back from a member's provider",
    "account_request_login_code": "the library's name for the page of signing in",
    "demo_sign_in": "signs in and leads home",
    "mfa_login_webauthn": "speaks to the browser's own window",
    "mfa_index": "another name of the list of passkeys",
    "audit_proof": "JSON",
    "closing_ics": "a file for an agenda",
    "verify_script": "a script to download",
    "api": "JSON",
    "openapi": "JSON",
    "account_confirm_login_code": "test_signing_in looks at it",
    "mfa_remove_webauthn": "test_signing_in looks at it",
    "import_check": "test_taking_in_a_file looks at it",
    "sittings": "test_assembly looks at it",
    "sitting": "test_assembly looks at it",
    "sitting_new": "test_assembly looks at it",
    "sitting_edit": "test_assembly looks at it",
    "sitting_vote": "test_assembly looks at it",
    "sitting_presence": "test_assembly looks at it",
    "sitting_desk": "test_assembly looks at it",
    "sitting_hands": "test_assembly looks at it",
    "sitting_lot": "test_assembly looks at it",
    "sitting_tie": "test_assembly looks at it",
    "sitting_follow": "test_assembly looks at it",
    "vote_persons": "test_assembly looks at it",
    "elected": "test_assembly looks at it",
    "consultation_secret": "test_assembly looks at it",
    "sitting_check_in": "checks in and leads back",
    "sitting_ask": "asks for a vote and leads back",
    "sitting_desk_live": "a part of the desk",
    "sitting_follow_live": "a part of the page that follows",
    "consultation_blt": "ranked ballots to download",
}


def _example(model: Any, by: str) -> Callable[[], list[Any]]:
    """A thing that everybody knows, or a fact that holds today."""
    known: dict[Any, str] = {Body: TEAM, Organisation: TILBURG, Person: ALDERMAN}
    if by == "key":
        return of(known[model])
    if model is Seat:
        return lambda: [Seat.objects.filter(body__key=TEAM).order_by("pk").last().pk]
    assert issubclass(model, TwoTimesModel)
    return lambda: [model.objects.at(TODAY).known(None).order_by("pk").last().pk]


VOTING = {
    "consultations": Place(),
    "consultation": Place(args=of(OPEN_VOTE)),
    "vote": Place(VOTER, of(OPEN_VOTE)),
    "answer": Place(OFFICIAL, of(OPEN_FLASH)),
    "argue": Place(OFFICIAL, of(OPEN_VOTE)),
}
FORMS = {
    changing.name: Place(
        REGISTRAR, _example(changing.about, changing.by) if changing.about else list
    )
    for changing in CHANGES
}
PLACES = {**READ, **SIGNED_IN, **KEEPING, **VOTING, **FORMS}


def named_addresses(resolver: Any = None) -> Iterator[str]:
    """The name of every address outside the interface for programs."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver) and part.namespace != "api":
            yield from named_addresses(part)
        elif isinstance(part, URLPattern) and part.name:
            yield part.name
