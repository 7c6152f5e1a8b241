"""What every answer tells the browser to leave shut."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SHUT = (
    *("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone"),
    *("midi", "payment", "usb", "browsing-topics"),
)
POLICY = ", ".join(
    [
        *(f"{name}=()" for name in SHUT),
        "publickey-credentials-get=(self)",  # passkeys
        "publickey-credentials-create=(self)",
        "fullscreen=(self)",
    ]
)


class PermissionsPolicyMiddleware:
    """Sets ``Permissions-Policy`` on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the header."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
