"""Where the page of an organisation leads in apps that build on the register.

The register knows none of them: each says itself where to go on.
"""

from collections.abc import Callable, Iterable

from verband.members.models import Organisation
from verband.ui.component import Link
from verband.ui.reading import Reading

Leading = Callable[[Reading, Organisation], Iterable[Link]]
_LEADS: list[Leading] = []


def leads_from_organisation(found: Leading) -> Leading:
    """Ask this function for links at every page of an organisation."""
    _LEADS.append(found)
    return found


def leads_of(reading: Reading, organisation: Organisation) -> tuple[Link, ...]:
    """All these links, in the order in which the apps were started."""
    return tuple(link for found in _LEADS for link in found(reading, organisation))
