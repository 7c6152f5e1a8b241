"""The sum behind a clash, in one sentence: "12 × 2 = 24 < 25".

Given lines that cannot hold together, three sums are tried in this order, each with a small exact
search: how many people fit at all, how many are needed at least, and how many of one line are left
under the others. One of them always shows the contradiction.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from verband.core.composition.lines import Line
from verband.core.composition.scores import Count
from verband.core.composition.solver import UNBOUNDED, Model
from verband.core.wording import gettext_noop


@dataclass(frozen=True)
class Proof:
    """Sentences with named values; each of ``templates`` is an English message id."""

    templates: tuple[str, ...]
    params: dict[str, object] = field(hash=False)

    def __str__(self) -> str:
        return self.say()

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The proof in the language of ``translate``.

        >>> print(Proof((WITHOUT, FULL), {"outside": "Anna", "size": 3}))
        Without Anna: There are only 3 seats.
        """
        return " ".join(translate(template) % self.params for template in self.templates)


ROOM = gettext_noop("%(rules)s leaves room for at most %(reach)s of %(size)s: %(sum)s < %(size)s.")
ROOM_MANY = gettext_noop(
    "%(rules)s together leave room for at most %(reach)s of %(size)s: %(sum)s < %(size)s."
)
FREE = gettext_noop("Under none of these rules: %(free)s.")
NEED = gettext_noop(
    "%(rules)s asks for at least %(reach)s, and there are %(size)s seats: %(sum)s > %(size)s."
)
NEED_MANY = gettext_noop(
    "%(rules)s together ask for at least %(reach)s, and there are %(size)s seats:"
    " %(sum)s > %(size)s."
)
NOBODY = gettext_noop(
    "“%(rule)s” asks for at least %(bound)s; among the candidates there are %(reach)s."
)
TOO_FEW = gettext_noop(
    "“%(rule)s” asks for at least %(bound)s; %(rules)s and %(size)s seats leave at most"
    " %(reach)s: %(reach)s < %(bound)s."
)
TOO_MANY = gettext_noop(
    "“%(rule)s” allows at most %(bound)s; %(rules)s and %(size)s seats bring at least"
    " %(reach)s: %(reach)s > %(bound)s."
)
ALONE_FEW = gettext_noop(
    "“%(rule)s” asks for at least %(bound)s; with %(size)s seats there are at most %(reach)s:"
    " %(reach)s < %(bound)s."
)
ALONE_MANY = gettext_noop("“%(rule)s” allows at most %(bound)s: %(reach)s > %(bound)s.")
FULL = gettext_noop("There are only %(size)s seats.")
WITH = gettext_noop("With %(inside)s in the team:")
WITHOUT = gettext_noop("Without %(outside)s:")


@dataclass(frozen=True)
class Forced:
    """People who must be in the team, and people who must not, by place."""

    inside: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()


def prove(count: Count, lines: Sequence[Line], forced: Forced = Forced()) -> Proof:
    """The sentence for lines that no team of this size keeps, with some people forced.

    >>> from verband.core.composition.problem import Candidate, Problem
    >>> count = Count(Problem(2, (Candidate("a"), Candidate("b"))))
    >>> print(prove(count, [Line("mayors", "", True, 2, (0,))]))
    “mayors” asks for at least 2; among the candidates there are 1.
    """
    proof = _proof(count, lines, forced)
    for template, name, places in (
        (WITHOUT, "outside", forced.outside),
        (WITH, "inside", forced.inside),
    ):
        if places:
            people = ", ".join(count.problem.candidates[place].shown for place in places)
            proof = Proof((template, *proof.templates), {name: people, **proof.params})
    return proof


def _proof(count: Count, lines: Sequence[Line], forced: Forced) -> Proof:
    size, everybody = count.problem.size, range(len(count.problem.candidates))
    if not lines:
        return Proof((FULL,), {"size": size})
    for line in lines:
        able = len(set(line.members) - set(forced.outside))
        if line.lower and able < line.bound:
            return Proof((NOBODY,), {"rule": line.label, "bound": line.bound, "reach": able})
    params: dict[str, object] = {"rules": _names(lines), "size": size}
    room = _reach(count, lines, forced, everybody, sign=1, sized=False)
    if room is not None and room < size:
        under = {place for line in lines for place in line.members}
        free = len(count.problem.candidates) - len(under)
        told = {**params, "reach": room, "sum": _sum(lines, room, free)}
        template = _many(ROOM, ROOM_MANY, lines)
        if free:
            return Proof((template, FREE), {**told, "free": free})
        return Proof((template,), told)
    need = _reach(count, lines, forced, everybody, sign=-1, sized=False)
    if need is not None and need > size:
        told = {**params, "reach": need, "sum": _sum(lines, need)}
        return Proof((_many(NEED, NEED_MANY, lines),), told)
    return _one_against_the_others(count, lines, forced)


def _one_against_the_others(count: Count, lines: Sequence[Line], forced: Forced) -> Proof:
    line = max(lines, key=lambda one: (len(one.members), one.label))
    others = [other for other in lines if other is not line]
    reach = _reach(count, others, forced, line.members, sign=1 if line.lower else -1, sized=True)
    params = {
        "rule": line.label,
        "bound": line.bound,
        "rules": _names(others),
        "reach": reach,
        "size": count.problem.size,
    }
    if others:
        return Proof((TOO_FEW if line.lower else TOO_MANY,), params)
    return Proof((ALONE_FEW if line.lower else ALONE_MANY,), params)


def possible(count: Count, lines: Sequence[Line], forced: Forced) -> bool:
    """Whether a team of this size keeps these few lines: a small model of their people only.

    >>> from verband.core.composition.problem import Candidate, Problem
    >>> count = Count(Problem(2, (Candidate("a"), Candidate("b"), Candidate("c"))))
    >>> line = Line("at most one of a and b", "", False, 1, (0, 1))
    >>> possible(count, [line], Forced()), possible(count, [line], Forced(outside=(2,)))
    (True, False)
    """
    return _reach(count, lines, forced, (), sign=1, sized=True) is not None


def _reach(
    count: Count,
    lines: Sequence[Line],
    forced: Forced,
    among: Sequence[int],
    *,
    sign: int,
    sized: bool,
) -> int | None:
    """The most (sign 1) or fewest (sign -1) of ``among`` while the lines hold, or ``None``."""
    everybody = len(count.problem.candidates)
    named = {place for line in lines for place in line.members}
    named.update(forced.inside, forced.outside, among if len(among) < everybody else ())
    at = {place: column for column, place in enumerate(sorted(named))}
    model = Model()
    model.add_columns([1] * len(at))
    rest = model.add_columns([everybody - len(at)])[0]  # all who are in none of the lines
    for line in lines:
        low, high = (line.bound, UNBOUNDED) if line.lower else (0, line.bound)
        model.add_row([at[place] for place in line.members], [1] * len(line.members), low, high)
    if sized:
        size = count.problem.size
        model.add_row(range(rest + 1), [1] * (rest + 1), size, size)
    for places, value in ((forced.inside, 1), (forced.outside, 0)):
        for place in places:
            model.fix(at[place], value, value)
    costs = np.zeros(model.columns, dtype=np.int64)
    costs[[at[place] for place in among if place in at]] = sign
    costs[rest] = sign if len(among) == everybody else 0
    answer = model.maximise(costs)
    return None if answer is None else sign * answer.value


def _names(lines: Sequence[Line]) -> str:
    """The rules, each once, with how often when a rule has several lines in it."""
    times = Counter(line.rule for line in lines)
    single = {line.rule: line.label for line in lines}
    return ", ".join(
        f"“{single[rule]}”" if number == 1 else f"“{rule}” ({number}×)"
        for rule, number in times.items()
    )


def _many(one: str, many: str, lines: Sequence[Line]) -> str:
    return one if len({line.rule for line in lines}) == 1 else many


def _sum(lines: Sequence[Line], reach: int, free: int = 0) -> str:
    """The bounds written out when they add up to what was reached, else just the number.

    ``free`` are people under none of the lines, who all fit.
    """
    if sum(line.bound for line in lines) + free != reach or len(lines) + bool(free) == 1:
        return str(reach)
    times = Counter(line.bound for line in lines)
    terms = [f"{n} × {bound}" if n > 1 else str(bound) for bound, n in times.items()]
    return f"{' + '.join(terms + [str(free)] * bool(free))} = {reach}"
