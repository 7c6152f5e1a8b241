"""The public roll-call as a file: everything to count again and to verify, the same for ever."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from verband.consultations.kinds import ElectionMethod, QuestionForm, StepKind
from verband.consultations.queries.receipts import witness
from verband.consultations.queries.roll_call import RollCall, roll_call, standing_ballots
from verband.consultations.queries.standing import Standing
from verband.core.voting.elections import NONE
from verband.kernel.journal import canonical

ROLL_CALL = "verband-roll-call-1"
COLUMNS = (
    "consultation",
    "member",
    "name",
    "votes",
    "inhabitants",
    "ballot",
    "counts",
    "question",
    "choice",
    "divided_votes",
    "capacity",
    "by",
    "at",
    "reason",
    "leaf",
)


def roll_call_file(standing: Standing) -> bytes:
    """The roll-call as JSON, one record on a line.

    ``leaves`` repeats the hash of each record, so that a record that was altered is named;
    ``counts`` is the addition; ``audit`` leads from the opening and the closing to the checkpoint
    that was signed after the closing. Ten queries at most, whatever the number of ballots.

    Raises:
        NoRollCall: it is not closed, or people or secret ballots decide.
    """
    made, steps = roll_call(standing), standing.steps
    parts = {
        "format": ROLL_CALL,
        "consultation": standing.consultation.key,
        "root": steps[StepKind.CLOSED].data["root"],
        "counts": counts_of(made),
        "audit": witness({kind: steps[kind] for kind in (StepKind.OPENED, StepKind.CLOSED)}),
    }
    text = "".join(f"{json.dumps(name)}:{_json(part)},\n" for name, part in parts.items())
    leaves = ",\n".join(json.dumps(leaf.hex()) for leaf in made.leaves)
    records = ",\n".join(_json(record) for record in made.records)
    return f'{{{text}"leaves":[\n{leaves}],\n"records":[\n{records}]}}\n'.encode()


def counts_of(made: RollCall) -> dict[str, dict[str, dict[str, int]]]:
    """For each question what was cast for each choice: members, and votes.

    A member that divides its votes counts as a member for none of its choices. In an election by
    approval every name counts, in another only the first.
    """
    header = made.records[0]
    by_approval = header["frozen"].get("election") == ElectionMethod.APPROVAL
    votes = {one["member"]: one["votes"] for one in made.records if one.get("record") == "roll"}
    counts: dict[str, dict[str, dict[str, int]]] = {
        question["key"]: {code: {"members": 0, "votes": 0} for code in codes_of(question)}
        for question in header["questions"]
    }
    for ballot in standing_ballots(made.ballots).values():
        for key, answer in ballot.answers.items():
            named = answer[:1] if isinstance(answer, list) and not by_approval else answer
            for choice, cast in parts_of(named, votes[ballot.member.key]).items():
                count = counts[key][choice]
                count["votes"] += cast
                count["members"] += int(not isinstance(answer, Mapping))
    return counts


def codes_of(question: Mapping[str, Any]) -> list[str]:
    """The choices on the paper; in an election also “none of these”."""
    codes = [option["code"] for option in question["options"]]
    return [*codes, NONE] if question["form"] == QuestionForm.PERSONS else codes


def parts_of(answer: Any, votes: int) -> Mapping[str, int]:
    """An answer as choices with votes: the whole weight for each, or as the member divided it."""
    if isinstance(answer, Mapping):
        return answer
    return dict.fromkeys(answer if isinstance(answer, list) else [answer], votes)


def rows_of(standing: Standing) -> Iterator[tuple[Any, ...]]:
    """The roll-call as a table: a line for each answer of each ballot, and of each silent member.

    Raises:
        NoRollCall: it is not closed, or people or secret ballots decide.
    """
    made = roll_call(standing)
    standing_ones = {ballot.pk for ballot in standing_ballots(made.ballots).values()}
    key = standing.consultation.key
    roll = {one["member"]: one for one in made.records if one.get("record") == "roll"}
    silent = set(roll) - {ballot.member.key for ballot in made.ballots}
    for place, ballot in enumerate(made.ballots, made.first):
        record = made.records[place]
        line = roll[ballot.member.key]
        for question, answer in sorted(ballot.answers.items()):
            for choice, cast in parts_of(answer, line["votes"]).items():
                yield (
                    *_member(key, line),
                    ballot.number,
                    "true" if ballot.pk in standing_ones else "false",
                    question,
                    choice,
                    cast if isinstance(answer, Mapping) else None,
                    record["capacity"],
                    record["by"],
                    record["at"],
                    ballot.reason,
                    made.leaves[place].hex(),
                )
    for member in sorted(silent):
        yield (*_member(key, roll[member]), *(None,) * (len(COLUMNS) - 5))


def _member(key: str, line: Mapping[str, Any]) -> tuple[Any, ...]:
    return key, line["member"], line["name"], line["votes"], line["inhabitants"]


def _json(value: object) -> str:
    return canonical(value).decode()
