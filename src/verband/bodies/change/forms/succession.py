"""Forms for a merger, a split, another name or a boundary change."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.bodies.change.fields import ThingsField
from verband.bodies.change.finding import Chosen, municipality_first
from verband.bodies.change.forms.base import SourceForm
from verband.bodies.change.forms.organisations import KEY_HINT, RESERVED, a_province
from verband.members.models import Organisation, SuccessionKind
from verband.members.succession import Part
from verband.ui.forms import DayField, Option

KINDS = (
    (
        SuccessionKind.MERGER,
        Option(gettext_lazy("Merger"), gettext_lazy("several become one, or one takes others in")),
    ),
    (
        SuccessionKind.SPLIT,
        Option(gettext_lazy("Split"), gettext_lazy("one is divided over several")),
    ),
    (
        SuccessionKind.RENAME,
        Option(gettext_lazy("New code or name"), gettext_lazy("the area stays the same")),
    ),
    (
        SuccessionKind.BOUNDARY,
        Option(gettext_lazy("Boundary change"), gettext_lazy("a part goes over, all go on")),
    ),
)
ONE_PER_LINE = gettext_lazy("One on each line: the name or the code.")


def the_day() -> DayField:
    """The day on which the successor takes over."""
    return DayField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("The first day of the new situation, as 01-01-2018."),
    )


def the_kind(*kinds: SuccessionKind) -> forms.ChoiceField:
    """How one follows another; all kinds, or those given."""
    listed = [pair for pair in KINDS if not kinds or pair[0] in kinds]
    return forms.ChoiceField(
        label=gettext_lazy("What happens"), widget=forms.RadioSelect, choices=listed
    )


class SuccessionForm(SourceForm):
    """Who follows whom, when both are in the register."""

    ORDER = ("day", "kind", "predecessors", "successors", "main", "ceases")

    day = the_day()
    kind = the_kind()
    predecessors = ThingsField(
        find=municipality_first, label=gettext_lazy("Predecessors"), help_text=ONE_PER_LINE
    )
    successors = ThingsField(
        find=municipality_first, label=gettext_lazy("Successors"), help_text=ONE_PER_LINE
    )
    main = ThingsField(
        find=municipality_first,
        label=gettext_lazy("Main successor"),
        help_text=gettext_lazy(
            "Takes over the seats in networks. Empty with one successor; with several, empty means"
            " that there is none."
        ),
        widget=forms.TextInput,
        required=False,
    )
    ceases = forms.BooleanField(
        label=gettext_lazy("The predecessors cease to exist"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        """Refuse numbers and choices that do not belong to the kind."""
        given = super().clean()
        if {"kind", "predecessors", "successors", "main"} <= set(given):
            for field, sentence in _against_the_kind(given):
                self.add_error(field, sentence)
        return given

    def arguments(self) -> dict[str, Any]:
        """The parts: each predecessor with each successor."""
        given = super().arguments()
        successors: list[Organisation] = given["successors"]
        mains = given["main"] or (successors if len(successors) == 1 else [])
        parts = [
            Part(
                predecessor,
                successor,
                SuccessionKind(given["kind"]),
                ceases=given["ceases"],
                is_main=given["ceases"] and successor in mains,
            )
            for predecessor in given["predecessors"]
            for successor in successors
        ]
        return {
            "parts": parts,
            "day": given["day"],
            "source": given["source"],
            "certainty": given["certainty"],
        }


def _against_the_kind(given: dict[str, Any]) -> list[tuple[str, str]]:
    before: list[Chosen] = given["predecessors"]
    after: list[Chosen] = given["successors"]
    kind = given["kind"]
    found = []
    if {one.key for one in before} & {one.key for one in after}:
        found.append(
            ("successors", _("Whoever goes on is no predecessor of itself. Leave it out."))
        )
    if kind == SuccessionKind.MERGER and len(after) != 1:
        found.append(("successors", _("A merger has one successor.")))
    if kind == SuccessionKind.SPLIT and (len(before) != 1 or len(after) < 2):
        found.append(("successors", _("A split has one predecessor and several successors.")))
    if kind == SuccessionKind.RENAME and (len(before) != 1 or len(after) != 1):
        found.append(("successors", _("Here one predecessor has one successor.")))
    if kind == SuccessionKind.BOUNDARY and given.get("ceases"):
        found.append(("ceases", _("With a boundary change nobody ceases to exist.")))
    if kind in (SuccessionKind.MERGER, SuccessionKind.RENAME) and not given.get("ceases"):
        found.append(("ceases", _("Here the predecessors cease. Else choose a boundary change.")))
    if not {one.key for one in given["main"]} <= {one.key for one in after}:
        found.append(("main", _("The main successor is one of the successors.")))
    if len(given["main"]) > 1:
        found.append(("main", _("Name one main successor.")))
    return found


class NewSuccessorForm(SourceForm):
    """Predecessors cease; the organisation that follows is new on that day."""

    ORDER = ("day", "kind", "predecessors", "name", "code", "province", "key")

    day = the_day()
    kind = the_kind(SuccessionKind.MERGER, SuccessionKind.RENAME)
    predecessors = ThingsField(
        find=municipality_first,
        label=gettext_lazy("Predecessors, which cease to exist"),
        help_text=ONE_PER_LINE,
    )
    name = forms.CharField(label=gettext_lazy("Name of the successor"), max_length=200)
    code = forms.CharField(label=gettext_lazy("TOOI or CBS code"), max_length=40, required=False)
    province = a_province()
    key = forms.SlugField(
        label=gettext_lazy("Key in the address"), help_text=KEY_HINT, max_length=80, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a key that another page has."""
        given = super().clean()
        given["key"] = given.get("key") or slugify(given.get("code") or given.get("name") or "")
        if given["key"] in RESERVED or ("name" in given and not given["key"]):
            self.add_error("key", _("Choose another key: this one cannot be an address."))
        return given
