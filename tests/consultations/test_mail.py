"""Mail about what is asked: who gets it, when, once; through a real mail server."""

import itertools
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

import verband
from consultations.council import CLOSES, Council, council
from consultations.post import Office, post_office
from consultations.together import at_once
from verband.consultations.clockwork import turn
from verband.consultations.kinds import DeliveryState, NoticeKind, VoterRank
from verband.consultations.mail import sending
from verband.consultations.mail.promising import promise_due
from verband.consultations.mail.sending import MailServerDown, Sent, send_promised
from verband.consultations.models import (
    Consultation,
    ConsultationFact,
    Delivery,
    Digest,
    MailChoice,
    Notice,
)
from verband.consultations.queries.waiting import mail_waiting
from verband.consultations.tasks import MAIL, hand_over_mail, turn_the_clock
from verband.consultations.use_cases.casting import answer_question
from verband.consultations.use_cases.mail import MailIsDuty, choose_mail, promise_mail
from verband.consultations.use_cases.naming import name_voter, revoke_naming
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.consultations.use_cases.preparing import withdraw_consultation
from verband.consultations.use_cases.proxies import give_proxy
from verband.kernel import clock
from verband.kernel.permissions import CLOCK, NotAllowed
from verband.kernel.two_times import correct
from verband.people.use_cases import close_account
from world import NOW

SOON = NOW + timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SECRETARY = "gm0363-secretary@verband.example"
ALDERMAN = "gm0363-alderman@verband.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: LazySettings) -> Iterator[Office]:
    """A mail server of this test, to which the site sends."""
    with post_office() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.host, running.port
        settings.EMAIL_TIMEOUT = 5
        settings.VERBAND_MAIL_RATE = 10_000.0
        settings.VERBAND_BASE_URL = "https://verband.example"
        settings.DEFAULT_FROM_EMAIL = "verband@verband.example"
        settings.VERBAND_MAIL_REPLY_TO = "bureau@verband.example"
        yield running


def tick(now: datetime) -> Sent:
    """What the worker does in a minute."""
    turn(now)
    promise_due(now)
    return send_promised(now)


def subjects(office: Office, address: str) -> list[str]:
    """What somebody was mailed about."""
    return [str(mail["Subject"]) for mail in office.to(address)]


def duties(office: Office) -> list[EmailMessage]:
    """The mails that ask something: nobody can stop them. The digest is none of them."""
    return [mail for mail in office.arrived if mail["List-Unsubscribe"] is None]


def text_of(mail: EmailMessage) -> str:
    """The plain text, as one line."""
    part = mail.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


def html_of(mail: EmailMessage) -> str:
    """The HTML part."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def calendar_of(mail: EmailMessage) -> Any:
    """The event in the attached calendar file, and its wrapping."""
    [part] = [part for part in mail.iter_attachments() if part.get_filename()]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    return Calendar.from_ical(part.get_content())


def answer(made: Council, vote: Consultation, who: str, now: datetime = SOON) -> None:
    """Somebody answers a flash question."""
    account = made.accounts[who]
    answer_question(actor=account, now=now, consultation=vote, choice="yes", token=uuid4())


class TestOpening:
    """The mail that asks."""

    def test_a_flash_question_is_mailed_to_everybody_who_is_asked(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")

        done = tick(NOW + MINUTE)

        assert done.handed_over == len(office.arrived) == 12
        assert len({mail["To"] for mail in office.arrived}) == 12

    def test_a_member_consultation_is_mailed_to_the_secretary_when_nobody_was_named(
        self, made: Council, office: Office
    ) -> None:
        made.opened()

        tick(NOW + MINUTE)

        assert len(office.arrived) == 6
        assert office.to(ALDERMAN) == []
        assert "gm0363, met 75 stemmen" in text_of(office.to(SECRETARY)[0])

    def test_whoever_was_named_is_mailed_and_the_secretary_is_not(
        self, made: Council, office: Office
    ) -> None:
        member, alderman = made.members[0], made.accounts["gm0363 alderman"]
        name_voter(
            actor=made.accounts["gm0363 secretary"],
            now=NOW,
            member=member,
            rank=VoterRank.VOTER,
            person=alderman.person,
        )
        made.opened(now=NOW + MINUTE)

        tick(NOW + 2 * MINUTE)

        asked = [mail for mail in office.to(ALDERMAN) if "Stem" in str(mail["Subject"])]
        assert len(asked) == 1
        assert "aangewezen stemmer" in text_of(asked[0])
        assert not [s for s in subjects(office, SECRETARY) if "Stem" in s]

    def test_somebody_who_is_named_after_the_opening_hears_of_it_then(
        self, made: Council, office: Office
    ) -> None:
        made.opened()
        tick(NOW + MINUTE)
        name_voter(
            actor=made.accounts["gm0363 secretary"],
            now=NOW + HOUR,
            member=made.members[0],
            rank=VoterRank.VOTER,
            person=made.accounts["gm0363 alderman"].person,
        )

        tick(NOW + 2 * HOUR)

        assert len([s for s in subjects(office, ALDERMAN) if "Stem" in s]) == 1

    def test_the_holder_of_a_proxy_is_asked_and_the_giver_is_not(
        self, made: Council, office: Office
    ) -> None:
        vote = made.prepare(opens_at=SOON, rule=proxy_rule(made))
        give_proxy(
            actor=made.accounts["gm0363 secretary"],
            now=NOW,
            consultation=vote,
            member=made.members[0],
            holder=made.members[1],
        )

        tick(SOON)

        assert office.to(SECRETARY) == []
        text = text_of(office.to("gm0344-secretary@verband.example")[0])
        assert "gm0363, met 75 stemmen, als houder van een volmacht" in text
        assert "gm0344, met 50 stemmen" in text

    def test_the_mail_leads_straight_to_the_paper_and_holds_no_secret(
        self, made: Council, office: Office
    ) -> None:
        flash, vote = made.opened("flash"), made.opened()
        tick(NOW + MINUTE)

        for mail in office.to(SECRETARY):
            links = set(re.findall(r'https?://[^\s">]+', text_of(mail) + html_of(mail)))
            assert links <= {
                f"https://verband.example/consultations/{flash.key}/answer/",
                f"https://verband.example/consultations/{vote.key}/vote/",
            }
            assert len(links) == 1

    def test_the_mail_says_until_when_in_which_zone(self, made: Council, office: Office) -> None:
        made.opened("flash")
        tick(NOW + MINUTE)

        assert "vr 3 nov 2017, 13.00 uur (Nederlandse tijd)" in text_of(office.arrived[0])

    def test_every_mail_has_text_html_and_what_machines_ask(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        tick(NOW + MINUTE)
        mail = office.to(ALDERMAN)[0]

        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Reply-To"] == "bureau@verband.example"
        assert mail["From"] == "verband@verband.example"
        assert re.fullmatch(r"<[0-9a-f]{40}@verband\.example>", str(mail["Message-ID"]))
        assert '<html lang="nl">' in html_of(mail)
        assert "<h1>Stemt u in?</h1>" in html_of(mail)
        assert "src=" not in html_of(mail)

    def test_mail_that_is_duty_cannot_be_stopped_and_says_why(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        tick(NOW + MINUTE)
        mail = office.arrived[0]

        assert mail["List-Unsubscribe"] is None
        assert mail["List-Unsubscribe-Post"] is None
        assert "omdat de vereniging iets van u vraagt" in text_of(mail)
        person = made.accounts["gm0363 alderman"].person
        with pytest.raises(MailIsDuty):
            choose_mail(
                actor=person.account, now=NOW, person=person, choices={NoticeKind.OPENED: False}
            )

    def test_the_closing_time_goes_along_for_the_agenda(
        self, made: Council, office: Office
    ) -> None:
        vote = made.opened("flash")
        tick(NOW + MINUTE)

        calendar = calendar_of(office.arrived[0])
        [event] = calendar.walk("VEVENT")

        assert calendar["METHOD"] == "PUBLISH"
        assert event["UID"] == f"closing-{vote.key}@verband.example"
        assert event["DTSTART"].dt == CLOSES
        assert event["SEQUENCE"] == 0

    def test_a_vote_in_a_meeting_is_called_in_the_hall_not_by_mail(
        self, made: Council, office: Office
    ) -> None:
        made.opened("assembly")

        assert tick(NOW + MINUTE).handed_over == 0

    def test_whoever_can_no_longer_sign_in_gets_no_mail(
        self, made: Council, office: Office
    ) -> None:
        account = made.accounts["gm0363 alderman"]
        made.world.do(close_account, account=account, reason="x", now=NOW)
        made.opened("flash")

        tick(NOW + MINUTE)

        assert office.to(ALDERMAN) == []
        assert len(office.arrived) == 11


def proxy_rule(made: Council) -> Any:
    """A rule that lets a member hold two proxies."""
    from consultations.council import rule_for

    return rule_for(made, "consultation", key="with-proxies", proxy_members=2)


class TestReminder:
    """The mail to whoever did not answer."""

    def test_whoever_did_not_vote_is_reminded_a_day_before_and_once(
        self, made: Council, office: Office
    ) -> None:
        vote = made.opened()
        tick(NOW + MINUTE)
        made.cast(vote, 0)

        tick(CLOSES - DAY - MINUTE)
        assert len(duties(office)) == 6
        tick(CLOSES - DAY)
        tick(CLOSES - DAY + MINUTE)

        reminded = {mail["To"] for mail in duties(office)[6:]}
        assert len(duties(office)) == 11
        assert SECRETARY not in reminded
        assert all("Nog niet gestemd" in str(mail["Subject"]) for mail in duties(office)[6:])

    def test_a_flash_question_reminds_four_hours_before(
        self, made: Council, office: Office
    ) -> None:
        vote = made.opened("flash", closes_at=NOW + DAY)
        tick(NOW + MINUTE)
        answer(made, vote, "gm0363 alderman")

        tick(NOW + DAY - 4 * HOUR - MINUTE)
        assert len(duties(office)) == 12
        tick(NOW + DAY - 4 * HOUR)

        assert len(duties(office)) == 23
        assert len([m for m in duties(office) if m["To"] == ALDERMAN]) == 1

    def test_a_vote_shorter_than_the_term_of_its_reminder_reminds_nobody(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash", closes_at=NOW + 3 * HOUR)
        made.opened(closes_at=NOW + 20 * HOUR)

        for hours in range(21):
            tick(NOW + hours * HOUR)

        assert len(duties(office)) == 18

    def test_a_worker_that_was_down_for_hours_still_reminds(
        self, made: Council, office: Office
    ) -> None:
        made.opened()
        tick(NOW + MINUTE)

        tick(CLOSES - 2 * HOUR)

        assert len(duties(office)) == 12

    def test_nobody_is_mailed_twice_in_one_minute_when_the_worker_was_down_from_the_start(
        self, made: Council, office: Office
    ) -> None:
        made.opened()

        tick(CLOSES - 2 * HOUR)
        tick(CLOSES - HOUR)

        assert len(duties(office)) == 6

    def test_nobody_is_reminded_of_what_is_over(self, made: Council, office: Office) -> None:
        vote, other = made.opened(), made.opened()
        tick(NOW + MINUTE)
        withdraw_consultation(actor=made.secretary, now=NOW + HOUR, consultation=other, reason="x")

        tick(CLOSES + HOUR)

        assert len(duties(office)) == 12
        assert Notice.objects.filter(kind=NoticeKind.REMINDER).count() == 0
        assert vote.steps.count() == 2

    def test_a_vote_that_closes_later_reminds_again_and_moves_in_the_agenda(
        self, made: Council, office: Office
    ) -> None:
        vote = made.opened()
        tick(NOW + MINUTE)
        tick(CLOSES - DAY)
        later = CLOSES + 3 * DAY
        extend(vote, later, CLOSES - HOUR)

        tick(later - DAY)

        mails = office.to(SECRETARY)
        assert len(mails) == 3
        first, last = (calendar_of(mail).walk("VEVENT")[0] for mail in (mails[0], mails[2]))
        assert first["UID"] == last["UID"]
        assert last["SEQUENCE"] > first["SEQUENCE"]
        assert last["DTSTART"].dt == later


def extend(vote: Consultation, later: datetime, now: datetime) -> None:
    """Let a vote close later, as its leader may."""
    from django.db import transaction

    from verband.kernel.journal import open_journal

    fact = ConsultationFact.objects.known(None).get(consultation=vote)
    with transaction.atomic(), open_journal():
        correct(fact, now=now, closes_at=later)


class TestAfterwards:
    """Results, namings, and the digest."""

    def published(self, made: Council) -> Consultation:
        """A vote with its result."""
        vote = made.opened()
        tick(NOW + MINUTE)
        close_vote(actor=CLOCK, now=CLOSES, consultation=vote)
        publish_result(actor=made.secretary, now=CLOSES + HOUR, consultation=vote)
        return vote

    def test_the_result_is_mailed_to_whoever_was_asked(self, made: Council, office: Office) -> None:
        vote = self.published(made)

        tick(CLOSES + 2 * HOUR)
        tick(CLOSES + 3 * HOUR)

        [asked, result] = office.to(SECRETARY)
        assert str(result["Subject"]).startswith("Uitslag: ")
        assert f"https://verband.example/consultations/{vote.key}/" in text_of(result)
        assert result["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "<https://verband.example/mail/unsubscribe/" in str(result["List-Unsubscribe"])
        assert asked["List-Unsubscribe"] is None

    def test_whoever_wants_no_results_gets_none(self, made: Council, office: Office) -> None:
        person = made.accounts["gm0363 secretary"].person
        choose_mail(
            actor=person.account, now=NOW, person=person, choices={NoticeKind.PUBLISHED: False}
        )
        self.published(made)

        tick(CLOSES + 2 * HOUR)

        results = [m for m in office.arrived if str(m["Subject"]).startswith("Uitslag: ")]
        assert len(results) == 5
        assert SECRETARY not in {mail["To"] for mail in results}

    def test_somebody_who_stops_mail_between_promise_and_sending_gets_none(
        self, made: Council, office: Office
    ) -> None:
        self.published(made)
        promise_due(CLOSES + 2 * HOUR)
        person = made.accounts["gm0363 secretary"].person
        choose_mail(
            actor=person.account,
            now=CLOSES + 2 * HOUR,
            person=person,
            choices={NoticeKind.PUBLISHED: False},
        )

        send_promised(CLOSES + 2 * HOUR)

        assert len(office.to(SECRETARY)) == 1
        lapsed = Delivery.objects.get(notice__person=person, notice__kind=NoticeKind.PUBLISHED)
        assert (lapsed.state, lapsed.answer) == (DeliveryState.LAPSED, "not wanted")

    def test_whoever_is_named_or_revoked_hears_it_once(self, made: Council, office: Office) -> None:
        member, alderman = made.members[0], made.accounts["gm0363 alderman"]
        actor = made.accounts["gm0363 secretary"]
        row = name_voter(
            actor=actor, now=NOW, member=member, rank=VoterRank.VOTER, person=alderman.person
        )
        tick(NOW + MINUTE)
        tick(NOW + 2 * MINUTE)
        revoke_naming(actor=actor, now=NOW + HOUR, designation=row, reason="x")
        tick(NOW + 2 * HOUR)
        tick(NOW + 3 * HOUR)

        assert subjects(office, ALDERMAN) == [
            "U bent aangewezen stemmer van gm0363",
            "U bent niet meer aangewezen stemmer van gm0363",
        ]

    def test_the_digest_comes_on_weekdays_at_seven_and_tells_what_asked_nothing(
        self, made: Council, office: Office
    ) -> None:
        made.opened(title="Een vraag aan de leden")
        tick(NOW + MINUTE)
        office.arrived.clear()
        # A minute past seven in the morning, winter time: what was written at seven is told too.
        tuesday = datetime(2017, 10, 31, 6, 1, tzinfo=UTC)

        tick(tuesday - MINUTE)
        assert office.arrived == []
        tick(tuesday)
        tick(tuesday + MINUTE)

        assert office.to(SECRETARY) == []  # it asked something of the secretary
        [digest] = office.to(ALDERMAN)
        assert "Een vraag aan de leden" in text_of(digest)
        assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert [d.day for d in Digest.objects.order_by("day")] == [
            date(2017, 10, 30),
            date(2017, 10, 31),
        ]

    def test_no_hour_falls_between_two_digests(self, made: Council, office: Office) -> None:
        begin = datetime(2017, 10, 27, 6, 1, tzinfo=UTC)
        for hour in range(24 * 7):
            tick(begin + hour * HOUR)
        rows = list(Digest.objects.order_by("day"))

        assert [row.day.isoweekday() for row in rows] == [5, 1, 2, 3, 4]
        assert all(a.until == b.since for a, b in itertools.pairwise(rows))

    def test_a_digest_after_days_without_a_worker_tells_of_all_of_them(
        self, made: Council, office: Office
    ) -> None:
        tick(datetime(2017, 10, 30, 7, tzinfo=UTC))
        made.opened("flash", audience={"of": "members", "functions": ["secretary"]})

        tick(datetime(2017, 11, 2, 16, tzinfo=UTC))

        last = Digest.objects.order_by("-day")[0]
        assert (last.since.day, last.until.day) == (30, 2)
        assert len(office.to(ALDERMAN)) == 1

    def test_when_nothing_happened_there_is_no_digest(self, made: Council, office: Office) -> None:
        tick(datetime(2017, 10, 31, 7, tzinfo=UTC))

        assert office.arrived == []


class TestUnsubscribing:
    """One click, without signing in (RFC 8058)."""

    @pytest.fixture(autouse=True)
    def today(self, settings: LazySettings) -> None:
        """The day on which everything here happens."""
        settings.VERBAND_TODAY = date(2017, 10, 30)

    def link(self, made: Council, office: Office) -> str:
        """The address in the header of a digest."""
        made.opened()
        tick(datetime(2017, 10, 31, 7, tzinfo=UTC))
        [digest] = [m for m in office.to(ALDERMAN) if m["List-Unsubscribe"]]
        found = re.search(r"<https://verband\.example(/.+)>", str(digest["List-Unsubscribe"]))
        assert found is not None
        return found[1]

    def test_the_mail_program_stops_it_with_one_post(self, made: Council, office: Office) -> None:
        link = self.link(made, office)

        answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

        assert answer.status_code == 200
        choice = MailChoice.objects.get()
        assert (choice.person.key, choice.kind, choice.wanted) == (
            "gm0363-alderman",
            NoticeKind.DIGEST,
            False,
        )
        Client().post(link, {"List-Unsubscribe": "One-Click"})
        assert MailChoice.objects.count() == 1

    def test_after_that_no_digest_comes(self, made: Council, office: Office) -> None:
        link = self.link(made, office)
        Client().post(link, {"List-Unsubscribe": "One-Click"})
        office.arrived.clear()
        made.opened("flash", now=NOW + DAY, audience={"of": "members", "functions": ["secretary"]})

        tick(datetime(2017, 11, 1, 7, tzinfo=UTC))

        assert office.to(ALDERMAN) == []
        assert len(office.to("gm0344-alderman@verband.example")) == 1

    def test_opening_the_link_changes_nothing_and_shows_a_button(
        self, made: Council, office: Office
    ) -> None:
        page = Client().get(self.link(made, office))

        assert "Stop deze mail" in page.content.decode()
        assert MailChoice.objects.count() == 0

    def test_it_can_be_undone_by_the_same_link(self, made: Council, office: Office) -> None:
        link = self.link(made, office)
        Client().post(link)

        page = Client().post(link, {"wanted": "yes"})

        assert "Stop deze mail" in page.content.decode()
        assert MailChoice.objects.known(None).filter(wanted=True).count() == 1

    def test_a_link_that_was_changed_does_nothing(self, made: Council, office: Office) -> None:
        link = self.link(made, office)

        answer = Client().post(link[:-3] + "x/", {"List-Unsubscribe": "One-Click"})

        assert answer.status_code == 404
        assert MailChoice.objects.count() == 0

    def test_nobody_chooses_the_mail_of_another(self, made: Council) -> None:
        person = made.accounts["gm0363 secretary"].person
        with pytest.raises(NotAllowed):
            choose_mail(
                actor=made.accounts["gm0363 alderman"],
                now=NOW,
                person=person,
                choices={NoticeKind.DIGEST: False},
            )

    def test_whoever_signed_in_chooses_on_their_own_page(
        self, made: Council, client: Client
    ) -> None:
        account = made.accounts["gm0363 secretary"]
        client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        page = client.get("/account/mail/").content.decode()
        key = re.search(r'name="form_key" value="([^"]+)"', page)
        assert key is not None

        client.post("/account/mail/", {"form_key": key[1], "published": "on"})

        rows = MailChoice.objects.known(None).values_list("kind", "wanted")
        assert list(rows) == [(NoticeKind.DIGEST, False)]


class TestHandingOver:
    """At least once, with failures of every kind."""

    def test_a_server_that_says_later_gets_it_later_and_once(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        office.answers[ALDERMAN] = "451 4.7.1 Greylisted, try again"

        first = tick(NOW + MINUTE)
        assert (first.handed_over, first.delayed) == (11, 1)
        del office.answers[ALDERMAN]
        assert tick(NOW + MINUTE + timedelta(seconds=30)).handed_over == 0
        assert tick(NOW + 3 * MINUTE).handed_over == 1
        assert tick(NOW + 9 * MINUTE).handed_over == 0

        assert len(office.to(ALDERMAN)) == 1
        assert len(office.arrived) == 12

    def test_each_refusal_waits_twice_as_long_until_half_an_hour(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        office.answers[ALDERMAN] = "451 later"
        now, waits = NOW, []
        for _ in range(7):
            tick(now)
            waiting = Delivery.objects.get(state=DeliveryState.WAITING)
            waits.append(int((waiting.next_try - now).total_seconds() // 60))
            now = waiting.next_try

        assert waits == [1, 2, 4, 8, 16, 30, 30]
        found = mail_waiting()
        assert (found.count, found.attempts, found.answer) == (1, 7, "451 later")

    def test_an_address_that_does_not_exist_stops_no_other_and_is_reported(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        office.answers[ALDERMAN] = f"550 5.1.1 <{ALDERMAN}>: No such user"

        done = tick(NOW + MINUTE)

        assert (done.handed_over, done.refused) == (11, 1)
        refused = Delivery.objects.get(state=DeliveryState.REFUSED)
        assert refused.answer == "550 5.1.1 <…>: No such user"
        asked = office.asked
        assert tick(NOW + HOUR).handed_over == 0
        assert office.asked == asked

    def test_a_mail_that_the_server_does_not_take_after_all_waits(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        office.at_data = ["451 4.3.0 Local error"]

        assert tick(NOW + MINUTE).delayed == 1
        assert tick(NOW + 3 * MINUTE).handed_over == 1
        assert len(office.arrived) == len({mail["To"] for mail in office.arrived}) == 12

    def test_a_mail_server_that_is_down_loses_nothing(
        self, made: Council, office: Office, settings: LazySettings
    ) -> None:
        made.opened("flash")
        settings.EMAIL_PORT = 1
        with pytest.raises(MailServerDown):
            tick(NOW + MINUTE)
        assert mail_waiting().count == 12

        settings.EMAIL_PORT = office.port
        tick(NOW + 5 * MINUTE)

        assert len({mail["To"] for mail in office.arrived}) == 12

    def test_a_process_killed_between_server_and_register_doubles_at_most_that_mail(
        self, made: Council, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made.opened("flash")
        real, seen = sending._end, []

        def killed(*given: Any) -> None:
            seen.append(given)
            if len(seen) == 5:
                raise KeyboardInterrupt
            real(*given)

        monkeypatch.setattr(sending, "_end", killed)
        with pytest.raises(KeyboardInterrupt):
            tick(NOW + MINUTE)
        tick(NOW + 2 * MINUTE)

        ids = [str(mail["Message-ID"]) for mail in office.arrived]
        assert len(ids) == 13
        assert len(set(ids)) == 12

    def test_a_process_killed_before_sending_loses_nothing(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        promise_due(NOW + MINUTE)  # and here the power fails

        assert tick(NOW + 2 * MINUTE).handed_over == 12

    def test_what_closed_before_its_mail_could_go_is_not_asked_any_more(
        self, made: Council, office: Office
    ) -> None:
        made.opened("flash")
        promise_due(NOW + MINUTE)

        done = send_promised(CLOSES + MINUTE)

        assert (done.handed_over, done.lapsed) == (0, 12)

    def test_the_same_people_are_promised_a_mail_once(self, made: Council) -> None:
        vote = made.opened()
        people = [account.person_id for account in made.accounts.values()]
        given = {"kind": NoticeKind.OPENED, "people": people, "consultation": vote}

        first = promise_mail(actor=CLOCK, now=NOW, **given)
        second = promise_mail(actor=CLOCK, now=NOW, **given)

        assert (len(first), len(second)) == (12, 0)

    def test_only_the_clock_promises_mail(self, made: Council) -> None:
        vote = made.opened()
        with pytest.raises(NotAllowed):
            promise_mail(
                actor=made.secretary,
                now=NOW,
                kind=NoticeKind.OPENED,
                people=[],
                consultation=vote,
            )

    def test_the_letters_of_many_people_take_the_queries_of_a_few(
        self, made: Council, office: Office
    ) -> None:
        counts = []
        for people in (3, 12):
            vote = made.opened("flash")
            chosen = [a.person_id for a in made.accounts.values()][:people]
            promise_mail(
                actor=CLOCK, now=NOW, kind=NoticeKind.OPENED, people=chosen, consultation=vote
            )
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert send_promised(NOW + MINUTE).handed_over == people
            counts.append(
                len([q for q in caught.captured_queries if q["sql"].startswith("SELECT")])
            )

        assert counts[0] == counts[1]

    def test_a_run_stops_after_its_time_and_goes_on_where_it_was(
        self, made: Council, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "SLICE", -1.0)
        made.opened("flash")

        first = tick(NOW + MINUTE)

        assert (first.handed_over, first.more) == (1, True)
        for _ in range(11):
            send_promised(NOW + MINUTE)
        assert len({mail["To"] for mail in office.arrived}) == 12

    def test_the_rate_is_kept(
        self,
        made: Council,
        office: Office,
        settings: LazySettings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        settings.VERBAND_MAIL_RATE = 4.0
        pauses: list[float] = []
        monkeypatch.setattr(sending, "sleep", pauses.append)
        made.opened("flash")

        tick(NOW + MINUTE)

        assert len(pauses) == 11
        assert 0.1 < min(pauses) <= max(pauses) <= 0.25


KILLED = """
import os, signal
from datetime import datetime

import django

django.setup()
from verband.consultations.mail import sending

real, seen = sending._end, []

def killed(*given):
    seen.append(given)
    if len(seen) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*given)

sending._end = killed
sending.send_promised(datetime.fromisoformat(os.environ["AT"]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_outright_loses_no_mail_and_doubles_one(office: Office) -> None:
    made = council()
    made.opened("flash")
    promise_due(NOW + MINUTE)
    here = connection.settings_dict
    own = {
        "DATABASE_URL": f"postgresql://{here['USER']}@/{here['NAME']}"
        f"?host={here['HOST']}&port={here['PORT'] or 5432}",
        "EMAIL_URL": f"smtp://{office.host}:{office.port}",
        "VERBAND_BASE_URL": "https://verband.example",
        "VERBAND_MAIL_RATE": "10000",
        "PGPASSWORD": str(here["PASSWORD"]),
        "PYTHONPATH": str(Path(verband.__file__).parents[1]),
        "AT": (NOW + MINUTE).isoformat(),
    }
    ended = subprocess.run(
        [sys.executable, "-c", KILLED], env={**os.environ, **own}, check=False, timeout=60
    )

    left = Delivery.objects.filter(state=DeliveryState.WAITING).count()
    send_promised(NOW + 2 * MINUTE)

    assert ended.returncode == -signal.SIGKILL
    assert left == 8
    ids = [str(mail["Message-ID"]) for mail in office.arrived]
    assert (len(ids), len(set(ids))) == (13, 12)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_send_at_once_send_each_mail_once(office: Office) -> None:
    made = council()
    made.opened("flash")
    promise_due(NOW + MINUTE)

    at_once(lambda: send_promised(NOW + MINUTE), workers=3)

    assert len(office.arrived) == len({mail["To"] for mail in office.arrived}) == 12


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_promise_at_once_promise_each_mail_once() -> None:
    made = council()
    made.opened("flash")
    made.opened()

    at_once(lambda: promise_due(NOW + MINUTE), workers=3)

    assert Notice.objects.filter(kind=NoticeKind.OPENED).count() == 18
    assert Digest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestQueue:
    """What the worker's queue does around it."""

    @pytest.fixture(autouse=True)
    def empty(self, transactional_db: None) -> Iterator[None]:
        """No job is left by another test, nor for one: the queue's tables are not emptied."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        yield
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")

    def planned(self) -> list[tuple[int, bool]]:
        """The jobs that wait: the attempt, and whether it waits for a time."""
        waiting = ProcrastinateJob.objects.filter(queueing_lock=MAIL, status="todo")
        return [(job.args["attempt"], job.scheduled_at is not None) for job in waiting]

    @pytest.fixture(autouse=True)
    def day(self, settings: LazySettings) -> None:
        """The day on which everything here happens."""
        settings.VERBAND_TODAY = date(2017, 10, 30)

    def test_a_minute_with_mail_plans_one_run_however_many_workers_there_are(self) -> None:
        council().opened("flash")

        turn_the_clock(timestamp=0)
        turn_the_clock(timestamp=60)

        assert self.planned() == [(0, True)]

    def test_a_minute_without_mail_plans_nothing(self) -> None:
        turn_the_clock(timestamp=0)

        assert self.planned() == []

    def test_a_mail_server_that_is_down_is_tried_again_later_and_the_job_fails(
        self, office: Office, settings: LazySettings
    ) -> None:
        council().opened("flash")
        promise_due(clock.now())
        settings.EMAIL_PORT = 1

        with pytest.raises(MailServerDown):
            hand_over_mail(attempt=3)
        turn_the_clock(timestamp=0)

        [job] = ProcrastinateJob.objects.filter(queueing_lock=MAIL, status="todo")
        assert job.args == {"attempt": 4}
        assert job.scheduled_at > datetime.now(UTC) + timedelta(seconds=200)

    def test_a_run_that_leaves_mail_plans_the_next(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "SLICE", -1.0)
        council().opened("flash")
        promise_due(clock.now())

        hand_over_mail(attempt=0)

        assert len(office.arrived) == 1
        assert self.planned() == [(0, True)]
