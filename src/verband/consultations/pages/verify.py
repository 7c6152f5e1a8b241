"""How anyone verifies a vote, and a first look whether a receipt stands in a published one."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.models import Ballot, RollLine
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.queries.receipts import latest_number, published_ballot
from verband.consultations.queries.standing import Standing, questions_of
from verband.core.errors import DomainError
from verband.kernel.signing import NoSigningKey, origin, trusted_keys, verifier_key
from verband.ui.component import Link
from verband.ui.components.words import Fact, Facts
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.reading import Reading
from verband.ui.wording import moment, number, sentence

SHORTEST, WHOLE = 12, 64  # figures of a code: as it is read out, and in full


class UnreadableCode(DomainError):
    """What was typed is not a receipt code."""

    code = "unreadable_receipt_code"
    template = "A receipt code has twelve figures or letters a to f, as 7C4D-02FA-91EB, or all 64."


class CodeNotFound(DomainError):
    """No published vote holds a ballot with this code."""

    code = "receipt_code_not_found"
    template = (
        "No published vote holds a ballot with this code. Is the vote published already? If it is,"
        " and you copied the code well, object to the result and show your receipt."
    )


@dataclass(frozen=True)
class Found:
    """A ballot in a published vote, with what that proves."""

    title: str
    facts: Facts
    roll_call: Link


@dataclass(frozen=True)
class VerifyPage(Page):
    """What anyone may verify about votes."""

    asked: str = ""
    refused: str = ""
    found: Found | None = None
    keys: tuple[str, ...] = ()
    script: str = ""


def verify_page(request: Any) -> VerifyPage:
    """The page for a request; ``?code=`` asks for one receipt."""
    reading: Reading = request.reading
    asked = Query.of(request).get("code").strip()[:100]
    refused, found = "", None
    if asked:
        try:
            found = _found(read_code(asked), reading)
        except DomainError as refusal:
            refused = sentence(refusal)
    return VerifyPage(
        title=_("Verify a vote yourself"),
        reading=reading,
        crumbs=(Link(_("Consultations"), reading.link(reverse("consultations"))),),
        lead=_(
            "Every ballot gives a receipt. After publication everybody can count a vote again and"
            " see whether each receipt is in it. You do not have to believe us for that."
        ),
        asked=asked,
        refused=refused,
        found=found,
        keys=_keys(),
        script=reverse("verify_vote_script"),
    )


def read_code(text: str) -> str:
    """The figures of a code, without dashes and spaces.

    Raises:
        UnreadableCode: it is no code.

    >>> read_code("7C4D-02FA-91EB")
    '7c4d02fa91eb'
    """
    figures = re.sub(r"[\s-]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]+", figures) or not SHORTEST <= len(figures) <= WHOLE:
        raise UnreadableCode
    return figures


def _found(code: str, reading: Reading) -> Found:
    ballot_found = published_ballot(code)
    if ballot_found is None:
        raise CodeNotFound
    standing, ballot = ballot_found
    key = standing.consultation.key
    return Found(
        _("This ballot stands in the published roll-call"),
        _facts(standing, ballot, reading),
        Link(_("The roll-call of this vote (JSON)"), reverse("roll_call_json", args=[key])),
    )


def _facts(standing: Standing, ballot: Ballot, reading: Reading) -> Facts:
    line = RollLine.objects.get(consultation=ballot.consultation, member=ballot.member_id)
    latest = latest_number(ballot.consultation, ballot.member_id)
    counts = _("It counts.")
    if latest > ballot.number:
        counts = _("It does not count: ballot %(number)s of this member took its place.") % {
            "number": latest
        }
    href = reading.link(reverse("consultation", args=[standing.consultation.key]))
    facts = [
        Fact(_("Matter"), Link(standing.fact.title, href)),
        Fact(_("Member"), f"{line.name}, {number(line.votes)} {_('votes')}"),
        Fact(_("Received"), moment(ballot.recorded_from)),
    ]
    answered = [a for a in questions_of(ballot.consultation) if a.key in ballot.answers]
    for asked in answered:
        term = _("Question %(number)s") % {"number": asked.key}
        label = choice_label(asked, ballot.answers[asked.key])
        facts.append(Fact(_("Answer") if len(answered) == 1 else term, label))
    return Facts((*facts, Fact(_("In the count"), counts)), "s")


def _keys() -> tuple[str, ...]:
    try:
        return tuple(verifier_key(origin(), key) for key in trusted_keys())
    except NoSigningKey:
        return ()
