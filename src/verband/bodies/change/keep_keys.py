"""The page on which the voting keys are kept up to date."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.change.authority import allowed
from verband.bodies.change.keep import KeepPage, Maker
from verband.members import use_cases as members
from verband.members.models import VotingKeyFact
from verband.ui.component import Link
from verband.ui.reading import Reading


def voting_keys_page(request: Any) -> KeepPage:
    """Every voting key that was ever in force."""
    reading: Reading = request.reading
    may = allowed(request, (members.set_voting_key, members.correct_voting_key))
    make = Maker(reading.day, may)
    rows = VotingKeyFact.objects.known(None)
    return KeepPage(
        title=_("Voting keys"),
        reading=reading,
        crumbs=(Link(_("Members"), reverse("members")),),
        sections=(
            make.section(
                _("In force, before and later"),
                rows,
                lambda f: [("correct_voting_key", _("Correct"), f.pk)],
                ("set_voting_key", _("Set a new voting key")),
            ),
        ),
    )
