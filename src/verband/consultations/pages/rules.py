"""The rules of the vote: which are in force on a day, and what one asks, asked and will ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.change.authority import RowAction, allowed
from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import VotingRule, VotingRuleFact
from verband.consultations.pages.preparing import crumbs
from verband.consultations.pages.rule_words import RuleLine, rule_words
from verband.consultations.queries.reach import as_frozen
from verband.consultations.queries.rules import decided_by, history_of, rules_on
from verband.consultations.use_cases.rules import change_rule, correct_rule, enter_rule
from verband.core.voting.rules import Rule
from verband.ui import wording
from verband.ui.act import Consequence
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Tag
from verband.ui.page import Page
from verband.ui.query import Query
from verband.ui.scale import TimeScale
from verband.ui.wording import language, number


@dataclass(frozen=True, kw_only=True)
class VotingRulesPage(Page):
    """The rules in force on a day."""

    ledger: Ledger
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class RuleText:
    """One text of a rule: when it holds, what it asks sentence by sentence, and its numbers."""

    id: str
    title: str
    tag: Tag
    asks: Facts
    facts: Facts
    actions: tuple[RowAction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VotingRulePage(Page):
    """A rule with its history."""

    texts: tuple[RuleText, ...] = ()
    votes: tuple[Link, ...] = ()
    empty: EmptyState | None = None


def rule_title(fact: VotingRuleFact) -> str:
    """The name of a rule in the reader's language."""
    return capfirst(fact.name_en if language() == "en" and fact.name_en else fact.name)


def rules_page(request: Any) -> VotingRulesPage:
    """Every rule in force on the day that is read."""
    reading = request.reading
    facts = rules_on(reading.day, reading.known)
    may = allowed(request, (enter_rule,))
    add = Link(_("Enter a rule"), reverse("enter_rule"))
    return VotingRulesPage(
        title=_("Rules of the vote"),
        reading=reading,
        crumbs=crumbs(),
        lead=_("What the statutes ask before something is adopted."),
        actions=(add,) if may else (),
        ledger=Ledger(
            caption=_("Rules in force on %(day)s") % {"day": wording.day(reading.day)},
            columns=(
                Column(_("Rule")),
                Column(_("Asks"), kind="quiet"),
                Column(_("Binds as")),
                Column(_("Article"), kind="quiet"),
                Column(_("Period"), kind="period"),
            ),
            rows=tuple(_row(fact, reading) for fact in facts),
            name="rules",
            query=Query.of(request),
            scale=TimeScale.around(reading.day, (fact.period for fact in facts)),
            day=reading.day,
            empty=EmptyState(
                _("No rule is in force on %(day)s.") % {"day": wording.day(reading.day)},
                reverse("enter_rule") if may else "",
                _("Enter a rule") if may else "",
            ),
        ),
    )


def _row(fact: VotingRuleFact, reading: Any) -> Row:
    address = reverse("voting_rule", args=[fact.voting_rule.key])
    asks = " ".join(
        line.text
        for line in rule_words(as_frozen(fact))
        if line.about in ("majority", "quorum", "weighing")
    )
    return Row(
        (
            Link(rule_title(fact), reading.link(address)),
            asks,
            capfirst(str(fact.get_binding_display())),
            fact.article,
            fact.period,
        ),
        group=capfirst(str(ConsultationKind(fact.kind).label)),
    )


def rule_page(request: Any, rule: VotingRule) -> VotingRulePage | None:
    """A rule with every text it had, has and will have, as known; nothing before it was known."""
    reading = request.reading
    facts = history_of(rule, reading.known)
    if not facts:
        return None
    standing = next((fact for fact in facts if reading.day in fact.period), facts[0])
    may = allowed(request, (change_rule, correct_rule))
    return VotingRulePage(
        title=rule_title(standing),
        reading=reading,
        crumbs=(*crumbs(), Link(_("Rules of the vote"), reading.link(reverse("voting_rules")))),
        kind=capfirst(str(ConsultationKind(standing.kind).label)),
        lead=standing.article,
        texts=tuple(_text(fact, reading.day, may) for fact in facts),
        votes=tuple(
            Link(one.key, reading.link(reverse("consultation", args=[one.key])))
            for one in decided_by(rule)
            if reading.is_today
        ),
    )


def _text(fact: VotingRuleFact, day: date, may: frozenset[str]) -> RuleText:
    words = wording.period(fact.period)
    found = []
    if "change_rule" in may and not fact.period.is_past(day):
        address = reverse("change_rule", args=[fact.pk])
        found.append(RowAction(_("Change from a day on"), words, address))
    if "correct_rule" in may:
        found.append(RowAction(_("Correct"), words, reverse("correct_rule", args=[fact.pk])))
    return RuleText(
        id=f"text-{fact.pk}",
        title=capfirst(words),
        tag=Tag.of(fact.period, day),
        asks=Facts(tuple(_asked(line, fact.article) for line in rule_words(as_frozen(fact)))),
        facts=rule_facts(fact),
        actions=tuple(found),
    )


def _asked(line: RuleLine, known: str) -> Fact:
    """One sentence of a rule, what it settles, and its article when it has one of its own."""
    words = {
        "majority": _("Adopted"),
        "quorum": _("Counts"),
        "silence": _("Not voting"),
        "abstention": _("Abstaining"),
        "tie": _("Equal"),
        "change": _("Changing"),
        "public": _("Who sees it"),
        "interim": _("While open"),
        "weighing": _("Weighing"),
        "proxy": _("Proxies"),
        "binding": _("Binds"),
        "ratification": _("Ratification"),
        "objection": _("Objections"),
    }
    article = line.article if line.article != known else ""
    return Fact(words.get(line.about, ""), Link(line.text, "", article))


def rule_facts(fact: VotingRuleFact) -> Facts:
    """What a rule says as it is written, for whoever compares it with the statutes."""
    rule = Rule.from_mapping(fact.rule)
    divisions = {"size": _("size"), "province": _("province"), "network": _("network")}
    found = [
        Fact(_("Majority"), "; ".join(str(bound) for bound in rule.majorities)),
        Fact(_("Quorum"), "; ".join(str(bound) for bound in rule.quorums)),
        Fact(_("Weighing"), str(fact.get_weighing_display())),
        Fact(_("Members name voters"), _hours(fact.naming_hours)),
        Fact(_("Divisions looked at"), ", ".join(divisions.get(d, d) for d in fact.dimensions)),
        Fact(_("Thresholds of difference"), _thresholds(fact)),
    ]
    if rule.second_call is not None:
        second = "; ".join(
            str(b) for b in (*rule.second_call.majorities, *rule.second_call.quorums)
        )
        found.append(Fact(_("Second meeting"), second))
    if fact.election:
        found.append(Fact(_("Election of persons"), str(fact.get_election_display())))
    if fact.source:
        found.append(Fact(_("Source"), fact.source))
    return Facts(tuple(found), "s")


def _hours(hours: int) -> str:
    return _("until %(hours)s hours before closing, or before the meeting begins") % {
        "hours": number(hours)
    }


def _thresholds(fact: VotingRuleFact) -> str:
    if not fact.thresholds:
        return _("the proposal of the reckoning itself")
    return ", ".join(f"{name}: {value}" for name, value in fact.thresholds.items())


def telling_rule(preview: Any) -> list[Consequence]:
    """The rule in plain words, as it will read."""
    facts = [change.row for change in preview.changes if isinstance(change.row, VotingRuleFact)]
    new = [fact for fact in facts if fact.recorded_until is None]
    if not new:
        return []
    last = max(new, key=lambda fact: (fact.valid_from or date.min, fact.pk))
    found = [
        Consequence(
            Tag(_("holds"), "now"),
            f"{capfirst(last.name)} ({last.article})",
            wording.period(last.period),
        )
    ]
    for line in rule_words(as_frozen(last)):
        found.append(Consequence(Tag(_("asks"), ""), line.text, line.article))
    return found
