"""Lasting identifiers: TOOI for governments, our own address for everything else."""

import re

from django.conf import settings

from verband.integrations.version import ROOT
from verband.members.models import Organisation, OrganisationKind

TOOI = "https://identifier.overheid.nl/tooi/id"
KINDS = {
    OrganisationKind.MUNICIPALITY: ("gemeente", re.compile(r"gm\d{4}")),
    OrganisationKind.PROVINCE: ("provincie", re.compile(r"pv\d{2}")),
    OrganisationKind.WATER_BOARD: ("waterschap", re.compile(r"ws\d{4}")),
    OrganisationKind.MINISTRY: ("ministerie", re.compile(r"mnre\d{4}")),
}


def tooi_uri(organisation: Organisation) -> str | None:
    """The TOOI identifier of a government; ``None`` where its code is not one of TOOI.

    >>> tooi_uri(Organisation(kind="municipality", code="GM0344"))
    'https://identifier.overheid.nl/tooi/id/gemeente/gm0344'
    >>> tooi_uri(Organisation(kind="company", code="")) is None
    True
    """
    folder, pattern = KINDS.get(OrganisationKind(organisation.kind), ("", None))
    code = organisation.code.lower()
    return f"{TOOI}/{folder}/{code}" if pattern and pattern.fullmatch(code) else None


def address(path: str = "") -> str:
    """The full address of something in the interface."""
    return f"{settings.VERBAND_BASE_URL}{ROOT}{path}"
