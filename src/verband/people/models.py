"""Rows about people: who they are, which role they hold for the association, how they sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from verband.core.errors import DomainError
from verband.kernel.remembered import Compiled
from verband.kernel.two_times import ThingModel, TwoTimesModel, one_at_a_time


class OneNameAtATime(DomainError):
    """A person is called one thing on a day."""

    code = "one_name_at_a_time"
    template = "This person already has a name in that period. Correct or end that one first."


class RoleAlreadyHeld(DomainError):
    """A person holds a role once."""

    code = "role_already_held"
    template = "This person already holds this role in that period."


class Person(ThingModel):
    """A human being. ``key`` is what an address shows; it says nothing about the person."""

    key = models.SlugField(_("key"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.key


class PersonFact(TwoTimesModel):
    """How a person is called. Fictional people have no name: they are known by function."""

    THING = "person"
    ABOUT = ("person",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(_("name"), max_length=200, blank=True)
    gender = models.CharField(_("gender, where given"), max_length=20, blank=True)
    summary = models.CharField(_("known as"), max_length=300, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("personal particulars")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("person", name="one_name_at_a_time", refusal=OneNameAtATime),
        ]

    def __str__(self) -> str:
        return self.name or self.summary


class RoleKind(models.TextChoices):
    """Roles for the whole association; every other authority follows from offices and seats."""

    ADMINISTRATOR = "administrator", _("administrator")
    REGISTRAR = "registrar", _("register keeper")
    INTAKE = "intake", _("intake of the bureau")
    DIRECTORATE = "directorate", _("general directorate")
    SEARCH_TEAM = "search_team", _("search team")
    AUDITOR = "auditor", _("auditor")


class Role(TwoTimesModel):
    """A person acts for the association in a role, during a period."""

    THING = "person"
    ABOUT = ("person",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind.choices)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            *(
                one_at_a_time(
                    "person",
                    name=f"role_once_{kind.value}",
                    refusal=RoleAlreadyHeld,
                    condition=models.Q(kind=kind.value),
                )
                for kind in RoleKind
            ),
        ]
        indexes = [
            *TwoTimesModel.Meta.indexes,
            models.Index(fields=["kind"], name="people_role_kind"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class AccountManager(BaseUserManager["Account"]):
    """Accounts have no password: people sign in with a code by mail, a passkey or their own
    municipality's provider."""

    def get_queryset(self) -> "models.QuerySet[Account]":
        """With the person: whoever asks for an account asks what the person may do."""
        return super().get_queryset().select_related("person")

    def get(self, *args: Any, **kwargs: Any) -> "Account":
        """One account; by its number, as every request asks, with a planned query."""
        number = kwargs.get("pk")
        if args or len(kwargs) != 1 or not isinstance(number, int):
            return super().get(*args, **kwargs)
        rows = _SIGNED_IN.rows(number=number)
        if not rows:
            raise self.model.DoesNotExist
        return self.model.read(rows[0])

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account that signs in by mail address."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_unusable_password()
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Mail addresses are compared without regard to case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """How a person signs in. What the account may do follows from the register, not from here."""

    password = models.CharField(max_length=128, editable=False)
    email = models.EmailField(_("mail address"), unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="account", verbose_name=_("person")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.label

    def end_sessions(self) -> None:
        """Make every session of this account worthless, on every machine.

        A session carries a digest of the unusable password; a new one no longer fits.
        """
        self.set_unusable_password()

    @property
    def key(self) -> str:
        """Lasting name in audit lines."""
        return f"account:{self.pk}"

    @property
    def label(self) -> str:
        """Function in words, or the key: an audit line carries no mail address."""
        if "_label" not in self.__dict__:
            rows = _CALLED.rows(person=self.person_id)
            self._is_called(*(rows[0] if rows else ("", "")))
        return str(self.__dict__["_label"])

    def _is_called(self, name: str | None, summary: str | None) -> None:
        self.__dict__["_label"] = name or summary or self.person.key

    @classmethod
    def read(cls, row: tuple[Any, ...]) -> "Account":
        """The account of a row of ``_signed_in``."""
        own = [column.attname for column in cls._meta.concrete_fields]
        names = [column.attname for column in Person._meta.concrete_fields]
        end = len(own) + len(names)
        account = cls.from_db(connection.alias, own, row[: len(own)])
        account.person = Person.from_db(connection.alias, names, row[len(own) : end])
        account._is_called(*row[end:])
        return account


def _called(person: Any) -> "models.QuerySet[Any, Any]":
    facts = PersonFact.objects.known(None).filter(person=person)
    return facts.order_by("-valid_from", "-pk")


def _signed_in(number: int) -> "models.QuerySet[Any, Any]":
    """An account, its person, and how that is called."""
    called = _called(models.OuterRef("person"))
    return Account.objects.filter(pk=number).values_list(
        *(column.attname for column in Account._meta.concrete_fields),
        *(f"person__{column.attname}" for column in Person._meta.concrete_fields),
        models.Subquery(called.values("name")[:1]),
        models.Subquery(called.values("summary")[:1]),
    )


_CALLED = Compiled(lambda person: _called(person).values_list("name", "summary")[:1], person=int)
_SIGNED_IN = Compiled(_signed_in, number=int)


class SignInFailure(models.Model):
    """A wrong code for a mail address, whether or not an account has that address.

    Only a keyed digest of the address is kept, and only until it no longer counts.
    """

    id = models.BigAutoField(primary_key=True)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["address", "at"], name="people_failures")]

    def __str__(self) -> str:
        return f"{self.address[:8]} {self.at}"
