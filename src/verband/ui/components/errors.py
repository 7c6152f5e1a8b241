"""What must be mended before something can be sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BaseForm
from django.utils.translation import gettext as _

from verband.core.errors import DomainError, FileRefused
from verband.ui.component import Component
from verband.ui.forms import first_control
from verband.ui.wording import sentence


@dataclass(frozen=True)
class Mend:
    """One sentence, and where it is mended."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class ErrorSummary(Component):
    """Stands above a form, gets the focus once, links to the fields."""

    title: str
    mends: tuple[Mend, ...]

    @classmethod
    def of(cls, form: BaseForm, refusal: DomainError | None = None) -> "ErrorSummary | None":
        """The errors of a form and the refusal of a rule; ``None`` when there are none."""
        mends = [Mend(str(text)) for text in form.non_field_errors()]
        mends += [
            Mend(f"{field.label}: {text}", f"#{first_control(field)}")
            for field in form.visible_fields()
            for text in field.errors
        ]
        if refusal is not None:
            mends += _of_refusal(refusal)
        if not mends:
            return None
        return cls(_("Nothing was saved yet. Correct this first."), tuple(mends))


def _of_refusal(refusal: DomainError) -> Iterable[Mend]:
    if isinstance(refusal, FileRefused):
        return [Mend(sentence(error)) for error in refusal.errors]
    return [Mend(sentence(refusal))]
