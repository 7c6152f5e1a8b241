"""Errors of the HTTP interface as ``application/problem+json`` (RFC 9457)."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from verband.core.errors import DomainError
from verband.kernel.export import NothingSealed
from verband.kernel.sealing import NotSealed
from verband.ui.wording import sentence

PROBLEM = "application/problem+json"
TITLES = {
    400: _("The question cannot be read"),
    401: _("Sign in first"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("This method is not possible here"),
    406: _("This form is not given"),
    422: _("The question cannot be answered"),
    429: _("Too many questions"),
    500: _("Something went wrong here"),
    503: _("Not available now"),
}
DETAILS = {
    400: _("Something in the address or its parameters cannot be read."),
    401: _("This answer is only given to people who are signed in."),
    403: _("The register does not give you this answer."),
    404: _("There is nothing at this address. The list of addresses stands in openapi.json."),
    405: _("Ask with GET; the open data can be read, not changed."),
    429: _("You ask more often than one reader may. Wait a minute and ask again."),
    500: _("The question was right; the mistake is ours and was written down."),
    503: _("Ask again later."),
}
REASONS = {
    "greater_than_equal": _("Choose at least %(ge)s."),
    "less_than_equal": _("Choose at most %(le)s."),
    "literal_error": _("Choose one of %(expected)s."),
    "int_parsing": _("Write a whole number."),
    "int_parsing_size": _("This number is too large."),
    "bool_parsing": _("Write true or false."),
    "string_pattern_mismatch": _("Write a key of the register, such as gm0344."),
    "missing": _("This parameter is needed."),
}
OTHER_REASON = _("This value cannot be read.")


class UnknownParameter(DomainError):
    """The address carries a parameter that this list does not know."""

    code = "unknown_parameter"
    template = "This list has no parameter %(name)s. It knows: %(known)s."


class NoSuchPage(DomainError):
    """A page after the last one."""

    code = "no_such_page"
    template = "There is no page %(page)s: the last one is %(last)s."


class UnknownKey(DomainError):
    """Nothing of that key was in the register at the instant that is read."""

    code = "unknown_key"
    template = "The register holds nothing of this name, as it was known then."


class TooManyRows(DomainError):
    """A sheet holds no more rows."""

    code = "too_many_rows"
    template = "A sheet holds at most %(limit)s rows. Ask for CSV, or filter."


NOT_THERE = (NoSuchPage, UnknownKey, NotSealed, NothingSealed)


def problem(
    status: int,
    detail: str = "",
    *,
    code: str = "",
    errors: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    """A problem in the reader's language; ``code`` is stable, for programs."""
    title = TITLES.get(status, HTTPStatus(status).phrase)
    what = DETAILS.get(status, title)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": gettext(title),
        "status": status,
        "detail": detail or gettext(what),
    }
    if code:
        body["code"] = code
    if errors:
        body["errors"] = list(errors)
    return HttpResponse(
        json.dumps(body, ensure_ascii=False).encode(), status=status, content_type=PROBLEM
    )


def refusal_problem(refusal: DomainError) -> HttpResponse:
    """A refusal as a problem: not there, or a question that cannot be answered so."""
    status = 404 if isinstance(refusal, NOT_THERE) else 400
    return problem(status, sentence(refusal), code=refusal.code)


def parameter_problem(errors: Sequence[dict[str, Any]]) -> HttpResponse:
    """Every parameter that cannot be read, each with what to write instead."""
    found = [_error(error) for error in errors]
    detail = " ".join(f"{e['name']}: {e['reason']}" for e in found)
    return problem(400, detail, code="unreadable_parameter", errors=found)


def _error(error: dict[str, Any]) -> dict[str, str]:
    kind = str(error.get("type", ""))
    context = error.get("ctx") or {}
    template = REASONS.get(kind, OTHER_REASON)
    place = error.get("loc") or ("",)
    return {"name": str(place[-1]), "code": kind, "reason": gettext(template) % context}
