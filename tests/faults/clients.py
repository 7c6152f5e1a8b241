"""Fifty voters that vote again and again while everything beneath them is killed.

    python -m faults.clients PORT VOTES SECONDS < voters.json

Each does what a person does. It sends a ballot; when no answer comes it sends the same one again,
or gives up, opens the page anew and believes what that says. Some hang up themselves before the
answer comes. Prints a line for every ballot of which the voter knows how it stands, and at the
end, as JSON, what each voter was told.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

PATH = "/consultations/2017-01/vote/"
CSRF = "a" * 32
CHOICES = ("for", "against", "abstain")
SEEN = re.compile(r'name="seen" value="(\d+)"')
CHOSEN = re.compile(r'name="q-1" value="(\w+)" checked')
NO_ANSWER = 0
PATIENCE = 10.0  # seconds for one answer


class GaveUp(Exception):
    """The time for all votes was over."""


@dataclass
class Voter:
    """One voter, and what it was told.

    ``told``: token and choice of each ballot that the voter knows to stand, in order. ``lost``: how
    often no answer came; ``sent_again``, ``on_return``, ``not_cast``, ``meanwhile``: how the voter
    learned then what had become of the ballot. ``wrong``: answers that nobody should get.
    """

    member: str
    session: str
    told: list[tuple[str, str]] = field(default_factory=list)
    lost: int = 0
    sent_again: int = 0
    on_return: int = 0
    not_cast: int = 0
    meanwhile: int = 0
    wrong: list[str] = field(default_factory=list)
    doubtful: list[tuple[str, str]] = field(default_factory=list)

    def vote(self, port: int, end: float, chance: random.Random) -> None:
        """Cast one ballot, whatever happens, and learn how it stands."""
        ballot = (str(uuid4()), chance.choice(CHOICES))
        hangs_up, gives_up = chance.random() < 0.05, chance.random() < 0.5
        again = False
        while True:
            status, text = self._ask(port, "POST", ballot, hangs_up=hangs_up and not again)
            if status == http.client.FOUND:
                self._is_told(ballot)
                self.sent_again += again
                return
            if status == http.client.UNPROCESSABLE_ENTITY and self.doubtful:
                self.meanwhile += 1
                self.not_cast -= 1
                self._read(port, end, text, self.doubtful)
                ballot = (str(uuid4()), ballot[1])
                continue
            if (
                400 < status < 500
            ):  # 400: the session was not written, which says nothing of the vote
                self.wrong.append(f"{status} {text[:500]}")
                return
            again = True
            self.lost += 1
            if gives_up:
                self._return(port, end, ballot)
                return
            _wait(end)

    def _return(self, port: int, end: float, ballot: tuple[str, str]) -> None:
        """Open the page anew: does it say that the ballot stands?"""
        status, text = self._ask(port, "GET")
        while status != http.client.OK:
            _wait(end)
            status, text = self._ask(port, "GET")
        if _standing(text) == len(self.told):
            self.not_cast += 1
            self.doubtful.append(ballot)
            return
        self.on_return += 1
        stands = self._read(port, end, text, [*self.doubtful, ballot])
        if CHOSEN.findall(text) != [stands[1]]:
            self.wrong.append(f"the page shows {CHOSEN.findall(text)} after {stands[1]}")

    def _read(
        self, port: int, end: float, text: str, ballots: list[tuple[str, str]]
    ) -> tuple[str, str]:
        """The page says that one ballot more stands: that of which the receipt opens.

        A ballot that was still under way when its voter returned may come to stand after that; it
        keeps a later one of the same voter from standing, and the next page tells of it.
        """
        if _standing(text) != len(self.told) + 1:
            self.wrong.append(f"{_standing(text)} ballots stand after {len(self.told)}")
        stand = [ballot for ballot in ballots if self._has_receipt(port, end, ballot)]
        if len(stand) != 1:
            self.wrong.append(f"{len(stand)} of {len(ballots)} ballots have a receipt")
        self._is_told(stand[0])
        return stand[0]

    def _has_receipt(self, port: int, end: float, ballot: tuple[str, str]) -> bool:
        path = PATH.replace("/vote/", f"/receipt/{ballot[0]}/")
        while True:
            status, _text = self._ask(port, "GET", path=path)
            if status in (http.client.OK, http.client.NOT_FOUND):
                return status == http.client.OK
            _wait(end)

    def _is_told(self, ballot: tuple[str, str]) -> None:
        self.told.append(ballot)
        self.doubtful = []

    def _ask(
        self,
        port: int,
        method: str,
        ballot: tuple[str, str] = ("", ""),
        *,
        hangs_up: bool = False,
        path: str = PATH,
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        token, choice = ballot
        fields = {"step": "cast", "member": self.member, "token": token, "seen": len(self.told)}
        body = urlencode({**fields, "q-1": choice, "csrfmiddlewaretoken": CSRF})
        headers = {
            "Cookie": f"session={self.session}; csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body if token else None, headers)
            if hangs_up:
                return NO_ANSWER, ""
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return NO_ANSWER, ""
        finally:
            connection.close()


def _standing(text: str) -> int:
    """The number of the ballot that the page shows as standing; 0 when there is none."""
    return int(SEEN.findall(text)[0])


def _wait(end: float) -> None:
    if time.monotonic() > end:
        raise GaveUp
    time.sleep(0.2)


def main(port: int, votes: int, seconds: float) -> None:
    """All voters at once, each in a thread of its own."""
    voters = [Voter(member, session) for member, session in json.load(sys.stdin)]
    end = time.monotonic() + seconds

    def run(voter: Voter) -> None:
        chance = random.Random(voter.member)
        try:
            while len(voter.told) < votes // len(voters) and not voter.wrong:
                voter.vote(port, end, chance)
                print("known", flush=True)
        except GaveUp:
            voter.wrong.append("not done in time")

    threads = [threading.Thread(target=run, args=(voter,)) for voter in voters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps([asdict(voter) for voter in voters]))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
