"""Fields for what the statutes measure: quorums and majorities, thresholds of difference."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from verband.core.divergence.thresholds import adopted
from verband.core.errors import DomainError
from verband.ui.wording import sentence

MOST_BOUNDS = 6


class BoundsField(forms.CharField):
    """Quorums or majorities, one on each line, the article after a semicolon."""

    def __init__(self, *, read: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        kwargs.setdefault("max_length", 1000)
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        """The lines, as ``stored_bounds`` reads them.

        Raises:
            ValidationError: with the sentence of the core, for every line that cannot be read.
        """
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_BOUNDS:
            raise forms.ValidationError(gettext("Give at most six lines."), code="many")
        wrong = []
        for one in stored_bounds(lines):
            try:
                self.read(one["bound"], one["article"])
            except DomainError as refusal:
                wrong.append(forms.ValidationError(sentence(refusal), code=refusal.code))
        if wrong:
            raise forms.ValidationError(wrong)
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines read otherwise; a browser ends them in its own way."""
        return super().has_changed(initial, str(data or "").replace("\r\n", "\n"))


def stored_bounds(lines: list[str]) -> list[dict[str, str]]:
    """Lines as bounds are stored: the bound, and the article behind the semicolon."""
    parts = (line.partition(";") for line in lines)
    return [{"bound": bound.strip(), "article": article.strip()} for bound, _s, article in parts]


def bound_lines(stored: Any) -> str:
    """Stored bounds as lines of a field."""
    lines = []
    for one in stored or ():
        bound, article = (one["bound"], one.get("article")) if isinstance(one, dict) else (one, "")
        lines.append(f"{bound}; {article}" if article else bound)
    return "\n".join(lines)


class ThresholdsField(forms.CharField):
    """Thresholds of difference as a board adopted them: a version, and a line for each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, **kwargs)

    def clean(self, value: Any) -> Any:
        """The lines, as ``stored_thresholds`` reads them.

        Raises:
            ValidationError: with the sentence of the core.
        """
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if lines:
            try:
                adopted(stored_thresholds(lines))
            except DomainError as refusal:
                raise forms.ValidationError(sentence(refusal), code=refusal.code) from refusal
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines read otherwise; a browser ends them in its own way."""
        return super().has_changed(initial, str(data or "").replace("\r\n", "\n"))


def stored_thresholds(lines: list[str]) -> dict[str, str]:
    """Lines as thresholds are stored; nothing for the proposal of the core."""
    parts = (line.partition(":") for line in lines)
    return {name.strip(): given.strip() for name, _colon, given in parts}
