"""A component is a frozen dataclass and a template with the same name in snake case.

``verband.ui.components.time.TimeRibbon`` is drawn by ``ui/time_ribbon.html``; a component in
``verband.bodies`` by ``bodies/<name>.html``. The template sees it as ``it``.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django.template.loader import get_template
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


@dataclass(frozen=True)
class Link(Component):
    """Words that lead somewhere; ``sub`` is a quiet second line."""

    label: str
    href: str = ""
    sub: str = ""
