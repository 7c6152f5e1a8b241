"""The parts of a decision in words: facts, reasons, tables, what happens now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from verband.consultations.documents.statement_words import statement_data
from verband.consultations.kinds import StepKind
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.elections import none_words
from verband.consultations.pages.result_words import (
    binding_words,
    dimension_name,
    grounds_of,
    outcome_words,
    reason_words,
    segment_name,
)
from verband.consultations.pages.rule_words import key_words, rule_name
from verband.consultations.queries.count import QuestionCount
from verband.consultations.queries.difference import Difference
from verband.consultations.queries.finality import Finality
from verband.consultations.queries.result import Result
from verband.consultations.queries.standing import Asked, Standing, questions_of
from verband.core.voting.elections import NONE
from verband.ui.wording import day, moment, number, percent


@dataclass(frozen=True)
class Table:
    """A table: its head, its rows, which columns hold numbers, how wide each is (0: as needed)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    title: str = ""

    def as_data(self) -> dict[str, Any]:
        """For the template."""
        return {
            "title": self.title,
            "head": list(self.head),
            "rows": [list(row) for row in self.rows],
            "numbers": list(self.numbers),
            "widths": list(self.widths or (0,) * len(self.head)),
        }


def provisional_words(standing: Standing, finality: Finality) -> str:
    """Why this is not the last word yet; nothing when it is."""
    if not standing.is_published:
        return _("This result is not published. Only who leads the vote can read it.")
    found = []
    if finality.awaits_objections and finality.term_until is not None:
        last = finality.term_until - timedelta(days=1)
        found.append(_("Members can object until and including %(day)s.") % {"day": day(last)})
    if finality.awaits_ratification:
        found.append(_("The assembly must still ratify it."))
    return " ".join(found)


def facts_of(result: Result) -> Table:
    """Who was asked, when, by which rule, and how many took part."""
    standing, count, frozen = result.standing, result.count, result.standing.frozen
    whole = {
        "members": number(count.on_roll("members")),
        "votes": number(count.on_roll("votes")),
    }
    took_part = {
        "members": number(count.took_part("members")),
        "votes": number(count.took_part("votes")),
        "share": percent(count.turnout("votes")),
    }
    rows = [
        (_("Rule"), ", ".join(filter(None, (rule_name(frozen), frozen["article"])))),
        (_("Opened"), _moment(standing, StepKind.OPENED)),
        (_("Closed"), _moment(standing, StepKind.CLOSED)),
        (_("Published"), _moment(standing, StepKind.PUBLISHED)),
        (_("On the roll"), _("%(members)s members with %(votes)s votes") % whole),
    ]
    if not frozen["is_secret"]:  # who took part in that is told with each election
        words = _("%(members)s members with %(votes)s votes (%(share)s)")
        rows.append((_("Took part"), words % took_part))
    if frozen.get("key"):
        rows.append((_("Voting key"), f"{key_words(frozen['key'])} ({frozen['key']['article']})"))
    return Table((_("What"), _("Of this vote")), tuple(rows), widths=(2, 5))


def _moment(standing: Standing, kind: StepKind) -> str:
    found = standing.at_step(kind)
    return "–" if found is None else moment(found)


def question_data(result: Result, question: QuestionCount) -> dict[str, Any]:
    """One question: outcome, reasons, counts, segments, difference, statement."""
    standing, key = result.standing, question.asked.key
    frozen, difference = standing.frozen, result.differences.get(key)
    several = len(result.count.questions) > 1
    text = question.asked.fact.text
    heading = _("Question %(number)s") % {"number": key} if several else text
    grounds = grounds_of(question, str(frozen.get("article", "")))
    return {
        "heading": heading,
        "text": text if several else "",
        "outcome": _outcome(question),
        "sentence": _sentence(standing, question),
        "grounds": [
            {"title": one.title, "text": one.text, "article": one.article} for one in grounds
        ],
        "counts": _counts(question).as_data(),
        "two_ways": _two_ways(question),
        "segments": []
        if difference is None
        else [table.as_data() for table in _segments(frozen, difference, question)],
        "difference": []
        if difference is None
        else [reason_words(reason, frozen) for reason in difference.reasons],
        "statement": statement_data(frozen, result.statements.get(key)),
    }


def _outcome(question: QuestionCount) -> str:
    words = outcome_words(question.verdict)
    option = question.outcome.option
    if question.passed and option and option != "for":
        return f"{words}: {choice_label(question.asked, option)}"
    return words


def _sentence(standing: Standing, question: QuestionCount) -> str:
    if not question.passed:
        return ""
    provisional = bool(standing.frozen["needs_ratification"]) and (
        StepKind.RATIFIED not in standing.steps
    )
    return binding_words(standing.frozen["binding"], provisional=provisional)


def _counts(question: QuestionCount) -> Table:
    rows = [
        (
            choice_label(question.asked, choice),
            number(question.amount(choice, "members")),
            number(question.amount(choice, "votes")),
            _part(question, choice, "members"),
            _part(question, choice, "votes"),
        )
        for choice in question.asked.choices
    ]
    silent = (question.tally.silent("members"), question.tally.silent("votes"))
    rows.append((_("No ballot"), number(silent[0]), number(silent[1]), "–", "–"))
    head = (_("Choice"), _("Members"), _("Votes"), _("% of members"), _("% of votes"))
    return Table(head, tuple(rows), numbers=(1, 2, 3, 4), widths=(4, 2, 2, 3, 3))


def _part(question: QuestionCount, choice: str, unit: Any) -> str:
    return _percent(question.share(choice, unit) if choice in question.sides else None)


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else percent(share)


def _two_ways(question: QuestionCount) -> str:
    if not question.points_two_ways:
        return ""
    return _("Counted in votes another answer leads than counted in members.")


def _segments(
    frozen: Mapping[str, Any], difference: Difference, question: QuestionCount
) -> list[Table]:
    label = choice_label(question.asked, difference.favoured)
    head = (
        _("Segment"),
        _("Members"),
        _("Took part"),
        _("Votes"),
        _("“%(choice)s”, of votes") % {"choice": label},
        _("of members"),
    )
    return [
        Table(
            head,
            tuple(
                (
                    segment_name(frozen, dimension, one.code),
                    number(one.members),
                    number(one.took_part),
                    number(one.votes),
                    _percent(one.share),
                    _percent(one.share_of_members),
                )
                for one in difference.of(dimension)
            ),
            numbers=(1, 2, 3, 4, 5),
            widths=(4, 2, 2, 2, 3, 3),
            title=dimension_name(dimension),
        )
        for dimension in frozen["dimensions"]
        if difference.of(dimension)
    ]


def next_of(standing: Standing, finality: Finality) -> list[str]:
    """Objections, finality and the chain of ratification."""
    found = []
    final, ratified = standing.steps.get(StepKind.FINAL), standing.steps.get(StepKind.RATIFIED)
    if final is not None:
        found.append(_("Final since %(moment)s.") % {"moment": moment(final.recorded_from)})
    if finality.objections:
        words = _("Objections: %(count)s, of which %(upheld)s upheld.")
        counts = (number(len(finality.objections)), number(len(finality.upheld)))
        found.append(words % {"count": counts[0], "upheld": counts[1]})
    if standing.consultation.ratifies is not None:
        words = _("This vote ratifies %(key)s.")
        found.append(words % {"key": standing.consultation.ratifies.key})
    for one in finality.ratifications:
        words = {
            True: _("Ratified by the assembly: %(key)s, %(title)s."),
            False: _("The assembly did not ratify it: %(key)s, %(title)s."),
            None: _("Put to the assembly: %(key)s, %(title)s."),
        }[one.adopted]
        found.append(words % {"key": one.vote.key, "title": one.title})
    if ratified is not None and not finality.ratifications:
        found.append(_("Ratified by the assembly."))
    return found


def roll_table(result: Result) -> Table:
    """Who voted what: each member on the roll with each answer."""
    asked = questions_of(result.standing.consultation)
    cast = {ballot.member_id: ballot for ballot in result.count.ballots}
    rows = []
    for line in result.count.lines:
        ballot = cast.get(line.member_id)
        said = [
            _said(one, None if ballot is None else ballot.answers.get(one.key)) for one in asked
        ]
        rows.append((line.name, number(line.votes), *said))
    heads = [_("Vote")]
    if len(asked) > 1:
        heads = [_("Question %(number)s") % {"number": one.key} for one in asked]
    head = (_("Member"), _("Votes"), *heads)
    return Table(head, tuple(rows), numbers=(1,), widths=(5, 2, *(3,) * len(asked)))


def _said(asked: Asked, answer: Any) -> str:
    """A choice, the parts of a divided vote, or the names on a paper, in words."""
    if answer is None:
        return "–"
    if isinstance(answer, Mapping):
        return ", ".join(f"{choice_label(asked, c)} {number(v)}" for c, v in answer.items() if v)
    if isinstance(answer, list):
        names = [none_words() if one == NONE else choice_label(asked, one) for one in answer]
        return ", ".join(names) or _("Blank")
    return choice_label(asked, answer)
