"""The assemblies of the story: one held in June 2017, with every kind of vote, and one prepared.

Who was there, how they voted and who was elected is fiction; the chair that is elected in June is
the one who takes the chair of the board in July (``places_at_table``).
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import (
    Attendance,
    Consultation,
    Question,
    RollLine,
    Sitting,
    VotingRule,
)
from verband.consultations.use_cases.assembly import adopt_by_acclamation, record_show_of_hands
from verband.consultations.use_cases.casting import cast_ballot
from verband.consultations.use_cases.elections import Sealed, cast_secret_ballot
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import hold_over, prepare_consultation
from verband.consultations.use_cases.proxies import give_proxy
from verband.consultations.use_cases.sittings import mark_present, plan_sitting
from verband.members.queries import Member, members_on
from verband.reference.story.assembly_texts import JUNE, NOVEMBER, Assembly, Item
from verband.reference.story.cast import Cast
from verband.reference.story.organisations import Places
from verband.reference.story.scribe import SEED, Scribe
from verband.reference.story.tables import Tables
from verband.reference.story.voters import Hand, hands_of, secretary_of

# A chance to be there for each size of member, in inhabitants, up to the first number.
COMES = ((20_000, 0.1), (50_000, 0.35), (10**9, 0.9))
HELD_OVER = "De leden vragen meer tijd. Het bestuur legt de voorstellen apart voor."
AGAINST = ("gm0153", "gm0200", "gm0448", "gm0718")  # those who raised no hand, if there


@dataclass(frozen=True)
class Hall:
    """What the steps of one assembly share."""

    scribe: Scribe
    places: Places
    tables: Tables
    meeting: Assembly
    chance: random.Random

    @property
    def sitting(self) -> Sitting:
        """The meeting in the register."""
        return Sitting.objects.select_related("body").get(key=self.meeting.key)

    def vote(self, key: str) -> Consultation:
        """One of its votes in the register."""
        return Consultation.objects.select_related("body", "sitting").get(key=key)


def plan_assemblies(scribe: Scribe, places: Places, tables: Tables, cast: Cast) -> None:
    """Both are prepared; the one of June is held, if the demo's day lies after it."""
    for meeting in (JUNE, NOVEMBER):
        if meeting.planned <= scribe.today:
            chance = random.Random(f"{SEED} {meeting.key}")  # noqa: S311 - a seed makes the story the same
            hall = Hall(scribe, places, tables, meeting, chance)
            scribe.plan(meeting.planned, "assemblies", partial(_prepare, hall))
    day = JUNE.starts_at.date()
    if day < scribe.today:
        chance = random.Random(f"{SEED} {JUNE.key} {day}")  # noqa: S311 - as above
        hall = Hall(scribe, places, tables, JUNE, chance)
        for step in (_enter, _acclaim, _roll_call, _hands, _hold_over, _elect):
            scribe.plan(day, "assemblies", partial(step, hall))


def _prepare(hall: Hall) -> None:
    scribe, meeting, board = hall.scribe, hall.meeting, hall.tables.bodies["bestuur"]
    sitting = scribe.tell(
        plan_sitting,
        body=board,
        key=meeting.key,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
    )
    for item in meeting.items:
        scribe.tell(
            prepare_consultation,
            body=board,
            kind=ConsultationKind.ASSEMBLY,
            key=item.key,
            rule=VotingRule.objects.get(key=item.rule),
            title=item.title,
            explanation=item.explanation,
            audience={"of": "members"},
            questions=[_question(hall, item)],
            sitting=sitting,
            order=item.order,
            ratifies=Consultation.objects.filter(key=item.ratifies).first(),
        )
    for code, holder in meeting.proxies.items():
        member = hall.places.municipalities[code]
        scribe.tell_as(
            secretary_of(member, meeting.planned),
            give_proxy,
            member=member,
            holder=hall.places.municipalities[holder],
            sitting=sitting,
        )


def _question(hall: Hall, item: Item) -> Mapping[str, object]:
    motion = Question.objects.filter(consultation__key=item.amends).first()
    proposer = hall.places.municipalities[item.proposer] if item.proposer else None
    return {**item.question, "amends": motion, "proposer": proposer}


def _comes(hall: Hall, member: Member) -> bool:
    holds = member.organisation.code in hall.meeting.proxies.values()
    gave = member.organisation.code in hall.meeting.proxies
    inhabitants = member.inhabitants.number or 0
    chance = next(chance for until, chance in COMES if inhabitants < until)
    return not gave and (hall.chance.random() < chance or holds)


def _enter(hall: Hall) -> None:
    sitting = hall.sitting
    for member in members_on(hall.meeting.starts_at.date()):
        if _comes(hall, member):
            there = hall.places.municipalities[member.organisation.code]
            hall.scribe.tell(mark_present, sitting=sitting, member=there)


def _acclaim(hall: Hall) -> None:
    hall.scribe.tell(adopt_by_acclamation, consultation=hall.vote("2017-v1"))


def _roll_call(hall: Hall) -> None:
    """Each member that is there, or is represented, votes from its phone."""
    vote = _opened(hall, "2017-v2")
    for line, hand in _voting(hall, vote):
        says = hall.chance.choices(("for", "against", "abstain"), (86, 11, 3))
        hall.scribe.tell_as(
            hand.account,
            cast_ballot,
            consultation=vote,
            member=line.member,
            by_member=hand.by,
            answers={"1": says[0]},
            token=UUID(int=hall.chance.getrandbits(128), version=4),
        )
    _end(hall, vote)


def _hands(hall: Hall) -> None:
    vote = _opened(hall, "2017-v3")
    there = {line.member.key for line, _hand in _voting(hall, vote)}
    apart = {key: {"1": "against"} for key in AGAINST if key in there}
    hall.scribe.tell(
        record_show_of_hands, consultation=vote, answers={"1": "for"}, exceptions=apart
    )
    _end(hall, vote)


def _hold_over(hall: Hall) -> None:
    vote = hall.vote("2017-v4")
    hall.scribe.tell(
        hold_over, consultation=vote, reason=HELD_OVER, until="ledenraadpleging 2017-02"
    )


def _elect(hall: Hall) -> None:
    """A secret ballot; what a member chose stands nowhere beside its name."""
    vote = _opened(hall, "2017-v5")
    [question] = hall.meeting.items[-1:]
    first, second = (option["code"] for option in question.question["options"])
    for line, hand in _voting(hall, vote):
        [chosen] = hall.chance.choices(([first], [second], []), (71, 26, 3))
        hall.scribe.tell_as(
            hand.account,
            cast_secret_ballot,
            consultation=vote,
            member=line.member,
            by_member=hand.by,
            sealed=Sealed({"1": chosen}),
        )
    _end(hall, vote)


def _opened(hall: Hall, key: str) -> Consultation:
    vote = hall.vote(key)
    hall.scribe.tell(open_vote, consultation=vote)
    return vote


def _voting(hall: Hall, vote: Consultation) -> Iterable[tuple[RollLine, Hand]]:
    """Who is there, and whom they stand for, in the order of the roll."""
    there = set(Attendance.objects.filter(sitting=vote.sitting).values_list("member", flat=True))
    lines = list(RollLine.objects.filter(consultation=vote).select_related("member"))
    hands = hands_of(vote, lines, hall.meeting.starts_at.date())
    for line in sorted(lines, key=lambda line: line.member.key):
        hand = hands.get(line.member_id)
        if hand is not None and (line.member_id if hand.by is None else hand.by.pk) in there:
            yield line, hand


def _end(hall: Hall, vote: Consultation) -> None:
    hall.scribe.tell(close_vote, consultation=vote)
    hall.scribe.tell(publish_result, consultation=vote)
