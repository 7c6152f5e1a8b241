"""What the pages about mail may show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.kinds import NoticeKind
from verband.consultations.queries.mail import wants
from verband.consultations.use_cases.mail import OPTIONAL
from verband.people.models import Person
from verband.ui.component import Link
from verband.ui.page import Page
from verband.ui.reading import Reading


@dataclass(frozen=True)
class UnsubscribePage(Page):
    """The page behind the link in a mail: one button, and no sign-in."""

    wanted: bool = True
    button: str = ""
    value: str = ""


def unsubscribe_page(reading: Reading, person: Person, kind: str) -> UnsubscribePage:
    """Whether this mail comes, and the button for the other choice."""
    result = kind == NoticeKind.PUBLISHED
    if kind not in OPTIONAL:
        return UnsubscribePage(
            title=_("This mail cannot be stopped"),
            reading=reading,
            lead=_("It asks something of you in your office. The other mail you can stop."),
        )
    if wants(person.pk, reading.today)[kind]:
        return UnsubscribePage(
            title=_("No more mail about results?") if result else _("No more daily digest?"),
            reading=reading,
            lead=_("Mail that asks you to answer or to vote keeps coming."),
            button=_("Stop this mail"),
            value="no",
        )
    return UnsubscribePage(
        title=_("You get no more mail about results")
        if result
        else _("You get no more daily digest"),
        reading=reading,
        lead=_("Mail that asks you to answer or to vote keeps coming."),
        wanted=False,
        button=_("Send it again after all"),
        value="yes",
    )


@dataclass(frozen=True)
class DeadLinkPage(Page):
    """A link that was not made here, or was cut off."""

    template = "consultations/dead_link.html"


def dead_link_page(reading: Reading) -> DeadLinkPage:
    """What to do instead."""
    return DeadLinkPage(
        title=_("This link is not whole"),
        reading=reading,
        lead=_("Copy it once more from the mail, or sign in and choose your mail there."),
    )


def my_mail_page(request: Any) -> Page:
    """What stands around the form."""
    return Page(
        title=_("Which mail do you want?"),
        reading=request.reading,
        crumbs=(Link(_("Your account"), reverse("my_account")),),
        lead=_("Mail that asks you to answer or to vote belongs to your office and keeps coming."),
    )
