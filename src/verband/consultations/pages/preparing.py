"""Pages with which a question to the members is prepared: what to ask, and how it stands so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.change.authority import RowAction, allowed
from verband.bodies.models import BodyFact
from verband.bodies.queries.names import bodies_called, name_of
from verband.consultations.forms.fields import chosen, size_words
from verband.consultations.kinds import ConsultationKind, QuestionForm
from verband.consultations.models import Consultation
from verband.consultations.pages.choice_words import choice_label, choices_of
from verband.consultations.pages.clocks import at, in_zone
from verband.consultations.pages.leading import actions_of, reach_words
from verband.consultations.pages.rule_words import rule_words, summary
from verband.consultations.queries.reach import as_frozen, reach_of
from verband.consultations.queries.standing import (
    Asked,
    Standing,
    naming_closes,
    questions_of,
    standing_of,
)
from verband.consultations.use_cases.leading import withdraw_question
from verband.consultations.use_cases.opening import TO_PEOPLE
from verband.consultations.use_cases.preparing import change_consultation, rule_on
from verband.core.errors import DomainError
from verband.kernel.clock import local_day
from verband.members.models import Function, OrganisationFact
from verband.members.queries import names_on
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.words import EmptyState, Fact, Facts, Gap, Note, Tag
from verband.ui.forms import Option
from verband.ui.page import Page
from verband.ui.wording import day as in_full
from verband.ui.wording import sentence


@dataclass(frozen=True, kw_only=True)
class NewConsultationPage(Page):
    """Which kind of question to ask. ``kinds`` are links with what each is for."""

    kinds: tuple[tuple[Option, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PreparationPage(Page):
    """A consultation that has not opened: what is there, and what can still be done."""

    facts: Facts
    questions: Ledger | None = None
    actions: tuple[Link, ...] = ()
    adding: tuple[Link, ...] = ()
    refusal: Note | None = None


def crumbs() -> tuple[Link, ...]:
    """The way back to all consultations."""
    return (Link(_("Consultations"), reverse("consultations")),)


def new_page(request: Any) -> NewConsultationPage:
    """Choose which kind of question to ask."""
    address = reverse("new_consultation")
    kinds = (
        (
            ConsultationKind.FLASH,
            _("To officials, each for themselves. Short, and open for hours or days."),
        ),
        (
            ConsultationKind.CONSULTATION,
            _("One answer for each municipality, with its votes. With advice and amendments."),
        ),
        (
            ConsultationKind.STATEMENTS,
            _("Officials vote on short statements and add their own. Shows what all can carry."),
        ),
    )
    return NewConsultationPage(
        title=_("What do you want to ask the members?"),
        reading=request.reading,
        crumbs=crumbs(),
        kinds=tuple(
            (Option(capfirst(str(kind.label)), words), f"{address}?kind={kind.value}")
            for kind, words in kinds
        ),
    )


def preparation_page(request: Any, consultation: Consultation) -> PreparationPage:
    """How far a consultation is prepared."""
    standing, now = standing_of(consultation), request.reading.now
    asked = questions_of(consultation)
    with_paper = consultation.kind not in TO_PEOPLE or not asked
    with_paper = with_paper and consultation.kind != ConsultationKind.STATEMENTS
    problem = _problem(standing, now)
    return PreparationPage(
        title=standing.fact.title,
        reading=request.reading,
        crumbs=crumbs(),
        kind=f"{capfirst(str(consultation.get_kind_display()))} {consultation.key}",
        lead=_("This has not opened. Nobody has been asked yet."),
        facts=_facts(standing, now, problem),
        refusal=None
        if problem is None
        else Note(problem, _("It cannot open like this"), "warning"),
        questions=_questions(request, standing, asked, now),
        actions=(
            Link(_("Change particulars"), reverse("change_particulars", args=[consultation.key])),
            *(a for a in actions_of(request, standing) if "/edit/" not in a.href),
        ),
        adding=_adding(consultation) if with_paper else (),
    )


def _problem(standing: Standing, now: datetime) -> str | None:
    """Why nobody could be asked as it stands, in a sentence."""
    moment = standing.fact.opens_at or now
    try:
        rule = rule_on(standing.consultation.rule, standing.consultation.kind, moment)
        reach_of(standing.fact.audience, rule.weighing, local_day(moment))
    except DomainError as refusal:
        return sentence(refusal)
    return None


def _facts(standing: Standing, now: datetime, problem: str | None) -> Facts:
    fact, consultation = standing.fact, standing.consultation
    moment = fact.opens_at or now
    day = local_day(moment)
    found = [
        Fact(_("Explanation"), fact.explanation or Gap(_("none"))),
        Fact(
            _("Asked by"),
            capfirst(name_of(bodies_called([consultation.body_id], day)[consultation.body_id])),
        ),
        Fact(_("To whom"), audience_words(fact.audience, day)),
    ]
    if problem is None:
        rule = rule_on(consultation.rule, consultation.kind, moment)
        reach = reach_of(fact.audience, rule.weighing, day)
        first, second = summary(rule_words(as_frozen(rule)))
        found += [
            Fact(_("Reaches"), reach_words(reach)),
            Fact(_("Rule"), f"{rule.name} ({rule.article}). {first} {second}"),
        ]
    opens = in_zone(at(fact.opens_at, now)) if fact.opens_at else Gap(_("not planned"))
    closes = in_zone(at(fact.closes_at, now)) if fact.closes_at else Gap(_("not chosen yet"))
    found += [Fact(_("Opens"), opens), Fact(_("Closes"), closes)]
    deadline = naming_closes(standing)
    if deadline is not None and consultation.kind not in TO_PEOPLE:
        found.append(
            Fact(_("Naming of voters"), _("until %(moment)s") % {"moment": at(deadline, now)})
        )
    return Facts(tuple(found))


def audience_words(audience: dict[str, Any], day: Any) -> str:
    """Who is asked, in words. One query at most."""
    of, key = audience.get("of", ""), audience.get("key", "")
    words = _("All members")
    if of == "size":
        words = _("Members with %(size)s") % {
            "size": size_words(chosen(audience).partition(":")[2])
        }
    elif of == "province":
        facts = OrganisationFact.objects.at(day).known(None).filter(organisation__key=key)
        name = next(iter(facts.values_list("name", flat=True)), key)
        words = _("Members in the province of %(name)s") % {"name": name}
    elif of == "body":
        words = _("Members in %(name)s") % {"name": _body_name(key, day)}
    functions = [str(Function(one).label) for one in audience.get("functions", ())]
    return f"{words}: {', '.join(functions)}" if functions else words


def _body_name(key: str, day: Any) -> str:
    fact = BodyFact.objects.at(day).known(None).filter(body__key=key).first()
    return key if fact is None else name_of(fact)


def _questions(
    request: Any, standing: Standing, asked: list[Asked], now: datetime
) -> Ledger | None:
    consultation = standing.consultation
    if consultation.kind == ConsultationKind.STATEMENTS:
        return None
    ids = {pk for one in asked if (pk := one.question.proposer_id) is not None}
    names = {pk: fact.name for pk, fact in names_on(ids, local_day(now)).items()}
    orders = {one.question.pk: one.question.order for one in asked}
    may = allowed(request, (change_consultation, withdraw_question), consultation=consultation)
    rows = tuple(
        Row(
            (
                one.question.order,
                Link(one.fact.text, "", _hangs_on(one, orders, names)),
                " / ".join(choice.label for choice in choices_of(one)),
                choice_label(one, one.fact.advice) if one.fact.advice else Gap(_("no advice")),
                Tag(_("withdrawn"), "past") if one.fact.is_withdrawn else Tag(_("stands"), "now"),
                _links(consultation, one, may) or "–",
            )
        )
        for one in asked
    )
    return Ledger(
        caption=_("Questions on the paper on %(day)s") % {"day": in_full(local_day(now))},
        columns=(
            Column(_("No."), kind="number"),
            Column(_("Question")),
            Column(_("Answers"), kind="quiet"),
            Column(_("Advice of the board")),
            Column(_("State")),
            Column(_("Change")),
        ),
        rows=rows,
        empty=EmptyState(_("There is no question on the paper yet. Add one first.")),
    )


def _hangs_on(one: Asked, orders: dict[int, int], names: dict[int, str]) -> str:
    question = one.question
    told = []
    if question.part_of_id is not None:
        told.append(_("part of %(number)s") % {"number": orders[question.part_of_id]})
    if question.amends_id is not None:
        told.append(_("amendment to %(number)s") % {"number": orders[question.amends_id]})
    if question.proposer_id is not None:
        told.append(_("proposed by %(name)s") % {"name": names[question.proposer_id]})
    return ", ".join(told)


def _links(consultation: Consultation, one: Asked, may: frozenset[str]) -> tuple[RowAction, ...]:
    if one.fact.is_withdrawn:
        return ()
    args = [consultation.key, one.question.order]
    adding = reverse("add_question", args=[consultation.key])
    found = []
    if "change_consultation" in may:
        found.append(RowAction(_("Change"), one.fact.text, reverse("change_question", args=args)))
        motion = one.question.part_of_id is None and one.question.amends_id is None
        if motion and consultation.kind not in TO_PEOPLE:
            order = one.question.order
            part = f"{adding}?form={QuestionForm.YES_NO.value}&part_of={order}"
            amendment = f"{adding}?form={QuestionForm.YES_NO.value}&amends={order}"
            found.append(RowAction(_("Add a part"), one.fact.text, part))
            found.append(RowAction(_("Add an amendment"), one.fact.text, amendment))
    if "withdraw_question" in may:
        address = reverse("withdraw_question", args=args)
        found.append(RowAction(_("Withdraw"), one.fact.text, address))
    return tuple(found)


def _adding(consultation: Consultation) -> tuple[Link, ...]:
    address = reverse("add_question", args=[consultation.key])
    words = {
        QuestionForm.YES_NO: _("Add a question for or against"),
        QuestionForm.THREE_WAY: _("Add a choice between two texts"),
        QuestionForm.CHOICE: _("Add a choice of answers"),
    }
    return tuple(Link(told, f"{address}?form={form.value}") for form, told in words.items())
