"""Work of the members' voice that waits for a clock; the only module here that knows the queue."""

from datetime import datetime

from django.db.models import Max
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from verband.consultations.clockwork import turn
from verband.consultations.mail.promising import promise_due
from verband.consultations.mail.sending import MailServerDown, send_promised
from verband.consultations.queries.waiting import is_mail_waiting
from verband.kernel import clock

MAIL = "consultations.mail"
LONGEST = 900  # seconds between two attempts at a mail server that is down


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="consultations.clock", priority=10, pass_context=False)
def turn_the_clock(timestamp: int) -> None:
    """Open, close and make final what is due, and promise the mail about it.

    ``timestamp`` is the minute for which the queue plans it. Safe on several machines at once.
    """
    now = clock.now()
    turn(now)
    promise_due(now)
    if is_mail_waiting(now):
        _plan(attempt=0)


@app.task(queueing_lock=MAIL, pass_context=False)
def hand_over_mail(attempt: int) -> None:
    """Hand promised mails over for some seconds, then give other work its turn.

    A mail server that is down is tried again after 30 seconds, a minute, two, and so on. The job
    counts as failed then, so that the health page sees it.
    """
    try:
        done = send_promised(clock.now())
    except MailServerDown:
        _plan(attempt=attempt + 1, wait=min(30 * 2 ** min(attempt, 8), LONGEST))
        raise
    if done.more:
        _plan(attempt=0)


def last_turn() -> datetime | None:
    """When the clock last did its work, by the machine's own time; ``None`` when it never did."""
    done = ProcrastinateJob.objects.filter(task_name=turn_the_clock.name, status="succeeded")
    newest = done.order_by("-pk").values("pk")[:1]
    found: datetime | None = ProcrastinateEvent.objects.filter(job__in=newest).aggregate(
        last=Max("at")
    )["last"]
    return found


def _plan(*, attempt: int, wait: int = 0) -> None:
    try:
        hand_over_mail.configure(schedule_in={"seconds": wait}).defer(attempt=attempt)
    except AlreadyEnqueued:
        return  # the one that waits does it, and keeps its distance
