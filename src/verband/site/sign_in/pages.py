"""What the pages of signing in may show."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verband.reference.story.accounts import DEMO_ACCOUNTS
from verband.ui.component import Link
from verband.ui.page import Page, render


@dataclass(frozen=True)
class Demo:
    """One kind of user of the demo, who signs in with a press of a button."""

    email: str
    label: str


@dataclass(frozen=True)
class SignInPage(Page):
    """The mail address, the passkey, and in a demo everybody to try."""

    demo: tuple[Demo, ...] = ()


@dataclass(frozen=True)
class ActionPage(Page):
    """A few words and what to do next: a link, or a button that posts here."""

    button: str = ""
    href: str = ""
    further: tuple[Link, ...] = ()
    template = "site/sign_in/action.html"


def sign_in_page(request: Any) -> SignInPage:
    """The first page of signing in."""
    return SignInPage(
        title=_("Sign in"),
        reading=request.reading,
        lead=_("The register is open to everybody. Sign in to change something in it."),
        demo=demo_accounts() if settings.DEMO else (),
    )


def demo_accounts() -> tuple[Demo, ...]:
    """The accounts of the demo, in the reader's language."""
    english = (get_language() or "").startswith("en")
    return tuple(Demo(it.email, it.label_en if english else it.label) for it in DEMO_ACCOUNTS)


def refused(request: Any, title: str, told: str, status: int = 403) -> HttpResponse:
    """Signing in ended here, and why."""
    page = ActionPage(title=title, reading=request.reading, lead=told)
    return render(request, page, status=status)
