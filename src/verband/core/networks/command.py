"""``verband compute`` overlap, interlocks, load, liaisons, cutpoints, reciprocity, coverage,
dormancy, regrowth and adviser.
"""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from verband.core.compute.command import Command
from verband.core.compute.reading import Column, read_table
from verband.core.compute.writing import both
from verband.core.errors import DomainError, FileRefused, RowError
from verband.core.networks.advice_words import Form
from verband.core.networks.adviser import Advice, Situation, advise
from verband.core.networks.coverage import Need, coverage
from verband.core.networks.days import PERIOD, add_on, chosen_day, periods
from verband.core.networks.reciprocity import reciprocity
from verband.core.networks.register import Tie
from verband.core.networks.seat_commands import (
    liaison_options,
    overlap_options,
    run_cutpoints,
    run_interlocks,
    run_liaisons,
    run_load,
    run_overlap,
)
from verband.core.networks.time_commands import (
    dormancy_options,
    regrowth_options,
    run_dormancy,
    run_regrowth,
)

Result = Mapping[str, object]


def _day(options: Namespace) -> str | None:
    return None if options.on is None else options.on.isoformat()


def _run_reciprocity(path: Path, options: Namespace) -> Result:
    columns = (Column("source", "text"), Column("target", "text"), *PERIOD)
    table = read_table(path, columns, unique=())
    held = periods(table)
    _refuse_loops([(row.line, row["source"], row["target"]) for row in table.rows])
    ties = [
        Tie(row["source"], row["target"], period)
        for row, period in zip(table.rows, held, strict=True)
    ]
    everyone = sorted({name for tie in ties for name in (tie.source, tie.target)})
    got = reciprocity(ties, chosen_day(options.on, held), also=everyone)
    return {
        "on": _day(options),
        "parties": got.parties,
        "ties": got.ties,
        "plain": None if got.plain is None else both(got.plain),
        "density": None if got.density is None else both(got.density),
        "corrected": None if got.corrected is None else both(got.corrected),
        "one_sided": [{"source": source, "target": target} for source, target in got.one_sided],
        "mutual": [{"first": first, "second": second} for first, second in got.mutual_pairs],
    }


def _refuse_loops(rows: list[tuple[int, str, str]]) -> None:
    errors = [
        RowError(
            row=line,
            field="target",
            problem=f"{source} cannot have a tie with itself.",
            remedy="Name the other party, or take the row out.",
        )
        for line, source, target in rows
        if source == target
    ]
    if errors:
        raise FileRefused(errors)


def _run_coverage(path: Path, options: Namespace) -> Result:
    columns = (Column("item", "text"), Column("by", "text", required=False), *PERIOD)
    table = read_table(path, columns, unique=())
    held = periods(table)
    needs = [
        Need(row["item"], row.values.get("by"), period)
        for row, period in zip(table.rows, held, strict=True)
    ]
    got = coverage(needs, chosen_day(options.on, held))
    return {
        "on": _day(options),
        "items": len(got.counts),
        "uncovered": list(got.uncovered),
        "by_one": [{"item": item, "by": by} for item, by in got.by_one],
        "rows": [{"item": item, "covered_by": count} for item, count in got.counts.items()],
    }


SITUATION = (
    Column("network", "text", aliases=("netwerk",)),
    Column("trust", "fraction", required=False, minimum=0),
    Column("centralisation", "fraction", required=False, minimum=0),
    Column("participants", "int", required=False),
    Column("consensus", "fraction", required=False, minimum=0),
    Column("need", "fraction", required=False, minimum=0),
    Column("form", "text", required=False),
)


def _run_adviser(path: Path, options: Namespace) -> Result:
    table = read_table(path, SITUATION, unique=("network",))
    advices: list[tuple[str, Advice]] = []
    errors: list[RowError] = []
    for row in table.rows:
        known = {c.name: row.values.get(c.name) for c in SITUATION if c.name != "network"}
        known["form"] = cast(Form | None, known["form"])
        try:
            advices.append((row["network"], advise(Situation(**known))))
        except DomainError as refusal:
            field = str(refusal.params.get("factor", "form"))
            remedy = "Give shares from 0 to 1, two participants or more, and one of the forms."
            errors.append(RowError(row=row.line, field=field, problem=str(refusal), remedy=remedy))
    if errors:
        raise FileRefused(errors)
    return {
        "rows": [_advice_row(name, advice) for name, advice in advices],
        "fits": [
            {
                "network": name,
                "form": fit.form,
                "factor": fit.factor,
                "low": both(fit.low),
                "high": both(fit.high),
            }
            for name, advice in advices
            for fit in advice.fits
        ],
    }


def _advice_row(name: str, advice: Advice) -> dict[str, object]:
    flip = advice.flip
    return {
        "network": name,
        "advice": advice.best or "no clear advice",
        "ranking": list(advice.ranking),
        "scores": {
            form: {"low": both(low), "high": both(high)}
            for form, (low, high) in advice.scores.items()
        },
        "questions": list(advice.questions),
        "mismatches": [f"{factor}: {sentence}" for factor, sentence in advice.mismatches],
        "flip": None
        if flip is None
        else {"factor": flip.factor, "value": both(flip.value), "form": flip.form},
    }


COMMANDS = (
    Command(
        "overlap",
        "Which bodies share people? (person, body, from, until)",
        overlap_options,
        run_overlap,
    ),
    Command(
        "interlocks",
        "Who links bodies? (person, body, from, until)",
        add_on,
        run_interlocks,
    ),
    Command(
        "load", "What does everyone carry? (person, body, hours, from, until)", add_on, run_load
    ),
    Command(
        "liaisons",
        "The fewest people who together sit in every body (person, body, from, until)",
        liaison_options,
        run_liaisons,
    ),
    Command(
        "cutpoints",
        "Whose leaving cuts bodies off? (person, body, from, until)",
        add_on,
        run_cutpoints,
    ),
    Command(
        "reciprocity",
        "Is representation mutual? (source, target, from, until)",
        add_on,
        _run_reciprocity,
    ),
    Command(
        "coverage", "What is covered by nobody? (item, by, from, until)", add_on, _run_coverage
    ),
    Command(
        "dormancy",
        "Which bodies are silent against their own rhythm? (body, day, ...)",
        dormancy_options,
        run_dormancy,
    ),
    Command(
        "regrowth",
        "Which new bodies look like one that ended? (body, person, from, until, ...)",
        regrowth_options,
        run_regrowth,
    ),
    Command(
        "adviser",
        "Which form of governance fits? (network, trust, participants, consensus, need, ...)",
        lambda parser: None,
        _run_adviser,
    ),
)
