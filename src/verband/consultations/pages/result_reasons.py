"""What members wrote with their votes: the most given first, and all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.consultations.pages.result_sections import Cast
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.query import Query
from verband.ui.wording import number

MOST_GIVEN = 3


@dataclass(frozen=True)
class Given:
    """A reason that several members gave in the same words."""

    times: int
    text: str
    where: str


@dataclass(frozen=True)
class ReasonsShown:
    """What members wrote with their votes."""

    lead: str
    most: tuple[Given, ...]
    every: Ledger


def reasons_of(casts: Iterable[Cast], query: Query) -> ReasonsShown | None:
    """The reasons, the most given first, and all of them by member."""
    casts = list(casts)
    wrote = [(cast, cast.ballot.reason) for cast in casts if cast.ballot and cast.ballot.reason]
    if not wrote:
        return None
    by_text: dict[str, list[tuple[Cast, str]]] = {}
    for cast, text in wrote:
        by_text.setdefault(text.strip().casefold(), []).append((cast, text))
    ordered = sorted(by_text.values(), key=lambda given: -len(given))
    several = [given for given in ordered if len(given) > 1][:MOST_GIVEN]
    voted = sum(cast.ballot is not None for cast in casts)
    words = {"count": number(len(wrote)), "voted": number(voted)}
    return ReasonsShown(
        _("%(count)s of %(voted)s members gave a reason.") % words,
        tuple(
            Given(len(given), given[0][1], _by_choice([cast for cast, _text in given]))
            for given in several
        ),
        Ledger(
            caption=_("Reasons, by member"),
            columns=(Column(_("Member")), Column(_("Vote")), Column(_("Reason"))),
            rows=tuple(Row((cast.line.name, cast.words, text)) for cast, text in wrote),
            name="reasons",
            query=query,
            dense=True,
        ),
    )


def _by_choice(casts: Iterable[Cast]) -> str:
    counts = Counter(cast.words for cast in casts)
    return capfirst(", ".join(f"{words} {times}" for words, times in counts.most_common())) + "."
