"""What holds for every answer of the HTTP interface, also for errors made elsewhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from verband.integrations.problems import PROBLEM, problem, refusal_problem
from verband.integrations.version import API_VERSION, ROOT

LANGUAGE = "nl"  # the Dutch API design rules: one language, so that an answer is one answer


class InterfaceMiddleware:
    """Version, open access from other sites, problems instead of pages; reading only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; other addresses are left alone."""
        if not is_ours(request):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
        else:
            if request.method == "HEAD":
                request.method = "GET"  # the server leaves the body out
            response = self.get_response(request)
        if response.status_code >= 400 and response.get("Content-Type") != PROBLEM:
            response = _as_problem(response)
        return _with_headers(response)

    def process_view(
        self, request: Any, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Speak one language, and refuse a day that cannot be read before a page would."""
        if not is_ours(request):
            return None
        translation.activate(LANGUAGE)
        wrong = getattr(request, "wrong_day", None)
        return None if wrong is None else refusal_problem(wrong)


def is_ours(request: HttpRequest) -> bool:
    """Whether the address lies under the interface."""
    return request.path_info == ROOT or request.path_info.startswith(f"{ROOT}/")


def _as_problem(response: HttpResponse) -> HttpResponse:
    with translation.override(LANGUAGE):
        made = problem(response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response:
            made[name] = response[name]
    return made


def _with_headers(response: HttpResponse) -> HttpResponse:
    response["API-Version"] = API_VERSION
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Expose-Headers"] = "API-Version, Content-Disposition, Retry-After"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
