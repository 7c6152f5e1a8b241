"""A vote that was cast, closed, sealed and published, for the tests of its proof."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from consultations.council import CLOSES, NOW, Council
from verband.consultations.models import Ballot, Consultation
from verband.consultations.offline.verify_vote import main
from verband.consultations.queries.published import roll_call_file
from verband.consultations.queries.receipts import receipt_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.opening import close_vote, publish_result
from verband.kernel.journal import canonical
from verband.kernel.sealing import seal
from verband.ui.reading import Reading

AFTER = CLOSES + timedelta(hours=1)
READING = Reading(AFTER.date(), AFTER, AFTER.date())
CHOICES = (("for", "against"), ("against",), ("for",), ("abstain",))


@dataclass
class Published:
    """The vote, its ballots, the file that everybody gets and the receipts that voters got."""

    consultation: Consultation
    ballots: list[Ballot]
    file: bytes = b""
    receipts: list[bytes] = field(default_factory=list)

    @property
    def value(self) -> dict[str, Any]:
        """The roll-call, to tamper with."""
        found: dict[str, Any] = json.loads(self.file)
        return found


def cast_and_close(made: Council, **values: Any) -> Published:
    """Four members vote, the first twice; it closes in time, is sealed and published."""
    vote = made.opened(**values)
    seal(NOW)
    ballots = []
    for place, choices in enumerate(CHOICES):
        for seen, choice in enumerate(choices):
            at = NOW + timedelta(minutes=10 * len(ballots) + 10)
            ballots.append(made.cast(vote, place, choice, seen=seen, now=at))
    seal(NOW + timedelta(hours=2))
    close_vote(actor=made.secretary, now=CLOSES, consultation=vote)
    seal(CLOSES)
    publish_result(actor=made.secretary, now=AFTER, consultation=vote)
    given = Published(vote, ballots, roll_call_file(standing_of(vote)))
    given.receipts = [canonical(receipt_of(ballot.token)) for ballot in ballots]
    return given


def written(folder: Path, *contents: bytes) -> list[str]:
    """Files with these contents: the roll-call first, then receipts."""
    paths = []
    for number, content in enumerate(contents):
        path = folder / (f"receipt-{number}.json" if number else "roll-call.json")
        path.write_bytes(content)
        paths.append(str(path))
    return paths


def verified(capsys: Any, folder: Path, contents: Sequence[bytes]) -> tuple[int, str]:
    """What the offline script says of these files."""
    code = main(written(folder, *contents))
    return code, capsys.readouterr().out
