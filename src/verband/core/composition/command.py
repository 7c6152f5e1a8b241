"""``verband compute team PROBLEM.json`` and ``verband compute roster MEMBERS.csv``."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from verband.core.composition.choosing import NoTeamPossible, Team, choose
from verband.core.composition.clashes import Clash, find_clashes
from verband.core.composition.lines import Line
from verband.core.composition.prices import prices
from verband.core.composition.problem import Problem
from verband.core.composition.reading import read_problem
from verband.core.composition.reasons import Alternative, never_chosen, why
from verband.core.composition.repairs import Mended, Repair, find_repairs, mend
from verband.core.composition.roster import Member, roster
from verband.core.composition.scores import Count
from verband.core.composition.solver import MOST_NODES
from verband.core.compute.command import Command
from verband.core.compute.member_columns import MEMBER
from verband.core.compute.reading import Column, read_table


def team_options(parser: ArgumentParser) -> None:
    """What can be asked besides the team."""
    parser.add_argument("--prices", action="store_true", help="what each rule costs")
    parser.add_argument("--why", action="append", default=[], metavar="ID", help="in or out: why")
    parser.add_argument("--never", action="store_true", help="who can never be chosen, and why")
    parser.add_argument("--mend", action="store_true", help="change the current body least")
    parser.add_argument("--nodes", type=_positive, default=MOST_NODES, help="limit of the search")


def run_team(path: Path, options: Namespace) -> Mapping[str, object]:
    """The team with its reasons; or, when the rules clash, the clashes and the repairs."""
    problem = read_problem(path)
    try:
        if options.mend:
            mended = mend(problem, nodes=options.nodes)
            team, change = mended.team, _mended(mended)
        else:
            team, change = choose(problem, nodes=options.nodes), {}
    except NoTeamPossible:
        return _no_team(problem, options.nodes)
    return {**_team(problem, team), **change, **_reasons(problem, team, options)}


def _mended(mended: Mended) -> dict[str, object]:
    return {
        "stays": list(mended.stays),
        "leaves": list(mended.leaves),
        "joins": list(mended.joins),
        "gone": list(mended.gone),
        "broken_before": [line.label for line in mended.broken],
    }


def _reasons(problem: Problem, team: Team, options: Namespace) -> dict[str, object]:
    """What was asked about the team besides."""
    result: dict[str, object] = {}
    asked = replace(problem, goals=team.goals)  # mending puts a goal in front
    if options.prices:
        result["prices"] = [
            {"rule": p.rule, "goal": p.goal, "gain": p.gain, "room": p.room, "exact": p.exact}
            for p in prices(asked, team, nodes=options.nodes)
        ]
    if options.why:
        answers = [why(asked, team, person, nodes=options.nodes) for person in options.why]
        result["why"] = [_alternative(answer) for answer in answers]
    if options.never:
        result["never_chosen"] = [
            {"id": never.person, "because": str(never.clash.proof)}
            for never in never_chosen(problem, nodes=options.nodes)
        ]
    return result


def _team(problem: Problem, team: Team) -> dict[str, object]:
    count = Count(problem)
    places = frozenset(count.places[id] for id in team.members)
    people = [problem.candidates[place] for place in sorted(places)]
    return {
        "feasible": True,
        "size": problem.size,
        "proven": team.proven,
        "seed": team.seed,
        "solver": team.solver,
        "problem_hash": team.problem_hash,
        "members": [
            {
                "id": person.id,
                "name": person.shown,
                **{trait: list(values) for trait, values in person.traits.items()},
            }
            for person in people
        ],
        "goals": [
            {"goal": goal, "value": list(value)}
            for goal, value in zip(team.goals, team.score, strict=True)
        ],
        "rules": [_line(line, line.count(places)) for line in count.lines],
        "demands": [
            {
                "expertise": demand.expertise,
                "level": demand.level,
                "asked": demand.count,
                "present": sum(place in places for place in count.able(demand)),
            }
            for demand in problem.demands
        ],
    }


def _line(line: Line, present: int) -> dict[str, object]:
    return {
        "rule": line.label,
        "side": "at least" if line.lower else "at most",
        "bound": line.bound,
        "present": present,
        "hard": line.hard,
        "kept": not line.broken_by(present),
    }


def _no_team(problem: Problem, nodes: int) -> dict[str, object]:
    return {
        "feasible": False,
        "size": problem.size,
        "problem_hash": problem.hash(),
        "clashes": [_clash(clash) for clash in find_clashes(problem, nodes=nodes)],
        "repairs": [_repair(repair) for repair in find_repairs(problem, nodes=nodes)],
    }


def _clash(clash: Clash) -> dict[str, object]:
    return {
        "because": str(clash.proof),
        "rules": list(clash.rules),
        "lines": [line.label for line in clash.lines],
    }


def _repair(repair: Repair) -> dict[str, object]:
    return {"cost": repair.cost, "changes": [str(change) for change in repair.changes]}


def _alternative(answer: Alternative) -> dict[str, object]:
    return {
        "id": answer.person,
        "if": "in" if answer.inside else "out",
        "possible": answer.clash is None,
        "because": str(answer.clash.proof) if answer.clash else None,
        "goal": answer.goal,
        "loss": answer.loss,
        "joins": list(answer.joins),
        "leaves": list(answer.leaves),
        "proven": answer.proven,
    }


def roster_options(parser: ArgumentParser) -> None:
    """The rhythm of the body."""
    parser.add_argument("--first-day", type=date.fromisoformat, required=True, metavar="DAY")
    parser.add_argument("--years", type=_positive, default=4, help="length of a term")
    parser.add_argument("--most-terms", type=_positive, default=2, help="terms anyone may serve")
    parser.add_argument("--seed", default="0", help="the published seed of the lot")
    parser.add_argument(
        "--apart",
        action="append",
        default=[],
        type=_pair,
        metavar="ID,ID",
        help="not in the same year, such as a chair and a deputy",
    )


def run_roster(path: Path, options: Namespace) -> Mapping[str, object]:
    """Who steps down when."""
    columns = [
        MEMBER,
        Column("group", "text", required=False),
        Column("terms", "int", required=False, minimum=1),
        Column("last_year", "int", required=False, minimum=1),
    ]
    rows = read_table(path, columns).rows
    members = [
        Member(row["member"], row["group"] or "", row["terms"] or 1, row["last_year"])
        for row in rows
    ]
    lines = roster(
        members,
        first_day=options.first_day,
        years=options.years,
        most_terms=options.most_terms,
        apart=options.apart,
        seed=options.seed,
    )
    return {
        "seed": options.seed,
        "years": options.years,
        "rows": [
            {
                "member": line.id,
                "year": line.year,
                "day": line.day.isoformat(),
                "may_return": line.may_return,
            }
            for line in lines
        ],
    }


def _pair(text: str) -> tuple[str, str]:
    one, sign, other = (part.strip() for part in text.partition(","))
    if not sign or not one or not other:
        raise ArgumentTypeError("write two ids with a comma between them")
    return one, other


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)


COMMANDS = (
    Command("team", "Choose a team under rules, and say why.", team_options, run_team),
    Command("roster", "Spread retirements over the years.", roster_options, run_roster),
)
