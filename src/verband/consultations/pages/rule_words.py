"""The rule of a vote in plain sentences, each with its article: what a voter reads beforehand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import Binding, Weighing
from verband.consultations.queries.standing import live
from verband.core.voting.rules import Majority, Quorum, Rule
from verband.ui.wording import language, number


@dataclass(frozen=True)
class RuleLine:
    """One sentence of the rule. ``about``: what it settles; ``article``: where it is written."""

    about: str
    text: str
    article: str = ""


def rule_name(frozen: Mapping[str, Any]) -> str:
    """The name of the rule in the reader's language."""
    english = language() == "en" and frozen.get("rule_name_en")
    return str(english or frozen.get("rule_name", ""))


def rule_words(frozen: Mapping[str, Any]) -> tuple[RuleLine, ...]:
    """The rule as frozen at the opening (or as it would be), sentence by sentence.

    ``about`` is one of: majority, quorum, silence, abstention, tie, change, public, interim,
    weighing, proxy, binding, ratification, objection. A question to people has no majority.
    """
    lines = [] if frozen["weighing"] == Weighing.PERSONS else list(_decided(frozen))
    article = str(frozen.get("article", ""))
    return tuple(
        line if line.article else RuleLine(line.about, line.text, article)
        for line in [*lines, *_cast(frozen), *_afterwards(frozen)]
    )


def summary(lines: tuple[RuleLine, ...]) -> tuple[str, str]:
    """What a ballot shows: when it is adopted, and what else a voter must know before voting."""
    first = [line.text for line in lines if line.about in ("majority", "quorum")]
    known = ("silence", "abstention", "change", "public", "binding")
    second = [line.text for line in lines if line.about in (*known, "ratification")]
    return " ".join(first), " ".join(second)


def _decided(frozen: Mapping[str, Any]) -> Iterator[RuleLine]:
    rule = Rule.from_mapping(frozen["rule"])
    for majority in rule.majorities:
        yield RuleLine("majority", majority_words(majority), majority.article or rule.article)
    for quorum in rule.quorums:
        yield RuleLine("quorum", quorum_words(quorum), quorum.article or rule.article)
    if rule.second_call is not None:
        words = _("If too few take part, nothing is decided; a second meeting has its own rule.")
        yield RuleLine("quorum", words, rule.second_call.article or rule.article)
    yield RuleLine("silence", _silence(rule), rule.article)
    yield RuleLine("abstention", _abstention(rule), rule.article)
    yield RuleLine("tie", _tie(rule), rule.article)


def majority_words(majority: Majority) -> str:
    """When it is adopted."""
    base = {
        ("votes", "valid"): _("the votes for and against"),
        ("votes", "cast"): _("the votes cast, abstentions included"),
        ("votes", "present"): _("the votes that are present"),
        ("votes", "all"): _("all votes"),
        ("members", "valid"): _("the members that voted for or against"),
        ("members", "cast"): _("the members that voted, abstentions included"),
        ("members", "present"): _("the members that are present"),
        ("members", "all"): _("all members"),
        ("inhabitants", "valid"): _("the inhabitants of members that voted for or against"),
        ("inhabitants", "cast"): _("the inhabitants of members that voted, abstentions included"),
        ("inhabitants", "present"): _("the inhabitants of members that are present"),
        ("inhabitants", "all"): _("the inhabitants of all members"),
    }[majority.unit, majority.of]
    amount = _amount(majority.part, majority.strict)
    return _("Adopted if %(amount)s of %(base)s are for.") % {"amount": amount, "base": base}


def quorum_words(quorum: Quorum) -> str:
    """How much must take part."""
    if quorum.number:
        return _number_words(quorum)
    base = {
        ("votes", "all"): _("all votes"),
        ("votes", "present"): _("the votes that are present"),
        ("members", "all"): _("all members"),
        ("members", "present"): _("the members that are present"),
        ("inhabitants", "all"): _("the inhabitants of all members"),
        ("inhabitants", "present"): _("the inhabitants of members that are present"),
    }[quorum.unit, quorum.of]
    taking_part = {
        ("votes", "present"): _("take part"),
        ("votes", "cast"): _("have been cast"),
        ("votes", "valid"): _("have been cast for or against"),
        ("members", "present"): _("take part"),
        ("members", "cast"): _("have voted"),
        ("members", "valid"): _("have voted for or against"),
        ("inhabitants", "present"): _("are represented"),
        ("inhabitants", "cast"): _("are represented by a vote"),
        ("inhabitants", "valid"): _("are represented by a vote for or against"),
    }[quorum.unit, quorum.counts]
    words = _("It counts only if %(amount)s of %(base)s %(taking_part)s.")
    amount = _amount(quorum.part, quorum.strict)
    return words % {"amount": amount, "base": base, "taking_part": taking_part}


def _number_words(quorum: Quorum) -> str:
    """A quorum that the statutes write as a number."""
    words = {
        ("votes", "present"): _("It counts only if %(amount)s votes are there."),
        ("votes", "cast"): _("It counts only if %(amount)s votes were cast."),
        ("votes", "valid"): _("It counts only if %(amount)s votes were cast for or against."),
        ("members", "present"): _("It counts only if %(amount)s members are there."),
        ("members", "cast"): _("It counts only if %(amount)s members voted."),
        ("members", "valid"): _("It counts only if %(amount)s members voted for or against."),
        ("inhabitants", "present"): _(
            "It counts only if members of %(amount)s inhabitants are there."
        ),
        ("inhabitants", "cast"): _("It counts only if members of %(amount)s inhabitants voted."),
        ("inhabitants", "valid"): _(
            "It counts only if members of %(amount)s inhabitants voted for or against."
        ),
    }[quorum.unit, quorum.counts]
    return words % {"amount": _more(quorum.strict) % {"part": number(quorum.number)}}


def _amount(part: Fraction, strict: bool) -> str:
    known = {
        Fraction(1): _("the whole"),
        Fraction(1, 2): _("half"),
        Fraction(1, 3): _("one third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(1, 4): _("a quarter"),
        Fraction(3, 4): _("three quarters"),
    }
    if part == 1:
        return known[part]
    return _more(strict) % {"part": known.get(part, f"{part.numerator}/{part.denominator}")}


def _more(strict: bool) -> str:
    return _("more than %(part)s") if strict else _("at least %(part)s")


def _silence(rule: Rule) -> str:
    if rule.absence == "against":
        return _("Not voting counts against; it is never consent.")
    return _("Not voting does not count as consent.")


def _abstention(rule: Rule) -> str:
    return {
        "nothing": _("Abstaining counts for turnout, not for the majority."),
        "cast": _("Abstaining counts as a vote cast, so it makes the majority harder to reach."),
        "against": _("Abstaining counts against."),
    }[rule.abstention]


def _tie(rule: Rule) -> str:
    return {
        "rejected": _("When for and against are equal, it is rejected."),
        "casting_vote": _("When for and against are equal, the chair decides."),
        "lot": _("When for and against are equal, the lot decides."),
        "held_over": _("When for and against are equal, it comes back in a next meeting."),
    }[rule.tie]


def _cast(frozen: Mapping[str, Any]) -> Iterator[RuleLine]:
    key = frozen.get("key")
    if frozen["weighing"] == Weighing.VOTES and key:
        words = _("Votes of a member: %(key)s.") % {"key": key_words(key)}
        yield RuleLine("weighing", words, key["article"])
    elif frozen["weighing"] == Weighing.MEMBERS:
        yield RuleLine("weighing", _("Each member has one vote."))
    elif frozen["weighing"] == Weighing.PERSONS:
        words = _("Everybody who is asked gives one answer; it is also read per municipality.")
        yield RuleLine("weighing", words)
    people = frozen["weighing"] == Weighing.PERSONS
    if frozen["may_change"]:
        change = (
            _("You can change your answer until closing.")
            if people
            else _("You can change your vote until closing.")
        )
    else:
        change = _("A vote that has been cast cannot be changed.")
    yield RuleLine("change", change)
    yield RuleLine("interim", _interim(frozen))
    if not people:
        yield RuleLine("public", _public(frozen))
        yield RuleLine("proxy", _proxies(frozen))


def key_words(key: Mapping[str, Any]) -> str:
    """The voting key in words."""
    if not key.get("per"):
        return _("each member the same number")
    parts = [_("1 per %(per)s inhabitants") % {"per": number(key["per"])}]
    if key.get("minimum"):
        parts.append(_("at least %(number)s") % {"number": number(key["minimum"])})
    if key.get("cap"):
        parts.append(_("at most %(number)s") % {"number": number(key["cap"])})
    return ", ".join(parts)


def _interim(frozen: Mapping[str, Any]) -> str:
    if live(frozen):
        return _("The result is live: while it is open, everybody sees the count so far.")
    return _("Until publication nobody sees an interim result, the bureau neither.")


def _public(frozen: Mapping[str, Any]) -> str:
    if frozen["is_secret"]:
        return _("The vote is secret: nobody sees what a member chose.")
    return _("What each member voted becomes public with the result.")


def _proxies(frozen: Mapping[str, Any]) -> str:
    members = frozen["proxy_members"]
    if not members:
        return _("Voting for another member by proxy is not possible.")
    words = ngettext(
        "One member holds at most %(count)s proxy.",
        "One member holds at most %(count)s proxies.",
        members,
    ) % {"count": number(members)}
    if frozen.get("proxy_votes"):
        most = _("Together these have at most %(votes)s votes.")
        words += " " + most % {"votes": number(frozen["proxy_votes"])}
    return words


def _afterwards(frozen: Mapping[str, Any]) -> Iterator[RuleLine]:
    words = {
        Binding.ADVICE: _("The result is advice: the board weighs it, it binds nobody."),
        Binding.POSITION: _("The result is the position of the association."),
        Binding.DECISION: _("The result is a decision: it binds the association."),
    }[Binding(frozen["binding"])]
    yield RuleLine("binding", words)
    if frozen["needs_ratification"]:
        yield RuleLine("ratification", _("It is provisional until an assembly ratifies it."))
    days = frozen["objection_days"]
    if days:
        words = ngettext(
            "A member can object until %(count)s day after publication.",
            "A member can object until %(count)s days after publication.",
            days,
        )
        yield RuleLine("objection", words % {"count": number(days)})
