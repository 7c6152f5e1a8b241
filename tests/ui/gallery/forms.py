"""A form with every kind of field, its refusals and its check."""

from datetime import date
from types import SimpleNamespace

from django import forms

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.permissions import NotAllowed
from verband.ui.act import act
from verband.ui.forms import DayField, Option


class NeedsEnd(DomainError):
    """A temporary body has no end."""

    code = "needs_end"
    template = "Een tijdelijk team heeft een einddatum nodig. Kies een dag na %(day)s."


class TeamForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Naam van het team", max_length=60)
    goal = forms.CharField(
        label="Doel",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Wat is er klaar als het team klaar is? Noem geen personen.",
    )
    start = DayField(label="Eerste dag", help_text="Bijvoorbeeld 30-10-2017.")
    end = DayField(label="Einddatum", required=False)
    email = forms.EmailField(
        label="E-mail", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    kind = forms.ChoiceField(
        label="Soort", choices=[("team", "Expertiseteam"), ("sub", "Subcommissie")]
    )
    choice = forms.ChoiceField(
        label="Uw stem namens Tilburg",
        widget=forms.RadioSelect,
        choices=[
            ("for", Option("Voor", "Tilburg stemt in met de inzet")),
            ("against", Option("Tegen", "Tilburg stemt niet in")),
            ("abstain", Option("Onthouding", "Tilburg kiest niet, maar telt mee voor de opkomst")),
        ],
    )
    themes = forms.MultipleChoiceField(
        label="Thema's",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Energie"), ("b", "Wonen")],
    )
    open = forms.BooleanField(label="De besluitenlijst is openbaar", required=False)


class PaperForm(forms.Form):
    """A form with a file."""

    paper = forms.FileField(label="Stuk", help_text="Een PDF van ten hoogste 20 MB.")


class Row(SimpleNamespace):
    """A row of the register, as a preview tells it."""

    _meta = SimpleNamespace(verbose_name="zetel")

    def __str__(self):
        return self.words


class FoundTeam:
    """A use case without a register behind it."""

    def may(self, **given):
        """Everyone may."""
        return True

    def preview(self, **given):
        """What it would change."""
        self.check(**given)
        period = Period(given["start"], given["end"])
        return SimpleNamespace(
            result=1,
            changes=(
                SimpleNamespace(verb="added", row=Row(words=given["name"], period=period)),
                SimpleNamespace(verb="ended", row=Row(words="Subcommissie Water", period=period)),
                SimpleNamespace(verb="corrected", row=Row(words="Doel van de commissie")),
            ),
        )

    def __call__(self, **given):
        """Do nothing, or refuse."""
        self.check(**given)
        return 1

    def check(self, **given):
        """The rules."""
        if given["end"] is None:
            raise NeedsEnd(day=date(2017, 10, 30))
        if given["name"] == "verboden":
            raise NotAllowed(who="bestuur")


def form(request):
    """The form page."""
    return act(
        request,
        use_case=FoundTeam(),
        form_class=TeamForm,
        title="Stel een tijdelijk team in",
        done=lambda result: "/words/",
    )


def file_form(request):
    """The form with a file."""
    return act(
        request,
        use_case=FoundTeam(),
        form_class=PaperForm,
        title="Voeg een stuk toe",
        done=lambda result: "/words/",
    )
