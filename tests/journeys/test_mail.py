"""From the mail to the answer on a phone, and the mail itself as its reader sees it."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import LazySettings

from consultations.post import post_office
from journeys.looking import shortcomings
from journeys.places import ALDERMAN, OFFICIAL
from journeys.places import OPEN_FLASH as FLASH
from journeys.site import Site
from verband.consultations.kinds import NoticeKind
from verband.consultations.mail.promising import promise_due
from verband.consultations.mail.sending import send_promised
from verband.consultations.mail.unsubscribing import unsubscribe_url
from verband.consultations.models import Answer, MailChoice
from verband.kernel import clock

PHONE = 390


@pytest.fixture
def mails(own_site: Site, settings: LazySettings) -> list[EmailMessage]:
    """What the official of Tilburg gets, through a real mail server."""
    settings.VERBAND_BASE_URL = own_site.home
    settings.VERBAND_MAIL_RATE = 10_000.0
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with post_office() as office:
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.host, office.port
        now = clock.now()
        promise_due(now)
        while send_promised(now).more:
            pass
        return office.to(OFFICIAL)


def html_of(mail: EmailMessage) -> str:
    """The HTML part, without the links being followed by anybody but the reader."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_an_alderman_answers_in_three_taps_from_the_mail(
    own_site: Site, visit: Callable[..., Any], mails: list[EmailMessage]
) -> None:
    [mail] = [mail for mail in mails if f"/{FLASH}/answer/" in html_of(mail)]
    page = visit(own_site, OFFICIAL, PHONE)
    page.goto("about:blank")  # the mail program
    page.set_content(html_of(mail))
    assert shortcomings(page, "nl", PHONE) == []

    page.get_by_role("link", name="Antwoord").click()  # the first tap
    page.wait_for_url("**/answer/")
    page.click("[name=choice][value=yes] >> nth=0")  # the second
    page.locator("#said").wait_for()

    said = Answer.objects.get(consultation__key=FLASH, person__account__email=OFFICIAL)
    assert said.choice == "yes"


def test_mail_that_asks_nothing_stops_with_one_click_and_no_sign_in(
    own_site: Site, visit: Callable[..., Any], settings: LazySettings
) -> None:
    settings.VERBAND_BASE_URL = own_site.home
    page = visit(own_site, width=PHONE)

    page.goto(unsubscribe_url(ALDERMAN, NoticeKind.DIGEST))
    assert MailChoice.objects.count() == 0
    page.get_by_role("button", name="Stop deze mail").click()
    page.get_by_role("button", name="Stuur de mail toch weer").wait_for()

    assert [row.wanted for row in MailChoice.objects.all()] == [False]
