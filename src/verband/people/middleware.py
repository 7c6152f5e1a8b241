"""Who acts in this request: an account that may sign in, or nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from verband.people.models import Account


class ActorMiddleware:
    """Sets ``request.actor`` to the account, or to ``None`` for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A visitor without a session costs no query."""
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Account | None:
    """The signed-in account, when it may still sign in."""
    user = request.user
    return user if user.is_authenticated and user.is_active else None
