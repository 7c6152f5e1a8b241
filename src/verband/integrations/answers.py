"""A page of a list: its rows, its links to other pages, and the day of which it speaks."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel, Field

from verband.integrations.asked import AskedList
from verband.integrations.files import as_file
from verband.integrations.listings import Listing
from verband.integrations.problems import NoSuchPage
from verband.integrations.shapes import Shape
from verband.integrations.uris import address
from verband.integrations.version import ROOT
from verband.ui.query import Query
from verband.ui.reading import Reading

JSON = "application/json; charset=utf-8"


class Href(BaseModel):
    """Where something is."""

    href: str


class PageLinks(BaseModel):
    """This page and its neighbours."""

    self: Href
    first: Href
    prev: Href | None = None
    next: Href | None = None
    last: Href


class PageShape(Shape):
    """A page of a list."""

    links: PageLinks = Field(alias="_links")
    on: date
    known: datetime | None
    page: int
    page_size: int
    total: int


def as_json(shape: BaseModel, content_type: str = JSON) -> HttpResponse:
    """A shape as an answer."""
    return HttpResponse(shape.model_dump_json(by_alias=True), content_type=content_type)


def listed(
    request: Any,
    name: str,
    listing: Listing,
    asked: AskedList,
    page: type[PageShape],
    row: type[Shape],
) -> HttpResponseBase:
    """A page as JSON, or the whole list as a file.

    Raises:
        NoSuchPage: a page after the last one.
    """
    reading: Reading = request.reading
    if asked.format != "json":
        return as_file(listing, row, name, asked.format, reading)
    total = listing.total()
    last = max(1, -(-total // asked.page_size))
    if asked.page > last:
        raise NoSuchPage(page=asked.page, last=last)
    start = (asked.page - 1) * asked.page_size
    values = {
        "links": _links(request, asked.page, last),
        "on": reading.day,
        "known": reading.known,
        "page": asked.page,
        "page_size": asked.page_size,
        "total": total,
        "results": listing.part(start, start + asked.page_size),
    }
    return as_json(page.model_validate(values))


def _links(request: HttpRequest, number: int, last: int) -> PageLinks:
    query = Query.of(request)

    def href(page: int) -> Href:
        path = query.with_(page=page if page > 1 else None)
        return Href(href=address(path.removeprefix(ROOT)))

    return PageLinks(
        self=href(number),
        first=href(1),
        prev=href(number - 1) if number > 1 else None,
        next=href(number + 1) if number < last else None,
        last=href(last),
    )
