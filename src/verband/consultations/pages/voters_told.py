"""What follows from a naming, a revocation or a proxy, in plain words before it is done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.consultations.models import Designation
from verband.consultations.pages.clocks import at, in_zone
from verband.consultations.pages.voters_parts import proxy_for
from verband.consultations.queries.naming import holders
from verband.kernel.clock import local_day
from verband.members.people_labels import people_called
from verband.members.queries import names_on
from verband.ui import wording
from verband.ui.act import Consequence
from verband.ui.components.words import Tag

Tell = Callable[[Any], list[Consequence]]


def telling_naming(now: datetime) -> Tell:
    """What follows from a naming or a revocation: who votes from when on."""

    def tell(preview: Any) -> list[Consequence]:
        rows = [change for change in preview.changes if isinstance(change.row, Designation)]
        called = people_called({change.row.person_id for change in rows}, local_day(now))
        found = []
        for change in rows:
            row = change.row
            who = capfirst(str(called[row.person_id]))
            words = f"{who}: {row.get_rank_display()}"
            if change.verb == "added" and row.replaces_id is None:
                found.append(Consequence(Tag(_("new"), "now"), words, wording.period(row.period)))
            elif change.verb == "added":
                found.append(
                    Consequence(Tag(_("ends"), "ending"), words, wording.period(row.period))
                )
            elif change.verb == "withdrawn":
                found.append(Consequence(Tag(_("withdrawn"), "past"), words, ""))
        first = rows[0].row
        voters = holders(first.consultation, [first.member_id], local_day(now))[first.member_id]
        words = _("%(who)s holds the vote today.") % {"who": capfirst(voters.words or _("nobody"))}
        told = _("Who is named and who was get a mail.")
        found.append(Consequence(Tag(_("who votes"), "future"), words))
        return [*found, Consequence(Tag(_("mail"), ""), told)]

    return tell


def telling_proxy(now: datetime, deadline: datetime | None = None) -> Tell:
    """What follows from a proxy."""

    def tell(preview: Any) -> list[Consequence]:
        row = preview.result
        names = {
            pk: f.name for pk, f in names_on([row.member_id, row.holder_id], local_day(now)).items()
        }
        values = {"holder": names[row.holder_id], "member": names[row.member_id]}
        if row.recorded_until is not None:
            words = _("%(holder)s no longer votes for %(member)s.")
            return [Consequence(Tag(_("ends"), "ending"), words % values, proxy_for(row))]
        words = _("%(holder)s votes for %(member)s; %(member)s itself does not vote.")
        bound = (
            _("The holder can only vote as instructed.")
            if row.instruction
            else _("The holder is free to choose.")
        )
        until = _("It can be revoked until the holder has voted.")
        if deadline is not None:
            until += " " + _("Closes %(moment)s.") % {"moment": in_zone(at(deadline, now))}
        return [
            Consequence(Tag(_("new"), "now"), words % values, proxy_for(row)),
            Consequence(Tag(_("who votes"), "future"), bound),
            Consequence(Tag(_("revoking"), ""), until),
        ]

    return tell
