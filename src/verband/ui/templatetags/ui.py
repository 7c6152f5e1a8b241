"""``{% load ui %}``: components, the day in links, days and numbers in words."""

from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from verband.core.period import Period
from verband.ui import wording
from verband.ui.component import drawn
from verband.ui.components.ledger import Ledger
from verband.ui.icons import ICONS

register = template.Library()
PASSED_ON = ("request", "csrf_token", "shell")


@register.simple_tag(takes_context=True)
def show(context: Context, it: object) -> SafeString:
    """A component, several, or plain text, as HTML."""
    return drawn(it, _around(context))


@register.simple_tag(takes_context=True)
def show_rows(context: Context, it: Ledger) -> SafeString:
    """The rows of a ledger, as HTML."""
    return it.show_rows(_around(context))


def _around(context: Context) -> dict[str, Any]:
    return {name: context[name] for name in PASSED_ON if name in context}


@register.simple_tag(takes_context=True)
def on_day(context: Context, path: str) -> str:
    """``path`` with the day that is read."""
    reading = getattr(context.get("request"), "reading", None)
    return reading.link(path) if reading is not None else path


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the shell; its meaning always stands beside it in words."""
    return format_html(
        '<svg class="vb-ic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - our own constant, not input
    )


@register.filter
def day(value: date | None) -> str:
    """30 oktober 2017."""
    return wording.day(value) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """30 okt 2017."""
    return wording.day_short(value) if value else ""


@register.filter
def moment(value: Any) -> str:
    """vr 3 nov 2017, 12.00 uur."""
    return wording.moment(value) if value else ""


@register.filter
def until(value: date | Period | None) -> str:
    """Tot 1 maart 2018: the first day that no longer counts."""
    return wording.until(value)


@register.filter
def period(value: Period) -> str:
    """1 mrt 2017 – 1 mrt 2018."""
    return wording.period(value)


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """12.821 in Dutch, 12,821 in English."""
    return "" if value is None else wording.number(value, decimals)


@register.filter
def percent(value: Any, decimals: int = 1) -> str:
    """76,2% of a share between 0 and 1."""
    return "" if value is None else wording.percent(value, decimals)
