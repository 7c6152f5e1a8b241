"""The words of a result: segments, verdicts, and the lines of a reckoning as grounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.consultations.kinds import Binding
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.queries.count import QuestionCount
from verband.core.divergence.reasons import Reason
from verband.core.voting.outcome import Line
from verband.ui.wording import number, percent

MET, UNMET, GIVEN = "met", "unmet", "given"


@dataclass(frozen=True)
class Ground:
    """One ground of the outcome: met, not met, or just given; with the article."""

    state: str
    title: str
    text: str
    article: str = ""


def dimension_name(dimension: str) -> str:
    """What the members are divided by."""
    words = {"size": _("Inhabitants"), "province": _("Province"), "network": _("Network")}
    return words.get(dimension, dimension)


def by_dimension(dimension: str) -> str:
    """The same inside a sentence."""
    words = {"size": _("number of inhabitants"), "province": _("province"), "network": _("network")}
    return words.get(dimension, dimension)


def segment_name(frozen: Mapping[str, Any], dimension: str, code: str) -> str:
    """What a segment is called: "10.000–20.000", "Drenthe", "G32"."""
    if not code:
        return _("no network") if dimension == "network" else _("not known")
    if dimension != "size":
        return str(frozen.get("segment_names", {}).get(dimension, {}).get(code, code))
    start, _dash, until = code.partition("-")
    if not until:
        return _("%(number)s and more") % {"number": number(int(start))}
    if start == "0":
        return _("up to %(number)s") % {"number": number(int(until))}
    return f"{number(int(start))}–{number(int(until))}"


def part_words(part: Fraction, bound: str) -> str:
    """How much is needed: "meer dan de helft", "ten minste 2/3"."""
    known = {
        Fraction(1, 2): _("half"),
        Fraction(2, 3): _("two thirds"),
        Fraction(3, 4): _("three quarters"),
        Fraction(1, 3): _("one third"),
        Fraction(1, 4): _("a quarter"),
        Fraction(1): _("all"),
    }
    words = {"part": known.get(part, f"{part.numerator}/{part.denominator}")}
    return (_("more than %(part)s") if bound == "more than" else _("at least %(part)s")) % words


def unit_words(unit: str) -> str:
    """Votes, members or inhabitants."""
    return {"votes": _("votes"), "members": _("members"), "inhabitants": _("inhabitants")}[unit]


def outcome_words(verdict: str) -> str:
    """What became of a question, by the rule."""
    return {
        "adopted": _("Adopted"),
        "adopted_in_part": _("Adopted in part"),
        "rejected": _("Rejected"),
        "no_quorum": _("Nothing decided"),
        "tied": _("Tied"),
        "held_over": _("Held over"),
        "withdrawn": _("Withdrawn"),
    }[verdict]


def binding_words(binding: str, *, provisional: bool) -> str:
    """What an adopted result is from now on."""
    if binding == Binding.DECISION:
        return _("This is a decision of the association.")
    if binding == Binding.ADVICE:
        return _("This is advice: the board weighs it.")
    if provisional:
        return _("This is the position of the association, until the assembly has decided.")
    return _("From now on this is the position of the association.")


def grounds_of(question: QuestionCount, article: str) -> list[Ground]:
    """The lines of the reckoning that made the outcome, in words."""
    lines = sorted(question.outcome.lines, key=lambda line: line.code == "silent")  # it goes last
    found = [_ground(line, question) for line in lines]
    if question.parts is not None:
        found += [_part(line, question) for line in question.parts.lines]
    return [
        Ground(one.state, one.title, one.text, one.article or article)
        for one in found
        if one is not None
    ]


def _ground(line: Line, question: QuestionCount) -> Ground | None:
    values = line.values
    state = {True: MET, False: UNMET, None: GIVEN}[line.reached]
    if line.code in ("quorum", "quorum_number"):
        return Ground(state, _quorum_title(line), _have_and_need(line), line.article)
    if line.code == "majority":
        return Ground(
            state, _majority_title(line, question), _for_and_against(line, question), line.article
        )
    if line.code == "silent":
        return _silent(values)
    if line.code not in OTHER:
        return None
    title, text = OTHER[line.code](values)
    return Ground(state, title, text, line.article)


def _quorum_title(line: Line) -> str:
    if line.values["unit"] == "votes":
        return _("Enough votes cast") if line.reached else _("Too few votes cast")
    if line.values["unit"] == "members":
        return _("Enough members took part") if line.reached else _("Too few members took part")
    return _("Enough inhabitants represented") if line.reached else _("Too few represented")


def _have_and_need(line: Line) -> str:
    values = line.values
    words = {
        "have": number(values["have"]),
        "base": number(values["base"]),
        "unit": unit_words(values["unit"]),
        "needed": number(values["needed"]),
    }
    if line.code == "quorum_number":
        return _("%(have)s %(unit)s. Needed: %(needed)s.") % words
    words["part"] = part_words(values["part"], values["bound"])
    return _("%(have)s of %(base)s %(unit)s. Needed: %(needed)s, %(part)s.") % words


def _majority_title(line: Line, question: QuestionCount) -> str:
    values = line.values
    part = part_words(values["part"], values["bound"])
    option = values["option"]
    if option == "for":
        title = _("%(part)s for") if line.reached else _("Not %(part)s for")
    else:
        title = (
            _("%(part)s for “%(option)s”") if line.reached else _("Not %(part)s for “%(option)s”")
        )
    title %= {"part": part, "option": choice_label(question.asked, option)}
    if values["unit"] != "votes":
        title += _(", counted in %(unit)s") % {"unit": unit_words(values["unit"])}
    return capfirst(title)


def _for_and_against(line: Line, question: QuestionCount) -> str:
    values = line.values
    unit, base = values["unit"], values["base"]
    words = {
        "have": number(values["have"]),
        "rest": number(base - values["have"]),
        "base": number(base),
        "needed": number(values["needed"]),
        "unit": unit_words(unit),
        "share": percent(values["share"]) if values["share"] is not None else "–",
    }
    if values["option"] == "for" and values["of"] == "valid":
        text = _("%(have)s for, %(rest)s against: %(share)s. Needed: %(needed)s.") % words
    else:
        text = _("%(have)s of %(base)s %(unit)s: %(share)s. Needed: %(needed)s.") % words
    abstained = question.amount("abstain", unit)
    if abstained and values["of"] == "valid" and question.tally.rule.abstention != "against":
        text += " " + _("Abstentions (%(count)s) do not count here.") % {"count": number(abstained)}
    return text


def _silent(values: Mapping[str, Any]) -> Ground | None:
    if not values["members"]:
        return None
    words = {"members": number(values["members"]), "votes": number(values["votes"])}
    text = _("%(members)s members did not vote. Their %(votes)s votes count nowhere as for.")
    return Ground(GIVEN, _("Silence is not consent"), text % words)


def _part(line: Line, question: QuestionCount) -> Ground:
    verdict = line.values["verdict"]
    state = MET if verdict == "adopted" else UNMET
    if line.code == "whole":
        return Ground(state, _("What remains, as a whole"), outcome_words(verdict) + ".")
    title = _("Question %(number)s") % {"number": line.values["part"]}
    return Ground(state, title, outcome_words(verdict) + ".")


def _tie(values: Mapping[str, Any]) -> tuple[str, str]:
    words = {
        "rejected": _("The rule says: then it is rejected."),
        "held_over": _("The rule says: then it comes back in a next meeting."),
        "casting_vote": _("The rule leaves it to the chair."),
        "lot": _("The rule leaves it to the lot."),
    }
    return _("For and against are equal"), words[values["tie"]]


OTHER: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "nobody": lambda values: (_("Nobody voted for it"), _("What nobody wants is not adopted.")),
    "second_call": lambda values: (
        _("A second meeting may decide"),
        _("That has a rule of its own: %(rule)s.") % {"rule": values["rule"]},
    ),
    "tie": _tie,
    "tie_break": lambda values: (
        _("The tie was settled by the chair")
        if values["by"] == "casting_vote"
        else _("The tie was settled by lot"),
        "",
    ),
    "texts_tied": lambda values: (_("The texts are equal"), _("None of them leads.")),
    "acclamation": lambda values: (
        _("Adopted by acclamation"),
        _("Nobody of the %(members)s members present asked for a vote.")
        % {"members": number(values["members"])},
    ),
    "withdrawn": lambda values: (_("Withdrawn"), _("By %(by)s.") % {"by": values["by"]}),
    "held_over": lambda values: (
        _("Held over"),
        _("Until %(until)s.") % {"until": values["until"]} if values["until"] != "–" else "",
    ),
}


def reason_words(reason: Reason, frozen: Mapping[str, Any]) -> str:
    """A reason of the reading of difference, with the names of segments."""
    params: dict[str, Any] = {}
    dimension = str(reason.params.get("dimension", ""))
    for name, value in reason.params.items():
        if name == "dimension":
            params[name] = by_dimension(str(value))
        elif name in ("segments", "segment", "what"):
            params[name] = _names(frozen, dimension, str(value))
        elif name in ("response", "load", "support"):
            params[name] = percent(Fraction(value))
        elif isinstance(value, str):
            params[name] = value
        else:
            params[name] = number(value, {"v": 2, "p": 3, "agreement": 2}.get(name, 0))
    return _(reason.template) % params


def _names(frozen: Mapping[str, Any], dimension: str, codes: str) -> str:
    if codes in ("size", "province", "network"):
        return by_dimension(codes)
    known = frozen.get("segment_names", {})
    dimension = dimension or next((d for d, names in known.items() if codes in names), "size")
    return ", ".join(segment_name(frozen, dimension, code) for code in codes.split(", "))
