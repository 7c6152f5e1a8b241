"""What stands at the top of every paper: its kind, its weight, the advice of the board."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import ConsultationKind, Weighing
from verband.consultations.models import RollLine, SittingFact
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.rule_words import key_words
from verband.consultations.queries.standing import Asked, Standing
from verband.ui.component import Link
from verband.ui.reading import Reading
from verband.ui.wording import day as in_full
from verband.ui.wording import number


def kind_words(standing: Standing) -> str:
    """The quiet line above: "Ledenraadpleging 2017-04"."""
    kind = {
        ConsultationKind.FLASH: _("Flash question"),
        ConsultationKind.CONSULTATION: _("Member consultation"),
        ConsultationKind.ASSEMBLY: _("Assembly vote"),
        ConsultationKind.STATEMENTS: _("Statements"),
    }[ConsultationKind(standing.consultation.kind)]
    return f"{kind} {standing.consultation.key}"


def crumbs_to(standing: Standing, reading: Reading) -> tuple[Link, ...]:
    """The way to a vote: the list, and the sitting in which it is. One query at most."""
    found = [Link(_("Consultations"), reading.link(reverse("consultations")))]
    sitting = standing.consultation.sitting_id
    if sitting is not None:
        facts = SittingFact.objects.known(reading.known).select_related("sitting")
        for fact in facts.filter(sitting=sitting):
            href = reading.link(reverse("sitting", args=[fact.sitting.key]))
            found.append(Link(fact.title, href))
    return tuple(found)


@dataclass(frozen=True)
class Weight:
    """How many votes the member brings, and why."""

    votes: str
    words: str
    source: str = ""


def weight_of(standing: Standing, line: RollLine) -> Weight:
    """The votes of a member with their source."""
    frozen, name = standing.frozen, {"member": line.name}
    words = (
        ngettext("vote is cast by %(member)s.", "votes are cast by %(member)s.", line.votes) % name
    )
    if frozen.get("weighing") != Weighing.VOTES:
        return Weight(number(line.votes), f"{words} {_('Each member has one vote.')}")
    if frozen.get("key"):
        words += f" {key_words(frozen['key'])}."
    source = ""
    if line.inhabitants is not None and line.figure_day is not None:
        source = _("%(member)s: %(inhabitants)s inhabitants on %(day)s.") % {
            **name,
            "inhabitants": number(line.inhabitants),
            "day": in_full(line.figure_day),
        }
    return Weight(number(line.votes), words, source)


def advice_words(asked: Asked) -> str:
    """What the board advises, if it does."""
    if not asked.fact.advice:
        return ""
    label = choice_label(asked, asked.fact.advice)
    return _("Advice of the board: %(choice)s") % {"choice": label[:1].lower() + label[1:]}
