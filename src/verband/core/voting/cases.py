"""One vote in one file: a table of members and choices, or a JSON object with rule and roll."""

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from verband.core.compute.member_columns import INHABITANTS, MEMBER, VOTES
from verband.core.compute.reading import Column, Table, read_table
from verband.core.compute.sources import read_json, read_text
from verband.core.errors import DomainError, FileRefused, RowError
from verband.core.voting.proxies import Proxy, ProxyRule, cast, resolve
from verband.core.voting.roll import Ballot, Elector, Roll
from verband.core.voting.rules import Rule, Tie, Treatment, majority, quorum

COLUMNS = (
    MEMBER,
    VOTES,
    replace(INHABITANTS, required=False),
    Column("choice", "text", required=False, aliases=("keuze", "answer", "vote")),
    Column("present", "text", required=False, aliases=("aanwezig",)),
)
DUTCH = {
    "voor": "for",
    "tegen": "against",
    "onthouding": "abstain",
    "blanco": "blank",
    "ongeldig": "invalid",
}
YES_NO = {"yes": True, "ja": True, "1": True, "no": False, "nee": False, "0": False}
TieBreak = Literal["for", "against"]


class Malformed(DomainError):
    """A JSON case does not have the form of one."""

    code = "malformed_case"
    template = "In the field “%(field)s”: %(problem)s."


@dataclass(frozen=True)
class Case:
    """Everything one decision needs. ``texts`` is empty for a question of for and against."""

    rule: Rule
    roll: Roll
    ballots: tuple[Ballot, ...]
    call: int = 1
    tie_break: str | None = None
    texts: tuple[str, ...] = ()
    method: Literal["own_majority", "two_steps"] = "own_majority"


def add_options(parser: ArgumentParser) -> None:
    """The rule on the command line, for a table; a JSON case brings its own."""
    bound = "repeat for a double or triple majority; default: votes > 1/2 of valid"
    parser.add_argument("--majority", action="append", metavar="BOUND", help=bound)
    parser.add_argument("--quorum", action="append", default=[], metavar="BOUND")
    for what in ("abstention", "blank", "invalid"):
        parser.add_argument(f"--{what}", choices=get_args(Treatment), default="nothing")
    parser.add_argument("--absence", choices=("nothing", "against"), default="nothing")
    parser.add_argument("--tie", choices=get_args(Tie), default="rejected")
    parser.add_argument("--tie-break", choices=get_args(TieBreak))
    parser.add_argument("--article", default="", help="where the rule is written")


def read_case(path: Path, options: Namespace) -> Case:
    """The case in a file.

    Raises: what ``read_table`` refuses, ``Malformed``, and what rules and rolls refuse.
    """
    if read_text(path).lstrip()[:1] == "{":
        data = read_json(path)
        if "rows" not in data:
            return _from_json(data)
    return _from_table(read_table(path, COLUMNS), options)


def _from_table(table: Table, options: Namespace) -> Case:
    rule = Rule(
        name="the rule given",
        majorities=tuple(majority(text) for text in options.majority or ["votes > 1/2 of valid"]),
        quorums=tuple(quorum(text) for text in options.quorum),
        abstention=options.abstention,
        blank=options.blank,
        invalid=options.invalid,
        absence=options.absence,
        tie=options.tie,
        article=options.article,
    )
    errors: list[RowError] = []
    ballots, present = [], []
    for row in table.rows:
        if row["choice"] is not None:
            choice = row["choice"].casefold()
            ballots.append(Ballot(row["member"], DUTCH.get(choice, choice)))
            if ballots[-1].choice not in DUTCH.values():
                remedy = f"Write one of: {', '.join(DUTCH.values())}; or leave it empty."
                errors.append(_row_error(row.line, "choice", row["choice"], remedy))
        if row["present"] is not None:
            here = YES_NO.get(row["present"].casefold())
            if here is None:
                errors.append(_row_error(row.line, "present", row["present"], "Write yes or no."))
            elif here:
                present.append(row["member"])
    if errors:
        raise FileRefused(errors)
    in_meeting = any(row["present"] is not None for row in table.rows)
    electors = [Elector(row["member"], row["votes"], row["inhabitants"]) for row in table.rows]
    roll = Roll(electors, present if in_meeting else None)
    return Case(rule, roll, tuple(ballots), tie_break=options.tie_break)


def _row_error(row: int, field: str, text: str, remedy: str) -> RowError:
    return RowError(row=row, field=field, problem=f"“{text}” is not known.", remedy=remedy)


def _from_json(data: Mapping[str, Any]) -> Case:
    known = {"rule", "roll", "present", "ballots", "call", "tie_break", "texts", "method"}
    known |= {"proxies", "proxy_rule", "here", "hands"}
    refuse_unknown(data, known)
    rule = Rule.from_mapping(object_in(data, "rule"))
    electors = [made("roll", Elector, entry) for entry in list_in(data, "roll")]
    method = data.get("method", "own_majority")
    if method not in ["own_majority", "two_steps"]:
        raise Malformed(field="method", problem="it must be own_majority or two_steps")
    if data.get("call", 1) not in [1, 2]:
        raise Malformed(field="call", problem="it must be 1 or 2")
    if not isinstance(data.get("tie_break"), (str, type(None))):
        raise Malformed(field="tie_break", problem="it must be text")
    roll, ballots = _roll_and_ballots(data, electors)
    return Case(
        rule,
        roll,
        tuple(ballots),
        data.get("call", 1),
        data.get("tie_break"),
        tuple(str(text) for text in list_in(data, "texts")),
        method,
    )


def _roll_and_ballots(
    data: Mapping[str, Any], electors: Sequence[Elector]
) -> tuple[Roll, Sequence[Ballot]]:
    present = None if data.get("present") is None else [str(m) for m in list_in(data, "present")]
    ballots: list[Ballot] = [made("ballots", Ballot, entry) for entry in list_in(data, "ballots")]
    if "proxies" not in data:
        return Roll(electors, present), ballots
    proxies = [made("proxies", Proxy, entry) for entry in list_in(data, "proxies")]
    rule = made("proxy_rule", ProxyRule, object_in(data, "proxy_rule"))
    here = [str(name) for name in list_in(data, "here")]
    representation = resolve(rule, Roll(electors), proxies, here=here)
    if data.get("here") is not None:
        present = sorted(representation.represented(here))
    return Roll(electors, present), [*ballots, *cast(representation, _hands(data))]


def refuse_unknown(data: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse a field that means nothing. Raises: ``Malformed``."""
    for field in data:
        if field not in known:
            raise Malformed(field=field, problem=f"unknown; known are {', '.join(sorted(known))}")


def list_in(data: Mapping[str, Any], field: str) -> Sequence[Any]:
    """The list in a field, empty when absent. Raises: ``Malformed``."""
    value = data.get(field, [])
    if not isinstance(value, list):
        raise Malformed(field=field, problem="a list is expected")
    return value


def object_in(data: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """The object in a field, empty when absent. Raises: ``Malformed``."""
    value = data.get(field, {})
    if not isinstance(value, dict):
        raise Malformed(field=field, problem="an object is expected")
    return value


def _hands(data: Mapping[str, Any]) -> Mapping[str, Any]:
    hands = object_in(data, "hands")
    for said in hands.values():
        choices = list(said.values()) if isinstance(said, dict) else [said]
        if not all(isinstance(choice, str) for choice in choices):
            problem = "every hand makes a choice, or a choice for each member"
            raise Malformed(field="hands", problem=problem)
    return hands


TEXTS = ("member", "choice", "principal", "holder")
NUMBERS = ("max_members", "max_votes")


def made(field: str, kind: type[Any], entry: Any) -> Any:
    """One entry of a list as a value of ``kind``. Raises: ``Malformed``, and what it refuses."""
    if not isinstance(entry, dict):
        raise Malformed(field=field, problem="every entry must be an object")
    for name, value in entry.items():
        number = value is None or (isinstance(value, int) and not isinstance(value, bool))
        if name in TEXTS and not isinstance(value, str):
            raise Malformed(field=field, problem=f"“{name}” must be text")
        if name == "instruction" and not (value is None or isinstance(value, str)):
            raise Malformed(field=field, problem="“instruction” must be text")
        if (name in NUMBERS or (name == "votes" and kind is not Elector)) and not number:
            raise Malformed(field=field, problem=f"“{name}” must be a whole number")
    try:
        return kind(**entry)
    except TypeError as error:
        wanted = ", ".join(kind.__dataclass_fields__)
        raise Malformed(field=field, problem=f"an entry has the fields {wanted}") from error
