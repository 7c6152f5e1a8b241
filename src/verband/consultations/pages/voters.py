"""Who votes for a member: now and in each vote, until when that can change, and its proxies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.change.authority import allowed
from verband.consultations.models import Designation, Proxy
from verband.consultations.pages.preparing import crumbs
from verband.consultations.pages.voters_parts import Telling
from verband.consultations.queries.mandating import proxies_of, sittings_coming, who_votes
from verband.consultations.queries.naming import deadlines, holders, namings_of
from verband.consultations.use_cases.naming import name_voter, revoke_naming
from verband.consultations.use_cases.proxies import give_proxy, revoke_proxy
from verband.consultations.voters import Voters
from verband.members.models import Organisation
from verband.members.people_labels import people_called
from verband.members.queries import members_on, names_on
from verband.ui import wording
from verband.ui.component import Link
from verband.ui.components.filters import Count, FilterCounts
from verband.ui.components.ledger import Column, Ledger, Pager, Row
from verband.ui.components.words import EmptyState, Facts, Gap
from verband.ui.page import Page
from verband.ui.query import Query


@dataclass(frozen=True, kw_only=True)
class VotersPage(Page):
    """Every member with who votes for it."""

    counts: FilterCounts
    ledger: Ledger


@dataclass(frozen=True, kw_only=True)
class VotersOfMemberPage(Page):
    """One member: who votes for it now, in each vote, before and later; its proxies."""

    facts: Facts
    votes: Ledger
    history: Ledger
    proxies: Ledger | None = None
    proposed: Ledger | None = None
    actions: tuple[Link, ...] = ()
    sittings: tuple[Link, ...] = ()


def voters_page(request: Any) -> VotersPage:
    """All members with who votes for them. Fifteen queries, whatever the number."""
    reading, query = request.reading, Query.of(request)
    members = members_on(reading.day, reading.known)
    found = holders(None, [row.organisation.pk for row in members], reading.day)
    unnamed = [row for row in members if not found[row.organisation.pk].is_named]
    nobody = [row for row in members if not found[row.organisation.pk].person_ids]
    asked = query.get("show")
    shown = {"unnamed": unnamed, "nobody": nobody}.get(asked, members)
    pager = Pager.of(query, len(shown))
    return VotersPage(
        title=_("Who votes for each member"),
        reading=reading,
        crumbs=crumbs(),
        lead=_("Where nobody is named, the secretary of the municipality holds the vote."),
        counts=FilterCounts(
            _("Filter the members"),
            (
                Count(len(members), _("members"), query.with_(show=None, page=None), not asked),
                Count(
                    len(unnamed),
                    _("nobody named"),
                    query.with_(show="unnamed", page=None),
                    asked == "unnamed",
                ),
                Count(
                    len(nobody),
                    _("nobody to vote"),
                    query.with_(show="nobody", page=None),
                    asked == "nobody",
                ),
            ),
        ),
        ledger=Ledger(
            caption=_("Voters on %(day)s") % {"day": wording.day(reading.day)},
            columns=(
                Column(_("Member")),
                Column(_("Votes now")),
                Column(_("Authorised voter")),
                Column(_("Substitute")),
                Column(_("Until")),
            ),
            rows=tuple(
                _member_row(row, found[row.organisation.pk], reading) for row in shown[pager.slice]
            ),
            name="voters",
            query=query,
            pager=pager,
            empty=EmptyState(_("Nothing found on %(day)s.") % {"day": wording.day(reading.day)}),
        ),
    )


def _member_row(row: Any, holder: Any, reading: Any) -> Row:
    voters = holder.voters
    address = reading.link(reverse("voters_of_member", args=[row.organisation.key]))
    until = voters.named.valid_until if voters.named is not None else None
    now: object = holder.words if holder.person_ids else Gap(_("nobody"))
    if holder.person_ids and not holder.is_named:
        now = Link(holder.words, "", _("because nobody was named"))
    return Row(
        (
            Link(row.fact.name, address),
            now,
            _named(voters.named, holder.called),
            _named(voters.substitute, holder.called),
            until or ("–" if voters.named is None else _("no end date")),
        )
    )


def _named(naming: Designation | None, called: Any) -> object:
    if naming is None or naming.person_id not in called:
        return Gap(_("none"))
    return str(called[naming.person_id])


def voters_of_member_page(request: Any, member: Organisation) -> VotersOfMemberPage:
    """Who votes for one member. A fixed number of queries, whatever it arranged."""
    reading = request.reading
    now, day = reading.now, reading.day
    asked = deadlines(now, member) if reading.is_today else []
    general, particular = who_votes(member, asked, day)
    namings = namings_of(member, reading.known)
    proxies = proxies_of(member, asked)
    called = people_called(_people(general, particular.values(), namings), day)
    names = _names(member, proxies, day)
    may = allowed(request, (name_voter, revoke_naming, give_proxy, revoke_proxy), member=member)
    told = Telling(request, member, called, names, may)
    name = names.get(member.pk, member.key)
    return VotersOfMemberPage(
        title=_("Who votes for %(member)s") % {"member": name},
        reading=reading,
        crumbs=(*crumbs(), Link(name, reading.link(reverse("organisation", args=[member.key])))),
        facts=told.general(general),
        actions=told.naming_links(),
        votes=told.votes(asked, particular, proxies),
        history=told.history(namings),
        proxies=told.proxies(proxies),
        proposed=told.proposed(),
        sittings=told.sitting_links(sittings_coming(now)) if "give_proxy" in may else (),
    )


def _people(
    general: Voters, particular: Iterable[Voters], namings: Iterable[Designation]
) -> set[int]:
    found = set(general.secretaries)
    for one in (general, *particular):
        found |= {row.person_id for row in (one.named, one.substitute) if row is not None}
    return found | {row.person_id for row in namings}


def _names(member: Organisation, proxies: Iterable[Proxy], day: Any) -> dict[int, str]:
    ids = {member.pk}
    for row in proxies:
        ids |= {row.member_id, row.holder_id}
    return {pk: fact.name for pk, fact in names_on(ids, day).items()}
