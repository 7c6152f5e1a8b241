"""The decision of a vote as PDF/UA, in the language that is active."""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.consultations.documents.addresses import full_address
from verband.consultations.documents.decision_words import (
    facts_of,
    next_of,
    provisional_words,
    question_data,
    roll_table,
)
from verband.consultations.documents.election_words import elections_data
from verband.consultations.kinds import StepKind
from verband.consultations.queries.finality import finality_of
from verband.consultations.queries.result import Result
from verband.kernel.clock import local_day
from verband.ui.reading import Reading
from verband.ui.wording import day, language

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "decision.typ"
KEPT_SECONDS = 86_400
STANDARD: Literal["ua-1"] = "ua-1"  # the writer refuses what is not accessible by PDF/UA-1


def decision_pdf(result: Result, reading: Reading) -> bytes:
    """The decision with its reasons, its roll-call and how to verify it.

    The same words give the same document; it is kept for a day, as writing it takes long.
    """
    data = json.dumps(decision_data(result, reading))
    key = hashlib.sha256(TEMPLATE.read_bytes() + data.encode()).hexdigest()
    found = cache.get(f"decision:{key}")
    if not isinstance(found, bytes):
        found = _written(data)
        cache.set(f"decision:{key}", found, KEPT_SECONDS)
    return found


def _written(data: str) -> bytes:
    import typst  # noqa: PLC0415 - 34 MB, that pages without a PDF need not load

    return typst.compile(
        TEMPLATE,
        root=FOLDER,
        font_paths=[FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=[STANDARD],
    )


def decision_data(result: Result, reading: Reading) -> dict[str, Any]:
    """All that the document says, in words."""
    standing = result.standing
    published = standing.at_step(StepKind.PUBLISHED)
    dated = local_day(published or standing.steps[StepKind.CLOSED].recorded_from)
    finality = finality_of(standing)
    key = standing.consultation.key
    address = full_address(reverse("consultation", args=[key]))
    secret = bool(standing.frozen["is_secret"])
    kind = f"{standing.consultation.get_kind_display()} {key}"
    return {
        "lang": language(),
        "author": str(_("Verband")),
        "date": [dated.year, dated.month, dated.day],
        "title": standing.fact.title,
        "kind": kind[:1].upper() + kind[1:],
        "footer": f"{key}, {day(dated)}",
        "page": _("page"),
        "of": _("of"),
        "provisional_title": _("Provisional"),
        "provisional": provisional_words(standing, finality),
        "facts": facts_of(result).as_data(),
        "questions": [question_data(result, one) for one in result.count.questions],
        "elections": elections_data(standing, reading),
        "next": next_of(standing, finality),
        "roll": None if secret else roll_table(result).as_data(),
        "root": str(standing.steps[StepKind.CLOSED].data.get("root", "–")),
        "verify": []
        if secret
        else [
            _("Take the roll-call from %(address)s") % {"address": f"{address}roll-call.json"},
            _("Take verify_vote.py and note the public key: %(address)s")
            % {"address": full_address(reverse("verify_receipt"))},
            _("Run: python3 verify_vote.py roll-call.json RECEIPT --key KEY"),
            _("The script counts again and says whether the root below is the one it finds."),
        ],
        "words": {
            "why": _("Why"),
            "count": _("The count"),
            "segments": _("By segment"),
            "difference": _("Where the members differ"),
            "statement": _("What the association says"),
            "next": _("What happens now"),
            "roll": _("Roll-call"),
            "roll_text": _("The vote was secret: there is no list of who chose what.")
            if secret
            else _("Who voted what, of all members on the roll at the opening."),
            "verify": _("Verify it yourself"),
            "root": _("Root of the records of this vote"),
        },
    }
