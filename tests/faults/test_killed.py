"""Web server, worker and database are killed again and again while members vote.

Within ``./verband test`` 600 votes, and each is killed four times. All 5,000 votes, each
killed thirty-two times:

    VERBAND_KILL_VOTES=5000 ./verband test faults -s
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults.association import TESTS, Association, at_work
from verband.site.launch.children import end_with_parent

VOTES = int(os.environ.get("VERBAND_KILL_VOTES", "600"))
ROUND = (("web",), ("database",), ("worker",), ("worker", "database", "web"))
ROUND_VOTES = 300
LONGEST = 60 + VOTES / 4  # seconds for all votes


@pytest.fixture
def association(tmp_path: Path) -> Iterator[Association]:
    """A filled register, and everything running."""
    tmp_path.chmod(0o755)
    with at_work(tmp_path) as made:
        yield made


class Voters:
    """The voters in a process of their own; ``known`` counts the ballots they know about."""

    def __init__(self, association: Association, signed_in: str) -> None:
        line = [sys.executable, "-m", "faults.clients", str(association.port), str(VOTES)]
        self.process = subprocess.Popen(
            [*line, str(LONGEST)],
            env=association.env,
            cwd=TESTS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=end_with_parent(),  # noqa: PLW1509 - no thread of ours holds a lock
        )
        self.known, self.last = 0, ""
        assert self.process.stdin is not None
        self.process.stdin.write(signed_in)
        self.process.stdin.close()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.known += line == "known\n"
            self.last = line

    def told(self) -> list[dict[str, Any]]:
        """What each voter was told, when all have done."""
        self.reader.join(LONGEST)
        found: list[dict[str, Any]] = json.loads(self.last)
        return found

    def stop(self) -> None:
        """Leave nothing running."""
        self.process.kill()
        self.process.wait()
        self.reader.join()


def test_every_vote_that_was_acknowledged_counts_once_whatever_is_killed(
    association: Association,
) -> None:
    signed_in = association.say("-m", "faults.hall", "prepare")
    association.start("web")
    association.start("worker")
    association.await_web()
    voters = Voters(association, signed_in)
    begun = time.monotonic()
    try:
        kill_in_turn(association, voters)
        told = voters.told()
    finally:
        voters.stop()
    took = time.monotonic() - begun
    found = json.loads(association.say("-m", "faults.hall", "count"))
    said = {
        name: sum(voter[name] for voter in told)
        for name in ("lost", "sent_again", "on_return", "not_cast", "meanwhile")
    }
    sys.stdout.write(
        f"\n{len(found['ballots'])} ballots in {took:.0f} s, killed {dict(association.killed)};"
        f" no answer came {said['lost']} times: told by the answer to sending again"
        f" {said['sent_again']}, by the page that it stands {said['on_return']}, that it does not"
        f" {said['not_cast']}, and only by the next page {said['meanwhile']}.\n"
    )

    assert [voter["wrong"] for voter in told if voter["wrong"]] == []
    assert set(association.killed) == {"web", "worker", "database"}
    assert min(association.killed.values()) >= 2 * (VOTES // ROUND_VOTES)
    assert said["sent_again"] > 0 < said["on_return"] + said["not_cast"]
    check(told, found["ballots"])
    assert found["amounts"] == tally(told)
    association.say("-m", "django", "audit", "verify")  # fails when anything is not as sealed
    assert found["checkpoints"] > 1


def kill_in_turn(association: Association, voters: Voters) -> None:
    """One after another, each when the voters got so far; a seed draws where."""
    chance = random.Random(2017)
    kills = [names for _round in range(VOTES // ROUND_VOTES) for names in ROUND]
    for place, names in enumerate(kills, 1):
        due = VOTES * (place - chance.random()) / len(kills)
        while voters.known < due:
            if not voters.reader.is_alive():
                return
            time.sleep(0.01)
        association.kill(names, chance)


def check(told: list[dict[str, Any]], ballots: list[list[Any]]) -> None:
    """What voters were told is what stands: all of it, once, in order, and nothing else."""
    stands: dict[str, list[list[str]]] = {}
    for token, member, number, answers in ballots:
        stands.setdefault(member, []).append([token, answers["1"]])
        assert number == len(stands[member])
    for voter in told:
        assert len(voter["told"]) == VOTES // len(told)
        assert stands[voter["member"]] == voter["told"]


def tally(told: list[dict[str, Any]]) -> dict[str, int]:
    """The last choice of each member, with a vote for each thousand inhabitants, at most 75."""
    amounts = dict.fromkeys(("for", "against", "abstain"), 0)
    for voter in told:
        place = int(voter["member"].removeprefix("gm"))
        amounts[voter["told"][-1][1]] += min(1_500 * place // 1_000, 75)
    return amounts
