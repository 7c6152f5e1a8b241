"""Work of the kernel that waits for a clock; the only module that knows the queue."""

from procrastinate.contrib.django import app

from verband.kernel import clock
from verband.kernel.sealing import seal


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="kernel.seal", pass_context=False)
def seal_audit_lines(timestamp: int) -> None:
    """Seal the lines of the last minute; safe to run twice and on several machines.

    ``timestamp`` is the minute for which the queue plans it; the seal carries its own instant.
    """
    seal(clock.now())
