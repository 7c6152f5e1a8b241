"""A problem from a JSON file: every mistake is found at once and told by its place.

The file is one object: ``size``, ``candidates``, and if wanted ``rules``, ``expertise``, ``goals``,
``balance``, ``seed``, ``current``, ``fixed`` and ``excluded`` (see docs/algorithms/composition.md).
A key of a candidate that is not ``id``, ``name``, ``expertise`` or ``seats`` is a trait.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

from verband.core.composition.problem import (
    DEFAULT_GOALS,
    Balance,
    Candidate,
    Demand,
    Problem,
    Rule,
)
from verband.core.compute.numbers import parse_fraction
from verband.core.compute.sources import read_json
from verband.core.errors import DomainError, FileRefused, RowError

KEYS = {
    "the problem": {
        "size",
        "candidates",
        "rules",
        "expertise",
        "goals",
        "balance",
        "seed",
        "current",
        "fixed",
        "excluded",
    },
    "a rule": {
        "name",
        "where",
        "people",
        "each",
        "at_least",
        "at_most",
        "at_least_share",
        "at_most_share",
        "hard",
        "weight",
        "may_give",
    },
    "a demand": {"expertise", "level", "count", "weight"},
    "a balance": {"trait", "shares"},
}


def read_problem(path: Path) -> Problem:
    """The problem in a JSON file.

    Raises: ``FileRefused`` with all mistakes of form, and the refusals of ``Problem`` itself.
    """
    return problem_of(read_json(path))


def problem_of(data: Any) -> Problem:
    """The problem in a value as JSON gives it.

    Raises: as ``read_problem``.

    >>> problem_of({"size": 1, "candidates": [{"id": "anna", "province": "Utrecht"}]}).size
    1
    >>> problem_of({"size": "two", "candidates": []})
    Traceback (most recent call last):
    verband.core.errors.FileRefused: 1 rows cannot be read. Nothing was taken in. First: Row 1, \
size: This is not a whole number. Write for example 3.
    """
    form = Form()
    top = form.object(data, 1, "problem", KEYS["the problem"])
    size = form.whole(top, "size", 1, required=True)
    candidates = [_candidate(form, row, item) for row, item in form.items(top, "candidates")]
    rules = [_rule(form, row, item, size) for row, item in form.items(top, "rules")]
    rules += [Rule(f"fixed: {id}", people=(id,), at_least=1) for id in form.texts(top, "fixed", 1)]
    rules += [
        Rule(f"excluded: {id}", people=(id,), at_most=0) for id in form.texts(top, "excluded", 1)
    ]
    demands = [_demand(form, row, item) for row, item in form.items(top, "expertise")]
    balance = _balance(form, top.get("balance"), candidates)
    goals = form.texts(top, "goals", 1) if "goals" in top else DEFAULT_GOALS
    current = form.texts(top, "current", 1)
    seed = form.text(top, "seed", 1) or "0"
    form.finish()
    return Problem(
        size=size,
        candidates=tuple(candidates),
        rules=tuple(rules),
        demands=tuple(demands),
        goals=goals,
        balance=balance,
        seed=seed,
        current=current,
    )


class Form:
    """Reads values of the kind asked, and gathers what is wrong instead of stopping."""

    def __init__(self) -> None:
        self.errors: list[RowError] = []

    def wrong(self, row: int, field: str, problem: str, remedy: str) -> None:
        """Note a mistake."""
        self.errors.append(RowError(row=row, field=field, problem=problem, remedy=remedy))

    def finish(self) -> None:
        """Refuse the file when anything was wrong."""
        if self.errors:
            raise FileRefused(self.errors)

    def object(
        self, value: Any, row: int, field: str, keys: set[str] | None = None
    ) -> Mapping[str, Any]:
        """An object with known keys only."""
        if not isinstance(value, Mapping):
            self.wrong(row, field, "This is not an object.", "Write it as {“key”: value}.")
            return {}
        for key in value if keys else ():
            if keys and key not in keys:
                self.wrong(row, key, "This key is unknown.", f"Known: {', '.join(sorted(keys))}.")
        return value

    def items(self, parent: Mapping[str, Any], key: str) -> list[tuple[int, Any]]:
        """A list with the place of each item, counted from 1."""
        value = parent.get(key, [])
        if not isinstance(value, list):
            self.wrong(1, key, "This is not a list.", "Write it as [ ... ].")
            return []
        return list(enumerate(value, 1))

    def texts(self, parent: Mapping[str, Any], key: str, row: int) -> tuple[str, ...]:
        """One text or a list of texts; numbers count as text."""
        value = parent.get(key, [])
        many = value if isinstance(value, list) else [value]
        if all(isinstance(one, (str, int)) and one != "" for one in many):
            return tuple(dict.fromkeys(str(one).strip() for one in many))
        self.wrong(row, key, "This is not a text or a list of texts.", "Write for example “Ede”.")
        return ()

    def text(self, parent: Mapping[str, Any], key: str, row: int, *, required: bool = False) -> str:
        """One text; numbers count as text."""
        value = parent.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
        if required or value not in (None, ""):
            self.wrong(row, key, "This is missing or not a text.", "Fill in a text.")
        return ""

    def whole(
        self,
        parent: Mapping[str, Any],
        key: str,
        row: int,
        *,
        required: bool = False,
        default: int = 0,
    ) -> int:
        """A whole number."""
        value = parent.get(key)
        if value is None and not required:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(row, key, "This is not a whole number.", "Write for example 3.")
            return default
        return value

    def yes(self, parent: Mapping[str, Any], key: str, row: int) -> bool:
        """True or false; true when left out."""
        value = parent.get(key, True)
        if not isinstance(value, bool):
            self.wrong(row, key, "This is neither true nor false.", "Write true or false.")
            return True
        return value

    def share(self, parent: Mapping[str, Any], key: str, row: int) -> Fraction | None:
        """A share as “1/5”, “20 %” or 0.2, or any positive number for a balance."""
        value = parent.get(key)
        if value is None:
            return None
        try:
            number = parse_fraction(str(value), ".")
        except DomainError as refusal:
            self.wrong(row, key, str(refusal), "Write for example “1/5”.")
            return None
        if number < 0:
            self.wrong(row, key, "A share is not below 0.", "Write for example “1/5”.")
            return None
        return number


def _candidate(form: Form, row: int, item: Any) -> Candidate:
    data = form.object(item, row, "candidate")
    levels = form.object(data.get("expertise", {}), row, "expertise")
    traits = {
        key: form.texts(data, key, row)
        for key, value in data.items()
        if key not in {"id", "name", "expertise", "seats"} and value not in (None, "", [])
    }
    return Candidate(
        id=form.text(data, "id", row, required=True),
        name=form.text(data, "name", row),
        traits=traits,
        expertise={subject: form.whole(levels, subject, row, required=True) for subject in levels},
        seats=form.whole(data, "seats", row),
    )


def _rule(form: Form, row: int, item: Any, size: int) -> Rule:
    data = form.object(item, row, "rule", KEYS["a rule"])
    where = form.object(data.get("where", {}), row, "where")
    bounds: dict[str, int | None] = {}
    for key, rounded in (("at_least", ceil), ("at_most", floor)):
        share = form.share(data, f"{key}_share", row)
        bounds[key] = form.whole(data, key, row) if key in data else None
        if share is not None:
            bounds[key] = rounded(share * size)
    return Rule(
        name=form.text(data, "name", row, required=True),
        where={trait: form.texts(where, trait, row) for trait in where},
        people=form.texts(data, "people", row),
        each=form.text(data, "each", row) or None,
        at_least=bounds["at_least"],
        at_most=bounds["at_most"],
        hard=form.yes(data, "hard", row),
        weight=form.whole(data, "weight", row, default=1),
        may_give=form.yes(data, "may_give", row),
    )


def _demand(form: Form, row: int, item: Any) -> Demand:
    data = form.object(item, row, "expertise", KEYS["a demand"])
    return Demand(
        expertise=form.text(data, "expertise", row, required=True),
        level=form.whole(data, "level", row, default=1),
        count=form.whole(data, "count", row, default=1),
        weight=form.whole(data, "weight", row, default=1),
    )


def _balance(form: Form, item: Any, candidates: Sequence[Candidate]) -> Balance | None:
    if item is None:
        return None
    data = form.object(item, 1, "balance", KEYS["a balance"])
    trait = form.text(data, "trait", 1, required=True)
    if "shares" not in data:
        values = {value for candidate in candidates for value in candidate.traits.get(trait, ())}
        return Balance(trait, dict.fromkeys(sorted(values), Fraction(1)))
    given = form.object(data["shares"], 1, "shares")
    shares = {value: form.share(given, value, 1) for value in given}
    return Balance(trait, {value: share for value, share in shares.items() if share is not None})
