"""The buttons on a page: what the reader may change there today, and nothing else."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies import use_cases
from verband.bodies.change.authority import allowed
from verband.bodies.queries.body import BodyOnDay
from verband.bodies.queries.organisation import OrganisationOnDay
from verband.bodies.queries.person import PersonOnDay
from verband.members import use_cases as members
from verband.people import use_cases as people
from verband.ui.component import Link

OF_BODY = (
    use_cases.add_seat,
    use_cases.add_goal,
    use_cases.change_body,
    use_cases.prolong_body,
    use_cases.end_body,
)
OF_ORGANISATION = (
    members.take_office,
    members.enter_population,
    members.change_organisation,
    use_cases.record_succession,
    members.end_organisation,
)
OF_PERSON = (people.rename_person, people.correct_person)
OF_REGISTER = (use_cases.set_up_body,)
OF_MEMBERS = (members.add_organisation, people.add_person, members.set_voting_key)


def body_actions(request: Any, found: BodyOnDay) -> tuple[Link, ...]:
    """The buttons on the page of a body."""
    may = allowed(request, OF_BODY, body=found.body)
    key = found.body.key
    if not may or not found.exists_on(request.reading.day):
        return (Link(_("Seats, links and goals"), reverse("keep_body", args=[key])),) if may else ()
    told: list[tuple[str, str, object]] = [
        ("add_seat", _("Add a seat"), key),
        ("change_body", _("Change this body"), found.fact.pk),
        ("end_body", _("End this body"), key),
    ]
    if found.term.is_temporary:
        told.insert(2, ("prolong_body", _("Prolong this body"), found.term.pk))
    return (
        Link(_("Seats, links and goals"), reverse("keep_body", args=[key])),
        *(Link(words, reverse(name, args=[of])) for name, words, of in told if name in may),
    )


def organisation_actions(request: Any, found: OrganisationOnDay) -> tuple[Link, ...]:
    """The buttons on the page of an organisation."""
    may = allowed(request, OF_ORGANISATION, organisation=found.organisation)
    if not may:
        return ()
    key = found.organisation.key
    keep = Link(_("Offices, membership and figures"), reverse("keep_organisation", args=[key]))
    if request.reading.day not in found.exists:
        return (keep,)
    told: tuple[tuple[str, str, list[object]], ...] = (
        ("take_office", _("Add an office"), [key]),
        ("enter_population", _("Enter inhabitants"), [key]),
        ("change_organisation", _("Change particulars"), [found.fact.pk]),
        ("record_succession", _("Record a merger or split"), []),
        ("end_organisation", _("End this organisation"), [key]),
    )
    return (
        keep,
        *(Link(words, reverse(name, args=of)) for name, words, of in told if name in may),
    )


def person_actions(request: Any, found: PersonOnDay) -> tuple[Link, ...]:
    """The buttons on the page of a person."""
    if not allowed(request, OF_PERSON):
        return ()
    return (Link(_("Name, offices and seats"), reverse("keep_person", args=[found.person.key])),)


def register_actions(request: Any) -> tuple[Link, ...]:
    """The buttons on the page with all bodies."""
    if not allowed(request, OF_REGISTER):
        return ()
    return (Link(_("Set up a body or network"), reverse("set_up_body")),)


def members_actions(request: Any) -> tuple[Link, ...]:
    """The buttons on the page with all members."""
    may = allowed(request, OF_MEMBERS)
    told = (
        ("add_organisation", _("Add an organisation"), "add_organisation"),
        ("add_organisation", _("Record a merger or split"), "record_succession"),
        ("add_organisation", _("Record a merger into a new organisation"), "found_successor"),
        ("add_person", _("Add a person"), "add_person"),
        ("set_voting_key", _("Voting keys"), "voting_keys"),
    )
    return tuple(Link(words, reverse(page)) for name, words, page in told if name in may)
