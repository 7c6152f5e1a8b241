"""Every list that the interface gives, with its question and its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from verband.integrations import shapes
from verband.integrations.asked import (
    Asked,
    AskedFacts,
    AskedList,
    AskedPeriod,
    chosen,
    question,
)
from verband.integrations.audit import CheckpointListing
from verband.integrations.consultations import FILTERS as CONSULTATION_FILTERS
from verband.integrations.consultations import ConsultationListing, ConsultationShape
from verband.integrations.history import ChangeListing, CorrectionListing, period_asked
from verband.integrations.listings import FactListing, Listing, MemberListing, PersonListing
from verband.integrations.tables import TABLES, Filter, Table, by_choice, by_key
from verband.members.models import Function
from verband.ui.reading import Reading

Rows = Callable[[Reading, AskedList], Listing]


@dataclass(frozen=True)
class Resource:
    """A list: its address, what a reader may ask, its rows."""

    name: str
    title: str
    shape: type[shapes.Shape]
    question: type[Asked]
    rows: Rows
    filters: Mapping[str, Filter] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name as part of the name of an operation: ``PopulationFigures``."""
        return "".join(part.title() for part in self.name.replace("/", "-").split("-"))


MEMBER_FILTERS = {"province": by_key("province", _("Only in the province with this key."))}
PERSON_FILTERS = {
    "organisation": by_key("organisation", _("Only who holds a function there on the day.")),
    "function": by_choice("function", _("Only who holds this function on the day."), Function),
}


def _facts(table: Table) -> Resource:
    def rows(reading: Reading, asked: AskedList) -> Listing:
        if not isinstance(asked, AskedFacts):
            raise TypeError(asked)
        return FactListing(
            table,
            reading,
            validity=asked.validity,
            versions=asked.versions,
            where=chosen(asked, table.filters),
        )

    asked = question(table.model.__name__, AskedFacts, table.filters)
    return Resource(table.name, table.title, table.shape, asked, rows, table.filters)


def _changes(reading: Reading, asked: AskedList) -> Listing:
    if not isinstance(asked, AskedPeriod):
        raise TypeError(asked)
    return ChangeListing(period_asked(asked, reading), reading)


def _corrections(reading: Reading, asked: AskedList) -> Listing:
    if not isinstance(asked, AskedPeriod):
        raise TypeError(asked)
    return CorrectionListing(period_asked(asked, reading), reading)


RESOURCES = (
    Resource(
        "members",
        _("Members on a day, with inhabitants and votes"),
        shapes.MemberShape,
        question("Member", AskedList, MEMBER_FILTERS),
        lambda reading, asked: MemberListing(reading, chosen(asked, MEMBER_FILTERS)),
        MEMBER_FILTERS,
    ),
    Resource(
        "people",
        _("People by function"),
        shapes.PersonShape,
        question("Person", AskedList, PERSON_FILTERS),
        lambda reading, asked: PersonListing(reading, chosen(asked, PERSON_FILTERS)),
        PERSON_FILTERS,
    ),
    *(_facts(table) for table in TABLES),
    Resource(
        "consultations",
        _("What the members were asked, with its rule and how it stands"),
        ConsultationShape,
        question("Consultation", AskedList, CONSULTATION_FILTERS),
        lambda reading, asked: ConsultationListing(reading, chosen(asked, CONSULTATION_FILTERS)),
        CONSULTATION_FILTERS,
    ),
    Resource(
        "changes",
        _("What begins or ends between two days"),
        shapes.ChangeShape,
        AskedPeriod,
        _changes,
    ),
    Resource(
        "corrections",
        _("What was put right in the register between two days"),
        shapes.CorrectionShape,
        AskedPeriod,
        _corrections,
    ),
    Resource(
        "audit/checkpoints",
        _("Signed roots of the audit tree"),
        shapes.CheckpointShape,
        AskedList,
        lambda reading, asked: CheckpointListing(reading),
    ),
)
