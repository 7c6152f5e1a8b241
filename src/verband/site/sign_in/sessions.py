"""How long a session lasts: two hours without use, twelve hours in all."""

import time
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

IDLE = 2 * 60 * 60  # seconds
WHOLE = 12 * 60 * 60
STEP = 60  # a session that is used is written at most once in this many seconds
BEGUN, SEEN = "signed_in_at", "last_seen_at"


def begin_session(request: HttpRequest) -> None:
    """Start both clocks; done at every sign-in."""
    request.session[BEGUN] = request.session[SEEN] = time.time()


def is_over(request: HttpRequest, now: float) -> bool:
    """Whether one of the clocks has run out."""
    begun, seen = request.session.get(BEGUN, now), request.session.get(SEEN, now)
    return bool(now - begun > WHOLE or now - seen > IDLE)


class SessionLimits:
    """Signs out whose session is over; a visitor without a session costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clocks before anything else asks who acts."""
        if request.user.is_authenticated:
            now = time.time()
            if is_over(request, now):
                logout(request)
                messages.info(request, _("Your session was over. Sign in again to go on."))
            elif BEGUN not in request.session:
                begin_session(request)
            elif now - request.session[SEEN] > STEP:
                request.session[SEEN] = now
        return self.get_response(request)
