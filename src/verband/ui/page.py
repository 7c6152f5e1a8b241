"""A page: a frozen dataclass with all that its template may see."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from verband.ui.component import Link
from verband.ui.download import download
from verband.ui.reading import Reading

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Page:
    """What every page has. Subclasses add fields with defaults, or are declared ``kw_only``.

    ``title`` is the h1: the answer, not the name of a screen. ``crumbs`` lead here, the page itself
    left out. ``wide`` and ``bare`` belong to the shell: ``bare`` leaves the phone's bottom bar out.
    """

    title: str
    reading: Reading
    crumbs: tuple[Link, ...] = ()
    lead: str = ""
    kind: str = ""
    bare: bool = False

    template: ClassVar[str] = ""

    @classmethod
    def template_name(cls) -> str:
        """``BodyPage`` in ``verband.bodies.pages`` is drawn by ``bodies/body.html``."""
        if cls.template:
            return cls.template
        app = cls.__module__.split(".")[1]
        name = _WORD.sub("_", cls.__name__.removesuffix("Page")).lower()
        return f"{app}/{name}.html"


def render(
    request: HttpRequest, page: Page, template: str | None = None, status: int = 200
) -> HttpResponse:
    """The page as an answer; the template sees ``page`` and, from the request, ``shell``.

    When the address asks for one of the page's ledgers as a file, that file is the answer.
    """
    file = download(request, page) if request.method == "GET" else None
    if file is not None:
        return file
    context: dict[str, Any] = {"page": page}
    html = get_template(template or page.template_name()).render(context, request)
    return HttpResponse(html, status=status)
