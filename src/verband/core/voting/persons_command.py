"""The commands for what is not one yes or no: elect, parts, acclaim, rankings. All read JSON."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from verband.core.compute.command import Command
from verband.core.compute.sources import read_json
from verband.core.voting.blt import profile_of, write_blt
from verband.core.voting.cases import Malformed, list_in, made, object_in, refuse_unknown
from verband.core.voting.choices import PartsOutcome, decide_parts
from verband.core.voting.elections import (
    ElectionOutcome,
    RoundsRule,
    elect_by_approval,
    elect_in_rounds,
)
from verband.core.voting.outcome import Outcome
from verband.core.voting.procedures import acclamation, held_over, withdrawn
from verband.core.voting.reports import line_data, outcome_data, outcome_text
from verband.core.voting.roll import Ballot, Elector, Roll
from verband.core.voting.rules import Rule

ROLL = {"roll", "present"}
ROUNDS = {"rounds", "free_rounds", "then"}
APPROVAL = {"ballots", "seats", "most"}


def _no_options(parser: ArgumentParser) -> None:
    """The file says everything."""


def _read(path: Path, known: set[str]) -> Mapping[str, Any]:
    data = read_json(path)
    if not isinstance(data, dict):
        raise Malformed(field="file", problem="an object is expected")
    refuse_unknown(data, known | ROLL)
    return data


def _roll(data: Mapping[str, Any]) -> Roll:
    electors = [made("roll", Elector, entry) for entry in list_in(data, "roll")]
    return Roll(electors, None if data.get("present") is None else _names(data, "present"))


def _rule(data: Mapping[str, Any]) -> Rule:
    return Rule.from_mapping(object_in(data, "rule"))


def _names(data: Mapping[str, Any], field: str) -> list[str]:
    names = list_in(data, field)
    if not all(isinstance(name, str) for name in names):
        raise Malformed(field=field, problem="every entry must be text")
    return list(names)


def _names_by_member(data: Mapping[str, Any], field: str) -> dict[str, list[str]]:
    given = object_in(data, field)
    return {member: _names(given, member) for member in given}


def _ballots(field: str, entries: object) -> list[Ballot]:
    if not isinstance(entries, list):
        raise Malformed(field=field, problem="a list of ballots is expected")
    return [made(field, Ballot, entry) for entry in entries]


def _number(data: Mapping[str, Any], field: str, default: int | None) -> Any:
    value = data.get(field)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Malformed(field=field, problem="it must be a whole number of 1 or more")
    return value


def _elect(path: Path, options: Namespace) -> Mapping[str, object]:
    data = _read(path, {"rule", "method", "candidates", "lot"} | ROUNDS | APPROVAL)
    methods = {"rounds": (_in_rounds, APPROVAL), "approval": (_by_approval, ROUNDS)}
    method = data.get("method")
    if not isinstance(method, str) or method not in methods:
        raise Malformed(field="method", problem="it must be rounds or approval")
    elect, foreign = methods[method]
    for field in sorted(foreign & data.keys()):
        raise Malformed(field=field, problem=f"it means nothing when the method is {method}")
    outcome = elect(data)
    return {
        "verdict": outcome.verdict,
        "elected": list(outcome.elected),
        "field": list(outcome.field),
        "reckoning": [line_data(line) for line in outcome.lines],
    }


def _in_rounds(data: Mapping[str, Any]) -> ElectionOutcome:
    then = data.get("then", "run_off")
    if then not in ("run_off", "drop_lowest"):
        raise Malformed(field="then", problem="it must be run_off or drop_lowest")
    rule = RoundsRule(rule=_rule(data), free_rounds=_number(data, "free_rounds", 1), then=then)
    rounds = [_ballots("rounds", entries) for entries in list_in(data, "rounds")]
    lot = _names(data, "lot")
    return elect_in_rounds(rule, _roll(data), _names(data, "candidates"), rounds, lot=lot)


def _by_approval(data: Mapping[str, Any]) -> ElectionOutcome:
    return elect_by_approval(
        _rule(data),
        _roll(data),
        _names(data, "candidates"),
        _names_by_member(data, "ballots"),
        seats=_number(data, "seats", 1),
        most=_number(data, "most", None),
        lot=_names(data, "lot"),
    )


VERDICTS = {
    "elected": "Elected: {elected}.",
    "next_round": "Nobody is elected yet; a next round is between {field}.",
    "lot_needed": "Equal votes: draw lots between {field}, and give the order as “lot”.",
    "nobody": "Nobody is elected.",
    "no_quorum": "Nobody is elected: the quorum is missed.",
}


def _elect_text(data: Mapping[str, Any]) -> str:
    lists = {name: ", ".join(data[name]) for name in ("elected", "field")}
    head = VERDICTS[data["verdict"]].format(**lists)
    return "\n".join([head, *(line["text"] for line in data["reckoning"])])


def _parts(path: Path, options: Namespace) -> Mapping[str, object]:
    data = _read(path, {"rule", "parts", "whole"})
    parts = {name: _part(name, entry) for name, entry in object_in(data, "parts").items()}
    whole = None if data.get("whole") is None else _ballots("whole", data["whole"])
    return _parts_data(decide_parts(_rule(data), _roll(data), parts, whole=whole))


def _part(name: str, entry: object) -> Iterable[Ballot] | Outcome:
    if not isinstance(entry, dict):
        return _ballots(name, entry)
    said = [(how, by) for how, by in entry.items() if isinstance(by, str)]
    if len(entry) != 1 or not said or said[0][0] not in ("held_over", "withdrawn"):
        raise Malformed(field=name, problem="give its ballots, or held_over, or withdrawn")
    how, by = said[0]
    return held_over(until=by) if how == "held_over" else withdrawn(by=by, voting_opened=False)


def _parts_data(outcome: PartsOutcome) -> Mapping[str, object]:
    return {
        "verdict": outcome.verdict,
        "adopted": list(outcome.adopted),
        "reckoning": [line_data(line) for line in outcome.lines],
        "parts": {name: outcome_data(part) for name, part in outcome.parts.items()},
        "whole": None if outcome.whole is None else outcome_data(outcome.whole),
    }


def _parts_text(data: Mapping[str, Any]) -> str:
    blocks = ["\n".join(line["text"] for line in data["reckoning"])]
    blocks += [f"{name}\n{outcome_text(part)}" for name, part in data["parts"].items()]
    blocks += [outcome_text(data["whole"])] if data["whole"] else []
    return "\n\n".join(blocks)


def _acclaim(path: Path, options: Namespace) -> Mapping[str, object]:
    data = _read(path, {"rule", "vote_asked_by"})
    asked_by = _names(data, "vote_asked_by")
    return outcome_data(acclamation(_rule(data), _roll(data), vote_asked_by=asked_by))


def _rankings(path: Path, options: Namespace) -> Mapping[str, object]:
    data = _read(path, {"candidates", "rankings", "seats", "title"})
    if not isinstance(data.get("title", ""), str):
        raise Malformed(field="title", problem="it must be text")
    profile = profile_of(
        _roll(data),
        _names(data, "candidates"),
        _names_by_member(data, "rankings"),
        seats=_number(data, "seats", 1),
        title=data.get("title", ""),
    )
    return {"blt": write_blt(profile)}


def _blt_text(data: Mapping[str, Any]) -> str:
    return str(data["blt"]).rstrip("\n")


def _command(
    name: str,
    summary: str,
    run: Callable[[Path, Namespace], Mapping[str, object]],
    table: Callable[[Mapping[str, Any]], str],
) -> Command:
    return Command(name, summary, _no_options, run, table)


PERSONS_COMMANDS: Sequence[Command] = (
    _command("elect", "Persons, by majority in rounds or by approval (JSON).", _elect, _elect_text),
    _command("parts", "A motion put to the vote in parts (JSON).", _parts, _parts_text),
    _command("acclaim", "Adopted without a vote, when that may (JSON).", _acclaim, outcome_text),
    _command("rankings", "Members' ranked ballots as a BLT file (JSON).", _rankings, _blt_text),
)
