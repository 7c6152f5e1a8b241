"""Who votes for a member and who did, by function: "wethouder, aangewezen door het college"."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from verband.consultations.kinds import Capacity, NamedBy, VoterRank
from verband.consultations.models import Ballot, Designation
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.clocks import at_or_today
from verband.consultations.queries.mandates import Mandate
from verband.consultations.queries.standing import Asked, Standing
from verband.consultations.voters import Voters
from verband.ui.wording import day as in_full

Functions = Mapping[tuple[int, int], str]


class VoteShown(Protocol):
    """What is needed to tell of a vote that stands."""

    @property
    def mandate(self) -> Mandate:
        """For whom."""

    @property
    def questions(self) -> Sequence[Asked]:
        """What is asked."""

    @property
    def functions(self) -> Functions:
        """Who is what."""

    @property
    def person_id(self) -> int:
        """Who reads."""

    @property
    def standing(self) -> Standing:
        """How the consultation stands."""


def voter_words(mandate: Mandate, functions: Functions, person_id: int) -> str:
    """As what somebody votes, by whom it was named, and who stands in."""
    if mandate.by is not None:
        function = functions.get((person_id, mandate.by.member_id), _("official"))
        return _("%(function)s of %(holder)s, by proxy of %(member)s") % {
            "function": function,
            "holder": mandate.by.name,
            "member": mandate.line.name,
        }
    member, voters = mandate.line.member_id, mandate.voters
    function = functions.get((person_id, member), _("official"))
    if mandate.capacity == Capacity.SECRETARY:
        return _("%(function)s, because nobody was named") % {"function": function}
    naming = voters.substitute if mandate.capacity == Capacity.SUBSTITUTE else voters.named
    words = f"{function}, {naming_words(naming)}" if naming else function
    other = voters.named if mandate.capacity == Capacity.SUBSTITUTE else voters.substitute
    if other is None:
        return words
    sub = functions.get((other.person_id, member), _("official"))
    if mandate.capacity == Capacity.SUBSTITUTE:
        return _("%(voter)s. First in line: the %(function)s") % {"voter": words, "function": sub}
    return _("%(voter)s. Substitute: the %(function)s") % {"voter": words, "function": sub}


def naming_words(naming: Designation) -> str:
    """How and when a voter was named."""
    day = {"day": in_full(naming.valid_from)} if naming.valid_from else {"day": "–"}
    substitute = naming.rank == VoterRank.SUBSTITUTE
    if naming.decided_by:
        words = (
            _("named as substitute by %(by)s on %(day)s")
            if substitute
            else _("designated by %(by)s on %(day)s")
        )
        return words % {**day, "by": naming.decided_by}
    if naming.how == NamedBy.LETTER:
        words = (
            _("named as substitute by letter on %(day)s")
            if substitute
            else _("designated by letter on %(day)s")
        )
        return words % day
    words = _("named as substitute on %(day)s") if substitute else _("designated on %(day)s")
    return words % day


def standing_words(shown: VoteShown, now: datetime) -> str:
    """The vote that stands: by whom (by function), when, what, and whether it can be changed."""
    last = shown.mandate.last
    if last is None:
        return ""
    when = at_or_today(last.recorded_from, now)
    change = (
        _("You can change that vote until closing.")
        if shown.standing.frozen.get("may_change")
        else _("This rule does not let a vote be changed.")
    )
    return f"{cast_words(last, shown, when)} {change}"


def cast_words(last: Ballot, shown: VoteShown, when: str) -> str:
    """Who cast a ballot, when, and what, in one sentence."""
    papers = [asked for asked in shown.questions if asked.key in last.answers]
    what = ", ".join(
        ("" if len(papers) == 1 else f"{asked.key} ")
        + _lower(choice_label(asked, last.answers[asked.key]))
        for asked in papers
    )
    values = {"when": when, "choice": what}
    if last.person_id == shown.person_id:
        return _("You voted at %(when)s: %(choice)s.") % values
    if last.capacity == Capacity.DESK:
        return _("Recorded at the desk at %(when)s: %(choice)s.") % values
    where = last.by_member_id or shown.mandate.line.member_id
    function = shown.functions.get((last.person_id or 0, where), _("official"))
    return _("The %(function)s voted at %(when)s: %(choice)s.") % {**values, "function": function}


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def who_votes(voters: Voters, functions: Functions, member: str, holder: str = "") -> str:
    """Who the voter of a member is, by function, and until when."""
    name = {"member": member}
    if voters.proxy is not None:
        words = _("%(member)s gave a proxy to %(holder)s. Revoke it first if you want to vote.")
        return words % {**name, "holder": holder}
    naming = voters.named or voters.substitute
    if naming is None:
        if not voters.secretaries:
            return _("Nobody votes for %(member)s: no voter and no secretary is known.") % name
        return _("That is the municipal secretary, because nobody was named.")
    function = functions.get((naming.person_id, voters.member_id), _("official"))
    if naming.valid_until is None:
        return _("That is the %(function)s.") % {"function": function}
    return _("That is the %(function)s, until %(day)s.") % {
        "function": function,
        "day": in_full(naming.valid_until),
    }
