"""Who speaks for members in the story: accounts, namings, proxies, and whose hand casts a ballot.

Every decision, letter and form here is fiction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from verband.consultations.kinds import NamedBy, VoterRank
from verband.consultations.models import Consultation, Designation, RollLine
from verband.consultations.use_cases.naming import name_voter, revoke_naming
from verband.consultations.use_cases.proxies import give_proxy
from verband.consultations.voters import Voters, voters_of
from verband.members.models import Function, Organisation
from verband.people.models import Account
from verband.people.use_cases import open_account
from verband.reference.story.cast import Cast, Player
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import Scribe

ELECTIONS = date(2018, 3, 21)  # of the councils: until then the lasting namings hold
COLLEGE = "college van burgemeester en wethouders"
A, M, S, C = Function.ALDERMAN, Function.MAYOR, Function.SECRETARY, Function.CLERK


@dataclass(frozen=True, slots=True)
class Naming:
    """A member names somebody, by the form or by a letter of ``decided_by``."""

    day: date
    code: str
    function: Function
    rank: VoterRank = VoterRank.VOTER
    decided_by: str = ""  # a letter that the bureau wrote down; empty: by the form
    until: date | None = None
    here: str = ""  # the number of the one consultation it is for
    revoked: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A member lets another vote for it in one consultation, with an instruction or free."""

    day: date
    code: str
    holder: str
    consultation: str
    instruction: Mapping[str, str] = field(default_factory=dict)


SUBSTITUTE = VoterRank.SUBSTITUTE
NAMINGS = (
    Naming(date(2017, 9, 5), "GM0855", S, decided_by=COLLEGE, until=ELECTIONS),
    Naming(date(2017, 9, 5), "GM0855", M, SUBSTITUTE, COLLEGE, ELECTIONS),
    Naming(date(2017, 9, 6), "GM0344", A, until=ELECTIONS),
    Naming(date(2017, 9, 6), "GM0344", S, SUBSTITUTE, until=ELECTIONS),
    Naming(date(2017, 9, 7), "GM0772", M, decided_by="burgemeester", until=ELECTIONS),
    Naming(date(2017, 9, 7), "GM1859", S, until=ELECTIONS),
    Naming(date(2017, 9, 7), "GM1859", C, SUBSTITUTE, until=ELECTIONS),
    Naming(date(2017, 9, 8), "GM0060", M, decided_by=COLLEGE, until=date(2018, 1, 1)),
    Naming(
        date(2017, 9, 8),
        "GM0014",
        A,
        decided_by=COLLEGE,
        until=ELECTIONS,
        revoked=date(2017, 10, 2),
        why="Het college wijst iemand anders aan na de wisseling van portefeuilles.",
    ),
    Naming(date(2017, 10, 24), "GM0193", A, decided_by=COLLEGE, here="2017-04"),
    Naming(date(2017, 10, 24), "GM0758", C, SUBSTITUTE, here="2017-04"),
)
PROXIES = (
    Given(date(2017, 9, 11), "GM0096", "GM0448", "2017-03", {"1": "against"}),
    Given(date(2017, 9, 11), "GM0093", "GM0448", "2017-03"),
    Given(date(2017, 10, 23), "GM0096", "GM0448", "2017-04", {"1": "for"}),
    Given(date(2017, 10, 23), "GM0798", "GM0855", "2017-04", {"1": "against"}),
)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who casts the ballot of a member: for the holder of its proxy when ``by`` is known."""

    account: Account
    by: Organisation | None = None
    instruction: Mapping[str, str] = field(default_factory=dict)


def plan_voters(scribe: Scribe, places: Places, cast: Cast) -> None:
    """Namings and proxies, before what is planned after them on the same days."""
    for naming in NAMINGS:
        if naming.day <= scribe.today:
            step = partial(_name, scribe, places, cast, naming)
            scribe.plan(naming.day, "voters", step)
        if naming.revoked is not None and naming.revoked <= scribe.today:
            scribe.plan(naming.revoked, "voters", partial(_revoke, scribe, places, naming))


def plan_proxies(scribe: Scribe, places: Places, consultation: str) -> None:
    """The proxies for one consultation; to be planned after its opening."""
    for given in PROXIES:
        if given.consultation == consultation and given.day <= scribe.today:
            scribe.plan(given.day, "voters", partial(_give, scribe, places, given))


def let_in(scribe: Scribe, player: Player) -> None:
    """Open an account for somebody who has none yet."""
    person = player.told
    if not Account.objects.filter(person=person).exists():
        scribe.tell(open_account, person=person, email=f"{person.key}@verband.example")


def secretary_of(member: Organisation, day: date) -> Account:
    """The account of the municipal secretary."""
    [secretary, *_others] = voters_of(None, [member.pk], day)[member.pk].secretaries
    return Account.objects.select_related("person").get(person=secretary)


def _name(scribe: Scribe, places: Places, cast: Cast, naming: Naming) -> None:
    player = cast.at(naming.code, naming.function, naming.day)
    if player is None:
        raise LookupError(naming.code)
    let_in(scribe, player)
    member = places.municipalities[naming.code]
    by_letter = bool(naming.decided_by)
    scribe.tell_as(
        scribe.actor if by_letter else secretary_of(member, naming.day),
        name_voter,
        member=member,
        rank=naming.rank,
        person=player.told,
        consultation=Consultation.objects.filter(key=naming.here).first(),
        how=NamedBy.LETTER if by_letter else NamedBy.FORM,
        decided_by=naming.decided_by,
        valid_until=naming.until,
    )


def _revoke(scribe: Scribe, places: Places, naming: Naming) -> None:
    member = places.municipalities[naming.code]
    row = Designation.objects.known(None).get(member=member, rank=naming.rank)
    scribe.tell_as(
        secretary_of(member, scribe.today), revoke_naming, designation=row, reason=naming.why
    )


def _give(scribe: Scribe, places: Places, given: Given) -> None:
    member = places.municipalities[given.code]
    scribe.tell_as(
        secretary_of(member, given.day),
        give_proxy,
        member=member,
        holder=places.municipalities[given.holder],
        consultation=Consultation.objects.get(key=given.consultation),
        instruction=given.instruction,
    )


def hands_of(consultation: Consultation, lines: Iterable[RollLine], day: date) -> dict[int, Hand]:
    """Whose hand casts the ballot of each member; members without an account are left out."""
    ids = {line.member_id for line in lines}
    found = voters_of(consultation, ids, day)
    holders = {one.proxy.holder_id for one in found.values() if one.proxy is not None}
    found |= voters_of(consultation, holders - ids, day)
    accounts = {one.person_id: one for one in Account.objects.select_related("person")}
    organisations = Organisation.objects.in_bulk(holders)
    hands = {}
    for pk in sorted(ids):
        proxy = found[pk].proxy
        account = _account(found[pk if proxy is None else proxy.holder_id], accounts)
        if account is not None and proxy is None:
            hands[pk] = Hand(account)
        elif account is not None and proxy is not None:
            hands[pk] = Hand(account, organisations[proxy.holder_id], proxy.instruction)
    return hands


def _account(voters: Voters, accounts: Mapping[int, Account]) -> Account | None:
    """The first in line: the authorised voter, the substitute, the secretary when none is named."""
    named = [one.person_id for one in (voters.named, voters.substitute) if one is not None]
    for person in named or voters.secretaries:
        if person in accounts:
            return accounts[person]
    return None
