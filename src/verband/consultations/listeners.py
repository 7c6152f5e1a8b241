"""What other apps set going here: a closing is sealed at once; a member's page leads to its votes.

Signing a closing need not wait for the worker, which comes by within the minute.
"""

from collections.abc import Iterator
from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.pages.leads import leads_from_organisation
from verband.consultations.models import RollLine
from verband.kernel import clock
from verband.kernel.announce import RegisterChanged, listens_to
from verband.kernel.sealing import seal
from verband.kernel.signing import NoSigningKey
from verband.members.models import Organisation
from verband.ui.component import Link
from verband.ui.reading import Reading

CLOSING = "consultations.close_vote"


@listens_to(RegisterChanged)
def seal_the_closing(event: RegisterChanged) -> None:
    """Seal after the commit; if it fails, the worker seals within the minute."""
    if event.use_case != CLOSING:
        return
    with suppress(NoSigningKey):  # the worker says so, every minute
        seal(clock.now())


@leads_from_organisation
def to_its_votes(reading: Reading, organisation: Organisation) -> Iterator[Link]:
    """What a member voted and who votes for it, once it has stood on a roll. One query."""
    if RollLine.objects.filter(member=organisation).exists():
        for name, words in (("votes_of", _("What it voted")), ("voters_of_member", _("Who votes"))):
            yield Link(words, reading.link(reverse(name, args=[organisation.key])))
