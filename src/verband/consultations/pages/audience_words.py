"""Who is asked, in words."""

from django.utils.translation import gettext as _

from verband.consultations.audience import Audience
from verband.members.models import Function
from verband.ui.wording import number


def audience_words(audience: Audience, name: str) -> str:
    """Who is asked: "de leden met een zetel in G32". ``name``: of the body or province."""
    members = _members(audience, name)
    if not audience.functions:
        return members
    functions = ", ".join(str(Function(value).label) for value in audience.functions)
    return _("%(members)s; of these: %(functions)s") % {
        "members": members,
        "functions": functions,
    }


def _members(audience: Audience, name: str) -> str:
    if audience.of == "body":
        return _("the members with a seat in %(body)s") % {"body": name}
    if audience.of == "province":
        return _("the members in %(province)s") % {"province": name}
    if audience.of == "size":
        start, until = audience.start, audience.until
        if until is None:
            words = _("the members with %(start)s inhabitants or more")
            return words % {"start": number(start)}
        if not start:
            return _("the members with fewer than %(until)s inhabitants") % {"until": number(until)}
        words = _("the members with %(start)s inhabitants or more, fewer than %(until)s")
        return words % {"start": number(start), "until": number(until)}
    return _("all members of the association")
