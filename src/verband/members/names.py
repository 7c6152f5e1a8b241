"""What organisations and bodies are called in the reader's language."""

from typing import Protocol

from django.utils.translation import get_language


class Called(Protocol):
    """Particulars with a name, and the name in English where there is one."""

    @property
    def name(self) -> str:
        """In Dutch, as the association writes it."""
        ...

    @property
    def name_en(self) -> str:
        """In English, or empty."""
        ...


def name_of(fact: Called) -> str:
    """The name in the reader's language; in Dutch where there is no English name."""
    english = fact.name_en and (get_language() or "nl").startswith("en")
    return fact.name_en if english else fact.name
