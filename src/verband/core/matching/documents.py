"""What is searched: a body, a matter, a practice or a person, as texts and facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from verband.core.errors import DomainError

FIELDS = {"title": 3, "tags": 2, "body": 1}  # a word in the title counts three times


class DoubleDocument(DomainError):
    """Two documents carry one id."""

    code = "double_document"
    template = "The id “%(id)s” is already in use. Remove the old document first."


class UnknownDocument(DomainError):
    """There is no document with this id."""

    code = "unknown_document"
    template = "There is no document “%(id)s”."


class NothingToSearchFor(DomainError):
    """The text holds no word that carries meaning, and no fact is given."""

    code = "nothing_to_search_for"
    template = "There is nothing to search for: the text holds no words that carry meaning."


class NothingToSearchIn(DomainError):
    """The collection is empty."""

    code = "nothing_to_search_in"
    template = "There are no documents to search in."


@dataclass(frozen=True)
class Document:
    """A thing with words and facts.

    ``facts`` are structured: ministry, theme, region, member, each with one or more values;
    ``kind`` is body, matter, practice, person, or what the caller uses.
    """

    id: str
    title: str = ""
    tags: tuple[str, ...] = ()
    body: str = ""
    kind: str = ""
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """The text of each field."""
        return {"title": self.title, "tags": " | ".join(self.tags), "body": self.body}
