"""Who is to be mailed about what, and who wants no mail that asks nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from verband.consultations.kinds import ConsultationKind, NoticeKind, StepKind
from verband.consultations.models import (
    Answer,
    Ballot,
    Designation,
    Invitation,
    MailChoice,
    Notice,
    Participation,
    RollLine,
    StatementVote,
)
from verband.consultations.queries.standing import Standing
from verband.consultations.voters import Voters, voters_of
from verband.kernel.clock import local_day
from verband.kernel.two_times import Closing
from verband.people.models import Account

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)
MOST = 5_000  # people in one turn of the clock; the next turn takes the others
REMIND = {ConsultationKind.FLASH: timedelta(hours=4)}
REMIND_OTHERS = timedelta(hours=24)


def reachable() -> QuerySet[Account]:
    """Accounts that may sign in, for a subquery on the outer ``person``."""
    return Account.objects.filter(person=OuterRef("person"), is_active=True)


def unwanted(kind: str, day: date) -> set[int]:
    """The people who want no mail of this kind. One query."""
    rows = MailChoice.objects.at(day).known(None).filter(kind=kind, wanted=False)
    return set(rows.values_list("person_id", flat=True))


def wants(person_id: int, day: date) -> dict[str, bool]:
    """Which mail that asks nothing a person wants; all until they say otherwise. One query."""
    rows = MailChoice.objects.at(day).known(None).filter(person=person_id)
    chosen = dict(rows.values_list("kind", "wanted"))
    kinds = (NoticeKind.PUBLISHED, NoticeKind.DIGEST)
    return {kind.value: chosen.get(kind.value, True) for kind in kinds}


def promised(standing: Standing, kind: str, about: str = "") -> QuerySet[Notice]:
    """The mails of a kind that were promised about a consultation."""
    found = Notice.objects.filter(consultation=standing.consultation, kind=kind)
    return found.filter(about=about) if about else found


def not_told_of_opening(standing: Standing, now: datetime) -> list[int]:
    """Whoever is asked and was not mailed yet, also somebody who was named afterwards.

    Votes of a meeting ask nobody by mail: there they are called in the hall. Nine queries at most.
    """
    return _without_notice(standing, now, NoticeKind.OPENED, open_only=False)


def reminded_from(standing: Standing) -> datetime | None:
    """From when on people are reminded; never when the whole vote is as short as that."""
    opened, closes = standing.at_step(StepKind.OPENED), standing.fact.closes_at
    if opened is None or closes is None:
        return None
    start = closes - REMIND.get(ConsultationKind(standing.consultation.kind), REMIND_OTHERS)
    return start if opened < start else None


def not_reminded(standing: Standing, now: datetime) -> list[int]:
    """Whoever did not answer and was not reminded, once the time for that has come.

    Whoever heard of it only after that time is not reminded. Ten queries at most.
    """
    start = reminded_from(standing)
    if start is None or now < start:
        return []
    about = reminder_about(standing)
    late = promised(standing, NoticeKind.OPENED).filter(recorded_from__gte=start)
    heard_late = set(late.values_list("person_id", flat=True))
    people = _without_notice(standing, now, NoticeKind.REMINDER, open_only=True, about=about)
    return [person for person in people if person not in heard_late]


def reminder_about(standing: Standing) -> str:
    """What a reminder speaks of: a vote that closes later than announced reminds once more."""
    closes = standing.fact.closes_at
    return "" if closes is None else closes.isoformat()


def not_told_of_result(standing: Standing, now: datetime) -> list[int]:
    """Whoever was asked, wants to hear the result, and was not told. Ten queries at most."""
    people = _without_notice(standing, now, NoticeKind.PUBLISHED, open_only=False)
    refused = unwanted(NoticeKind.PUBLISHED, local_day(now))
    return [person for person in people if person not in refused]


def _without_notice(
    standing: Standing, now: datetime, kind: str, *, open_only: bool, about: str = ""
) -> list[int]:
    told = promised(standing, kind, about).filter(person=OuterRef("person"))
    if standing.consultation.kind in TO_PEOPLE:
        rows = Invitation.objects.filter(consultation=standing.consultation)
        rows = rows.filter(Exists(reachable())).exclude(Exists(told))
        if open_only:
            rows = rows.exclude(Exists(_said(standing)))
        return list(rows.order_by("person_id").values_list("person_id", flat=True)[:MOST])
    if standing.consultation.kind == ConsultationKind.ASSEMBLY:
        return []
    wanted = voting_people(standing, local_day(now), open_only=open_only)
    accounts = Account.objects.filter(person__in=wanted, is_active=True)
    before = promised(standing, kind, about).filter(person=OuterRef("person"))
    found = accounts.exclude(Exists(before)).order_by("person_id")
    return list(found.values_list("person_id", flat=True)[:MOST])


def _said(standing: Standing) -> QuerySet[Any]:
    """What the outer person said already."""
    if standing.consultation.kind == ConsultationKind.STATEMENTS:
        statements = StatementVote.objects.filter(
            statement__consultation=standing.consultation, person=OuterRef("person")
        )
        return statements
    return Answer.objects.filter(consultation=standing.consultation, person=OuterRef("person"))


def voting_people(standing: Standing, day: date, *, open_only: bool = False) -> set[int]:
    """Who votes for the members on the roll, or for those that have not voted yet.

    Of each member the authorised voter and the substitute, else the secretary; of a member that
    gave a proxy, those of its holder. Fourteen queries at most.
    """
    lines = RollLine.objects.filter(consultation=standing.consultation)
    if open_only:
        same = {"member": OuterRef("member")}
        secret = Participation.objects.filter(question__consultation=standing.consultation, **same)
        cast = Ballot.objects.filter(consultation=standing.consultation, **same)
        lines = lines.exclude(Exists(cast)).exclude(Exists(secret))
    members = set(lines.values_list("member_id", flat=True))
    voters = voters_of(standing.consultation, members, day)
    holders = {found.proxy.holder_id for found in voters.values() if found.proxy is not None}
    voters |= voters_of(standing.consultation, holders - members, day)
    people: set[int] = set()
    for member in members:
        proxy = voters[member].proxy
        people |= people_of(voters[proxy.holder_id if proxy is not None else member])
    return people


def people_of(voters: Voters) -> set[int]:
    """The people who may vote for a member."""
    named = {row.person_id for row in (voters.named, voters.substitute) if row is not None}
    return named or set(voters.secretaries)


def namings_since(since: datetime) -> list[Designation]:
    """Namings of voters that were entered since an instant and not told yet. One query."""
    entered = Designation.objects.filter(recorded_from__gte=since, replaces__isnull=True)
    return _untold(entered.exclude(closed_as=Closing.WITHDRAWN), NoticeKind.NAMED)


def revocations_since(since: datetime) -> list[Designation]:
    """Namings that were taken back since an instant, not told yet. One query."""
    ended = Designation.objects.filter(
        recorded_until__gte=since, closed_as__in=(Closing.ENDED, Closing.WITHDRAWN)
    )
    return _untold(ended, NoticeKind.REVOKED)


def _untold(rows: QuerySet[Designation], kind: str) -> list[Designation]:
    told = Notice.objects.filter(kind=kind, about=Cast(OuterRef("pk"), CharField()))
    found = rows.filter(Exists(reachable())).exclude(Exists(told))
    return list(found.select_related("consultation").order_by("pk")[:MOST])


def digest_readers(day: date, without: Iterable[int] = ()) -> list[int]:
    """Everybody with an account who wants the digest, by key. Two queries."""
    skipped = unwanted(NoticeKind.DIGEST, day) | set(without)
    rows = Account.objects.filter(is_active=True).order_by("person_id")
    return [pk for pk in rows.values_list("person_id", flat=True) if pk not in skipped]
