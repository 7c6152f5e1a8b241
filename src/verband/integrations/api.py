"""The HTTP interface: every operation, its errors and its description (OpenAPI)."""

import json
from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from pydantic import BaseModel, Field, create_model

from verband.core.errors import DomainError
from verband.integrations.answers import PageShape, as_json, listed
from verband.integrations.asked import Asked, AskedList, refuse_unknown
from verband.integrations.audit import proof_of
from verband.integrations.catalogue import CONTEXT, catalogue
from verband.integrations.consultations import (
    BallotListing,
    BallotShape,
    ConsultationDetail,
    consultation_detail,
)
from verband.integrations.details import (
    BodyDetail,
    OrganisationDetail,
    PersonDetail,
    body_detail,
    organisation_detail,
    person_detail,
)
from verband.integrations.popolo import popolo_file
from verband.integrations.problems import (
    parameter_problem,
    problem,
    refusal_problem,
)
from verband.integrations.resources import RESOURCES, Resource
from verband.integrations.uris import address
from verband.integrations.version import API_VERSION
from verband.kernel.signing import NoSigningKey
from verband.ui.reading import Reading

LINKED_DATA = "application/ld+json"
DESCRIPTION = _(
    "The register of the association in two times: what is true on a day (on), as it was known at"
    " an instant (known). Times carry their time zone. Periods are half-open: validUntil is the"
    " first day that no longer counts."
)


class ErrorShape(BaseModel):
    """What is wrong with one parameter."""

    name: str
    code: str
    reason: str


class ProblemShape(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str = Field(description=_("What kind of error."))
    status: int
    detail: str = Field(description=_("What went wrong and what to do."))
    code: str | None = Field(None, description=_("Stable name of the error, for programs."))
    errors: list[ErrorShape] | None = None


class AnyShape(BaseModel):
    """An object whose fields another standard names."""

    model_config = {"extra": "allow"}


# Made while running, so that no checker of types reads them as types.
MANY: Any = list
ASKED: Any = Query
ERRORS: dict[int, Any] = {400: ProblemShape, 404: ProblemShape}
api = NinjaAPI(
    title="Verband",
    version=API_VERSION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that cannot be read."""
    return parameter_problem(error.errors)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """A rule refuses."""
    if isinstance(refusal, NoSigningKey):
        return problem(503)  # the sentence names a path of this machine
    return refusal_problem(refusal)


def add_list(resource: Resource) -> None:
    """The operation that gives one list."""
    page = create_model(
        f"{resource.label}Page", __base__=PageShape, results=(MANY[resource.shape], ...)
    )

    def view(request: Any, asked: Any) -> HttpResponseBase:
        refuse_unknown(request, resource.question)
        rows = resource.rows(request.reading, asked)
        return listed(request, resource.name, rows, asked, page, resource.shape)

    _add(
        f"/{resource.name}", f"list{resource.label}", resource.title, view, page, resource.question
    )


def add_detail(
    path: str,
    name: str,
    title: str,
    shape: type[BaseModel],
    detail: Callable[[str, Reading], BaseModel],
) -> None:
    """The operation that gives one thing by its key."""

    def view(request: Any, key: str, asked: Any) -> HttpResponse:
        refuse_unknown(request, Asked)
        return as_json(detail(key, request.reading))

    view.__annotations__["key"] = str
    _add(f"/{path}/{{slug:key}}", name, title, view, shape, Asked)


def _add(path: str, name: str, title: str, view: Any, shape: Any, asked: type[Asked]) -> None:
    view.__annotations__["asked"] = ASKED[asked]
    view.__name__ = name
    api.get(
        path,
        response={200: shape, **ERRORS},
        operation_id=name,
        summary=title,
        tags=[_tag(path)],
        by_alias=True,
    )(view)


def _tag(path: str) -> str:
    return path.strip("/").split("/")[0]


for one in RESOURCES:
    add_list(one)
add_detail(
    "organisations",
    "getOrganisation",
    _("One organisation"),
    OrganisationDetail,
    organisation_detail,
)
add_detail("bodies", "getBody", _("One body or network"), BodyDetail, body_detail)
add_detail("people", "getPerson", _("One person, by function"), PersonDetail, person_detail)
add_detail(
    "consultations",
    "getConsultation",
    _("One consultation, with its result once that is published"),
    ConsultationDetail,
    consultation_detail,
)
BallotPage = create_model("BallotPage", __base__=PageShape, results=(MANY[BallotShape], ...))


def _ballots(request: Any, key: str, asked: Any) -> HttpResponseBase:
    refuse_unknown(request, AskedList)
    rows = BallotListing(key, request.reading)
    return listed(request, f"ballots-{key}", rows, asked, BallotPage, BallotShape)


_ballots.__annotations__["key"] = str
_add(
    "/consultations/{slug:key}/ballots",
    "getBallots",
    _("The ballots of a published vote, by member"),
    _ballots,
    BallotPage,
    AskedList,
)


@api.get(
    "/audit/lines/{int:number}/proof",
    response={200: AnyShape, **ERRORS, 503: ProblemShape},
    operation_id="getProof",
    summary=_("Proof that an audit line is in the tree"),
    tags=["audit"],
)
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof, to verify without us."""
    return HttpResponse(proof_of(number), content_type="application/json")


def _popolo(request: Any, asked: Any) -> FileResponse:
    refuse_unknown(request, Asked)
    return popolo_file(request.reading)


_add(
    "/popolo.json",
    "getPopolo",
    _("People, organisations, memberships, posts and areas as Popolo"),
    _popolo,
    AnyShape,
    Asked,
)


@api.get(
    "/catalog.jsonld",
    response={200: AnyShape, **ERRORS},
    operation_id="getCatalogue",
    summary=_("Catalogue of the data sets (DCAT)"),
    tags=["catalog"],
)
def get_catalogue(request: HttpRequest) -> HttpResponse:
    """The data sets, for machines that collect catalogues."""
    given = catalogue([(resource.name, resource.title) for resource in RESOURCES])
    return _linked(given)


@api.get(
    "/context.jsonld",
    response={200: AnyShape, **ERRORS},
    operation_id="getContext",
    summary=_("Meaning of the fields (JSON-LD, W3C ORG)"),
    tags=["catalog"],
)
def get_context(request: HttpRequest) -> HttpResponse:
    """The meaning of the fields of organisations and bodies."""
    return _linked(CONTEXT)


def _linked(value: object) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type=LINKED_DATA)


def index(request: HttpRequest) -> HttpResponse:
    """What there is, with addresses."""
    paths = [resource.name for resource in RESOURCES]
    paths += ["popolo.json", "catalog.jsonld", "context.jsonld", "openapi.json"]
    links = {path: {"href": address(f"/{path}")} for path in paths}
    body = {"version": API_VERSION, "_links": {"self": {"href": address()}, **links}}
    return HttpResponse(json.dumps(body), content_type="application/json")


def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every other address under the interface."""
    return problem(404)
