"""Documents of a vote, its public roll-call, receipts, and the page on which to verify."""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from verband.consultations.documents.decision import decision_pdf
from verband.consultations.documents.ori import ori_of
from verband.consultations.documents.popolo import popolo_of
from verband.consultations.kinds import StepKind
from verband.consultations.models import Ballot
from verband.consultations.offline import script
from verband.consultations.pages.verify import verify_page
from verband.consultations.permissions import leads_the_vote
from verband.consultations.queries.published import COLUMNS, roll_call_file, rows_of
from verband.consultations.queries.receipts import receipt_of
from verband.consultations.queries.result import result_data, result_of
from verband.consultations.queries.roll_call import has_roll_call
from verband.consultations.queries.standing import Standing
from verband.consultations.views.shown import standing_shown
from verband.core.errors import DomainError
from verband.kernel.journal import canonical
from verband.kernel.signing import NoSigningKey
from verband.ui.download import harmless
from verband.ui.page import render
from verband.ui.wording import sentence

JSON = "application/json"
LINKED_DATA = "application/ld+json"
CSV = "text/csv; charset=utf-8"


def _published(request: Any, key: str, *, earlier: bool = False, secret: bool = False) -> Standing:
    """A published vote of members; ``earlier``: whoever leads it sees it when it is closed.

    Raises: ``Http404`` when it is not for this visitor to see, or has no votes by name and
    ``secret`` ones are not asked for.
    """
    standing = standing_shown(request, key)
    is_secret = bool(standing.frozen.get("is_secret"))
    if not has_roll_call(standing) and not (secret and is_secret):
        raise Http404(key)
    known, published = request.reading.known, standing.at_step(StepKind.PUBLISHED)
    seen = standing.is_published and (known is None or published is None or published <= known)
    if not seen and not (earlier and _leads(request, standing)):
        raise Http404(key)
    return standing


def _leads(request: Any, standing: Standing) -> bool:
    return (
        StepKind.CLOSED in standing.steps
        and request.actor is not None
        and leads_the_vote(
            actor=request.actor, today=request.reading.today, consultation=standing.consultation
        )
    )


def roll_call_json(request: Any, key: str) -> HttpResponse:
    """The roll-call, to count again and to verify."""
    try:
        content = roll_call_file(_published(request, key))
    except DomainError as refusal:
        if isinstance(refusal, NoSigningKey):
            return HttpResponse(status=503)
        raise Http404(sentence(refusal)) from refusal
    return attached(content, JSON, f"roll-call-{key}.json")


def roll_call_csv(request: Any, key: str) -> HttpResponse:
    """The roll-call as a table."""
    try:
        rows = list(rows_of(_published(request, key)))
    except DomainError as refusal:
        raise Http404(sentence(refusal)) from refusal
    return table((COLUMNS, *rows), f"roll-call-{key}.csv")


def result_json(request: Any, key: str) -> HttpResponse:
    """The result for programs."""
    standing = _published(request, key)
    return attached(canonical(result_data(standing)), JSON, f"result-{key}.json")


def result_csv(request: Any, key: str) -> HttpResponse:
    """The counts as a table."""
    rows: list[tuple[Any, ...]] = [
        ("question", "text", "verdict", "choice", "members", "votes", "share")
    ]
    for question in result_data(_published(request, key))["questions"]:
        for count in question["counts"]:
            rows.append(
                (
                    question["key"],
                    question["text"],
                    question["verdict"],
                    *(count[name] for name in ("choice", "members", "votes", "share")),
                )
            )
    return table(rows, f"result-{key}.csv")


def popolo_vote(request: Any, key: str) -> HttpResponse:
    """The vote as Popolo."""
    result = result_of(_published(request, key))
    return HttpResponse(_pretty(popolo_of(result)), content_type=JSON)


def ori_vote(request: Any, key: str) -> HttpResponse:
    """The vote as Open Raadsinformatie."""
    result = result_of(_published(request, key))
    return HttpResponse(_pretty(ori_of(result)), content_type=LINKED_DATA)


def decision(request: Any, key: str) -> HttpResponse:
    """The decision as PDF; whoever leads the vote gets it before publication, marked so."""
    standing = _published(request, key, earlier=True, secret=True)
    if StepKind.CLOSED not in standing.steps:
        raise Http404(key)  # adopted without a vote
    content = decision_pdf(result_of(standing), request.reading)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="decision-{key}.pdf"'
    return response


def receipt_proof(request: Any, key: str, token: UUID) -> HttpResponse:
    """The receipt of a ballot as a file; for whoever has its token."""
    if not Ballot.objects.filter(token=token, consultation__key=key).exists():
        raise Http404(key)
    try:
        given = receipt_of(token)
    except NoSigningKey:
        return HttpResponse(status=503)
    response = attached(canonical(given) + b"\n", JSON, f"receipt-{key}-{token}.json")
    response["Cache-Control"] = "private, no-store"
    return response


def verify_receipt(request: Any) -> HttpResponse:
    """How to verify a vote, and a first look whether a receipt stands in a published one."""
    return render(request, verify_page(request))


def verify_vote_script(request: Any) -> HttpResponse:
    """The script that counts and verifies without this site."""
    return attached(script().encode(), "text/x-python; charset=utf-8", "verify_vote.py")


def _pretty(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def table(rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """Rows as a CSV file that a spreadsheet opens and takes no cell of for a formula."""
    text = StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return attached("\ufeff".encode() + text.getvalue().encode(), CSV, name)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
