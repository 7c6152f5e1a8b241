"""The parameters of the verdict: a version, shares, and one number of members."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verband.core.errors import DomainError


class ThresholdRefused(DomainError):
    """A threshold is a share, or for the smallest segment a number of members."""

    code = "threshold_refused"
    template = "The threshold %(name)s cannot be %(value)s."


class ThresholdUnknown(DomainError):
    """A name that is none of the thresholds, perhaps misspelt."""

    code = "threshold_unknown"
    template = "There is no threshold “%(name)s”; there are: %(known)s."


class VersionMissing(DomainError):
    """A verdict must say under which thresholds it was given."""

    code = "version_missing"
    template = "Own thresholds need a version of their own, as text."


@dataclass(frozen=True)
class Thresholds:
    """The parameters a board decides on.

    ``response``: overall share that must have answered while the outcome is open.
    ``segment_response``: the same within each segment.
    ``opposing_load``: share of all votes in opposing segments that makes one position impossible.
    ``opposing_probability``: how sure it must be that a segment stands on the other side.
    ``association``: the corrected Cramer's V that counts as a real difference.
    ``significance``: the largest p-value (after Holm) that counts.
    ``divided_band``: distance from one half within which support counts as divided.
    ``smallest_segment``: members a segment needs to be read on its own.

    >>> Thresholds().varied("response", Fraction(3, 4)).response
    Fraction(3, 8)
    """

    version: str = "proposal-1"
    response: Fraction = Fraction(1, 2)
    segment_response: Fraction = Fraction(3, 10)
    opposing_load: Fraction = Fraction(1, 5)
    opposing_probability: Fraction = Fraction(4, 5)
    association: Fraction = Fraction(1, 5)
    significance: Fraction = Fraction(1, 20)
    divided_band: Fraction = Fraction(1, 20)
    smallest_segment: int = 5

    def __post_init__(self) -> None:
        for name in VARIED:
            value = getattr(self, name)
            allowed = value >= 1 if name == "smallest_segment" else 0 <= value <= 1
            if not allowed:
                raise ThresholdRefused(name=name, value=value)

    def varied(self, name: str, factor: Fraction) -> "Thresholds":
        """The same thresholds with one multiplied; shares stop at 1, members are rounded."""
        value = getattr(self, name) * factor
        if name == "smallest_segment":
            return replace(self, smallest_segment=max(1, round(value)))
        changed: dict[str, Any] = {name: min(Fraction(1), value)}
        return replace(self, **changed)


def adopted(values: Mapping[str, object]) -> Thresholds:
    """Thresholds as a board adopted them: a ``version``, and what differs from the proposal.

    Shares are exact: ``"1/4"``, ``"0.25"`` or a decimal.
    Raises: ``ThresholdUnknown``, ``ThresholdRefused``, ``VersionMissing``.

    >>> adopted({"version": "board 2018-02", "opposing_load": "1/4"}).opposing_load
    Fraction(1, 4)
    """
    if not isinstance(values.get("version"), str) or not values["version"]:
        raise VersionMissing()
    found: dict[str, Any] = {"version": values["version"]}
    for name, value in values.items():
        if name == "version":
            continue
        if name not in VARIED:
            raise ThresholdUnknown(name=name, known=", ".join(VARIED))
        if not isinstance(value, (str, int, Decimal)) or isinstance(value, bool):
            raise ThresholdRefused(name=name, value=value)
        try:
            found[name] = Fraction(value)
        except (ValueError, ZeroDivisionError) as error:
            raise ThresholdRefused(name=name, value=value) from error
    if "smallest_segment" in found:
        if found["smallest_segment"].denominator != 1:
            raise ThresholdRefused(name="smallest_segment", value=found["smallest_segment"])
        found["smallest_segment"] = int(found["smallest_segment"])
    return Thresholds(**found)


VARIED = tuple(f.name for f in fields(Thresholds) if f.name != "version")
