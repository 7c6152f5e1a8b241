"""The day that is read, put on the request once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from verband.core.errors import DomainError
from verband.kernel import clock
from verband.ui.page import Page, render
from verband.ui.reading import Reading, reading_of
from verband.ui.wording import sentence


@dataclass(frozen=True)
class WrongDayPage(Page):
    """What was typed is not a day of the register."""

    typed: str = ""
    sentence: str = ""


class ReadingMiddleware:
    """Sets ``request.reading``; answers 400 when ``?on=`` or ``?known=`` cannot be read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Read the day before anything else asks for it."""
        now = clock.now()
        request.wrong_day = None
        try:
            request.reading = reading_of(request.GET, now)
        except DomainError as refusal:
            today = clock.local_day(now)
            request.reading = Reading(today, now, today)
            request.wrong_day = refusal
        return self.get_response(request)

    def process_view(
        self, request: Any, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer a wrong day here, when every other middleware has done its part."""
        if request.wrong_day is None:
            return None
        page = WrongDayPage(
            title=_("This day cannot be read"),
            reading=request.reading,
            typed=typed_day(request),
            sentence=sentence(request.wrong_day),
        )
        return render(request, page, "ui/wrong_day.html", status=400)


def typed_day(request: HttpRequest) -> str:
    """What the reader typed as a day, kept so that it can be mended."""
    return (request.GET.get("on") or request.GET.get("known") or "")[:40]
