"""A component is a frozen dataclass and a template with the same name in snake case.

``verband.ui.components.time.TimeRibbon`` is drawn by ``ui/time_ribbon.html``; a component in
``verband.bodies`` by ``bodies/<name>.html``. The template sees it as ``it``.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.template import Template
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
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
        html = get_template(self.template_name()).render({**(around or {}), "it": self})
        return SafeString(html)


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
        words = format_html('<a href="{}">{}</a>', self.href, self.label)
        shown = words if self.href else conditional_escape(self.label)
        return (
            shown + format_html('<span class="vb-sub">{}</span>', self.sub) if self.sub else shown
        )
