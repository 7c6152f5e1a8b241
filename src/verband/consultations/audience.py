"""Who is asked: a choice from the register, as plain data that stays readable for ever.

{"of": "members"}                                    every member of the association
{"of": "body", "key": "g32"}                         the members that hold a seat there
{"of": "province", "key": "pv20"}                    the members in a province
{"of": "size", "from": 0, "until": 20000}            the members of a size, in inhabitants
{..., "functions": ["alderman", "mayor"]}            for people: only in these functions
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verband.core.errors import DomainError
from verband.members.models import Function

KINDS = ("members", "body", "province", "size")
FIELDS = {"of", "key", "from", "until", "functions"}


class UnreadableAudience(DomainError):
    """It is not said who is asked."""

    code = "unreadable_audience"
    template = "Choose who is asked: all members, a body or network, a province, or a size."


class UnknownFunction(DomainError):
    """There is no such function at a member."""

    code = "unknown_function"
    template = "“%(function)s” is not a function at a member."


@dataclass(frozen=True, slots=True)
class Audience:
    """Which members, and for a question to people: in which functions (none named means all).

    Raises: ``UnreadableAudience``, ``UnknownFunction``.

    >>> Audience.read({"of": "size", "until": 20000}).as_data()
    {'of': 'size', 'from': 0, 'until': 20000}
    """

    of: str
    key: str = ""
    start: int = 0
    until: int | None = None
    functions: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        keyed = self.of in ("body", "province")
        sized = self.until is None or 0 <= self.start < self.until
        if self.of not in KINDS or keyed != bool(self.key) or not sized:
            raise UnreadableAudience
        for function in self.functions:
            if function not in Function.values:
                raise UnknownFunction(function=function)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Audience":
        """The audience in stored data."""
        whole = {"key": str, "functions": list}
        if not set(data) <= FIELDS or any(
            not isinstance(data.get(name, kind()), kind) for name, kind in whole.items()
        ):
            raise UnreadableAudience
        for name in ("from", "until"):
            if not isinstance(data.get(name, 0), int | None):
                raise UnreadableAudience
        return cls(
            of=str(data.get("of", "")),
            key=data.get("key", ""),
            start=data.get("from") or 0,
            until=data.get("until"),
            functions=tuple(data.get("functions", ())),
        )

    def as_data(self) -> dict[str, Any]:
        """The audience as it is stored."""
        data: dict[str, Any] = {"of": self.of}
        if self.key:
            data["key"] = self.key
        if self.of == "size":
            data |= {"from": self.start, "until": self.until}
        if self.functions:
            data["functions"] = list(self.functions)
        return data
