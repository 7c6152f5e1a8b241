"""Every form: its address, its use case, what it is about, and its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from verband.bodies.change.forms.base import ChangeForm
from verband.bodies.change.words import address_of, teller
from verband.kernel.use_case import UseCase
from verband.ui.act import Consequence


@dataclass(frozen=True)
class Changing:
    """One form. ``name`` is the name of its address and, unless told, of its use case.

    ``about`` is the kind of row that the address names, by ``key`` or ``pk``; the use case gets it
    as ``argument``. ``done`` gives the address to go to from the answer and from what it is about.
    ``instead`` is the name of another form and the words that lead there.
    """

    name: str
    route: str
    use_case: UseCase[Any]
    form: type[ChangeForm]
    title: Any
    button: Any
    about: Any = None
    argument: str = ""
    done: Callable[..., str] = field(default=address_of)
    instead: tuple[str, Any] = ("", "")
    tell: Callable[[date], Callable[[Any], list[Consequence]]] = field(default=teller)

    @property
    def by(self) -> str:
        """The name of the part of the address that tells what it is about."""
        return "key" if "<slug:key>" in self.route else "pk"
