"""The description of the interface (OpenAPI), in the language of its readers."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext

from verband.integrations.api import DESCRIPTION, LINKED_DATA, api
from verband.integrations.middleware import LANGUAGE
from verband.integrations.problems import PROBLEM
from verband.integrations.uris import address
from verband.ui.download import TYPES


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the interface."""
    return HttpResponse(_openapi(), content_type="application/json")


@lru_cache(maxsize=1)
def _openapi() -> bytes:
    with translation.override(LANGUAGE):
        return json.dumps(described(), ensure_ascii=False, indent=1).encode()


def described() -> dict[str, Any]:
    """The description in the language that is active."""
    found: Any = api.get_openapi_schema(path_prefix="")
    made: dict[str, Any] = json.loads(json.dumps(_translated(dict(found))))
    made["info"] |= {
        "title": gettext("Open data of the register"),
        "description": gettext(DESCRIPTION),
        "contact": {
            "name": gettext("Keepers of the register"),
            "url": settings.VERBAND_BASE_URL,
            "email": settings.DEFAULT_FROM_EMAIL,
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    made["servers"] = [{"url": address(), "description": gettext("This register")}]
    for shape in made["components"]["schemas"].values():
        shape.pop("description", None)  # written for whoever reads the code
    for path in made["paths"].values():
        for operation in path.values():
            _complete(operation)
    return made


def _complete(operation: dict[str, Any]) -> None:
    """The header and the media types that the answers have."""
    operation.pop("description", None)  # written for whoever reads the code
    header = {"schema": {"type": "string"}, "description": gettext("Version of the interface.")}
    for status, response in operation["responses"].items():
        response["headers"] = {"API-Version": header}
        if not str(status).startswith("2"):
            response["content"] = {PROBLEM: response["content"]["application/json"]}
            response["description"] = gettext("The question cannot be answered")
            continue
        response["description"] = gettext("The answer")
        if operation["operationId"] in ("getCatalogue", "getContext"):
            response["content"] = {LINKED_DATA: response["content"]["application/json"]}
        if operation["operationId"].startswith(("list", "getBallots")):
            for kind in ("csv", "xlsx"):
                response["content"][TYPES[kind].partition(";")[0]] = {"schema": {"type": "string"}}


def _translated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(key, item) for key, item in value.items()}
    return [_translated(item) for item in value] if isinstance(value, list) else value


def _said(key: str, item: Any) -> Any:
    if key not in ("description", "summary") or not isinstance(item, str) or not item:
        return _translated(item)
    return gettext(item)
