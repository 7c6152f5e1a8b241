"""The number of a consultation: the year and a serial number of its kind."""

import re

from django.db import connection

from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Consultation

PREFIXES: dict[str, str] = {
    ConsultationKind.CONSULTATION: "",
    ConsultationKind.FLASH: "s",
    ConsultationKind.STATEMENTS: "d",
    ConsultationKind.ASSEMBLY: "v",
}
LOCK = 0x6E756D62  # "numb"
# Words that the addresses below /consultations/ use themselves.
RESERVED = frozenset({"new", "proxies", "rules", "verify", "voters", "votes-of"})


def next_number(kind: str, year: int) -> str:
    """The first number of this kind and year that is free: ``2017-05``, ``2017-s2``, ``2017-d1``.

    Only a suggestion; ``take_number`` gives one that nobody else gets.
    """
    prefix = PREFIXES[kind]
    least = f"{year}-{prefix}"
    shape = re.compile(rf"{least}(\d{{1,6}})")
    keys = Consultation.objects.filter(key__startswith=least).values_list("key", flat=True)
    used = [int(found[1]) for key in keys if (found := shape.fullmatch(key))]
    serial = max(used, default=0) + 1
    return f"{least}{serial}" if prefix else f"{least}{serial:02}"


def take_number(kind: str, year: int) -> str:
    """A number that nobody else is given until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, year])
    return next_number(kind, year)
