"""The commands of voting: keys, decide, decided, stv, secrecy, and those of persons_command."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import get_args

from verband.core.compute.command import Command
from verband.core.compute.member_columns import INHABITANTS, MEMBER, VOTES
from verband.core.compute.reading import read_table
from verband.core.voting.blt import read_blt
from verband.core.voting.cases import (
    Case,
    Malformed,
    TieBreak,
    add_options,
    read_case,
)
from verband.core.voting.choices import decide_between
from verband.core.voting.decide import decide
from verband.core.voting.decided import standing
from verband.core.voting.decided_texts import standing_between
from verband.core.voting.keys import VotingKey, compare_keys
from verband.core.voting.outcome import Outcome
from verband.core.voting.persons_command import PERSONS_COMMANDS
from verband.core.voting.reports import (
    keys_data,
    keys_text,
    outcome_data,
    outcome_text,
    secrecy_data,
    standing_data,
    standing_text,
    stv_data,
    stv_text,
    texts_data,
)
from verband.core.voting.secrecy import secrecy
from verband.core.voting.stv import count_stv


def _numbers(text: str) -> list[int | None]:
    """``75`` or ``50,75,none``: one setting, or several to compare."""
    words = [word.strip() for word in text.split(",")]
    if not all(word == "none" or (word.isascii() and word.isdigit()) for word in words):
        raise ArgumentTypeError(f"“{text}” is not a list of whole numbers")
    return [None if word == "none" else int(word) for word in words]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _key_options(parser: ArgumentParser) -> None:
    several = "; several, with commas, are compared"
    parser.add_argument("--per", type=_numbers, default=[1000], help="inhabitants a vote" + several)
    parser.add_argument("--cap", type=_numbers, default=[75], help="most votes, or none" + several)
    parser.add_argument("--minimum", type=_numbers, default=[1], help="fewest votes" + several)
    rounding = "down, nearest or up" + several
    parser.add_argument("--rounding", type=_words, default=["down"], help=rounding)


def _keys(path: Path, options: Namespace) -> Mapping[str, object]:
    rows = read_table(path, [MEMBER, INHABITANTS], extra="keep").rows
    inhabitants = {row["member"]: row["inhabitants"] for row in rows}
    settings = {
        "per": options.per,
        "rounding": options.rounding,
        "minimum": options.minimum,
        "cap": options.cap,
    }
    keys = {}
    for values in product(*settings.values()):
        chosen = dict(zip(settings, values, strict=True))
        varying = [
            f"{k} {'none' if v is None else v}" for k, v in chosen.items() if len(settings[k]) > 1
        ]
        keys[", ".join(varying) or "votes"] = VotingKey.from_mapping(chosen)
    return keys_data(compare_keys(keys, inhabitants), inhabitants)


def decide_case(case: Case) -> Outcome:
    """The outcome of a case, of two options or of several texts."""
    if case.texts:
        return decide_between(
            case.rule,
            case.roll,
            case.ballots,
            case.texts,
            method=case.method,
            call=case.call,
            tie_break=case.tie_break,
        )
    settled = {None: None, **{option: option for option in get_args(TieBreak)}}
    if case.tie_break not in settled:
        raise Malformed(field="tie_break", problem="it must be for or against")
    tie_break = settled[case.tie_break]
    return decide(case.rule, case.roll, case.ballots, call=case.call, tie_break=tie_break)


def _decide(path: Path, options: Namespace) -> Mapping[str, object]:
    return outcome_data(decide_case(read_case(path, options)))


def _decided(path: Path, options: Namespace) -> Mapping[str, object]:
    case = read_case(path, options)
    if case.texts:
        between = standing_between(
            case.rule, case.roll, case.ballots, case.texts, method=case.method, call=case.call
        )
        return texts_data(between)
    return standing_data(standing(case.rule, case.roll, case.ballots, call=case.call))


def _stv_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--lot",
        action="append",
        default=[],
        metavar="NAME",
        help="a candidate, in the order the lots were drawn; repeat",
    )


def _stv(path: Path, options: Namespace) -> Mapping[str, object]:
    return stv_data(count_stv(read_blt(path), options.lot))


def _secrecy(path: Path, options: Namespace) -> Mapping[str, object]:
    table = read_table(path, [MEMBER, VOTES], extra="keep")
    votes = {row["member"]: row["votes"] for row in table.rows}
    return secrecy_data(secrecy(votes, options.floor))


def _secrecy_options(parser: ArgumentParser) -> None:
    parser.add_argument("--floor", type=int, default=5, help="members that must share a weight")


COMMANDS = (
    Command(
        "keys", "Votes from inhabitants, by one key or several.", _key_options, _keys, keys_text
    ),
    Command("decide", "Whether a question passes, and why.", add_options, _decide, outcome_text),
    Command(
        "decided",
        "Whether the votes still out can change it.",
        add_options,
        _decided,
        standing_text,
    ),
    *PERSONS_COMMANDS,
    Command("stv", "Fill seats from a BLT file, Scottish rules.", _stv_options, _stv, stv_text),
    Command("secrecy", "How well weights hide who voted.", _secrecy_options, _secrecy),
)
