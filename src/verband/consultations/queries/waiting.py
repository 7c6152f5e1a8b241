"""Mail that waits, and mail that did not arrive: for the clock and for the health page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from verband.consultations.kinds import DeliveryState
from verband.consultations.models import Delivery


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much mail waits, since when, what the mail server said last; how much was refused."""

    count: int
    since: datetime | None
    attempts: int
    answer: str
    refused: int


def is_mail_waiting(now: datetime) -> bool:
    """Whether a mail could be handed over now. One query."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_try__lte=now)
    return waiting.exists()


def mail_waiting() -> Waiting:
    """How mail stands. Three queries."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    found = waiting.aggregate(
        count=Count("pk"), since=Min("notice__recorded_from"), attempts=Max("attempts")
    )
    last = waiting.exclude(answer="").order_by("-next_try").values_list("answer", flat=True).first()
    return Waiting(
        found["count"],
        found["since"],
        found["attempts"] or 0,
        last or "",
        Delivery.objects.filter(state=DeliveryState.REFUSED).count(),
    )


def refused_lately(most: int = 25) -> list[Delivery]:
    """The mails that the server of the receiver refused, the newest first. One query."""
    rows = Delivery.objects.filter(state=DeliveryState.REFUSED)
    return list(rows.select_related("notice__consultation").order_by("-done_at", "-pk")[:most])
