"""Results of voting as plain data and as text."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verband.core.compute.writing import both, columns, exact
from verband.core.voting.decided import Standing
from verband.core.voting.decided_texts import TextsStanding
from verband.core.voting.keys import KeyResult
from verband.core.voting.outcome import WORDS, Line, Outcome, counted
from verband.core.voting.secrecy import Secrecy
from verband.core.voting.stv import StvResult
from verband.core.wording import gettext_noop


def outcome_data(outcome: Outcome) -> dict[str, object]:
    """An outcome with every line: the sentence, and the numbers it rests on."""
    return {
        "passed": outcome.passed,
        "verdict": outcome.verdict,
        "option": outcome.option,
        "reckoning": [line_data(line) for line in outcome.lines],
    }


def line_data(line: Line) -> dict[str, object]:
    """One line; amounts are exact text (``p/q`` when not whole)."""
    return {
        "code": line.code,
        "text": str(line),
        "reached": line.reached,
        "article": line.article or None,
        "values": {name: _exact(value) for name, value in line.values.items()},
    }


def _exact(value: object) -> object:
    if not isinstance(value, Fraction):
        return value
    return int(value) if value.denominator == 1 else exact(value)


def outcome_text(data: Mapping[str, Any]) -> str:
    """An outcome for a reader."""
    verdict = WORDS[data["verdict"]].capitalize()
    option = f": {data['option']}" if data["option"] else ""
    return "\n".join([f"{verdict}{option}.", *(line["text"] for line in data["reckoning"])])


def standing_data(at: Standing) -> dict[str, object]:
    """Where a vote stands."""
    return {
        "answer": at.answer,
        "only_quorum": at.only_quorum,
        "outstanding": len(at.outstanding),
        "outstanding_votes": at.outstanding_votes,
        "to_turn": at.to_turn,
        "turners": list(at.turners),
        "share_needed": None if at.share_needed is None else both(at.share_needed),
        "to_switch": at.to_switch,
        "now": outcome_data(at.now),
    }


def texts_data(at: TextsStanding) -> dict[str, object]:
    """Where a choice between texts stands."""
    return {
        "answer": at.answer,
        "option": at.option,
        "can_win": list(at.can_win),
        "outstanding": len(at.outstanding),
        "outstanding_votes": at.outstanding_votes,
        "now": outcome_data(at.now),
    }


ANSWERS = {
    "adopted": gettext_noop("It is decided: adopted, whatever is still cast."),
    "not_adopted": gettext_noop("It is decided: not adopted, whatever is still cast."),
    "open": gettext_noop("It is open."),
}


def standing_text(data: Mapping[str, Any]) -> str:
    """Where a vote stands, for a reader."""
    lines = [ANSWERS[data["answer"]]]
    members = counted("members", data["outstanding"])
    lines.append(f"Still out: {members} with {counted('votes', data['outstanding_votes'])}.")
    if "can_win" in data:
        lines.append(f"Can still be adopted: {', '.join(data['can_win']) or 'none'}.")
        return "\n".join([*lines, "", "If it closed now:", outcome_text(data["now"])])
    if data["to_turn"] is not None:
        names = ", ".join(data["turners"][:10]) + (" …" if len(data["turners"]) > 10 else "")
        lines.append(f"The fewest members that can still turn it: {data['to_turn']} ({names}).")
    if data["only_quorum"]:
        lines.append("Only a missed quorum can still stop it.")
    if data["to_switch"] is not None:
        lines.append(f"The fewest that would have to change sides: {data['to_switch']}.")
    return "\n".join([*lines, "", "If it closed now:", outcome_text(data["now"])])


def keys_data(results: Sequence[KeyResult], inhabitants: Mapping[str, int]) -> dict[str, object]:
    """Voting keys side by side; with a single key ``votes`` is its total, and its column."""
    names = ["votes"] if len(results) == 1 else [result.name for result in results]
    return {
        "members": len(inhabitants),
        "inhabitants": sum(inhabitants.values()),
        "votes": results[0].total if len(results) == 1 else None,
        "keys": [
            {
                "column": name,
                "key": str(result.key),
                **{k: v for k, v in result.key.as_mapping().items() if k != "fixed"},
                "total": result.total,
                "at_cap": result.at_cap,
                "lifted": result.lifted,
                "largest": result.largest,
                "largest_share": both(result.largest_share),
            }
            for name, result in zip(names, results, strict=True)
        ],
        "rows": [
            {"member": member, "inhabitants": number}
            | {name: r.votes[member] for name, r in zip(names, results, strict=True)}
            for member, number in inhabitants.items()
        ],
    }


def keys_text(data: Mapping[str, Any]) -> str:
    """Voting keys for a reader."""
    head = columns(
        ["column", "total", "at cap", "lifted", "largest share", "key"],
        [
            [k["column"], k["total"], k["at_cap"], k["lifted"], share["decimal"], k["key"]]
            for k in data["keys"]
            for share in [k["largest_share"]]
        ],
    )
    rows: Sequence[Mapping[str, object]] = data["rows"]
    body = columns(list(rows[0]), [list(row.values()) for row in rows])
    size = ", ".join(counted(unit, data[unit]) for unit in ("members", "inhabitants"))
    return f"{size}\n\n{head}\n\n{body}"


def stv_data(result: StvResult) -> dict[str, object]:
    """A count of ranked ballots; amounts have exactly five decimals, as text."""
    return {
        "elected": list(result.elected),
        "quota": result.quota,
        "valid": result.valid,
        "seats": result.seats,
        "stages": [
            {
                "stage": stage.number,
                "action": stage.action,
                "candidate": stage.candidate,
                "transfer_value": None
                if stage.transfer_value is None
                else both(stage.transfer_value),
                "transfers": {name: five(amount) for name, amount in stage.transfers.items()},
                "votes": {name: five(amount) for name, amount in stage.votes.items()},
                "not_transferable": five(stage.not_transferable),
                "cut_off": five(stage.cut_off),
                "elected": list(stage.elected),
            }
            for stage in result.stages
        ],
    }


def five(amount: Fraction) -> str:
    """An amount of votes with five decimals, exactly.

    >>> five(Fraction(7, 2))
    '3.50000'
    """
    whole, part = divmod(amount.numerator * (10**5 // amount.denominator), 10**5)
    return f"{whole}.{part:05d}"


def stv_text(data: Mapping[str, Any]) -> str:
    """A count of ranked ballots as the stages stand on a result sheet: candidates down."""
    stages: Sequence[Mapping[str, Any]] = data["stages"]
    headers = ["", *(f"{stage['stage']}" for stage in stages)]
    rows = [
        [name, *(stage["votes"][name].rjust(12) for stage in stages)] for name in stages[0]["votes"]
    ]
    rows.append(["(not transferable)", *(s["not_transferable"].rjust(12) for s in stages)])
    rows.append(["(cut off)", *(s["cut_off"].rjust(12) for s in stages)])
    steps = [
        f"{s['stage']}. {s['action']}"
        + (f" of {s['candidate']}" if s["candidate"] else "")
        + (f"; elected: {', '.join(s['elected'])}" if s["elected"] else "")
        for s in stages
    ]
    head = f"Elected: {', '.join(data['elected'])}"
    quota = f"Valid votes: {data['valid']}; seats: {data['seats']}; quota: {data['quota']}"
    return "\n".join([head, quota, "", *steps, "", columns(headers, rows)])


def secrecy_data(check: Secrecy) -> dict[str, object]:
    """How well weights hide their members."""
    return {
        "safe": check.safe,
        "floor": check.floor,
        "unique": list(check.unique),
        "smallest_class": check.smallest,
        "exposed": len(check.exposed),
        "exposed_members": list(check.exposed),
        "rows": [{"votes": votes, "members": number} for votes, number in check.classes.items()],
    }
