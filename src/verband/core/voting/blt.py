"""BLT files: ranked ballots, as election programs exchange them.

The format is that of Hill, Wichmann and Woodall (1987), Algorithm 123, The Computer Journal
30(3):277-281, with comments (``#`` to the end of the line), ballot numbers in parentheses and
skipped ranks (``-``) as later programs write them. A skipped rank ends the ballot: what follows it
is not counted. Equal ranks are refused, since the Scottish rules have no place for them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verband.core.compute.sources import read_text
from verband.core.errors import DomainError
from verband.core.voting.roll import Roll

TOKEN = re.compile(r'"(?P<name>[^"]*)"|\((?P<id>[^()]*)\)|#.*|(?P<word>[^\s"#()]+)|(?P<bad>\S)')
MOST = 10_000  # candidates or seats; a larger number is a typing error


class NotBlt(DomainError):
    """The file is no BLT file; the line is named."""

    code = "not_blt"
    template = "Line %(line)s: %(problem)s"


class NotACandidate(DomainError):
    """A ranking names someone who does not stand, or someone twice."""

    code = "not_a_candidate"
    template = "%(member)s ranks “%(name)s”, who does not stand or is ranked twice."


@dataclass(frozen=True)
class Profile:
    """Ranked ballots. A ballot is its number of votes and the candidates by number, from 1."""

    seats: int
    candidates: tuple[str, ...]
    ballots: tuple[tuple[int, tuple[int, ...]], ...]
    withdrawn: frozenset[int] = frozenset()
    title: str = ""


@dataclass(frozen=True)
class _Token:
    line: int
    word: str
    quoted: bool


def _tokens(text: str) -> list[_Token]:
    found = []
    for line, row in enumerate(re.split(r"\r\n?|\n", text), 1):
        for match in TOKEN.finditer(row):
            if match["bad"] is not None:
                raise NotBlt(line=line, problem=f"“{match['bad']}” is out of place.")
            if match["name"] is not None:
                found.append(_Token(line, match["name"].strip(), True))
            elif match["word"] is not None:
                found.append(_Token(line, match["word"], False))
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0

    @property
    def line(self) -> int:
        if not self.tokens:
            return 1
        return self.tokens[min(self.at, len(self.tokens) - 1)].line

    def refuse(self, problem: str) -> NotBlt:
        return NotBlt(line=self.line, problem=problem)

    def ahead(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def word(self, expected: str) -> str:
        token = self.ahead()
        if token is None or token.quoted:
            raise self.refuse(f"{expected} is missing.")
        self.at += 1
        return token.word

    def number(self, expected: str, least: int, most: int) -> int:
        word = self.word(expected)
        digits = word.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            self.at -= 1
            raise self.refuse(f"“{word}” is not a whole number ({expected}).")
        if not least <= int(word) <= most:
            self.at -= 1
            raise self.refuse(f"{word} is not between {least} and {most} ({expected}).")
        return int(word)


def parse_blt(text: str) -> Profile:
    """Ranked ballots from the text of a BLT file.

    Raises: ``NotBlt`` with the line.

    >>> parse_blt('2 1\\n3 1 2 0\\n2 2 0\\n0\\n"Ada"\\n"Bo"\\n"Chair"').ballots
    ((3, (1, 2)), (2, (2,)))
    """
    reader = _Reader(text)
    number = reader.number("the number of candidates", 1, MOST)
    seats = reader.number("the number of seats", 1, MOST)
    withdrawn = set()
    while (token := reader.ahead()) and not token.quoted and re.fullmatch(r"-\d+", token.word):
        withdrawn.add(-reader.number("a withdrawn candidate", -number, -1))
    ballots = []
    while weight := reader.number("the number of votes of a ballot, or 0", 0, 10**18 - 1):
        ballots.append((weight, _ranking(reader, number)))
    names = []
    while (token := reader.ahead()) and token.quoted:
        names.append(token.word)
        reader.at += 1
    if reader.ahead() is not None:
        raise reader.refuse(f"“{reader.word('a name')}” stands after the last ballot.")
    if len(names) < number:
        raise reader.refuse(f"There are {number} candidates but {len(names)} names in quotes.")
    if len(set(names[:number])) < number or "" in names[:number]:
        raise reader.refuse("Two candidates have the same name, or one has none.")
    title = names[number] if len(names) > number else ""
    return Profile(seats, tuple(names[:number]), tuple(ballots), frozenset(withdrawn), title)


def _ranking(reader: _Reader, number: int) -> tuple[int, ...]:
    ranking: list[int] = []
    skipped = False
    while (word := reader.word("the 0 that ends a ballot")) != "0":
        if word == "-":
            skipped = True
            continue
        reader.at -= 1
        if "=" in word:
            raise reader.refuse(f"“{word}” ranks candidates equal; the Scottish rules forbid it.")
        candidate = reader.number("a candidate", 1, number)
        if candidate in ranking:
            raise reader.refuse(f"Candidate {candidate} is ranked twice on one ballot.")
        if not skipped:
            ranking.append(candidate)
    return tuple(ranking)


def read_blt(path: Path) -> Profile:
    """Ranked ballots from a BLT file. Raises: ``NotBlt``, ``FileUnreadable``, ``NotATextFile``."""
    return parse_blt(read_text(path))


def write_blt(profile: Profile) -> str:
    """The text of a BLT file; quotation marks in names become typographic ones.

    >>> print(write_blt(Profile(1, ("Ada", "Bo"), ((3, (1, 2)),), frozenset({2}), "Chair")), end="")
    2 1
    -2
    3 1 2 0
    0
    "Ada"
    "Bo"
    "Chair"
    """
    lines = [f"{len(profile.candidates)} {profile.seats}"]
    if profile.withdrawn:
        lines.append(" ".join(f"-{number}" for number in sorted(profile.withdrawn)))
    lines += [" ".join(map(str, (weight, *ranking, 0))) for weight, ranking in profile.ballots]
    lines.append("0")
    lines += [f'"{_plain(name)}"' for name in (*profile.candidates, profile.title)]
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    return " ".join(name.replace('"', "”").split())


def profile_of(
    roll: Roll,
    candidates: Sequence[str],
    rankings: Mapping[str, Sequence[str]],
    *,
    seats: int,
    title: str = "",
) -> Profile:
    """Ranked ballots of members, each with the votes it has on the roll.

    Raises: ``NotACandidate``, ``UnknownVoter``.

    >>> profile_of(Roll.from_votes({"A": 3}), ["Ada", "Bo"], {"A": ["Bo"]}, seats=1).ballots
    ((3, (2,)),)
    """
    numbers = {name: number for number, name in enumerate(candidates, 1)}
    ballots = []
    for member, ranking in rankings.items():
        votes = roll.elector(member).votes
        for place, name in enumerate(ranking):
            if name not in numbers or name in ranking[:place]:
                raise NotACandidate(member=member, name=name)
        if votes:
            ballots.append((votes, tuple(numbers[name] for name in ranking)))
    return Profile(seats, tuple(candidates), tuple(ballots), frozenset(), title)
