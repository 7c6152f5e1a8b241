"""Proxies and mandates: who holds whose votes, within the limits of the rule."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from verband.core.errors import DomainError
from verband.core.voting.roll import BadWeight, Ballot, NotPresent, Roll, SplitTooLarge


class ProxyLoop(DomainError):
    """Votes that come back to the giver."""

    code = "proxy_loop"
    template = "These proxies go round in a circle: %(path)s."


class ChainNotAllowed(DomainError):
    """A proxy received may not be handed on."""

    code = "proxy_chain"
    template = "A proxy may not be passed on, but this one is: %(path)s."


class ProxyTwice(DomainError):
    """One member, one holder, unless its votes may be divided."""

    code = "proxy_twice"
    template = "%(principal)s gave its votes to more than one holder, which the rule forbids."


class DividedChain(DomainError):
    """A holder that divides its own votes cannot pass on others'."""

    code = "divided_chain"
    template = "%(holder)s divides its own votes, so it is unclear who votes for %(principal)s."


class HolderNotMember(DomainError):
    """Only a member may hold a proxy."""

    code = "holder_not_member"
    template = "%(holder)s does not stand on the roll and may not vote for %(principal)s."


class TooManyProxies(DomainError):
    """A holder acts for more members than the rule allows."""

    code = "too_many_proxies"
    template = "Proxies in the hand of %(holder)s: %(number)s; at most %(cap)s are allowed."


class TooManyProxyVotes(DomainError):
    """A holder carries more votes of others than the rule allows."""

    code = "too_many_proxy_votes"
    template = "Votes of others in the hand of %(holder)s: %(votes)s; at most %(cap)s are allowed."


class PrincipalPresent(DomainError):
    """Who is there votes itself."""

    code = "principal_present"
    template = "%(principal)s is present and gave its votes to %(holder)s; revoke one of the two."


class NotYourVote(DomainError):
    """A ballot for a member whose votes are in another hand."""

    code = "not_your_vote"
    template = "%(holder)s has no votes of %(member)s to cast."


class InstructionBroken(DomainError):
    """The principal said how to vote."""

    code = "instruction_broken"
    template = "%(principal)s instructed “%(instruction)s”, but %(holder)s votes “%(choice)s”."


@dataclass(frozen=True)
class Proxy:
    """A principal lets a holder vote; ``votes`` when only a part, ``instruction`` when bound."""

    principal: str
    holder: str
    votes: int | None = None
    instruction: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProxyRule:
    """Limits: members and votes (of others) in one hand, passing on, dividing, and who may hold.

    ``members_only`` false lets a person who is no member vote with a mandate, for one member or
    several. ``None`` is no limit.
    """

    max_members: int | None = None
    max_votes: int | None = None
    chains: bool = False
    split: bool = False
    members_only: bool = True


@dataclass(frozen=True)
class Held:
    """Votes in a hand that is not the principal's; ``path`` is how they came there."""

    principal: str
    votes: int
    whole: bool
    path: tuple[str, ...]
    instruction: str | None = None


@dataclass(frozen=True)
class Representation:
    """Who finally votes for whom."""

    roll: Roll
    held: Mapping[str, tuple[Held, ...]]

    def represented(self, here: Collection[str]) -> set[str]:
        """The members that count as present when these members and persons are in the hall."""
        carried = {h.principal for holder in here for h in self.held.get(holder, ())}
        return carried | (set(here) & set(self.roll.electors))

    def own_votes(self, member: str) -> int:
        """The votes a member kept in its own hand."""
        given = sum(h.votes for held in self.held.values() for h in held if h.principal == member)
        return self.roll.elector(member).votes - given


def resolve(
    rule: ProxyRule, roll: Roll, proxies: Iterable[Proxy], *, here: Collection[str] = ()
) -> Representation:
    """Follow all proxies to the hand that votes.

    ``here``: members present in person; a member that is there cannot also be represented.

    Raises: ``UnknownVoter``, ``HolderNotMember``, ``ProxyLoop`` (it is named), ``ProxyTwice``,
    ``ChainNotAllowed``, ``DividedChain``, ``SplitTooLarge``, ``BadWeight``, ``TooManyProxies``,
    ``TooManyProxyVotes``, ``PrincipalPresent``.

    >>> roll = Roll.from_votes({"A": 3, "B": 2, "C": 1})
    >>> resolve(ProxyRule(max_members=2), roll, [Proxy("A", "C"), Proxy("B", "C")]).held["C"][0]
    Held(principal='A', votes=3, whole=True, path=('A', 'C'), instruction=None)
    """
    given: dict[str, list[Proxy]] = {}
    for proxy in proxies:
        roll.elector(proxy.principal)
        if rule.members_only and proxy.holder not in roll.electors:
            raise HolderNotMember(holder=proxy.holder, principal=proxy.principal)
        given.setdefault(proxy.principal, []).append(proxy)
    _refuse_loops(given)
    held: dict[str, list[Held]] = {}
    for principal, own in given.items():
        _check_division(rule, roll, principal, own)
        for proxy in own:
            path = _path(rule, given, proxy)
            votes = roll.elector(principal).votes if proxy.votes is None else proxy.votes
            hand = Held(principal, votes, proxy.votes is None, path, proxy.instruction)
            held.setdefault(path[-1], []).append(hand)
            if principal in here and proxy.votes is None:
                raise PrincipalPresent(principal=principal, holder=path[-1])
    _check_caps(rule, held)
    return Representation(roll, {holder: tuple(hands) for holder, hands in held.items()})


def _refuse_loops(given: Mapping[str, Sequence[Proxy]]) -> None:
    done: set[str] = set()
    for start in given:
        trail: list[tuple[str, list[str]]] = [(start, [p.holder for p in given[start]])]
        on_trail = {start: 0}
        while trail:
            member, holders = trail[-1]
            if not holders:
                trail.pop()
                on_trail.pop(member)
                done.add(member)
                continue
            holder = holders.pop(0)
            if holder in on_trail:
                circle = [name for name, _ in trail[on_trail[holder] :]]
                raise ProxyLoop(path=" → ".join([*circle, holder]))
            if holder in given and holder not in done:
                on_trail[holder] = len(trail)
                trail.append((holder, [p.holder for p in given[holder]]))


def _check_division(rule: ProxyRule, roll: Roll, principal: str, own: Sequence[Proxy]) -> None:
    divided = len(own) > 1 or own[0].votes is not None
    if not divided:
        return
    if not rule.split or any(proxy.votes is None for proxy in own):
        raise ProxyTwice(principal=principal)
    for proxy in own:
        if proxy.votes is None or proxy.votes < 1:
            raise BadWeight(what="proxy votes", member=principal, value=proxy.votes)
    total, votes = sum(proxy.votes or 0 for proxy in own), roll.elector(principal).votes
    if total > votes:
        raise SplitTooLarge(member=principal, cast=total, votes=votes)


def _path(rule: ProxyRule, given: Mapping[str, Sequence[Proxy]], proxy: Proxy) -> tuple[str, ...]:
    path = [proxy.principal, proxy.holder]
    while path[-1] in given:
        onward = given[path[-1]]
        if not rule.chains:
            raise ChainNotAllowed(path=" → ".join([*path, onward[0].holder]))
        if len(onward) > 1 or onward[0].votes is not None:
            raise DividedChain(holder=path[-1], principal=proxy.principal)
        path.append(onward[0].holder)
    return tuple(path)


def _check_caps(rule: ProxyRule, held: Mapping[str, Sequence[Held]]) -> None:
    for holder, hands in held.items():
        number, votes = len({h.principal for h in hands}), sum(h.votes for h in hands)
        if rule.max_members is not None and number > rule.max_members:
            raise TooManyProxies(holder=holder, number=number, cap=rule.max_members)
        if rule.max_votes is not None and votes > rule.max_votes:
            raise TooManyProxyVotes(holder=holder, votes=votes, cap=rule.max_votes)


def cast(
    representation: Representation, choices: Mapping[str, str | Mapping[str, str]]
) -> list[Ballot]:
    """The ballots that hands cast: one choice for all votes in a hand, or a choice by member.

    ``choices`` maps a hand (member or person) to a choice, or to a choice for each member it votes
    for, itself included. An instruction is followed without being repeated. A member in the hand
    for whom nothing is said casts no ballot.

    Raises: ``NotYourVote``, ``InstructionBroken``, ``UnknownVoter``.

    >>> roll = Roll.from_votes({"A": 3, "B": 2})
    >>> cast(resolve(ProxyRule(), roll, [Proxy("A", "B")]), {"B": "for"})
    [Ballot(member='B', choice='for', votes=None), Ballot(member='A', choice='for', votes=None)]
    """
    roll, ballots = representation.roll, []
    for hand, said in choices.items():
        held = {h.principal: h for h in representation.held.get(hand, ())}
        if hand not in roll.electors and not held:
            raise NotPresent(member=hand)
        kept = representation.own_votes(hand) if hand in roll.electors else 0
        given_away = any(h.principal == hand for hs in representation.held.values() for h in hs)
        own = hand in roll.electors and (kept > 0 or not given_away)
        for member in [] if isinstance(said, str) else said:
            if member not in held and not (own and member == hand):
                raise NotYourVote(holder=hand, member=member)
        mine = said if isinstance(said, str) else said.get(hand)
        if own and mine is not None:
            ballots.append(Ballot(hand, mine, kept if given_away else None))
        elif isinstance(said, str) and not held:
            raise NotYourVote(holder=hand, member=hand)
        for principal, carried in held.items():
            choice = _choice(hand, carried, said)
            if choice is not None:
                votes = None if carried.whole else carried.votes
                ballots.append(Ballot(principal, choice, votes))
    return ballots


def _choice(hand: str, carried: Held, said: str | Mapping[str, str]) -> str | None:
    spoken = None if isinstance(said, str) else said.get(carried.principal)
    if carried.instruction is None:
        return said if isinstance(said, str) else spoken
    if spoken is not None and spoken != carried.instruction:
        raise InstructionBroken(
            principal=carried.principal,
            instruction=carried.instruction,
            holder=hand,
            choice=spoken,
        )
    return carried.instruction
