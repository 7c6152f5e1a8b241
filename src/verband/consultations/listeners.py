"""What happens at once when a vote closes: its root is signed, not within the minute but now."""

from contextlib import suppress

from verband.kernel import clock
from verband.kernel.announce import RegisterChanged, listens_to
from verband.kernel.sealing import seal
from verband.kernel.signing import NoSigningKey

CLOSING = "consultations.close_vote"


@listens_to(RegisterChanged)
def seal_the_closing(event: RegisterChanged) -> None:
    """Seal after the commit; if it fails, the worker seals within the minute."""
    if event.use_case != CLOSING:
        return
    with suppress(NoSigningKey):  # the worker says so, every minute
        seal(clock.now())
