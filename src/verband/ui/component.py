"""A component is a frozen dataclass and a template with the same name in snake case.

``verband.ui.components.time.TimeRibbon`` is drawn by ``ui/time_ribbon.html``; a component in
``verband.bodies`` by ``bodies/<name>.html``. The template sees it as ``it``.
"""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, ClassVar

from django.template import Context, Template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Component:
    """What can be shown with ``{% show it %}``."""

    template: ClassVar[str] = ""

    @classmethod
    def template_name(cls) -> str:
        """The template that draws this component."""
        if cls.template:
            return cls.template
        app = cls.__module__.split(".")[1]
        return f"{app}/{_WORD.sub('_', cls.__name__).lower()}.html"

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """The component as HTML. ``around``: request, token and shell of the page it stands in."""
        return _drawing(self.template_name()).render(Context({**(around or {}), "it": self}))


def drawn(it: object, around: dict[str, Any] | None = None) -> SafeString:
    """A component, several, or plain text, as HTML."""
    if it is None:
        return SafeString("")
    if isinstance(it, Component):
        return it.show(around)
    if isinstance(it, (list, tuple)):
        return SafeString("".join(drawn(part, around) for part in it))
    return escaped(it if isinstance(it, str) else str(it))


def escaped(words: Any) -> SafeString:
    """As ``conditional_escape``, which takes five times as long for plain text, as most is."""
    return SafeString(escape(words)) if type(words) is str else conditional_escape(words)


@cache
def _drawing(name: str) -> Template:
    """The compiled template: a page asks for the same few many hundred times."""
    found: Template = get_template(name).template  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True)
class Link(Component):
    """Words that lead somewhere; ``sub`` is a quiet second line.

    Drawn without a template: a ledger holds hundreds.
    """

    label: str
    href: str = ""
    sub: str = ""

    def show(self, around: dict[str, Any] | None = None) -> SafeString:
        """An anchor, or the words alone where they lead nowhere."""
        shown = escaped(self.label)
        if self.href:
            shown = SafeString(f'<a href="{escaped(self.href)}">{shown}</a>')
        if self.sub:
            shown = SafeString(f'{shown}<span class="vb-sub">{escaped(self.sub)}</span>')
        return shown
