"""Numbers that filter, and the form that searches."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _l

from verband.ui import wording
from verband.ui.component import Component


@dataclass(frozen=True)
class Count(Component):
    """A number with its words, that leads to its rows."""

    number: int
    words: str
    href: str
    chosen: bool = False

    @property
    def shown(self) -> str:
        """The number in words."""
        return wording.number(self.number)


@dataclass(frozen=True)
class FilterCounts(Component):
    """A row of numbers that filter; each is a link."""

    label: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Choice(Component):
    """One option of a choice field."""

    value: str
    label: str


@dataclass(frozen=True)
class SearchField(Component):
    """A free text of a filter form."""

    name: str
    label: str
    value: str = ""

    is_search = True


@dataclass(frozen=True)
class ChoiceField(Component):
    """A choice of a filter form; the first choice is usually "all", with an empty value."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    value: str = ""

    is_search = False


@dataclass(frozen=True)
class FilterForm(Component):
    """Search and choose. ``kept``: the other parameters, from ``Query.kept(*field names)``."""

    action: str
    fields: tuple[SearchField | ChoiceField, ...]
    kept: tuple[tuple[str, str], ...] = ()
    button: object = _l("Search")
    id: str = "filter"
