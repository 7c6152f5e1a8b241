"""Which columns each kind of file has, as the import page tells it."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.imports.fields import Field
from verband.bodies.imports.kinds import Kind
from verband.ui.components.ledger import Column, Ledger, Row


def columns_of(kind: Kind) -> Ledger:
    """The columns of one kind of file."""
    return Ledger(
        caption=_("Columns of a file with: %(kind)s") % {"kind": kind.label},
        columns=(Column(_("Column")), Column(_("Other names")), Column(_("What to fill in"))),
        rows=tuple(_column(field) for field in kind.fields),
        caption_shown=True,
    )


def _column(field: Field) -> Row:
    names = ", ".join(dict.fromkeys((field.nl, field.name.replace("_", " "), *field.also)))
    return Row((capfirst(str(field.label)), names, _what(field)))


def _what(field: Field) -> str:
    """What may stand in a column."""
    words = {
        "text": _("text"),
        "whole": _("a whole number"),
        "decimal": _("a number"),
        "day": _("a day, as 30-10-2017"),
        "yes": _("yes or no"),
    }.get(field.kind, "")
    if field.kind == "choice":
        words = ", ".join(str(label) for value, label in field.choices.choices if value)
    return _("%(words)s (required)") % {"words": words} if field.required else words
