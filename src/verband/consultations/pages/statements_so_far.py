"""What the page of a deliberation tells of its statements before the result."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import ConsultationKind
from verband.consultations.queries.standing import Standing
from verband.consultations.queries.statements import State, statements_of
from verband.consultations.use_cases.moderating import RUNNING, admit_statement
from verband.ui.component import Link
from verband.ui.wording import number


@dataclass(frozen=True)
class StatementsSoFar:
    """How many statements there are, what the round may bind, and the way to them."""

    put: str
    binds: str
    links: tuple[Link, ...]


def statements_so_far(request: Any, standing: Standing) -> StatementsSoFar | None:
    """The statements of a deliberation; nothing for another kind."""
    if standing.consultation.kind != ConsultationKind.STATEMENTS:
        return None
    reading, key = request.reading, standing.consultation.key
    puts = statements_of(standing.consultation, standing.then)
    admitted = sum(one.is_open for one in puts)
    words = ngettext(
        "%(count)s statement is put to the vote",
        "%(count)s statements are put to the vote",
        admitted,
    )
    links = [Link(_("All statements"), reading.link(reverse("statement_list", args=[key])))]
    may = request.actor is not None and reading.changes_allowed
    about = {"actor": request.actor, "now": reading.now, "consultation": standing.consultation}
    if may and standing.state(reading.now) in RUNNING and admit_statement.may(**about):
        waiting = sum(one.state == State.WAITING for one in puts)
        label = _("Moderate the statements (%(count)s waiting)") % {"count": number(waiting)}
        links.append(Link(label, reading.link(reverse("moderate_statements", args=[key]))))
    binds = _(
        "Participants vote on short statements and add their own. The result shows what all groups"
        " can carry and what divides them. It is advice: it binds nobody."
    )
    return StatementsSoFar(words % {"count": number(admitted)} + ".", binds, tuple(links))
