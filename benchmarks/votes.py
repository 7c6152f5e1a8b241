"""How fast a vote is cast, beside what Django does when it only inserts one row.

    .venv/bin/python benchmarks/votes.py [--seconds 15]

One run, one machine, one database cluster that keeps what it commits, the same web server: a bare
endpoint that inserts one row; the same with a sign-in; and a whole vote (sign-in, permission, roll,
rule, ballot, audit line, receipt), each under the same number of connections, in turns. Then votes
at a steady pace while viewers follow a sitting live.
"""

import argparse
import asyncio
import statistics
from urllib.parse import urlencode
from uuid import uuid4

from client import Connection, Took, pace, press
from servers import HERE, answered, cluster, create, environment, memory, run, told, web

VOTE = "/consultations/2017-04/vote/"
CSRF = "a" * 32
CONNECTIONS = 16
VIEWERS = 400


class Voters:
    """Sends ballots for the members in turn; each connection has members of its own."""

    def __init__(self, signed_in: list[list[object]], connections: int) -> None:
        self.members = [signed_in[start::connections] for start in range(connections)]
        self.turns = [0] * connections

    async def vote(self, connection: Connection, number: int) -> str:
        """One ballot that takes the place of the one before."""
        own = self.members[number]
        turn = self.turns[number] = self.turns[number] + 1
        entry = own[turn % len(own)]
        key, session, seen = str(entry[0]), entry[1], int(str(entry[2]))
        body = {
            "step": "cast",
            "member": key,
            "token": str(uuid4()),
            "seen": seen,
            "q-1": "for" if turn % 3 else "against",
            "csrfmiddlewaretoken": CSRF,
        }
        headers = {"Cookie": f"session={session}; csrf={CSRF}"}
        answer = await connection.send("POST", VOTE, urlencode(body).encode(), headers)
        if answer.status == 302 and "/receipt/" in answer.headers.get("location", ""):
            entry[2] = seen + 1
            return ""
        return f"{answer.status} {answer.body[:200]!r}"


def bare(sessions: list[str]) -> object:
    """One row, signed in when there are sessions."""

    async def send(connection: Connection, number: int) -> str:
        headers = {}
        if sessions:
            session = sessions[number % len(sessions)]
            headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        answer = await connection.send("POST", "/", b"answer=for", headers)
        return "" if answer.status == 200 else f"{answer.status}"

    return send


def line(name: str, took: Took, beside: str = "") -> None:
    """One row of the table."""
    wrong = f", {len(took.wrong)} WRONG: {took.wrong[0]}" if took.wrong else ""
    print(
        f"| {name} | {took.rate:.0f} | {took.part(0.5):.1f} | {took.part(0.95):.1f} |"
        f" {beside}{wrong} |"
    )


async def throughput(ports: dict[str, int], sends: dict[str, object], seconds: float) -> None:
    """Each in turn, three times; the middle one of the ratios counts."""
    taken: dict[str, list[Took]] = {name: [] for name in ports}
    for _round in range(3):
        for name, port in ports.items():
            found = await press(port, sends[name], connections=CONNECTIONS, seconds=seconds)
            taken[name].append(found)
    print("| what | a second | p50 ms | p95 ms | beside |")
    print("|---|---|---|---|---|")
    votes = [took.rate for took in taken["vote"]]
    for name, found in taken.items():
        ratios = [vote / took.rate for vote, took in zip(votes, found, strict=True)]
        beside = "" if name == "vote" else f"a vote reaches {statistics.median(ratios):.2f} of it"
        line(name, sorted(found, key=lambda took: took.rate)[1], beside)


async def steady(port: int, voters: Voters, follow: str, seconds: float, every: float) -> None:
    """A hundred votes a second while others follow: from when each was due."""
    tags: dict[int, str] = {}

    async def look(connection: Connection, number: int) -> str:
        headers = {"If-None-Match": tags[number]} if number in tags else {}
        answer = await connection.send("GET", follow, b"", headers)
        tags[number] = answer.headers.get("etag", "")
        return "" if answer.status in (200, 304) else f"{answer.status}"

    votes, looks = await asyncio.gather(
        pace(port, voters.vote, connections=CONNECTIONS, rate=100, seconds=seconds),
        pace(port, look, connections=VIEWERS, rate=VIEWERS / every, seconds=seconds),
    )
    line("a vote, at 100 a second with 400 viewers", votes, "p95 < 150 ms promised")
    line(f"a look of a viewer, one in {every:.0f} s each", looks)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--follow", default="/sittings/alv-november-2017/follow/live/")
    options.add_argument("--every", type=float, default=2)  # as the page asks
    given = options.parse_args()
    with cluster() as made:
        ours, theirs = environment(create(made, "ours")), environment(create(made, "bare"))
        for command in (
            ["migrate", "-v0"],
            ["createcachetable"],
            ["collectstatic", "--noinput", "-v0"],
            ["load_story"],
        ):
            run(["-m", "django", *command], ours)
        signed_in = told([str(HERE / "voters.py")], ours)
        theirs["BARE_SIGNED_IN"] = "1"
        sessions = told(["-c", "import bare, json; print(json.dumps(bare.prepare(64)))"], theirs)
        alone = {**theirs, "BARE_SIGNED_IN": ""}
        voters = Voters(signed_in, CONNECTIONS)
        with (
            web("bare:application", alone) as plain,
            web("bare:application", theirs) as known,
            web("verband.site.wsgi:application", ours) as port,
        ):
            answered(port, "/consultations/")
            ports = {"bare": plain, "bare, signed in": known, "vote": port}
            sends = {"bare": bare([]), "bare, signed in": bare(sessions), "vote": voters.vote}
            asyncio.run(throughput(ports, sends, given.seconds))
            asyncio.run(steady(port, voters, given.follow, 2 * given.seconds, given.every))
            print(f"\nmemory of the largest web process {memory(port):.0f} MB")


if __name__ == "__main__":
    main()
