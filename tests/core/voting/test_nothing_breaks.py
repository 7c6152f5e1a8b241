"""Whatever a file holds, a command answers or refuses in a sentence; it never breaks."""

import json
from argparse import ArgumentParser, Namespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verband.core.errors import DomainError
from verband.core.voting.command import COMMANDS

RULE = {
    "name": "r",
    "majorities": ["votes > 1/2 of valid", {"bound": "members >= 1/3 of all", "article": "9"}],
    "quorums": ["members >= 1/2 of all"],
    "tie": "casting_vote",
    "split": True,
    "second_call": {"majorities": ["votes > 1/2"]},
}
CASE = {
    "rule": RULE,
    "roll": [{"member": "A", "votes": 3, "inhabitants": 10}, {"member": "B", "votes": 2}],
    "present": ["A", "B"],
    "ballots": [{"member": "B", "choice": "for", "votes": 1}],
    "call": 1,
    "tie_break": "for",
    "texts": [],
    "method": "two_steps",
    "proxies": [{"principal": "B", "holder": "A", "votes": 1, "instruction": None}],
    "proxy_rule": {"max_members": 1, "max_votes": None, "chains": True, "split": True},
    "here": ["A"],
    "hands": {"A": {"A": "against", "B": "for"}},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=3)
    | st.sampled_from(["A", "B", "for", "votes > 1/2", "neither", "abstain"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)  # fmt: skip


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, (dict, list)):
        for key, inner in items:
            yield from (
                places(inner, (*path, key)) if isinstance(inner, (dict, list)) else [(*path, key)]
            )


def changed(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def answers_or_refuses(name: str, path) -> None:
    command = next(command for command in COMMANDS if command.name == name)
    parser = ArgumentParser()
    command.options(parser)
    try:
        result = command.run(path, parser.parse_args([]))
    except DomainError as refusal:
        assert str(refusal).strip()
    else:
        assert json.dumps(result, allow_nan=False)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("any") / "file"


@pytest.mark.parametrize("name", ["decide", "decided"])
def test_the_case_is_answered_as_long_as_it_is_not_spoiled(file, name):
    file.write_text(json.dumps(CASE), encoding="utf-8")
    command = next(command for command in COMMANDS if command.name == name)

    assert command.run(file, Namespace())


@pytest.mark.parametrize("name", ["decide", "decided"])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(places(CASE))), ANYTHING), max_size=2))
def test_a_spoiled_case_is_answered_or_refused(file, name, changes):
    case = CASE
    for path, new in changes:
        try:
            case = changed(case, path, new)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    file.write_text(json.dumps(case), encoding="utf-8")

    answers_or_refuses(name, file)


CELLS = st.text("0123456789.,;:-+/%eNaif \"'\t\n\ufeffvotrbg", max_size=60)


@pytest.mark.parametrize("name", ["keys", "decide", "decided", "secrecy"])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([",", ";", "\t"]), CELLS)
def test_a_spoiled_table_is_answered_or_refused(file, name, separator, cells):
    columns = ["member", "inhabitants"] if name == "keys" else ["member", "votes"]
    columns += ["choice", "present"] if name.startswith("decide") else []
    file.write_text(separator.join(columns) + "\n" + cells, encoding="utf-8")

    answers_or_refuses(name, file)


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40))
def test_a_file_of_any_bytes_is_answered_or_refused(file, name, content):
    file.write_bytes(content)

    answers_or_refuses(name, file)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('0123456789 -=#()"ab\n', max_size=60))
def test_a_spoiled_blt_file_is_answered_or_refused(file, text):
    file.write_text("3 2\n" + text, encoding="utf-8")

    answers_or_refuses("stv", file)
