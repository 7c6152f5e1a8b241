"""Following a sitting: a page, and the part of it that browsers ask for again and again."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.http import Http404, HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language

from verband.consultations.models import Sitting
from verband.consultations.pages.follow import follow_page, followed
from verband.consultations.queries.sitting import version_of
from verband.consultations.views.desk import fresh
from verband.consultations.views.sittings import sitting_or_404
from verband.ui.page import render

KEPT = 32  # versions of sittings, in both languages


def follow(request: Any, key: str) -> HttpResponse:
    """What is voted on now; ``?screen=1`` in large type for the hall."""
    sitting = sitting_or_404(key)
    version, _pk = version_of(key, request.reading.now) or ("", 0)
    return render(request, follow_page(request, sitting, version))


def follow_live(request: Any, key: str) -> HttpResponse:
    """The part that changes. One query while nothing does, however many look."""
    now = request.reading.now
    found = version_of(key, now)
    if found is None:
        raise Http404(key)
    version, pk = found
    tag = f'"{version}"'
    if request.headers.get("If-None-Match") == tag:
        return fresh(HttpResponse(status=304), tag, now)
    moment = _Moment(now)
    database = str(connection.settings_dict["NAME"])
    return fresh(HttpResponse(_part(database, pk, version, get_language(), moment)), tag, now)


class _Moment:
    """An instant that makes no difference to what was kept: the version tells of what it does."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Moment)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=KEPT)
def _part(_database: str, pk: int, version: str, _language: str | None, at: _Moment) -> str:
    sitting = Sitting.objects.get(pk=pk)
    context = {"now": followed(sitting, at.now), "key": sitting.key, "version": version}
    return get_template("consultations/parts/follow_now.html").render(context)
