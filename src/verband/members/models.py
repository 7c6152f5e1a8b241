"""Rows about organisations: what they are called, since when they are members, how many live
there, who followed whom, which key makes votes of inhabitants, and who holds which office."""

from typing import ClassVar

from allauth.socialaccount.models import SocialApp
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verband.core.errors import DomainError
from verband.kernel.indexes import put_right_index
from verband.kernel.two_times import (
    REFUSALS,
    ThingModel,
    TwoTimesModel,
    one_at_a_time,
)
from verband.people.models import Person


class OneNameAtATime(DomainError):
    """An organisation has one set of particulars on a day."""

    code = "organisation_one_name"
    template = "This organisation already has a name in that period. Correct or end that one first."


class AlreadyMember(DomainError):
    """An organisation is a member once."""

    code = "already_member"
    template = "This organisation is already a member in that period."


class FigureExists(DomainError):
    """One figure for one reference date."""

    code = "figure_exists"
    template = "There is already a figure for that reference date. Correct that one."


class OneKeyAtATime(DomainError):
    """One voting key is in force on a day."""

    code = "one_key_at_a_time"
    template = "Another voting key is in force in that period. End that one first."


class OfficeAlreadyHeld(DomainError):
    """The particulars of an office do not overlap."""

    code = "office_overlap"
    template = "This office is already held in that period. Let the new period begin afterwards."


class OrganisationKind(models.TextChoices):
    """Kinds of organisation in and around the association."""

    MUNICIPALITY = "municipality", _("municipality")
    PROVINCE = "province", _("province")
    WATER_BOARD = "water_board", _("water board")
    MINISTRY = "ministry", _("ministry")
    PLANNING_BUREAU = "planning_bureau", _("planning bureau")
    AFFILIATED = "affiliated", _("affiliated association")
    COMPANY = "company", _("company of the group")
    PARTNER = "partner", _("partner association")
    ASSOCIATION = "association", _("the association")
    KNOWLEDGE = "knowledge", _("knowledge institute")
    OTHER = "other", _("other organisation")


class Organisation(ThingModel):
    """An organisation. ``key`` is its address, for governments the TOOI code (``gm0363``)."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    code = models.CharField(_("TOOI or CBS code"), max_length=40, blank=True, db_index=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes: ClassVar = [models.Index(fields=["kind"], name="members_org_kind")]

    def __str__(self) -> str:
        return self.key


class OrganisationFact(TwoTimesModel):
    """What an organisation is called and where it lies. Its periods together are its existence."""

    THING = "organisation"
    ABOUT = ("organisation",)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    province = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("province"),
    )
    latitude = models.DecimalField(
        _("latitude of the centroid (WGS84)"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude of the centroid (WGS84)"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    purpose = models.TextField(_("purpose"), blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("particulars of an organisation")
        indexes = [*TwoTimesModel.Meta.indexes, put_right_index("organisation_fact_put_right")]
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("organisation", name="organisation_one_name", refusal=OneNameAtATime),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(TwoTimesModel):
    """An organisation is a member of the association."""

    THING = "organisation"
    ABOUT = ("organisation",)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("organisation", name="membership_once", refusal=AlreadyMember),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class SuccessionKind(models.TextChoices):
    """How one organisation followed another."""

    MERGER = "merger", _("merger")
    SPLIT = "split", _("split")
    RENAME = "rename", _("new code or name for the same area")
    BOUNDARY = "boundary", _("boundary change")


class Succession(TwoTimesModel):
    """From ``valid_from`` on, ``successor`` stands for (part of) ``predecessor``."""

    THING = "predecessor"
    ABOUT = (
        "predecessor",
        "successor",
    )

    predecessor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="predecessions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SuccessionKind.choices)
    ceases = models.BooleanField(_("the predecessor ceases to exist"))
    is_main = models.BooleanField(_("main successor"))

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("succession")
        verbose_name_plural = _("successions")

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


REFUSALS["figure_once"] = FigureExists


class PopulationFigure(TwoTimesModel):
    """Inhabitants on a reference date (``valid_from``); it applies until a later figure does."""

    THING = "organisation"
    ABOUT = ("organisation",)

    ON_RIBBON = False

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="population_figures"
    )
    inhabitants = models.PositiveIntegerField(_("inhabitants"))

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("population figure")
        verbose_name_plural = _("population figures")
        indexes = [*TwoTimesModel.Meta.indexes, put_right_index("population_put_right")]
        constraints = [
            *TwoTimesModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "valid_from"],
                condition=Q(recorded_until__isnull=True),
                name="figure_once",
                violation_error_code="overlap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.inhabitants}"


class VotingKeyFact(TwoTimesModel):
    """How many votes a member has: one per ``per`` inhabitants, rounded, within bounds."""

    THING = "scope"
    ABOUT = ()

    class Rounding(models.TextChoices):
        """What happens with a part of ``per`` inhabitants."""

        DOWN = "down", _("rounded down")
        NEAREST = "nearest", _("rounded to the nearest")
        UP = "up", _("rounded up")

    scope = models.PositiveSmallIntegerField(default=1, editable=False)
    per = models.PositiveIntegerField(_("inhabitants per vote"), validators=[MinValueValidator(1)])
    rounding = models.CharField(_("rounding"), max_length=7, choices=Rounding.choices)
    minimum = models.PositiveIntegerField(_("at least"), default=0)
    cap = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    article = models.CharField(_("article of the statutes"), max_length=200)
    note = models.TextField(_("note"), blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("voting key")
        verbose_name_plural = _("voting keys")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("scope", name="one_key_at_a_time", refusal=OneKeyAtATime),
        ]

    def __str__(self) -> str:
        return self.article


class Function(models.TextChoices):
    """Functions at a member or a partner."""

    MAYOR = "mayor", _("mayor")
    ALDERMAN = "alderman", _("alderman")
    COUNCILLOR = "councillor", _("councillor")
    CLERK = "clerk", _("clerk of the council")
    SECRETARY = "secretary", _("municipal secretary")
    OFFICIAL = "official", _("official")
    GOVERNOR = "governor", _("king's commissioner")
    DEPUTY = "deputy", _("member of the provincial executive")
    DIKE_REEVE = "dike_reeve", _("chair of the water board")
    WATER_BOARD_MEMBER = "heemraad", _("member of the water board executive")
    DIRECTOR = "director", _("director")
    RESEARCHER = "researcher", _("researcher")
    MINISTER = "minister", _("minister")
    ADVISER = "adviser", _("adviser")


class Office(ThingModel):
    """A person in a function at an organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offices")
    function = models.CharField(_("function"), max_length=20, choices=Function.choices)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return f"{self.get_function_display()}, {self.organisation}"


class OfficeFact(TwoTimesModel):
    """The office is held in this period, with these portfolios, for this party."""

    THING = "office"
    ABOUT = (
        "office__person",
        "office__organisation",
    )

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="facts")
    portfolios = models.CharField(_("portfolios"), max_length=300, blank=True)
    party = models.CharField(_("party"), max_length=100, blank=True)
    party_is_local = models.BooleanField(_("local party"), default=False)
    acting = models.BooleanField(_("acting"), default=False)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        indexes = [*TwoTimesModel.Meta.indexes, put_right_index("office_fact_put_right")]
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("office", name="office_overlap", refusal=OfficeAlreadyHeld),
        ]

    def __str__(self) -> str:
        return str(self.office)


class CellTaken(DomainError):
    """Every member has one cell, and every cell one member."""

    code = "cell_taken"
    template = "Two members cannot share one cell of the map, nor one member have two."


class MapCell(TwoTimesModel):
    """The hexagon of a member on the map: axial ``q`` and ``r``, pointy top, rows going down."""

    THING = "organisation"
    ABOUT = ("organisation",)

    ON_RIBBON = False

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="map_cells"
    )
    q = models.SmallIntegerField(_("column of the cell"))
    r = models.SmallIntegerField(_("row of the cell"))

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("cell of the map")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("organisation", name="map_cell_of_member", refusal=CellTaken),
            one_at_a_time("q", "r", name="map_cell_once", refusal=CellTaken),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.q}, {self.r})"


class SignInProvider(models.Model):
    """The OpenID Connect provider with which the people of an organisation sign in.

    ``app`` holds the issuer, the client and its secret, as the sign-in library reads them.
    """

    id = models.BigAutoField(primary_key=True)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="sign_in_provider"
    )
    app = models.OneToOneField(SocialApp, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("sign-in provider")
        verbose_name_plural = _("sign-in providers")

    def __str__(self) -> str:
        return str(self.organisation)


class SignInDomain(models.Model):
    """A mail domain whose addresses sign in with a provider; a domain has one."""

    id = models.BigAutoField(primary_key=True)
    provider = models.ForeignKey(SignInProvider, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("mail domain"), max_length=253, unique=True)

    class Meta:
        ordering: ClassVar = ["domain"]

    def __str__(self) -> str:
        return self.domain
