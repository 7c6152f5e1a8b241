"""Which form fits a network? An explained suggestion, never a verdict.

The three forms and the four factors are those of Provan & Kenis (2008), JPART 18:229-252. The bands
in figures, the fit and the limits are ours, not theirs, and stand here as data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verband.core.errors import DomainError
from verband.core.networks.advice_words import EXPECT, QUESTIONS, Factor, Form

FORMS: tuple[Form, ...] = ("shared", "lead", "nao")
FACTORS: tuple[Factor, ...] = ("trust", "participants", "consensus", "need")
CLEAR = Fraction(15, 100)  # a smaller distance to the runner-up is no clear advice
POOR = Fraction(1, 2)  # a fit under this is a mismatch
STEP = Fraction(1, 100)
LARGEST = 200  # participants tried when looking for what would change the advice
PARTICIPANTS_SCALE = 20  # so many participants weigh as much as the whole of a share


class FactorRefused(DomainError):
    """A factor is a share from 0 to 1; participants are two or more."""

    code = "factor_refused"
    template = "%(factor)s cannot be %(value)s."


class FormUnknown(DomainError):
    """There are three forms."""

    code = "form_unknown"
    template = "“%(form)s” is not a form of governance; use shared, lead or nao."


@dataclass(frozen=True)
class Band:
    """Fits within ``low`` and ``high``, and falls to nothing over ``width`` outside them."""

    low: Fraction | None
    high: Fraction | None
    width: Fraction

    def fit(self, value: Fraction | int) -> Fraction:
        """1 inside, 0 one band away, linear between.

        >>> Band(Fraction(3, 5), Fraction(1), Fraction(2, 5)).fit(Fraction(2, 5))
        Fraction(1, 2)
        """
        away = Fraction(0)
        if self.low is not None and value < self.low:
            away = self.low - value
        elif self.high is not None and value > self.high:
            away = value - self.high
        return max(Fraction(0), 1 - away / self.width)


def _band(low: str | None, high: str | None, width: str) -> Band:
    return Band(
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        Fraction(width),
    )


# Version 1. A band's width is its own length; an open one falls off over its distance from zero.
BANDS: Mapping[Form, Mapping[Factor, Band]] = {
    "shared": {
        "trust": _band("0.6", None, "0.4"),
        "participants": _band(None, "8", "8"),
        "consensus": _band("0.7", None, "0.3"),
        "need": _band(None, "0.35", "0.35"),
    },
    "lead": {
        "trust": _band(None, "0.4", "0.4"),
        "centralisation": _band("0.5", None, "0.5"),
        "participants": _band("8", "20", "12"),
        "consensus": _band("0.3", "0.55", "0.25"),
        "need": _band("0.35", "0.65", "0.3"),
    },
    "nao": {
        "trust": _band("0.35", "0.65", "0.3"),
        "participants": _band("12", None, "12"),
        "consensus": _band("0.55", "0.85", "0.3"),
        "need": _band("0.6", None, "0.4"),
    },
}


@dataclass(frozen=True)
class Situation:
    """What is known of a network; ``None`` is unknown. Shares from 0 to 1.

    ``trust``: share of rated pairs at four out of five or more. ``centralisation``: Freeman's, of
    those pairs. ``consensus``: agreement on the goals. ``need``: for competencies of the network as
    a whole. ``form``: the present one.
    """

    trust: Fraction | None = None
    participants: int | None = None
    consensus: Fraction | None = None
    need: Fraction | None = None
    centralisation: Fraction | None = None
    form: Form | None = None

    def __post_init__(self) -> None:
        if self.form is not None and self.form not in FORMS:
            raise FormUnknown(form=self.form)
        for factor in (*FACTORS, "centralisation"):
            value = getattr(self, factor)
            if value is None:
                continue
            is_count = factor == "participants"
            if not (value >= 2 and value == int(value) if is_count else 0 <= value <= 1):
                raise FactorRefused(factor=factor, value=value)


@dataclass(frozen=True)
class Fit:
    """How one factor fits one form, from ``low`` to ``high`` when not all is known."""

    form: Form
    factor: Factor
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Flip:
    """The nearest value of one factor at which another form fits best."""

    factor: Factor
    value: Fraction
    form: Form
    change: Fraction


@dataclass(frozen=True)
class Advice:
    """``best`` is ``None`` when there is no clear advice; ``ranking`` and ``fits`` always stand.

    ``scores`` are means of four fits. ``questions`` would make the advice clear. ``mismatches`` are
    factors that fit the present form poorly, with what to expect. ``flip`` is ``None`` when no
    single factor can turn the advice.
    """

    best: Form | None
    ranking: tuple[Form, ...]
    scores: Mapping[Form, tuple[Fraction, Fraction]]
    fits: tuple[Fit, ...]
    questions: tuple[str, ...]
    mismatches: tuple[tuple[Factor, str], ...]
    flip: Flip | None


def advise(situation: Situation) -> Advice:
    """The form that fits, the runner-up, why, and the smallest change that would turn it.

    No clear advice when a factor is unknown or the two best forms are within .15. Centralisation
    is only asked for when it could matter.
    Raises: ``FactorRefused``, ``FormUnknown`` (when the situation is made).

    >>> got = advise(Situation(Fraction(4, 5), 6, Fraction(9, 10), Fraction(1, 5)))
    >>> got.best, got.scores["shared"][0], got.ranking[1]
    ('shared', Fraction(1, 1), 'nao')
    """
    fits = tuple(_fit(situation, form, factor) for form in FORMS for factor in FACTORS)
    scores = {form: _score(fits, form) for form in FORMS}
    ranking = tuple(sorted(FORMS, key=lambda form: (-sum(scores[form]), FORMS.index(form))))
    missing: list[Factor] = [factor for factor in FACTORS if getattr(situation, factor) is None]
    lead = scores[ranking[0]][0] - max(scores[form][1] for form in ranking[1:])
    if (
        lead < CLEAR
        and "trust" not in missing
        and any(fit.low < fit.high for fit in fits if fit.factor == "trust")
    ):
        missing.append("centralisation")
    is_clear = lead >= CLEAR and not missing
    return Advice(
        best=ranking[0] if is_clear else None,
        ranking=ranking,
        scores=scores,
        fits=fits,
        questions=tuple(QUESTIONS[factor] for factor in _ask(fits, ranking, missing, is_clear)),
        mismatches=_mismatches(situation, fits),
        flip=_flip(situation, ranking[0]) if is_clear else None,
    )


def _fit(situation: Situation, form: Form, factor: Factor) -> Fit:
    value = getattr(situation, factor)
    band = BANDS[form][factor]
    low, high = (Fraction(0), Fraction(1)) if value is None else (band.fit(value),) * 2
    if factor == "trust" and "centralisation" in BANDS[form]:
        centre = situation.centralisation
        if centre is None:
            low = Fraction(0)
        else:
            around = BANDS[form]["centralisation"].fit(centre)
            low, high = min(low, around), min(high, around)
    return Fit(form, factor, low, high)


def _score(fits: Iterable[Fit], form: Form) -> tuple[Fraction, Fraction]:
    own = [fit for fit in fits if fit.form == form]
    return (
        sum((fit.low for fit in own), Fraction(0)) / len(own),
        sum((fit.high for fit in own), Fraction(0)) / len(own),
    )


def _ask(
    fits: Sequence[Fit], ranking: Sequence[Form], missing: Sequence[Factor], is_clear: bool
) -> list[Factor]:
    """What is unknown; else, when two forms are close, the factor that tells them apart most."""
    if missing or is_clear:
        return list(missing)
    found = {(fit.form, fit.factor): fit.low for fit in fits}
    first, second = ranking[:2]
    apart = max(FACTORS, key=lambda factor: abs(found[first, factor] - found[second, factor]))
    return [apart]


def _mismatches(situation: Situation, fits: Iterable[Fit]) -> tuple[tuple[Factor, str], ...]:
    return tuple(
        (fit.factor, EXPECT[fit.form, fit.factor])
        for fit in fits
        if fit.form == situation.form and fit.high < POOR
    )


def _flip(situation: Situation, best: Form) -> Flip | None:
    """Every factor is tried in steps of one hundredth, participants one by one."""
    found: list[Flip] = []
    for factor in (*FACTORS, "centralisation"):
        now = getattr(situation, factor)
        if now is None:
            continue
        is_count = factor == "participants"
        steps = range(2, LARGEST + 1) if is_count else range(int(1 / STEP) + 1)
        values = [Fraction(step) if is_count else step * STEP for step in steps]
        scale = PARTICIPANTS_SCALE if is_count else 1
        for value in sorted(values, key=lambda value: (abs(value - now), value)):
            other = _best(situation, factor, value)
            if other != best:
                found.append(Flip(factor, value, other, abs(value - now) / scale))
                break
    return min(found, key=lambda flip: flip.change, default=None)


def _best(situation: Situation, factor: Factor, value: Fraction) -> Form:
    changed: dict[str, Any] = {factor: int(value) if factor == "participants" else value}
    tried = replace(situation, **changed)
    fits = [_fit(tried, form, own) for form in FORMS for own in FACTORS]
    return max(FORMS, key=lambda form: sum(_score(fits, form)))
