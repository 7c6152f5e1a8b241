"""Decisions without a count: by acclamation, withdrawn, held over."""

from collections.abc import Collection

from verband.core.errors import DomainError
from verband.core.voting.decide import add_quorums
from verband.core.voting.outcome import Line, Outcome, count_lines
from verband.core.voting.roll import Roll, count
from verband.core.voting.rules import Rule


class AcclamationNotAllowed(DomainError):
    """The rule asks for a vote."""

    code = "acclamation_not_allowed"
    template = "The rule “%(rule)s” does not allow a decision by acclamation."


class AcclamationNeedsMeeting(DomainError):
    """Silence in writing is not consent."""

    code = "acclamation_needs_meeting"
    template = "Only members who are present can adopt something by acclamation."


class VoteAskedFor(DomainError):
    """One member is enough to have a vote."""

    code = "vote_asked_for"
    template = "A vote was asked for by %(members)s, so there is no acclamation."


class TooLateToWithdraw(DomainError):
    """What is being voted on belongs to the meeting."""

    code = "too_late_to_withdraw"
    template = "%(by)s can no longer withdraw this: the voting has opened."


def acclamation(rule: Rule, roll: Roll, *, vote_asked_by: Collection[str] = ()) -> Outcome:
    """Adopted without a vote, because everybody present could ask for one and nobody did.

    Raises: ``AcclamationNotAllowed``, ``AcclamationNeedsMeeting`` (a written consultation),
    ``VoteAskedFor``, ``UnknownVoter``.

    >>> from verband.core.voting.rules import majority
    >>> rule = Rule(name="r", majorities=(majority("votes > 1/2 of valid"),), acclamation=True)
    >>> print(acclamation(rule, Roll.from_votes({"A": 1, "B": 1}, present={"A"})).lines[-1])
    Present: 1 member; nobody asked for a vote.
    """
    if not rule.acclamation:
        raise AcclamationNotAllowed(rule=rule.name)
    if not roll.present:
        raise AcclamationNeedsMeeting()
    for member in vote_asked_by:
        roll.elector(member)
    if vote_asked_by:
        raise VoteAskedFor(members=", ".join(sorted(vote_asked_by)))
    tally = count(rule, roll, ())
    lines = count_lines(tally)[:2]
    if add_quorums(rule, tally, lines):
        return Outcome("no_quorum", tuple(lines), tally)
    lines.append(Line("acclamation", {"members": len(roll.present)}, None, rule.article))
    return Outcome("adopted", tuple(lines), tally)


def withdrawn(*, by: str, voting_opened: bool) -> Outcome:
    """The proposer takes the proposal back; nothing was decided.

    Raises: ``TooLateToWithdraw`` when the voting has opened.

    >>> withdrawn(by="Bunnik", voting_opened=False).verdict
    'withdrawn'
    """
    if voting_opened:
        raise TooLateToWithdraw(by=by)
    return Outcome("withdrawn", (Line("withdrawn", {"by": by}),))


def held_over(*, until: str) -> Outcome:
    """The meeting puts the question off; nothing was decided.

    >>> print(held_over(until="the meeting of 24 May"))
    Held over.
    Held over until the meeting of 24 May.
    """
    return Outcome("held_over", (Line("held_over", {"until": until}),))
