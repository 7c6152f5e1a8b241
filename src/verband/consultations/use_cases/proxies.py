"""Proxies: a member lets another vote for it, within the limits of the rule of that vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verband.consultations.audience import Audience
from verband.consultations.events import ProxyGiven, ProxyRevoked
from verband.consultations.kinds import Capacity, State
from verband.consultations.models import Ballot, Consultation, Proxy, RollLine, Sitting
from verband.consultations.permissions import gives_votes
from verband.consultations.queries.roll import roll_on
from verband.consultations.queries.standing import Standing, questions_of
from verband.consultations.use_cases.casting import NotOnThePaper
from verband.consultations.use_cases.naming import PeopleAnswer
from verband.consultations.use_cases.opening import TO_PEOPLE, locked
from verband.consultations.use_cases.preparing import AlreadyClosed, rule_on
from verband.consultations.voters import proxies_in
from verband.core.errors import DomainError
from verband.core.voting import proxies as core
from verband.core.voting.roll import Roll
from verband.kernel.announce import announce
from verband.kernel.clock import local_day
from verband.kernel.permissions import Actor
from verband.kernel.two_times import record, withdraw
from verband.kernel.use_case import use_case
from verband.members.models import Membership, Organisation
from verband.members.queries import names_on
from verband.people.permissions import person_of


class ProxiesNotAllowed(DomainError):
    """The statutes let nobody vote for another."""

    code = "proxies_not_allowed"
    template = "The rule of %(consultation)s lets no member vote for another (%(article)s)."


class OneOrAll(DomainError):
    """A proxy is for one vote, or for all votes of one sitting."""

    code = "one_or_all"
    template = "Give the proxy for one vote, or for all votes of one sitting."


class NotThere(DomainError):
    """Only who stands on the roll votes, or is voted for."""

    code = "not_there"
    template = "%(member)s does not stand on the roll of this vote."


class VotedItself(DomainError):
    """A vote that was cast is not given away afterwards."""

    code = "voted_itself"
    template = (
        "%(member)s has voted in %(consultation)s already. It can change that vote itself until"
        " closing."
    )


class ProxyUsed(DomainError):
    """A proxy can be taken back until it was used."""

    code = "proxy_used"
    template = (
        "%(holder)s has voted for %(member)s in %(consultation)s already. This proxy cannot be"
        " revoked any more."
    )


@dataclass(frozen=True)
class Limits:
    """What the rule of one vote allows, and who stands on its roll with how many votes."""

    consultation: Consultation
    rule: core.ProxyRule
    article: str
    votes: Mapping[int, int]


@use_case(allowed=gives_votes)
def give_proxy(
    *,
    actor: Actor,
    now: datetime,
    member: Organisation,
    holder: Organisation,
    consultation: Consultation | None = None,
    sitting: Sitting | None = None,
    instruction: Mapping[str, str] | None = None,
) -> Proxy:
    """Let another member vote: in one vote, or in all votes of a sitting, also later ones.

    ``instruction`` maps the key of a question to a choice; a question that is left out is free.

    Raises:
        OneOrAll, PeopleAnswer, AlreadyClosed, ProxiesNotAllowed, NotThere, VotedItself,
        NotOnThePaper, and what the rule refuses: loops, chains, too many in one hand.
    """
    running = [one for one in map(locked, _votes(consultation, sitting)) if _runs(one, now)]
    if consultation is not None:
        _refuse_one(consultation, running, member, instruction or {})
    made = Proxy(
        consultation=consultation,
        sitting=sitting,
        member=member,
        holder=holder,
        instruction=dict(instruction or {}) if consultation is not None else {},
        given_by=person_of(actor),
    )
    for standing in running:
        if consultation is None and standing.consultation.kind in TO_PEOPLE:
            continue
        refuse_beyond(limits_of(standing, now), made, now)
    if not running:
        _refuse_outsiders(made, now)
    record(made, now=now)
    announce(ProxyGiven(proxy=made.pk))
    return made


@use_case(allowed=gives_votes)
def revoke_proxy(*, actor: Actor, now: datetime, proxy: Proxy) -> Proxy:
    """Take the vote back, until the holder used it.

    A proxy for a sitting that was used in a vote that is closed ends for the votes to come.

    Raises:
        ProxyUsed, AlreadyClosed.
    """
    for standing in map(locked, _votes(proxy.consultation, proxy.sitting)):
        if not _runs(standing, now):
            if proxy.consultation is not None:
                raise AlreadyClosed
            continue
        used = Ballot.objects.filter(
            consultation=standing.consultation,
            member=proxy.member,
            by_member=proxy.holder,
            capacity=Capacity.PROXY,
        )
        if used.exists():
            raise ProxyUsed(**_names(proxy, now), consultation=standing.consultation.key)
    withdraw(proxy, now=now)
    announce(ProxyRevoked(proxy=proxy.pk))
    return proxy


def _votes(consultation: Consultation | None, sitting: Sitting | None) -> list[Consultation]:
    """The votes that a proxy is for, in the order of their keys. Raises: ``OneOrAll``."""
    if consultation is not None and sitting is None:
        return [consultation]
    if sitting is None or consultation is not None:
        raise OneOrAll
    return list(sitting.votes.order_by("pk"))


def _runs(standing: Standing, now: datetime) -> bool:
    return standing.state(now) in (State.DRAFT, State.PLANNED, State.OPEN)


def _refuse_one(
    consultation: Consultation,
    running: list[Standing],
    member: Organisation,
    instruction: Mapping[str, str],
) -> None:
    if consultation.kind in TO_PEOPLE:
        raise PeopleAnswer
    if not running:
        raise AlreadyClosed
    asked = {one.key: one for one in questions_of(consultation) if not one.fact.is_withdrawn}
    for key, choice in instruction.items():
        if key not in asked or choice not in asked[key].choices:
            text = asked[key].fact.text if key in asked else key
            raise NotOnThePaper(question=text)


def limits_of(standing: Standing, now: datetime) -> Limits:
    """What is allowed in one vote: as frozen, or before the opening by the rule in force."""
    consultation, frozen = standing.consultation, standing.frozen
    if frozen:
        lines = RollLine.objects.filter(consultation=consultation)
        votes = dict(lines.values_list("member_id", "votes"))
        most, most_votes = frozen["proxy_members"], frozen["proxy_votes"]
        article = frozen["article"]
    else:
        moment = max(standing.fact.opens_at or now, now)
        rule = rule_on(consultation.rule, consultation.kind, moment)
        audience = Audience.read(standing.fact.audience)
        entries = roll_on(local_day(moment), audience, rule.weighing, ())
        votes = {entry.member_id: entry.votes for entry in entries}
        most, most_votes, article = rule.proxy_members, rule.proxy_votes, rule.article
    allowed = core.ProxyRule(max_members=most, max_votes=most_votes)
    return Limits(consultation, allowed, article, votes)


def refuse_beyond(limits: Limits, made: Proxy, now: datetime) -> None:
    """Refuse a proxy that the rule of a vote does not allow beside those that stand.

    Raises: ``ProxiesNotAllowed``, ``NotThere``, ``VotedItself``, what ``core.resolve`` refuses.
    """
    consultation = limits.consultation
    whole = made.consultation_id is not None
    if not limits.rule.max_members:
        if not whole:
            return
        raise ProxiesNotAllowed(consultation=consultation.key, article=limits.article)
    names = _names(made, now)
    for side in ("member", "holder"):
        if getattr(made, f"{side}_id") not in limits.votes:
            if not whole:
                return
            raise NotThere(member=names[side])
    if Ballot.objects.filter(consultation=consultation, member=made.member).exists():
        raise VotedItself(member=names["member"], consultation=consultation.key)
    given = {row.member_id: row.holder_id for row in proxies_in(consultation)}
    own = Proxy.objects.known(None).filter(consultation=consultation, member=made.member)
    if whole or not own.exists():
        given[made.member_id] = made.holder_id
    called = _unlike(limits.votes, local_day(now))
    roll = Roll.from_votes({called[pk]: votes for pk, votes in limits.votes.items()})
    pairs = [
        core.Proxy(called[member], called[holder])
        for member, holder in given.items()
        if member in called and holder in called
    ]
    core.resolve(limits.rule, roll, pairs)


def _refuse_outsiders(made: Proxy, now: datetime) -> None:
    """In a sitting that has no votes yet: both are members, and nobody gives in a circle."""
    day = local_day(now)
    members = Membership.objects.at(day).known(None).values_list("organisation_id", flat=True)
    called = _unlike(members, day)
    names = _names(made, now)
    for side in ("member", "holder"):
        if getattr(made, f"{side}_id") not in called:
            raise NotThere(member=names[side])
    given = {
        row.member_id: row.holder_id
        for row in Proxy.objects.known(None).filter(sitting=made.sitting)
        if row.member_id in called and row.holder_id in called
    } | {made.member_id: made.holder_id}
    roll = Roll.from_votes(dict.fromkeys(called.values(), 1))
    core.resolve(
        core.ProxyRule(), roll, [core.Proxy(called[a], called[b]) for a, b in given.items()]
    )


def _unlike(ids: Any, day: Any) -> dict[int, str]:
    """What members are called, with the key where two have one name."""
    facts = names_on(ids, day)
    taken = [fact.name for fact in facts.values()]
    return {
        pk: fact.name if taken.count(fact.name) == 1 else f"{fact.name} ({fact.organisation.key})"
        for pk, fact in facts.items()
    }


def _names(proxy: Proxy, now: datetime) -> dict[str, str]:
    facts = names_on([proxy.member_id, proxy.holder_id], local_day(now))
    return {
        "member": facts[proxy.member_id].name if proxy.member_id in facts else str(proxy.member),
        "holder": facts[proxy.holder_id].name if proxy.holder_id in facts else str(proxy.holder),
    }
