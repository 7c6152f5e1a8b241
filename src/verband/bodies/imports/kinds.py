"""The four kinds of file, and the columns of each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _l

from verband.bodies.imports.fields import Field
from verband.bodies.kinds import SeatRole
from verband.kernel.two_times import Certainty
from verband.members.models import Function, OrganisationKind

FROM = Field(
    "from", "vanaf", _l("valid from"), "day", also=("valid from", "begin", "start", "sinds")
)
UNTIL = Field("until", "tot", _l("until"), "day", also=("valid until", "einde", "end"))
SOURCE = Field("source", "bron", _l("source"), most=300)
CERTAINTY = Field("certainty", "zekerheid", _l("certainty"), "choice", choices=Certainty)
ORGANISATION = Field(
    "organisation",
    "organisatie",
    _l("organisation"),
    required=True,
    also=("gemeente", "municipality", "code", "gemeentecode", "lid", "member"),
)


@dataclass(frozen=True)
class Kind:
    """One kind of file. ``unique``: the columns that together occur once in a file."""

    name: str
    label: Any
    fields: tuple[Field, ...]
    unique: tuple[str, ...]

    @property
    def use_case(self) -> str:
        """The name of the use case that takes it in."""
        return f"bodies.import_{self.name}"

    def field(self, name: str) -> Field | None:
        """A column by its name."""
        return next((field for field in self.fields if field.name == name), None)


MEMBERS = Kind(
    "members",
    _l("Members"),
    (
        Field("code", "code", _l("code"), required=True, most=40, also=("gemeentecode", "tooi")),
        Field("name", "naam", _l("name"), also=("gemeente", "municipality")),
        Field("kind", "soort", _l("kind"), "choice", choices=OrganisationKind),
        Field("name_en", "naam in het Engels", _l("name in English"), also=("name in English",)),
        Field("abbreviation", "afkorting", _l("abbreviation"), most=30),
        Field("province", "provincie", _l("province"), also=("provinciecode",)),
        Field("latitude", "breedtegraad", _l("latitude"), "decimal", most=90, also=("lat",)),
        Field("longitude", "lengtegraad", _l("longitude"), "decimal", most=180, also=("lon",)),
        FROM,
        UNTIL,
        SOURCE,
        CERTAINTY,
    ),
    ("code", "from"),
)
POPULATION = Kind(
    "population",
    _l("Inhabitants"),
    (
        ORGANISATION,
        Field(
            "reference_date",
            "peildatum",
            _l("reference date"),
            "day",
            required=True,
            also=("date",),
        ),
        Field(
            "inhabitants",
            "inwoners",
            _l("inhabitants"),
            "whole",
            required=True,
            most=100_000_000,
            also=("population", "aantal inwoners", "inwonertal"),
        ),
        SOURCE,
        CERTAINTY,
    ),
    ("organisation", "reference_date"),
)
OFFICES = Kind(
    "offices",
    _l("Offices"),
    (
        Field("person", "persoon", _l("person"), required=True, most=60, also=("key", "sleutel")),
        Field("name", "naam", _l("name")),
        Field("known_as", "bekend als", _l("known as"), most=300),
        ORGANISATION,
        Field("function", "functie", _l("function"), "choice", required=True, choices=Function),
        Field("portfolios", "portefeuilles", _l("portfolios"), most=300, also=("portefeuille",)),
        Field("party", "partij", _l("party"), most=100),
        Field("party_is_local", "lokale partij", _l("local party"), "yes", also=("local party",)),
        Field("acting", "waarnemend", _l("acting"), "yes"),
        FROM,
        UNTIL,
        SOURCE,
        CERTAINTY,
    ),
    ("person", "organisation", "function", "from"),
)
SEATS = Kind(
    "seats",
    _l("Seats"),
    (
        Field("body", "orgaan", _l("body"), required=True, also=("gremium", "netwerk", "network")),
        Field("number", "nummer", _l("number"), "whole", required=True, most=100_000),
        Field("role", "rol", _l("role"), "choice", choices=SeatRole),
        Field("title", "titel", _l("title")),
        Field("on_behalf_of", "namens", _l("on behalf of"), also=("on behalf of",)),
        Field("is_voting", "stemt", _l("has a vote"), "yes", also=("votes", "stemgerechtigd")),
        Field("person", "persoon", _l("person"), most=60),
        Field("organisation", "organisatie", _l("organisation"), also=("gemeente",)),
        Field("acting", "waarnemend", _l("acting"), "yes"),
        Field("decision", "besluit", _l("appointed by decision")),
        FROM,
        UNTIL,
        SOURCE,
        CERTAINTY,
    ),
    ("body", "number", "from"),
)
KINDS = {kind.name: kind for kind in (MEMBERS, POPULATION, OFFICES, SEATS)}
