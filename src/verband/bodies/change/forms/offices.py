"""Forms about the offices that people hold at members and partners."""

from django.utils.translation import gettext_lazy as _

from verband.bodies.change.fields import ThingField
from verband.bodies.change.finding import find_people
from verband.bodies.change.forms.base import ChangeFromForm, CorrectForm, SourceForm
from verband.members.models import Office, OfficeFact

PERIOD = ("valid_from", "valid_until")
TERM = ("portfolios", "party", "party_is_local", "acting")


class OfficeForm(SourceForm):
    """A person begins an office at an organisation."""

    COLUMNS = ((Office, ("function",)), (OfficeFact, (*PERIOD, *TERM)))
    REQUIRED = ("valid_from",)
    ORDER = ("person", "function", *PERIOD, *TERM)

    person = ThingField(find=find_people, label=_("Person"))


class ChangeOfficeForm(ChangeFromForm):
    """From a day on the portfolios or the party are others."""

    COLUMNS = ((OfficeFact, TERM),)
    ORDER = ("day",)


class CorrectOfficeForm(CorrectForm):
    """The term of office was never so."""

    COLUMNS = ((OfficeFact, (*PERIOD, *TERM)),)
