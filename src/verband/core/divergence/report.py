"""An analysis as plain values for JSON, and as a page for a reader."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verband.core.compute.writing import both, columns, percent
from verband.core.divergence.analysis import Analysis
from verband.core.divergence.bounds import Standing
from verband.core.divergence.changes import Change
from verband.core.divergence.disclosure import Suppression
from verband.core.divergence.reading import Association, Polarisation, SegmentReading
from verband.core.divergence.thresholds import VARIED, Thresholds
from verband.core.divergence.verdict import Opposition, Variation, Verdict
from verband.core.wording import gettext_noop

ASSUMPTION = gettext_noop("Within a segment, who is still out is taken to be like who answered.")


def as_mapping(analysis: Analysis) -> dict[str, object]:
    """Everything in an analysis, ready for JSON; exact shares beside decimals."""
    found = analysis.findings
    smallest = analysis.smallest_change
    return {
        "seed": analysis.seed,
        "permutations": analysis.permutations,
        "majority": both(analysis.majority),
        "members": len(found.votes),
        "response": both(found.response),
        "in_members": _standing(analysis.in_members, analysis.majority),
        "in_votes": _standing(analysis.in_votes, analysis.majority),
        "fewest_to_flip": analysis.fewest_to_flip,
        "margin": analysis.margin,
        "inverted": found.inverted,
        "verdict": _verdict(analysis.verdict),
        "opposing_load": both(analysis.load),
        "opposing": [_opposition(one) for one in analysis.opposing],
        "stable": not analysis.unstable,
        "unstable": [_variation(one) for one in analysis.unstable],
        "smallest_change": None if smallest is None else _change(smallest),
        "changes": [_change(one) for one in analysis.changes],
        "thresholds": _thresholds(analysis.thresholds),
        "polarisation": _polarisation(analysis.polarisation),
        "strength": dict(analysis.strength),
        "assumption": ASSUMPTION,
        "segments": [_segment(one, analysis.majority) for one in analysis.segments],
        "dependence": [_dependence(one) for one in analysis.associations],
        "suppressed": [_suppression(one) for one in analysis.suppressed],
    }


def _opposition(one: Opposition) -> dict[str, object]:
    return {
        "dimension": one.dimension,
        "load": both(one.load),
        "segments": [segment.name for segment in one.segments],
    }


def _variation(one: Variation) -> dict[str, object]:
    return {
        "threshold": one.threshold,
        "factor": both(one.factor),
        "row": one.verdict.row,
        "verdict": one.verdict.code,
    }


def _thresholds(limits: Thresholds) -> dict[str, object]:
    return {"version": limits.version, **{name: _plain(getattr(limits, name)) for name in VARIED}}


def _polarisation(found: Polarisation | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "agreement": both(found.agreement),
        "consensus": found.consensus,
        "esteban_ray": found.esteban_ray,
    }


def _suppression(one: Suppression) -> dict[str, object]:
    return {
        "dimension": one.dimension,
        "segments": list(one.segments),
        "merged_into": one.merged_into,
    }


def _plain(value: Fraction | int) -> object:
    return both(value) if isinstance(value, Fraction) else value


def _standing(standing: Standing, majority: Fraction) -> dict[str, object]:
    bounds, needed = standing.bounds, standing.needed(majority)
    support = standing.support
    return {
        "yes": standing.yes,
        "no": standing.no,
        "neither": standing.neither,
        "outstanding": standing.outstanding,
        "support": None if support is None else both(support),
        "lowest": None if bounds is None else both(bounds[0]),
        "highest": None if bounds is None else both(bounds[1]),
        "status": standing.status(majority),
        "carries_now": standing.carries_now(majority),
        "needed_of_outstanding": None if needed is None else both(needed),
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "row": verdict.row,
        "code": verdict.code,
        "sentence": str(verdict),
        "reasons": [
            {"code": reason.code, "sentence": str(reason), **reason.params}
            for reason in verdict.reasons
        ],
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "dimension": change.dimension,
        "segment": change.segment,
        "members": change.members,
        "of": change.of,
        "row": change.verdict.row,
        "verdict": change.verdict.code,
    }


def _segment(one: SegmentReading, majority: Fraction) -> dict[str, object]:
    return {
        "dimension": one.dimension,
        "segment": one.segment,
        "members": one.members,
        "in_members": _standing(one.in_members, majority),
        "in_votes": _standing(one.in_votes, majority),
        "support": one.support,
        "low": one.low,
        "high": one.high,
        "carries": one.carries,
        "carries_votes": one.carries_votes,
        "opposes": one.opposes,
    }


def _dependence(one: Association) -> dict[str, object]:
    return {
        "dimension": one.dimension,
        "segment": one.segment,
        "v": one.v,
        "raw_v": one.raw_v,
        "p": one.p,
        "p_holm": one.p_holm,
        "votes_v": one.votes_v,
        "votes_p": one.votes_p,
        "votes_p_holm": one.votes_p_holm,
        "eta2": one.eta2,
    }


def as_page(result: Mapping[str, Any]) -> str:
    """The mapping of ``as_mapping`` for a reader: verdict, reasons, segments, dependence."""
    verdict = result["verdict"]
    parts = [
        f"Row {verdict['row']}: {verdict['sentence']}",
        "\n".join(f"- {reason['sentence']}" for reason in verdict["reasons"]),
        _summary(result),
        _segment_table(result),
        _dependence_table(result),
    ]
    hidden = [
        f"{', '.join(one['segments'])} ({one['dimension']}): "
        + (f"shown as {one['merged_into']}." if one["merged_into"] else "not shown.")
        for one in result["suppressed"]
    ]
    return "\n\n".join(part for part in [*parts, "\n".join(hidden), result["assumption"]] if part)


def _summary(result: Mapping[str, Any]) -> str:
    response = percent(Fraction(result["response"]["exact"]))
    rows = [["answered", f"{response} of {result['members']} members"]]
    for base in ("in_votes", "in_members"):
        one = result[base]
        told = f"{one['yes']} yes, {one['no']} no, {one['neither']} neither, "
        rows.append([base, told + f"{one['outstanding']} out: {one['status']}"])
    smallest = result["smallest_change"]
    if smallest:
        told = f"{smallest['members']} of the {smallest['of']} in {smallest['segment']}"
        rows.append(["smallest change", f"{told} the other way: {smallest['verdict']}"])
    unstable = ", ".join(
        f"{one['threshold']} x {one['factor']['decimal']:g} ({one['verdict']})"
        for one in result["unstable"]
    )
    rows.append(["thresholds +-25 %", unstable or "the verdict stands"])
    rows.append(["seed", f"{result['seed']} ({result['permutations']} permutations)"])
    return columns(["", ""], rows).lstrip("\n")


def _segment_table(result: Mapping[str, Any]) -> str:
    rows = [
        [
            one["dimension"],
            one["segment"],
            one["members"],
            one["in_members"]["yes"],
            one["in_members"]["no"],
            one["in_members"]["outstanding"],
            round(one["support"], 3),
            f"{one['low']:.3f}-{one['high']:.3f}",
            round(one["carries"], 3),
        ]
        for one in result["segments"]
    ]
    headers = ["dimension", "segment", "members", "yes", "no", "out", "support", "90 %", "carries"]
    return columns(headers, rows) if rows else ""


def _dependence_table(result: Mapping[str, Any]) -> str:
    rows = [
        [one["dimension"], one["segment"], *(round(one[key], 4) for key in ("v", "p", "p_holm"))]
        for one in result["dependence"]
    ]
    return columns(["dimension", "segment", "V", "p", "p (Holm)"], rows) if rows else ""
