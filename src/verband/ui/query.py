"""The address of this page with one parameter changed: sorting, filtering, paging, downloads."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

# What an untrusted reader may ask for beside the page itself.
FORMATS = ("csv", "xlsx", "json")


@dataclass(frozen=True)
class Query:
    """The path and parameters of a request, never changed in place.

    >>> query = Query("/bodies/", (("kind", "team"), ("page", "3")))
    >>> query.with_(sort="name", page=None)
    '/bodies/?kind=team&sort=name'
    """

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> "Query":
        """The query of a request; empty parameters are left out."""
        pairs = tuple(
            (name, value) for name, values in request.GET.lists() for value in values if value
        )
        return cls(request.path, pairs)

    def get(self, name: str, default: str = "") -> str:
        """The last value given for ``name``."""
        return dict(self.pairs).get(name, default)

    def with_(self, **changes: str | int | None) -> str:
        """The address with these parameters set, or left out when ``None``."""
        pairs = [(name, value) for name, value in self.pairs if name not in changes]
        pairs += [(name, str(value)) for name, value in changes.items() if value is not None]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def kept(self, *without: str) -> tuple[tuple[str, str], ...]:
        """The parameters a form must carry along, without its own fields."""
        return tuple(pair for pair in self.pairs if pair[0] not in without)

    @property
    def format(self) -> str:
        """ "csv", "xlsx" or "json" when a download is asked for, else empty."""
        found = self.get("format")
        return found if found in FORMATS else ""

    def ordering(self, allowed: Mapping[str, str], default: str) -> tuple[str, ...]:
        """``order_by`` arguments for ``?sort=``; ``allowed`` maps public names to fields.

        The primary key is added, so that the order is total.

        >>> Query("/", (("sort", "-name"),)).ordering({"name": "name_at__name"}, "name")
        ('-name_at__name', 'pk')
        """
        asked = self.get("sort", default)
        if asked.lstrip("-") not in allowed:
            asked = default
        sign = "-" if asked.startswith("-") else ""
        return (sign + allowed[asked.lstrip("-")], "pk")
