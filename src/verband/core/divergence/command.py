"""``verband compute divergence`` and ``verband compute statements``."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from verband.core.compute.command import Command
from verband.core.compute.member_columns import MEMBER, VOTES
from verband.core.compute.reading import Column, Row, Table, read_table
from verband.core.compute.sources import read_json
from verband.core.compute.writing import both
from verband.core.divergence.analysis import PERMUTATIONS, analyse
from verband.core.divergence.consensus import (
    AGREE,
    DISAGREE,
    PASS,
    UNSEEN,
    GroupView,
    Statement,
    Votes,
    statements,
)
from verband.core.divergence.replies import Question, Replies, Reply, Scale, Words, collect
from verband.core.divergence.report import as_mapping, as_page
from verband.core.divergence.thresholds import Thresholds, VersionMissing, adopted
from verband.core.errors import FileRefused, RowError

COLUMNS = (
    MEMBER,
    Column("answer", "text", required=False, aliases=("antwoord",)),
    replace(VOTES, kind="fraction"),
)
BETWEEN_SEGMENTS = "|"
VOTES_ON_STATEMENTS = {
    AGREE: ("1", "agree", "eens", "yes", "ja"),
    PASS: ("0", "pass", "geen mening"),
    DISAGREE: ("-1", "disagree", "oneens", "no", "nee"),
}


def fraction(text: str) -> Fraction:
    """A fraction on the command line: ``2/3`` or ``0.5``.

    >>> fraction("2/3")
    Fraction(2, 3)
    """
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ArgumentTypeError(f"“{text}” is not a fraction; write for example 2/3") from error


def scale(text: str) -> Scale:
    """A scale on the command line.

    >>> scale("1-5")
    Scale(low=1, high=5)
    """
    low, _, high = text.partition("-")
    try:
        return Scale(int(low), int(high))
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a scale; write for example 1-5") from error


def words(text: str) -> tuple[str, ...]:
    """Words on the command line, separated by commas.

    >>> words("proposal, amended")
    ('proposal', 'amended')
    """
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _divergence_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--majority",
        type=fraction,
        default=Fraction(1, 2),
        metavar="P/Q",
        help="more than this share of the votes cast carries (1/2)",
    )
    parser.add_argument(
        "--for",
        dest="support",
        type=words,
        metavar="WORDS",
        help="answers in favour, separated by commas (yes, ja, for, voor, ...)",
    )
    parser.add_argument(
        "--against",
        dest="oppose",
        type=words,
        metavar="WORDS",
        help="answers against (no, nee, against, tegen, ...)",
    )
    parser.add_argument(
        "--scale",
        type=scale,
        metavar="LOW-HIGH",
        help="the answers are numbers on this scale, such as 1-5",
    )
    parser.add_argument(
        "--ballots",
        choices=("private", "public"),
        default="private",
        help="private merges or withholds segments under five members",
    )
    parser.add_argument(
        "--thresholds",
        type=Path,
        metavar="JSON",
        help="a file with the thresholds a board adopted, and their version",
    )
    parser.add_argument("--permutations", type=int, default=PERMUTATIONS, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")


def question_from(options: Namespace) -> Question:
    """The meaning of the answers: a scale, stated words, or the usual words."""
    stated: Question | None = options.scale
    if stated is not None:
        return stated
    if options.support or options.oppose:
        usual = Words()
        return Words(options.support or usual.support, options.oppose or usual.oppose, None)
    return Words()


def read_replies(path: Path, question: Question) -> Replies:
    """Replies from a file: ``member, answer, votes``, then one column for each dimension.

    An empty answer is no answer. A cell with several segments separates them by ``|``; an empty
    cell is no segment.
    Raises: ``FileRefused``, and what ``collect`` refuses.
    """
    table = read_table(path, COLUMNS, extra="keep")
    _refuse_answers(table, question)
    return collect((_reply(row, table.extra) for row in table.rows), question)


def _refuse_answers(table: Table, question: Question) -> None:
    errors = [
        RowError(
            row=row.line,
            field="answer",
            problem=f"“{row['answer']}” is not an answer that is known here.",
            remedy="Use yes, no or abstain, or state the answers with --for, --against or --scale.",
        )
        for row in table.rows
        if row.values.get("answer") and question.category(row["answer"]) is None
    ]
    if errors:
        raise FileRefused(errors)


def _reply(row: Row, dimensions: tuple[str, ...]) -> Reply:
    segments = {
        name: [part.strip() for part in (row[name] or "").split(BETWEEN_SEGMENTS) if part.strip()]
        for name in dimensions
    }
    return Reply(row["member"], row.values.get("answer"), row["votes"], segments)


def read_thresholds(path: Path) -> Thresholds:
    """Thresholds from a JSON object. Raises: ``VersionMissing`` when it is none, and as adopted."""
    values = read_json(path)
    if not isinstance(values, dict):
        raise VersionMissing()
    return adopted(values)


def _run_divergence(path: Path, options: Namespace) -> Mapping[str, object]:
    replies = read_replies(path, question_from(options))
    analysis = analyse(
        replies,
        majority=options.majority,
        thresholds=None if options.thresholds is None else read_thresholds(options.thresholds),
        permutations=options.permutations,
        seed=options.seed,
        ballots_public=options.ballots == "public",
    )
    return as_mapping(analysis)


def _statements_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--group",
        default="group",
        metavar="COLUMN",
        help="the column with the group of each respondent (group)",
    )
    parser.add_argument("--draws", type=int, default=999, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")


def read_statements(path: Path, group: str) -> tuple[Table, Votes]:
    """Respondents, their group and one column for each statement.

    Raises: ``FileRefused``.
    """
    table = read_table(path, (MEMBER, Column(group, "text")), extra="keep")
    known = {word: vote for vote, words in VOTES_ON_STATEMENTS.items() for word in words}
    known[""] = UNSEEN
    votes = np.full((len(table.rows), len(table.extra)), UNSEEN, dtype=np.int8)
    errors = []
    for place, row in enumerate(table.rows):
        for column, name in enumerate(table.extra):
            vote = known.get((row[name] or "").casefold())
            if vote is None:
                problem = f"“{row[name]}” is not a vote on a statement."
                remedy = "Use agree, pass or disagree (1, 0 or -1), or leave the cell empty."
                errors.append(RowError(row=row.line, field=name, problem=problem, remedy=remedy))
            else:
                votes[place, column] = vote
    if errors:
        raise FileRefused(errors)
    return table, votes


def _run_statements(path: Path, options: Namespace) -> Mapping[str, object]:
    table, votes = read_statements(path, options.group)
    groups = table.column(options.group)
    found = statements(votes, groups, table.extra, draws=options.draws, seed=options.seed)
    return {
        "seed": options.seed,
        "draws": options.draws,
        "respondents": len(table.rows),
        "statements": [_statement_row(one) for one in found],
        "groups": [_view_row(one, view) for one in found for view in one.views],
    }


def _view_row(one: Statement, view: GroupView) -> dict[str, object]:
    return {
        "statement": one.name,
        "group": view.group,
        "agree": view.agree,
        "disagree": view.disagree,
        "seen": view.seen,
        "share": both(view.share),
        "stands_out": view.stands_out,
    }


def _statement_row(one: Statement) -> dict[str, object]:
    return {
        "statement": one.name,
        "consensus": one.consensus,
        "dissent": one.dissent,
        "product": both(one.product),
        "v": one.v,
        "p": one.p,
    }


COMMANDS = (
    Command(
        "divergence",
        "Is an answer carried by all segments? (member, answer, votes, segments...)",
        _divergence_options,
        _run_divergence,
        as_page,
    ),
    Command(
        "statements",
        "Which statements can carry every group? (member, group, statements...)",
        _statements_options,
        _run_statements,
    ),
)
