"""The list at the desk: of every member whether it is there, from elsewhere, or represented."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.hall import standing_for
from verband.consultations.models import Sitting
from verband.consultations.pages.sitting import crumbs_of
from verband.consultations.pages.sitting_words import (
    present_words,
    quorum_sentences,
    represented_words,
)
from verband.consultations.queries.mandates import functions_of
from verband.consultations.queries.sitting import (
    Seated,
    agenda_of,
    current_of,
    fact_of,
    hall_of,
)
from verband.people.models import Person
from verband.ui.components.filters import Count, FilterCounts
from verband.ui.components.words import Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading


@dataclass(frozen=True)
class PresenceRow:
    """A member with the people who may stand for it: the first in line first."""

    key: str
    name: str
    votes: int
    tag: Tag
    there: bool
    remote: bool
    first: str
    second: str = ""


@dataclass(frozen=True, kw_only=True)
class PresencePage(Page):
    """The presence of all members, with a button for each change."""

    rows: tuple[PresenceRow, ...]
    presence: tuple[str, ...]
    counts: FilterCounts
    search: str = ""
    who: str = ""
    key: str = ""


def presence_page(request: Any, sitting: Sitting) -> PresencePage:
    """The list of one sitting; ``?q=`` a part of a name, ``?who=`` there, out or proxy."""
    reading: Reading = request.reading
    fact, query = fact_of(sitting), Query.of(request)
    item = current_of(agenda_of(sitting, reading.now))
    hall = hall_of(sitting, item, fact.call, reading.now)
    search, who = query.get("q").strip(), query.get("who")
    groups = {
        "": (_("all"), hall.members),
        "there": (_("present"), tuple(one for one in hall.members if one.there)),
        "proxy": (_("represented"), hall.represented),
        "out": (_("absent"), tuple(one for one in hall.members if not one.counts)),
    }
    chosen = groups.get(who, groups[""])[1]
    shown = [one for one in chosen if search.casefold() in one.name.casefold()]
    return PresencePage(
        title=_("Who is there"),
        reading=reading,
        crumbs=crumbs_of(reading, sitting, fact.title),
        bare=True,
        rows=_rows(sitting, shown, reading),
        presence=tuple(
            part
            for part in (present_words(hall), represented_words(hall), *quorum_sentences(hall))
            if part
        ),
        counts=FilterCounts(
            _("Presence"),
            tuple(
                Count(len(members), words, query.with_(who=code or None), code == who)
                for code, (words, members) in groups.items()
            ),
        ),
        search=search,
        who=who,
        key=sitting.key,
    )


def _rows(sitting: Sitting, shown: list[Seated], reading: Reading) -> tuple[PresenceRow, ...]:
    members = {one.member_id for one in shown}
    standing = standing_for(sitting, members, reading.today)
    people = {person for found in standing.values() for person in found[:2]}
    functions = functions_of(people, members, reading.today)
    rows = []
    for one in shown:
        words = [functions.get((pk, one.member_id), "") for pk in standing[one.member_id][:2]]
        words += ["", ""]
        rows.append(
            PresenceRow(one.key, one.name, one.votes, _tag(one), one.there, one.remote, *words[:2])
        )
    return tuple(rows)


def _tag(one: Seated) -> Tag:
    if one.there:
        return Tag(_("from elsewhere") if one.remote else _("in the hall"), "now")
    if one.by:
        return Tag(_("represented by %(member)s") % {"member": one.by}, "future")
    return Tag(_("absent"), "past")


def person_at(sitting: Sitting, member_id: int, place: int, reading: Reading) -> Person | None:
    """Who stands for a member: the first or the second in line."""
    people = standing_for(sitting, [member_id], reading.today)[member_id]
    return Person.objects.get(pk=people[place]) if place < len(people) else None


def presence_path(sitting: Sitting) -> str:
    """The address of the list."""
    return reverse("sitting_presence", args=[sitting.key])
