"""The receipt: the proof that a ballot was received, and how to check it later."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import State
from verband.consultations.models import Ballot, RollLine
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.clocks import closing_clock, in_zone, to_the_second
from verband.consultations.pages.paper_words import kind_words
from verband.consultations.pages.rule_words import rule_name
from verband.consultations.queries.standing import Asked, Standing
from verband.ui.component import Link
from verband.ui.components.time import Clock
from verband.ui.components.words import Fact, Facts
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import number

SHORT = 12  # hexadecimal figures of the whole code: 1 in 280 million million


@dataclass(frozen=True, kw_only=True)
class ReceiptPage(Page):
    """A ballot that was received."""

    code: str
    leaf: str
    facts: Facts
    clock: Clock | None
    change: str
    home: str
    verify: Link
    matter: Link
    proof: str
    replaced: str = ""
    closed: bool = False


def short_code(leaf: str) -> str:
    """The first figures of the whole code, as they can be read out: "7C4D-02FA-91EB"."""
    return "-".join(leaf[at : at + 4].upper() for at in range(0, SHORT, 4))


def receipt_page(
    reading: Reading,
    standing: Standing,
    questions: Sequence[Asked],
    ballot: Ballot,
    line: RollLine,
    last: Ballot,
    *,
    may_change: bool,
) -> ReceiptPage:
    """The receipt of a ballot; it tells when a later one took its place."""
    key = standing.consultation.key
    is_open = standing.state(reading.now) == State.OPEN
    changeable = is_open and may_change and bool(standing.frozen.get("may_change"))
    replaced = ""
    if last.pk != ballot.pk:
        words = _("A later vote took its place on %(moment)s. That one counts.")
        replaced = words % {"moment": to_the_second(last.recorded_from)}
    return ReceiptPage(
        title=_("Your vote has been received"),
        reading=reading,
        bare=True,
        kind=kind_words(standing),
        code=short_code(ballot.leaf),
        leaf=ballot.leaf,
        facts=_facts(standing, questions, ballot, line),
        clock=_clock(standing, reading) if changeable and not replaced else None,
        change=_vote_href(ballot, key) if changeable else "",
        home=reverse("home"),
        verify=Link(_("check a receipt"), reverse("verify_receipt")),
        matter=Link(standing.fact.title, reverse("consultation", args=[key])),
        proof=reverse("receipt_proof", args=[key, ballot.token]),
        replaced=replaced,
        closed=not is_open,
    )


def _vote_href(ballot: Ballot, key: str) -> str:
    return f"{reverse('vote', args=[key])}?for={ballot.member.key}"


def _clock(standing: Standing, reading: Reading) -> Clock | None:
    clock = closing_clock(standing, reading.now)
    if clock is None:
        return None
    return Clock(_("you can change it until closing"), clock.when, clock.share, clock.state)


def _facts(standing: Standing, questions: Sequence[Asked], ballot: Ballot, line: RollLine) -> Facts:
    votes = ngettext("%(count)s vote", "%(count)s votes", line.votes) % {
        "count": number(line.votes)
    }
    facts = [Fact(_("Municipality"), line.name)]
    answered = [asked for asked in questions if asked.key in ballot.answers]
    if len(answered) == 1:
        [asked] = answered
        label = choice_label(asked, ballot.answers[asked.key])
        facts.append(Fact(_("Vote"), f"{label}, {votes}"))
    else:
        facts.append(Fact(_("Weight"), votes))
        facts += [
            Fact(
                _("Question %(number)s") % {"number": asked.key},
                choice_label(asked, ballot.answers[asked.key]),
            )
            for asked in answered
        ]
    if ballot.reason:
        facts.append(Fact(_("Reason"), ballot.reason))
    rule = ", ".join(filter(None, (rule_name(standing.frozen), standing.frozen.get("article"))))
    facts += [
        Fact(_("Received"), in_zone(to_the_second(ballot.recorded_from))),
        Fact(_("Rule"), rule),
    ]
    return Facts(tuple(facts), "s")
