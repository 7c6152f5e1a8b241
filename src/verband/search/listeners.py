"""Search hears that the register changed, after the commit."""

from verband.kernel.announce import RegisterChanged, listens_to
from verband.search.index import MODELS, take_in_line


@listens_to(RegisterChanged)
def take_in(event: RegisterChanged) -> None:
    """Make what was written findable at once; the worker mends what a crash leaves out."""
    if not event.tables.isdisjoint(MODELS):
        take_in_line(event.line)
