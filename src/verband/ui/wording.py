"""Days, periods and numbers in words, in the reader's language.

Half-open periods are told by the first day that no longer counts: "tot 1 maart 2018".
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, pgettext

from verband.core.errors import DomainError
from verband.core.period import Period

Number = int | Fraction | Decimal | float
SHORT_MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
SHORT_WEEKDAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def language() -> str:
    """The reader's language: ``nl`` or ``en``."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def month_short(month: int) -> str:
    """The month in three letters: "okt"."""
    return SHORT_MONTHS[language()][month - 1]


def day(value: date) -> str:
    """The day in full: "30 oktober 2017"."""
    return f"{value.day} {MONTHS[value.month]} {value.year}"


def day_short(value: date) -> str:
    """The day as tables show it: "30 okt 2017"."""
    return f"{value.day} {month_short(value.month)} {value.year}"


def weekday(value: date) -> str:
    """The day with its weekday, without the year: "vr 3 nov"."""
    name = SHORT_WEEKDAYS[language()][value.weekday()]
    return f"{name} {value.day} {month_short(value.month)}"


def clock_time(value: datetime) -> str:
    """The hour as people read it: "12.00 uur", "12:00"."""
    local = localtime(value)
    if language() == "nl":
        return f"{local.hour}.{local.minute:02} uur"
    return f"{local.hour}:{local.minute:02}"


def moment(value: datetime, near: datetime | None = None) -> str:
    """Day and hour: "vr 3 nov 2017, 12.00 uur"; the year left out in the year of ``near``."""
    local = localtime(value)
    year = "" if near is not None and localtime(near).year == local.year else f" {local.year}"
    return f"{weekday(local.date())}{year}, {clock_time(value)}"


def typed(value: date) -> str:
    """The day as a field shows it: "30-10-2017"."""
    return f"{value.day:02}-{value.month:02}-{value.year}"


def until(value: date | Period | None) -> str:
    """The end of a period, told by the first day that no longer counts: "tot 1 maart 2018"."""
    end = value.until if isinstance(value, Period) else value
    if end is None:
        return gettext("no end date")
    return gettext("until %(day)s") % {"day": day(end)}


def period(value: Period) -> str:
    """Both sides of a period: "1 mrt 2017 – 1 mrt 2018", "1 jan 2012 – geen einde"."""
    if value.start is None and value.until is None:
        return gettext("since before the register began")
    if value.start is None and value.until is not None:
        return gettext("until %(day)s") % {"day": day_short(value.until)}
    start = day_short(value.start) if value.start else ""
    if value.until is None:
        return gettext("%(day)s – no end") % {"day": start}
    return f"{start} – {day_short(value.until)}"


def number(value: Number, decimals: int | None = None) -> str:
    """A number in the reader's writing: "12.821"; ``decimals`` rounds half up."""
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    if decimals is None:
        decimals = 0 if exact.denominator == 1 else 1
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def percent(value: Number, decimals: int = 1) -> str:
    """A share (0 to 1) as a percentage: "76,2%"."""
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    return f"{number(exact * 100, decimals)}%"


def duration(days: int) -> str:
    """A span of days as people say it: "4 dagen", "7 maanden", "2 jaar"."""
    if days < 60:
        return (
            gettext("%(count)s day") % {"count": days}
            if days == 1
            else (gettext("%(count)s days") % {"count": days})
        )
    if days < 730:
        return gettext("%(count)s months") % {"count": int(days / 30.44)}
    return pgettext("duration", "%(count)s years") % {"count": int(days / 365.25)}


def spoken(value: object) -> str:
    """Any value of a sentence in the reader's writing."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Period):
        return period(value)
    if isinstance(value, (int, Fraction, Decimal, float)):
        return number(value)
    return str(value)


def sentence(refusal: DomainError) -> str:
    """A refusal in the reader's language."""
    values = {name: spoken(value) for name, value in refusal.params.items()}
    return gettext(refusal.template) % values
