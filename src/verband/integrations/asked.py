"""What a reader may ask of a list: the day, what was known, a page, a form, filters."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from verband.integrations.problems import UnknownParameter
from verband.integrations.tables import Filter

LARGEST_PAGE = 500
LAST_PAGE = 1_000_000
KEY = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]


class Asked(BaseModel):
    """The day that is read and what was known then; every question has these."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    on: str | None = Field(
        None,
        description=_("Day that is read, as 2017-10-30; without it, today."),
        json_schema_extra={"format": "date"},
    )
    known: str | None = Field(
        None,
        description=_(
            "Instant whose knowledge is read, as 2017-10-30T12:00:00+01:00; a day means its end;"
            " without it, all that is known now."
        ),
        json_schema_extra={"format": "date-time"},
    )


class AskedList(Asked):
    """A page of a list, or the whole list as a file."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description=_("Number of the page, from 1."))
    page_size: int = Field(100, ge=1, le=LARGEST_PAGE, description=_("Rows on a page."))
    format: Literal["json", "csv", "xlsx"] = Field(
        "json", description=_("json gives a page; csv and xlsx give all rows as a file.")
    )


class AskedFacts(AskedList):
    """A list of facts."""

    validity: Literal["on", "all"] = Field(
        "on", description=_("on: what is true on the day; all: whatever was or will be true.")
    )
    versions: Literal["known", "all"] = Field(
        "known", description=_("known: what the register holds; all: also what it held before.")
    )


class AskedPeriod(AskedList):
    """A list of what happened between two days."""

    from_: str | None = Field(
        None,
        alias="from",
        description=_("First day, as 2017-10-30; without it, three months before the day read."),
        json_schema_extra={"format": "date"},
    )
    until: str | None = Field(
        None,
        description=_("First day that no longer counts; without it, the day after the day read."),
        json_schema_extra={"format": "date"},
    )


def question(name: str, base: type[Asked], filters: Mapping[str, Filter]) -> type[Asked]:
    """The question of one list: ``base`` with its filters."""
    extra: dict[str, Any] = {
        snake(key): (_type(one) | None, Field(None, alias=key, description=one.description))
        for key, one in filters.items()
    }
    return create_model(f"{name}Question", __base__=base, **extra)


def _type(one: Filter) -> Any:
    if one.kind == "choice":
        return Literal[one.choices]
    return {"bool": bool, "number": int, "key": KEY}[one.kind]


def snake(key: str) -> str:
    """``isVoting`` as ``is_voting``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower()


def chosen(asked: Asked, filters: Mapping[str, Filter]) -> dict[str, object]:
    """The lookups that the reader's filters ask for."""
    given = {one.lookup: getattr(asked, snake(key)) for key, one in filters.items()}
    return {lookup: value for lookup, value in given.items() if value is not None}


def refuse_unknown(request: HttpRequest, asked: type[Asked]) -> None:
    """A mistyped filter must not silently give everything.

    Raises:
        UnknownParameter: a parameter that this list does not know.
    """
    known = [f.alias or name for name, f in asked.model_fields.items()]
    for name in request.GET:
        if name not in known:
            raise UnknownParameter(name=name[:80], known=", ".join(known))
