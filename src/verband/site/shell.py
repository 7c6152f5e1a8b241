"""What stands around every page of this site: places to go, who acts, the days on the ribbon."""

from bisect import bisect_left, bisect_right
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.kernel.changing_days import changing_days
from verband.members.models import Membership
from verband.people.models import Account
from verband.ui.component import Link
from verband.ui.reading import Reading
from verband.ui.shell import NavItem, ShellFacts
from verband.ui.wording import number, typed


def facts(request: Any) -> ShellFacts:
    """The shell of one request; at most four queries, whatever the page."""
    reading: Reading = request.reading
    changes = changing_days(reading.known)
    days = changes.days
    before, after = bisect_left(days, reading.day), bisect_right(days, reading.day)
    return ShellFacts(
        nav=_places(),
        bar=_bar(),
        home=reverse("home"),
        search=reverse("search"),
        actor=_actor(getattr(request, "actor", None)),
        changes=changes.months,
        previous=_within(days[before - 1]) if before else None,
        next=days[after] if after < len(days) else None,
        day_fact=_day_fact(reading),
        compare=_compare(reading),
        footer=_footer(),
        footer_links=_footer_links(),
    )


def _compare(reading: Reading) -> str:
    """What changed between the day that is read and today; the two times when it is today."""
    if reading.is_today:
        return reverse("as_known")
    first, last = sorted((reading.day, reading.today))
    return f"{reverse('changes')}?from={typed(first)}&until={typed(last)}"


def _within(day: Any) -> Any:
    return day if day >= settings.VERBAND_REGISTER_BEGINS else None


def _places() -> tuple[NavItem, ...]:
    return (
        NavItem(_("Today"), reverse("home")),
        NavItem(_("Register"), reverse("bodies")),
        NavItem(_("Members"), reverse("members")),
        NavItem(_("Consultations"), reverse("consultations"), also=(reverse("sittings"),)),
        NavItem(_("Changes"), reverse("changes")),
    )


def _bar() -> tuple[NavItem, ...]:
    return (
        NavItem(_("Today"), reverse("home"), "person"),
        NavItem(_("Voting"), reverse("consultations"), "check", (reverse("sittings"),)),
        NavItem(_("Register"), reverse("bodies"), "calendar"),
        NavItem(_("Search"), reverse("search"), "search"),
        NavItem(_("Menu"), "#menu", "menu"),
    )


def _actor(account: Account | None) -> NavItem:
    if account is None:
        return NavItem(_("Sign in"), reverse("account_login"))
    return NavItem(account.label, reverse("my_account"))


def _day_fact(reading: Reading) -> str:
    if reading.changes_allowed:
        return ""
    count = Membership.objects.at(reading.day).known(reading.known).count()
    if reading.is_today:
        text = ngettext(
            "By that knowledge the association has %(count)s municipality.",
            "By that knowledge the association has %(count)s municipalities.",
            count,
        )
        return text % {"count": number(count)}
    text = (
        ngettext(
            "Then the association had %(count)s municipality.",
            "Then the association had %(count)s municipalities.",
            count,
        )
        if reading.is_past
        else ngettext(
            "Then the association would have %(count)s municipality.",
            "Then the association would have %(count)s municipalities.",
            count,
        )
    )
    return text % {"count": number(count)}


def _footer() -> str:
    if not settings.DEMO:
        return ""
    return _(
        "An example association. People are fictional and known by their function only."
        " Municipalities, inhabitants and places: CBS, Kadaster/CBS."
    )


def _footer_links() -> tuple[Link, ...]:
    return (
        Link(_("Accessibility"), reverse("accessibility")),
        Link(_("Privacy"), reverse("privacy")),
        Link(_("Open data"), reverse("open_data")),
        Link(_("Who may do what"), reverse("authority")),
        Link(_("Verification"), reverse("audit")),
    )
