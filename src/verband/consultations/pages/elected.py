"""What came of elections of persons: a block for each, and the page that holds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import ElectionMethod
from verband.consultations.pages.elections import none_words
from verband.consultations.pages.paper_words import crumbs_to
from verband.consultations.queries.elections import FLOOR, ElectionCount, took_part_in
from verband.consultations.queries.standing import Standing
from verband.ui.component import Component, Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState
from verband.ui.page import Page
from verband.ui.reading import Reading
from verband.ui.wording import number


@dataclass(frozen=True)
class ElectionBlock(Component):
    """What came of one election, with its numbers where they may be told."""

    heading: str
    question: str
    verdict: str
    elected: tuple[str, ...]
    hidden: str
    took_part: str
    numbers: Ledger | None
    stages: Ledger | None
    blt: str = ""


@dataclass(frozen=True, kw_only=True)
class ElectedPage(Page):
    """The result of the elections in one vote."""

    blocks: tuple[ElectionBlock, ...]
    secret_href: str
    took_part: tuple[str, ...] = ()
    rounds: tuple[Link, ...] = ()


def block_of(count: ElectionCount, standing: Standing, reading: Reading) -> ElectionBlock:
    """One election for a page with results."""
    key = standing.consultation.key
    told = {
        "elected": _("Elected: %(names)s"),
        "next_round": _("Nobody was elected yet. The next round is between %(field)s."),
        "lot_needed": _("Equal votes. The lot decides between %(field)s."),
        "nobody": _("Nobody was elected"),
        "no_quorum": _("No quorum: nobody was elected"),
    }[count.verdict]
    names = {
        "names": "; ".join(count.name(code) for code in count.elected),
        "field": "; ".join(count.name(code) for code in count.field),
    }
    took_part = _("%(took_part)s of %(on_roll)s members took part.") % {
        "took_part": number(count.took_part),
        "on_roll": number(count.on_roll),
    }
    hidden = ""
    if count.hides:
        hidden = _(
            "Fewer than %(floor)s members took part, so only the outcome is told: numbers would"
            " say who voted how."
        ) % {"floor": number(FLOOR)}
    ranked = count.method == ElectionMethod.STV and not count.hides
    blt = reverse("consultation_blt", args=[key, count.asked.key]) if ranked else ""
    heading = count.asked.fact.text
    if count.round > 1:
        heading = _("%(question)s (round %(round)s)") % {
            "question": heading,
            "round": number(count.round),
        }
    return ElectionBlock(
        heading=heading,
        question=count.asked.key,
        verdict=told % names,
        elected=tuple(count.name(code) for code in count.elected),
        hidden=hidden,
        took_part=took_part,
        numbers=None if count.hides else _numbers(count),
        stages=_stages(count) if count.stages else None,
        blt=reading.link(blt) if blt else "",
    )


def _numbers(count: ElectionCount) -> Ledger:
    first = count.method == ElectionMethod.STV
    unit = _("First choices") if first else _("Votes")
    rows = [
        Row((count.name(code), votes))
        for code, votes in sorted(count.votes.items(), key=lambda pair: -pair[1])
    ]
    if count.method == ElectionMethod.ROUNDS:
        rows.append(Row((none_words(), count.against)))
    rows.append(Row((_("Blank"), count.blank)))
    return Ledger(
        caption=_("Votes for each candidate"),
        columns=(Column(_("Candidate")), Column(unit, kind="number")),
        rows=tuple(rows),
        empty=EmptyState(_("Nobody stood.")),
    )


def _stages(count: ElectionCount) -> Ledger:
    """Every stage of a ranked count, as the Scottish rules go."""
    actions = {
        "first preferences": _("first choices"),
        "surplus": _("surplus of %(name)s"),
        "exclusion": _("%(name)s drops out"),
    }
    codes = list(count.votes)
    rows = []
    for stage in count.stages:
        name = count.name(stage.candidate) if stage.candidate else ""
        votes = tuple(number(stage.votes.get(code, 0), 2) for code in codes)
        elected = "; ".join(count.name(code) for code in stage.elected)
        rows.append(Row((stage.number, actions[stage.action] % {"name": name}, *votes, elected)))
    return Ledger(
        caption=_("The count stage by stage; the quota is %(quota)s") % {"quota": count.quota},
        columns=(
            Column(_("Stage"), kind="number"),
            Column(_("What happened")),
            *(Column(count.name(code), kind="number") for code in codes),
            Column(_("Elected")),
        ),
        rows=tuple(rows),
        empty=EmptyState(_("Nothing was counted.")),
    )


def elected_page(
    reading: Reading, standing: Standing, counts: Sequence[ElectionCount]
) -> ElectedPage:
    """The result of the elections in one vote."""
    consultation = standing.consultation
    rounds = []
    if consultation.round_of is not None:
        earlier = consultation.round_of.key
        rounds.append(Link(_("The round before"), reading.link(reverse("elected", args=[earlier]))))
    for later in consultation.next_rounds.all():
        rounds.append(
            Link(_("The next round"), reading.link(reverse("consultation", args=[later.key])))
        )
    secret = bool(standing.frozen["is_secret"])
    return ElectedPage(
        title=standing.fact.title,
        reading=reading,
        crumbs=crumbs_to(standing, reading),
        kind=_("Result of the election"),
        blocks=tuple(block_of(count, standing, reading) for count in counts),
        secret_href=reading.link(reverse("consultation_secret", args=[consultation.key]))
        if secret
        else "",
        took_part=tuple(took_part_in(standing) or ()) if secret else (),
        rounds=tuple(rounds),
    )
