"""What the clock and the mail did not get done: for those who keep the register running."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.clockwork import Overdue, overdue
from verband.consultations.queries.waiting import Waiting, mail_waiting, refused_lately
from verband.consultations.tasks import last_turn
from verband.members.people_labels import people_called
from verband.site.pages.spelled import spelled
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Fact, Facts
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import moment, number, sentence


@dataclass(frozen=True)
class HealthPage(Page):
    """What is late, what waits, what was refused."""

    facts: Facts | None = None
    late: Ledger | None = None
    refused: Ledger | None = None


def health_page(request: Any) -> HealthPage:
    """The page as of now."""
    reading: Reading = request.reading
    query = Query.of(request)
    late, mail = overdue(reading.now), mail_waiting()
    return HealthPage(
        title=_title(len(late), mail),
        reading=reading,
        crumbs=(Link(_("Your account"), reverse("my_account")),),
        lead=_("What the clock and the mail did, and what they could not do."),
        facts=_facts(mail, last_turn()),
        late=_late(late, reading, query),
        refused=_refused(reading, query),
    )


def _title(late: int, mail: Waiting) -> str:
    if late:
        words = ngettext("%(count)s vote is late", "%(count)s votes are late", late)
        return capfirst(words % {"count": spelled(late)})
    if mail.attempts:
        words = ngettext("%(count)s mail waits", "%(count)s mails wait", mail.count)
        return capfirst(words % {"count": spelled(mail.count)})
    return _("Everything runs in time")


def _facts(mail: Waiting, turned: datetime | None) -> Facts:
    told = [
        (_("The clock worked last"), moment(turned) if turned else _("never on this machine")),
        (_("Mail that waits"), number(mail.count)),
        (_("The oldest since"), moment(mail.since) if mail.since else ""),
        (_("What the mail server said last"), mail.answer),
        (_("Refused by the server of the receiver"), number(mail.refused)),
    ]
    return Facts(tuple(Fact(term, value) for term, value in told if value))


def _late(late: list[Overdue], reading: Reading, query: Query) -> Ledger:
    return Ledger(
        caption=_("Votes that are late"),
        columns=(
            Column(_("Consultation")),
            Column(_("What")),
            Column(_("Since")),
            Column(_("Why")),
        ),
        rows=tuple(Row(_cells(one, reading)) for one in late),
        empty=EmptyState(_("Everything was opened and closed in time.")),
        name="late",
        query=query,
    )


def _cells(one: Overdue, reading: Reading) -> tuple[object, ...]:
    key = one.standing.consultation.key
    what = {
        "open": _("to be opened"),
        "close": _("to be closed"),
        "final": _("to become final"),
        "missed": _("never opened; its time has passed"),
    }[one.code]
    return (
        Link(one.standing.fact.title, reading.link(reverse("consultation", args=[key])), key),
        what,
        moment(one.since) if one.since else "",
        sentence(one.refusal)
        if one.refusal is not None
        else _("Plan it anew.")
        if one.code == "missed"
        else _("The worker did not run, or will do it now."),
    )


def _refused(reading: Reading, query: Query) -> Ledger:
    rows = refused_lately()
    people = people_called({row.notice.person_id for row in rows}, reading.today)
    return Ledger(
        caption=_("Mail that was refused"),
        columns=(
            Column(_("Receiver")),
            Column(_("About")),
            Column(_("When")),
            Column(_("What the mail server said")),
        ),
        rows=tuple(
            Row(
                (
                    Link(
                        capfirst(people[row.notice.person_id].label),
                        reverse("person_account", args=[people[row.notice.person_id].key]),
                    ),
                    str(row.notice),
                    moment(row.done_at) if row.done_at else "",
                    row.answer,
                )
            )
            for row in rows
        ),
        empty=EmptyState(_("No mail was refused.")),
        name="refused",
        query=query,
    )
