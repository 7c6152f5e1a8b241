"""Every change about consultations, by what it is about."""

from verband.consultations.use_cases import (
    assembly,
    casting,
    elections,
    leading,
    mail,
    moderating,
    naming,
    objections,
    opening,
    outcomes,
    preparing,
    proxies,
    rules,
    sittings,
    statements,
)

__all__ = [
    "assembly",
    "casting",
    "elections",
    "leading",
    "mail",
    "moderating",
    "naming",
    "objections",
    "opening",
    "outcomes",
    "preparing",
    "proxies",
    "rules",
    "sittings",
    "statements",
]
