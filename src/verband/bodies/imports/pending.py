"""Files that wait for a yes: kept on the server, for their owner only, for a day."""

import json
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from verband.bodies.imports.fields import Row
from verband.bodies.imports.kinds import KINDS, Kind
from verband.bodies.imports.plan import Terms
from verband.bodies.imports.refusals import NoSuchImport
from verband.bodies.models import PendingImport
from verband.people.models import Account
from verband.ui.reading import parse_day

KEPT = timedelta(days=1)


def keep(
    *,
    account: Account,
    now: datetime,
    kind: Kind,
    file_name: str,
    sha256: str,
    rows: Sequence[Row],
    terms: Terms,
) -> PendingImport:
    """Keep the rows of a file until its owner says yes; files that are too old go."""
    PendingImport.objects.filter(expires_at__lte=now).delete()
    text = json.dumps(list(rows), default=str, ensure_ascii=False)
    return PendingImport.objects.create(
        account=account,
        kind=kind.name,
        file_name=file_name,
        sha256=sha256,
        rows=zlib.compress(text.encode()),
        day=terms.day,
        reason=terms.reason,
        complete=terms.complete,
        expires_at=now + KEPT,
    )


def kept(pk: int, *, account: Account, now: datetime) -> PendingImport:
    """A file that waits.

    Raises:
        NoSuchImport: somebody else's, or no longer kept.
    """
    found = PendingImport.objects.filter(pk=pk, account=account, expires_at__gt=now).first()
    if found is None:
        raise NoSuchImport
    return found


def rows_of(pending: PendingImport) -> list[Row]:
    """The rows as they were read from the file."""
    rows: list[Row] = json.loads(zlib.decompress(bytes(pending.rows)))
    kind = KINDS[pending.kind]
    days = [field.name for field in kind.fields if field.kind == "day"]
    for row in rows:
        for name in days:
            if row.get(name):
                row[name] = parse_day(row[name])
    return rows


def terms_of(pending: PendingImport) -> Terms:
    """How its owner said the file is meant."""
    return Terms(pending.day, pending.reason, pending.complete)
