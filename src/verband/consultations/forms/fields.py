"""Fields of the forms about votes: a moment, whom is asked, answers line by line."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from verband.bodies.models import BodyFact
from verband.bodies.queries.names import name_of
from verband.consultations.pages.choice_words import word_for
from verband.consultations.queries.roll import SIZES
from verband.core.errors import DomainError
from verband.kernel.clock import zone
from verband.members.models import Function, OrganisationFact, OrganisationKind
from verband.members.queries import sort_key
from verband.ui.reading import parse_day
from verband.ui.wording import number, sentence, typed

TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?:\s*uur)?")
MOST_ANSWERS = 6
LONGEST_ANSWER = 80
# Functions at a municipality; the others belong to partners.
AT_MEMBERS = (
    Function.MAYOR,
    Function.ALDERMAN,
    Function.SECRETARY,
    Function.CLERK,
    Function.COUNCILLOR,
    Function.OFFICIAL,
)


class MomentInput(forms.TextInput):
    """A short text that shows a moment as 31-10-2017 10:00."""

    def __init__(self) -> None:
        super().__init__({"class": "vb-short", "autocomplete": "off"})

    def format_value(self, value: Any) -> str | None:
        """The moment as people type it; what was typed wrongly stays as it was."""
        return as_typed(value) if isinstance(value, datetime) else super().format_value(value)


def as_typed(moment: datetime) -> str:
    """A moment as a field shows it: "31-10-2017 10:00"."""
    local = moment.astimezone(zone())
    return f"{typed(local.date())} {local:%H:%M}"


class MomentField(forms.Field):
    """A day and an hour in the association's zone, typed as 31-10-2017 10:00."""

    widget = MomentInput
    default_error_messages = {
        "required": _("Fill in a day and an hour, as 31-10-2017 10:00."),
        "invalid": _("Write day and hour as 31-10-2017 10:00."),
        "skipped": _("That hour does not exist: the clock goes forward then. Choose another hour."),
    }

    def to_python(self, value: Any) -> datetime | None:
        """The moment.

        Raises:
            ValidationError: it cannot be read, or the clock skips it.
        """
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        day, _space, rest = str(value).strip().replace(",", " ").partition(" ")
        hour = TIME.fullmatch(rest.strip())
        if hour is None or int(hour[1]) > 23 or int(hour[2]) > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            found = parse_day(day)
        except DomainError as refusal:
            raise ValidationError(sentence(refusal), code=refusal.code) from refusal
        return self._there(found, int(hour[1]), int(hour[2]))

    def _there(self, day: date, hour: int, minute: int) -> datetime:
        if not 2000 <= day.year <= 2100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone())
        moment = datetime.fromtimestamp(local.timestamp(), tz=zone())
        if (moment.hour, moment.minute) != (hour, minute):
            raise ValidationError(self.error_messages["skipped"], code="skipped")
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another moment was typed than the one that was shown."""
        if isinstance(initial, datetime):
            return as_typed(initial) != str(data or "").strip()
        return bool(data)


def tomorrow_at_ten(now: datetime) -> datetime:
    """The closing time that a flash question offers: the day after, at ten."""
    local = now.astimezone(zone()) + timedelta(days=1)
    return local.replace(hour=10, minute=0, second=0, microsecond=0)


class AnswersField(forms.CharField):
    """The answers on the paper, one on each line; ``options_of`` makes options of the lines."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("label", _("Answers to choose from"))
        kwargs.setdefault("help_text", _("One answer on each line, two to six."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Options as lines."""
        return as_lines(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The lines, without what is empty.

        Raises:
            ValidationError: too few or too many, one twice, or one too long.
        """
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if not 2 <= len(lines) <= MOST_ANSWERS:
            raise ValidationError(gettext("Give two to six answers, one on each line."), code="few")
        if len({line.lower() for line in lines}) != len(lines):
            raise ValidationError(gettext("Each answer must be different."), code="same")
        if any(len(line) > LONGEST_ANSWER for line in lines):
            told = gettext("Keep each answer below %(count)s characters.")
            raise ValidationError(told % {"count": LONGEST_ANSWER}, code="long")
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines read otherwise than the options that were shown."""
        before = as_lines(initial) if isinstance(initial, list) else initial
        return super().has_changed(before, str(data or "").replace("\r\n", "\n").strip())


def options_of(lines: list[str]) -> list[dict[str, str]]:
    """Lines as options. A known word is kept by its code alone, so that all languages read it."""
    return list(_options(lines))


def _options(lines: list[str]) -> Iterator[dict[str, str]]:
    known: dict[str, str] = {}
    for language in ("nl", "en"):
        with override(language):
            known |= {word_for(code).lower(): code for code in ("yes", "no", "unknown")}
    for place, line in enumerate(lines, start=1):
        code = known.get(line.lower())
        if code is None:
            yield {"code": f"answer-{place}", "label": line, "help": ""}
        else:
            yield {"code": code, "label": "", "help": ""}


def as_lines(options: list[dict[str, str]]) -> str:
    """Options as lines of a field."""
    return "\n".join(option.get("label") or word_for(option["code"]) for option in options)


class AudienceField(forms.ChoiceField):
    """Whom is asked: all members, a province, a size, a body or network.

    ``audience_of`` makes data of the choice.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("To whom"))
        super().__init__(**kwargs)

    def offer(self, day: date) -> None:
        """What can be chosen on a day. Two queries."""
        sizes = [(f"size:{one}", size_words(one)) for one in size_codes()]
        self.choices = [
            ("members", gettext("All members")),
            (gettext("By size"), sizes),
            (gettext("By province"), _provinces(day)),
            (gettext("Bodies and networks"), _bodies(day)),
        ]

    def prepare_value(self, value: Any) -> Any:
        """Data of an audience as the choice that stands for it."""
        return chosen(value) if isinstance(value, dict) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether somebody else is asked than was shown."""
        return bool(self.prepare_value(initial) != data)


def chosen(audience: dict[str, Any]) -> str:
    """The choice that stands for an audience."""
    if audience.get("of") == "size":
        until = audience.get("until")
        return f"size:{audience.get('from') or 0}-{'' if until is None else until}"
    return ":".join(part for part in (audience.get("of", ""), audience.get("key", "")) if part)


def audience_of(choice: str) -> dict[str, Any]:
    """The audience that a choice stands for."""
    of, _colon, key = choice.partition(":")
    if of == "size":
        start, _dash, until = key.partition("-")
        return {"of": of, "from": int(start), "until": int(until) if until else None}
    return {"of": of, "key": key} if key else {"of": of}


def size_codes() -> list[str]:
    """The sizes that can be chosen: below a bound, each class, and from a bound on."""
    bounds = [0, *SIZES]
    classes = [f"{a}-{b}" for a, b in zip(bounds, SIZES, strict=False)]
    below = [f"0-{until}" for until in SIZES[1:]]
    above = [f"{start}-" for start in SIZES]
    return list(dict.fromkeys([*classes, *below, *above]))


def size_words(code: str) -> str:
    """A size in words: "20.000 tot 50.000 inwoners"."""
    start, _dash, until = code.partition("-")
    if not until:
        return gettext("%(start)s inhabitants and more") % {"start": number(int(start))}
    if start == "0":
        return gettext("fewer than %(until)s inhabitants") % {"until": number(int(until))}
    values = {"start": number(int(start)), "until": number(int(until))}
    return gettext("%(start)s to %(until)s inhabitants") % values


def _provinces(day: date) -> list[tuple[str, str]]:
    facts = OrganisationFact.objects.at(day).known(None)
    rows = facts.filter(organisation__kind=OrganisationKind.PROVINCE)
    named = sorted(rows.values_list("organisation__key", "name"), key=lambda r: sort_key(r[1]))
    return [(f"province:{key}", name) for key, name in named]


def _bodies(day: date) -> list[tuple[str, str]]:
    facts = BodyFact.objects.at(day).known(None).select_related("body")
    named = sorted(
        ((f"body:{f.body.key}", name_of(f)) for f in facts), key=lambda r: sort_key(r[1])
    )
    return [(value, capfirst(name)) for value, name in named]


class FunctionsField(forms.MultipleChoiceField):
    """In which functions people are asked; none means all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("In which functions"))
        kwargs.setdefault("help_text", _("Choose nothing to ask everybody who holds an office."))
        kwargs.setdefault("required", False)
        choices = [(one.value, one.label) for one in AT_MEMBERS]
        super().__init__(choices=choices, **kwargs)
