"""The lasting address of a page, as other systems keep it: with the name of the site, in Dutch."""

from django.conf import settings


def full_address(path: str) -> str:
    """The whole address of a path.

    >>> full_address("/consultations/2017-03/").endswith("/consultations/2017-03/")
    True
    """
    return f"{settings.VERBAND_BASE_URL}{path.removeprefix('/en')}"
