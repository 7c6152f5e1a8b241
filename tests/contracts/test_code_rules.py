"""Rules about the code that no linter knows: clock, periods, docstrings, refusals, sentences."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import verband
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel
from verband.kernel.use_case import REGISTER

SOURCE = Path(verband.__file__).parent
MOST_LINES = 320
LONGER = {
    "consultations/offline/verify_vote.py": (820, "one file by design, as the kernel's script"),
    "kernel/offline/verify_bundle.py": (540, "one file by design: people take it away and read it"),
    "kernel/two_times.py": (370, "the two times exist once; apart their rules cannot be checked"),
    "members/models.py": (400, "declarations of one app's tables"),
    "reference/story/texts.py": (400, "texts of the reference association, no rules"),
}
READS_THE_CLOCK = re.compile(
    r"(^|\.)((date|datetime)\.(today|now|utcnow)|timezone\.(now|localdate|localtime)|time\.time)$"
)
CLOCK_ALLOWED = (
    "kernel/clock.py",
    "site/launch/",  # before Django, and about processes of this machine
    "site/sign_in/",  # the age of a session is of this machine, not of the register
)
PERIOD_LOOKUP = re.compile(r"(^|__)valid_(from|until)__(lte?|gte?|range)$")
PERIOD_ALLOWED = ("kernel/two_times.py", "kernel/history.py")
GETTEXT = {"_", "_l", "_n", "_p", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
GETTEXT |= {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy", "gettext_noop"}
WELL_DOCUMENTED = re.compile(r"^(core|kernel)/|/(use_cases|queries)(\.py|/)")
SIGN_IN = {
    "account",
    "allauth",
    "mfa",
    "socialaccount",
    "usersessions",
}  # the library asks for these
OVERRIDES = {"ui": {"ui", *SIGN_IN}, "site": {"site", *SIGN_IN}}
ROOT_TEMPLATES = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}


def modules() -> Iterator[tuple[str, str]]:
    """Every module of ours that is not a migration: its path and its text."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(SOURCE).as_posix(), path.read_text()


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((name, ast.parse(text)) for name, text in modules())


def nodes(wanted: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[str, ast.AST]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, wanted):
                yield name, node


def offenders(found: Iterator[tuple[str, ast.AST]], wrong: Callable[[ast.AST], bool]) -> list[str]:
    return [f"{name}:{node.lineno}" for name, node in found if wrong(node)]


def test_only_the_kernel_clock_reads_the_clock():
    found = (each for each in nodes(ast.Call) if not each[0].startswith(CLOCK_ALLOWED))

    wrong = offenders(found, lambda node: bool(READS_THE_CLOCK.search(ast.unparse(node.func))))

    assert wrong == [], "take the day as an argument; at the edge ask verband.kernel.clock"


def test_nobody_compares_the_days_of_a_period():
    def compares(node: ast.AST) -> bool:
        text = node.arg if isinstance(node, ast.keyword) else node.value
        return isinstance(text, str) and bool(PERIOD_LOOKUP.search(text))

    found = (
        each
        for each in nodes((ast.keyword, ast.Constant))
        # Constraints are declared in models; they say which rows can exist.
        if each[0] not in PERIOD_ALLOWED and not each[0].endswith("/models.py")
    )

    assert offenders(found, compares) == [], "use .at(day) or .during(Period(...))"


def test_rules_and_answers_say_what_they_do():
    wrong = []
    for name, tree in trees():
        if not WELL_DOCUMENTED.search(name):
            continue
        if not ast.get_docstring(tree) and Path(name).name != "__init__.py":
            wrong.append(name)
        wrong += [
            f"{name}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]

    assert wrong == [], "say what is decided, what is refused, and the source"


def test_modules_stay_short_enough_to_read():
    wrong = {}
    for name, text in modules():
        lines, (most, _reason) = text.count("\n"), LONGER.get(name, (MOST_LINES, ""))
        if lines > most:
            wrong[name] = lines

    assert wrong == {}, "part the module along sense"


def test_exceptions_for_long_modules_are_still_needed():
    lengths = {name: text.count("\n") for name, text in modules()}

    needless = [name for name in LONGER if lengths.get(name, 0) <= MOST_LINES]

    assert needless == []


def test_no_migration_asks_for_an_extension():
    wrong = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("migrations/*.py")
        if re.search(r"create\s+extension|\w+Extension\(", path.read_text(), re.IGNORECASE)
    ]

    assert wrong == [], "the embedded server has none; core PostgreSQL must do"


def test_templates_lie_in_the_folder_of_their_app():
    wrong = []
    for path in SOURCE.glob("*/templates/**/*"):
        if path.is_dir():
            continue
        app, _templates, *rest = path.relative_to(SOURCE).parts
        if rest[0] not in OVERRIDES.get(app, {app}) and rest[0] not in ROOT_TEMPLATES:
            wrong.append(path.relative_to(SOURCE).as_posix())

    assert wrong == []


def test_sentences_are_translated_whole():
    def put_together(node: ast.AST) -> bool:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in GETTEXT:
            return False
        return any(
            isinstance(part, (ast.JoinedStr, ast.BinOp))
            or (isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "format")
            for part in node.args
            if not isinstance(part, ast.BinOp) or not _counts(part)
        )

    wrong = offenders(nodes(ast.Call), put_together)

    assert wrong == [], 'write _("%(member)s holds %(votes)s votes.") % {...}'


def _counts(part: ast.BinOp) -> bool:
    """Arithmetic for a plural, as ``ngettext("…", "…", number + 1)``."""
    texts = [node for node in ast.walk(part) if isinstance(node, ast.Constant)]
    return not any(isinstance(node.value, str) for node in texts)


@cache
def everything() -> tuple[str, ...]:
    """Import all of Verband, so that every use case and refusal is known."""
    found = []
    for module in pkgutil.walk_packages([str(SOURCE)], "verband."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
            found.append(module.name)
    return tuple(found)


def subclasses(base: type) -> Iterator[type]:
    for found in base.__subclasses__():
        yield found
        yield from subclasses(found)


def refusals() -> list[type[DomainError]]:
    everything()
    return sorted(
        {found for found in subclasses(DomainError) if found.__module__.startswith("verband.")},
        key=lambda found: (found.__module__, found.__name__),
    )


def test_every_refusal_has_a_code_of_its_own():
    own = [refusal for refusal in refusals() if "code" in vars(refusal)]
    counts = Counter(refusal.code for refusal in own)

    doubles = [
        f"{refusal.code}: {refusal.__module__}.{refusal.__name__}"
        for refusal in own
        if counts[refusal.code] > 1 or refusal.code == DomainError.code
    ]

    assert own
    assert doubles == []
    assert [code for code in counts if not re.fullmatch(r"[a-z][a-z0-9_]*", code)] == []


def test_every_refusal_is_a_full_sentence():
    wrong = [
        f"{refusal.__module__}.{refusal.__name__}: {refusal.template}"
        for refusal in refusals()
        if not re.search(r"[.?]$|%\(\w+\)s$", str(refusal.template))
        or str(refusal.template)[0].islower()
        or "!" in str(refusal.template)
    ]

    assert wrong == []


def test_every_use_case_is_told_who_acts_and_when():
    everything()
    wrong = []
    for name, use_case in REGISTER.items():
        if not use_case.step.__module__.startswith("verband."):
            continue
        parameters = inspect.signature(use_case.step).parameters.values()
        by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
        if {"actor", "now"} - {p.name for p in parameters} or {
            p.kind for p in parameters
        } - by_name:
            wrong.append(name)

    assert REGISTER
    assert wrong == []


@pytest.mark.parametrize("base", [ThingModel, TwoTimesModel])
def test_every_row_of_the_register_knows_its_thing(base):
    everything()
    models = [found for found in subclasses(base) if found.__module__.startswith("verband.")]

    for model in (found for found in models if not found._meta.abstract):
        if base is TwoTimesModel:
            assert model.THING in {column.name for column in model._meta.concrete_fields}, model
        assert model.__doc__, model

    assert models


def test_every_exclusion_constraint_has_its_sentence():
    everything()
    wrong = [
        constraint.name
        for model in subclasses(TwoTimesModel)
        if model.__module__.startswith("verband.") and not model._meta.abstract
        for constraint in model._meta.constraints
        if type(constraint).__name__ == "ExclusionConstraint" and constraint.name not in REFUSALS
    ]

    assert wrong == []
