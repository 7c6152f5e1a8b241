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
from verband.consultations.models import (
    Designation,
    Objection,
    Proxy,
    Statement,
    VotingRuleFact,
)
from verband.kernel.two_times import TwoTimesModel
from verband.members.models import Organisation, Succession
from verband.people.models import Person, Role

ADMINISTRATOR = "beheerder@verband.example"
AUDITOR = "auditor@verband.example"
REGISTRAR = "register@verband.example"
OFFICIAL = "groot@verband.example"
VOTER = "stemmer@verband.example"
CHAIR = "voorzitter@verband.example"
OPEN_VOTE, OPEN_FLASH = "2017-04", "2017-s2"
OPEN_ROUND, PAST_ROUND = "2017-d2", "2017-d1"
DIVIDED, DISPUTABLE = "2017-03", "2017-05"  # the second: members can still object
ASSEMBLY, DRAFT = "alv-november-2017", "2017-06"
CLOSED_VOTE, HANDS, ELECTION = "2017-v6", "2017-v9", "2017-v10"  # in that assembly
RULE = "ledenraadpleging"
TEAM, TILBURG, ALDERMAN = "expertiseteam-klimaat-energie", "gm0855", "alderman-gm0855-1"


@dataclass(frozen=True)
class Place:
    """What stands in an address, and who looks; nobody signed in unless told."""

    who: str = ""
    args: Callable[[], list[Any]] = list
    query: str = ""


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


def _waiting() -> list[Any]:
    """The last statement that waits for the moderator."""
    rows = Statement.objects.filter(consultation__key=OPEN_ROUND, moderations__isnull=True)
    return [OPEN_ROUND, rows.order_by("pk").last().pk, "merge"]


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
    "statements_csv": "a table to download",
    "statements_json": "JSON",
    "closing_ics": "a file for an agenda",
    "verify_script": "a script to download",
    "api": "JSON",
    "openapi": "JSON",
    "account_confirm_login_code": "test_signing_in looks at it",
    "mfa_remove_webauthn": "test_signing_in looks at it",
    "import_check": "test_taking_in_a_file looks at it",
    "sitting_lot": "only after an equal election; test_sitting_pages looks at it",
    "sitting_tie": "only after an equal vote; test_sitting_pages looks at it",
    "sitting_check_in": "checks in and leads back",
    "sitting_ask": "asks for a vote and leads back",
    "sitting_desk_live": "a part of the desk",
    "sitting_follow_live": "a part of the page that follows",
    "consultation_blt": "ranked ballots to download",
    "decision_pdf": "PDF",
    "ori_vote": "JSON",
    "popolo_vote": "JSON",
    "receipt_proof": "JSON",
    "result_csv": "CSV",
    "result_json": "JSON",
    "roll_call_csv": "CSV",
    "roll_call_json": "JSON",
    "verify_vote_script": "a script to download",
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


def _rule_text() -> list[Any]:
    texts = VotingRuleFact.objects.at(TODAY).known(None)
    return [texts.get(voting_rule__key=RULE).pk]


def _naming() -> list[Any]:
    return [Designation.objects.at(TODAY).known(None).filter(member__key=TILBURG).first().pk]


def _proxy() -> list[Any]:
    """A proxy that the municipality of the chair gave."""
    return [Proxy.objects.known(None).get(member__key="gm1894").pk]


def _objection() -> list[Any]:
    waiting = Objection.objects.filter(answer__isnull=True, consultation__key=DIVIDED)
    return [DIVIDED, waiting.get().pk]


VOTING = {
    "consultations": Place(),
    "consultation": Place(args=of(OPEN_VOTE)),
    "vote": Place(VOTER, of(OPEN_VOTE)),
    "answer": Place(OFFICIAL, of(OPEN_FLASH)),
    "argue": Place(OFFICIAL, of(OPEN_VOTE)),
    "result": Place(args=of(DIVIDED)),
    "outcome": Place(CHAIR, of(DIVIDED, 1)),
    "object": Place(VOTER, of(DISPUTABLE)),
    "objections": Place(args=of(DIVIDED)),
    "answer_objection": Place(CHAIR, _objection),
    "make_final": Place(CHAIR, of(DIVIDED)),
    "votes_of": Place(args=of(TILBURG)),
    "verify_receipt": Place(),
    "voters": Place(REGISTRAR),
    "voters_of_member": Place(VOTER, of(TILBURG)),
    "name_voter": Place(VOTER, of(TILBURG)),
    "name_voter_here": Place(VOTER, of(OPEN_VOTE, TILBURG)),
    "revoke_naming": Place(VOTER, _naming),
    "give_proxy": Place(VOTER, of(OPEN_VOTE, TILBURG)),
    "give_proxy_for_sitting": Place(VOTER, of(TILBURG, ASSEMBLY)),
    "revoke_proxy": Place(CHAIR, _proxy),
}
LEADING = {
    "new_consultation": Place(CHAIR),
    "voting_rules": Place(),
    "voting_rule": Place(args=of(RULE)),
    "enter_rule": Place(REGISTRAR),
    "change_rule": Place(REGISTRAR, _rule_text),
    "correct_rule": Place(REGISTRAR, _rule_text),
    "edit_consultation": Place(CHAIR, of(DRAFT)),
    "change_particulars": Place(CHAIR, of(DRAFT)),
    "add_question": Place(CHAIR, of(DRAFT), "?form=yes_no"),
    "change_question": Place(CHAIR, of(DRAFT, 1)),
    "withdraw_question": Place(CHAIR, of(DRAFT, 1)),
    "open_vote": Place(CHAIR, of(DRAFT)),
    "extend_closing": Place(CHAIR, of(OPEN_VOTE)),
    "close_vote": Place(CHAIR, of(OPEN_VOTE)),
    "publish_result": Place(CHAIR, of(CLOSED_VOTE)),
    "withdraw_consultation": Place(CHAIR, of(OPEN_VOTE)),
    "hold_over": Place(CHAIR, of(DRAFT)),
}
MEETING = {
    "sittings": Place(),
    "sitting": Place(args=of(ASSEMBLY)),
    "sitting_new": Place(CHAIR),
    "sitting_edit": Place(CHAIR, of(ASSEMBLY)),
    "sitting_vote": Place(CHAIR, of(ASSEMBLY)),
    "sitting_presence": Place(CHAIR, of(ASSEMBLY)),
    "sitting_desk": Place(CHAIR, of(ASSEMBLY)),
    "sitting_hands": Place(CHAIR, of(ASSEMBLY, HANDS)),
    "sitting_follow": Place(VOTER, of(ASSEMBLY)),
    "vote_persons": Place(VOTER, of(ELECTION)),
    "consultation_secret": Place(args=of(ELECTION)),
    "elected": Place(args=of("2017-v5")),
}
DELIBERATING = {
    "statements": Place(OFFICIAL, of(OPEN_ROUND)),
    "add_statement": Place(OFFICIAL, of(OPEN_ROUND)),
    "my_statements": Place(OFFICIAL, of(OPEN_ROUND)),
    "statement_list": Place(args=of(PAST_ROUND)),
    "moderate_statements": Place(CHAIR, of(OPEN_ROUND)),
    "put_statement": Place(CHAIR, of(OPEN_ROUND)),
    "moderate_statement": Place(CHAIR, _waiting),
}
FORMS = {
    changing.name: Place(
        REGISTRAR, _example(changing.about, changing.by) if changing.about else list
    )
    for changing in CHANGES
}
PLACES = {
    **{**READ, **SIGNED_IN, **KEEPING, **VOTING},
    **{**LEADING, **MEETING, **DELIBERATING, **FORMS},
}


def named_addresses(resolver: Any = None) -> Iterator[str]:
    """The name of every address outside the interface for programs."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver) and part.namespace != "api":
            yield from named_addresses(part)
        elif isinstance(part, URLPattern) and part.name:
            yield part.name
