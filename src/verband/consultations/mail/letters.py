"""What a mail says: a letter of plain words, made from a promised notice when it is sent.

Letters are made by the batch, with a number of queries that depends on how many consultations the
batch speaks of, not on how many people get it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.closing import closing_calendar, in_zone
from verband.consultations.kinds import Capacity, ConsultationKind, NoticeKind, State
from verband.consultations.mail.unsubscribing import unsubscribe_url
from verband.consultations.models import Designation, Notice, RollLine
from verband.consultations.queries.mail import TO_PEOPLE
from verband.consultations.queries.standing import Asked, Standing
from verband.consultations.voters import Voters
from verband.people.models import Account
from verband.ui import wording


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a digest tells, with the way to it."""

    title: str
    text: str
    href: str


@dataclass(frozen=True)
class Letter:
    """A mail in words. ``lapsed``: why it is not needed any more; then nothing else counts."""

    notice: Notice
    to: str = ""
    subject: str = ""
    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    button: str = ""
    href: str = ""
    why: str = ""
    unsubscribe: str = ""
    choices: str = ""
    calendar: bytes = b""
    lapsed: str = ""


@dataclass(frozen=True)
class Subject:
    """What all letters about one consultation share."""

    standing: Standing
    body: str
    questions: Sequence[Asked]
    lines: dict[int, RollLine] = field(default_factory=dict)
    voters: dict[int, Voters] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it is about; a flash question asks its question."""
        if self.standing.consultation.kind == ConsultationKind.FLASH and self.questions:
            return self.questions[0].fact.text
        return self.standing.fact.title


@dataclass
class Post:
    """A batch of notices with all that their letters need."""

    now: datetime
    accounts: dict[int, Account]
    subjects: dict[int, Subject]
    namings: dict[str, Designation]
    places: dict[int, str]
    unwanted: dict[str, set[int]]
    happened: dict[str, list[tuple[Item, int]]]
    told: dict[int, set[int]]

    def letter(self, notice: Notice) -> Letter:
        """The letter of a notice; one that lapsed when it is no longer of use."""
        account = self.accounts.get(notice.person_id)
        if account is None:
            return Letter(notice, lapsed="no account")
        kind = NoticeKind(notice.kind)
        if notice.person_id in self.unwanted.get(kind, ()):
            return Letter(notice, lapsed="not wanted")
        if kind == NoticeKind.DIGEST:
            return self._digest(notice, account)
        if kind in (NoticeKind.NAMED, NoticeKind.REVOKED):
            return self._naming(notice, account)
        subject = self.subjects[notice.consultation_id or 0]
        if kind == NoticeKind.PUBLISHED:
            return self._result(notice, account, subject)
        if subject.standing.state(self.now) != State.OPEN:
            return Letter(notice, lapsed="not open")
        return self._asks(notice, account, subject)

    def _asks(self, notice: Notice, account: Account, subject: Subject) -> Letter:
        standing = subject.standing
        to_people = standing.consultation.kind in TO_PEOPLE
        closes = standing.fact.closes_at
        until = "" if closes is None else in_zone(closes)
        title = {"title": subject.title}
        if notice.kind == NoticeKind.REMINDER:
            words = _("Not answered yet: %(title)s") if to_people else _("No vote yet: %(title)s")
        else:
            words = _("Your answer, please: %(title)s") if to_people else _("Vote: %(title)s")
        told = [_intro(subject), *self._for_whom(notice.person_id, subject)]
        if until:
            sentence = (
                _("You can answer until %(moment)s.")
                if to_people
                else _("You can vote until %(moment)s, and change the vote until then.")
                if standing.frozen.get("may_change", True)
                else _("You can vote until %(moment)s.")
            )
            told.append(sentence % {"moment": until})
        told.append(_("You sign in on the site first; this mail holds no code."))
        return Letter(
            notice,
            to=account.email,
            subject=words % title,
            heading=subject.title,
            paragraphs=tuple(told),
            button=_("Answer") if to_people else _("Vote"),
            href=absolute(answer_path(standing)),
            why=_(
                "You get this mail because the association asks something of you in your office."
                " That is why it cannot be stopped."
            ),
            calendar=closing_calendar(standing, absolute(answer_path(standing)))
            if closes is not None
            else b"",
        )

    def _for_whom(self, person: int, subject: Subject) -> Iterable[str]:
        """For which members a person votes, with their votes and why."""
        for line in sorted(subject.lines.values(), key=lambda it: it.name):
            voters = subject.voters[line.member_id]
            proxy = voters.proxy
            if proxy is not None:
                holder = subject.voters.get(proxy.holder_id)
                capacity = Capacity.PROXY if holder and holder.capacity_of(person) else None
            else:
                capacity = voters.capacity_of(person)
            if capacity is None:
                continue
            yield (
                _("You vote for %(member)s, with %(votes)s, as %(capacity)s.")
                % {
                    "member": line.name,
                    "votes": votes_in_words(line.votes),
                    "capacity": capacity.label,
                }
            )

    def _result(self, notice: Notice, account: Account, subject: Subject) -> Letter:
        standing = subject.standing
        return Letter(
            notice,
            to=account.email,
            subject=_("Result: %(title)s") % {"title": subject.title},
            heading=subject.title,
            paragraphs=(
                _intro(subject),
                _("The result is published, with the count line by line and who voted what.")
                if standing.consultation.kind not in TO_PEOPLE
                else _("The answers are published."),
            ),
            button=_("Read the result"),
            href=absolute(reverse("consultation", args=[standing.consultation.key])),
            why=_("You get this mail because you were asked."),
            unsubscribe=unsubscribe_url(account.person.key, notice.kind),
            choices=absolute(reverse("my_mail")),
        )

    def _naming(self, notice: Notice, account: Account) -> Letter:
        row = self.namings.get(notice.about)
        if row is None:
            return Letter(notice, lapsed="no naming")
        place = self.places.get(row.member_id, row.member.key)
        about = {"member": place, "rank": row.get_rank_display(), "day": _day(row.valid_from)}
        named = notice.kind == NoticeKind.NAMED
        if named:
            heading = _("You are %(rank)s of %(member)s") % about
            first = _("%(member)s named you as %(rank)s, from %(day)s.") % about
            why = _("You get this mail because you may be asked to vote.")
        else:
            heading = _("You are no longer %(rank)s of %(member)s") % about
            first = _("%(member)s took back or replaced your naming as %(rank)s.") % about
            why = _("You get this mail because you were named before.")
        subject = self.subjects.get(row.consultation_id or 0)
        where = (
            _("This is about every vote of the members.")
            if subject is None
            else _("This is about one vote: %(title)s.") % {"title": subject.title}
        )
        path = (
            reverse("consultations")
            if subject is None
            else reverse("consultation", args=[subject.standing.consultation.key])
        )
        return Letter(
            notice,
            to=account.email,
            subject=heading,
            heading=heading,
            paragraphs=(first, where),
            button=_("See what the members are asked"),
            href=absolute(path),
            why=why,
        )

    def _digest(self, notice: Notice, account: Account) -> Letter:
        told = self.told.get(notice.person_id, set())
        happened = self.happened.get(notice.about, [])
        items = tuple(item for item, consultation in happened if consultation not in told)
        if not items:
            return Letter(notice, lapsed="nothing to tell")
        heading = _("What happened, up to %(day)s") % {
            "day": _day(date.fromisoformat(notice.about))
        }
        return Letter(
            notice,
            to=account.email,
            subject=heading,
            heading=heading,
            paragraphs=(_("This asks nothing of you."),),
            items=items,
            button=_("Read more"),
            href=absolute(reverse("home")),
            why=_("You get this mail because you have an account with the association."),
            unsubscribe=unsubscribe_url(account.person.key, notice.kind),
            choices=absolute(reverse("my_mail")),
        )


def _day(day: date | None) -> str:
    return "" if day is None else wording.day(day)


def _intro(subject: Subject) -> str:
    words = {"kind": subject.standing.consultation.get_kind_display(), "body": subject.body}
    return capfirst(_("%(kind)s of %(body)s.") % words)


def votes_in_words(votes: int) -> str:
    """ "one vote", "75 votes"."""
    return ngettext("%(count)s vote", "%(count)s votes", votes) % {"count": votes}


def answer_path(standing: Standing) -> str:
    """Where somebody answers: straight at the paper."""
    key = standing.consultation.key
    if standing.consultation.kind == ConsultationKind.FLASH:
        return reverse("answer", args=[key])
    if standing.consultation.kind == ConsultationKind.CONSULTATION:
        return reverse("vote", args=[key])
    if standing.consultation.kind == ConsultationKind.STATEMENTS:
        return reverse("statements", args=[key])
    return reverse("consultation", args=[key])


def absolute(path: str) -> str:
    """An address of this site as a mail needs it."""
    return f"{settings.VERBAND_BASE_URL}{path}"
