"""The association of the kill test: fifty members, each with a voter who has signed in.

    python -m faults.hall prepare          fills an empty, migrated database; prints who votes
    python -m faults.hall count            prints every ballot, and the count

Run by the test in processes of their own, because the database is killed beneath them.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import (  # noqa: E402 - needs the apps
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from consultations.council import ORDINARY  # noqa: E402
from verband.bodies.kinds import BodyKind, SeatRole  # noqa: E402
from verband.consultations.kinds import Binding, ConsultationKind, Weighing  # noqa: E402
from verband.consultations.models import Ballot, Consultation  # noqa: E402
from verband.consultations.queries.count import count_of  # noqa: E402
from verband.consultations.queries.standing import standing_of  # noqa: E402
from verband.consultations.use_cases.opening import close_vote, open_vote  # noqa: E402
from verband.consultations.use_cases.preparing import prepare_consultation  # noqa: E402
from verband.consultations.use_cases.rules import enter_rule  # noqa: E402
from verband.kernel import clock  # noqa: E402
from verband.kernel.sealing import Checkpoint  # noqa: E402
from verband.members.models import Function  # noqa: E402
from verband.members.use_cases import set_voting_key  # noqa: E402
from verband.people.models import Account  # noqa: E402
from world import BEGIN, found  # noqa: E402

MEMBERS = 50


def prepare() -> None:
    """The register, one open vote, and a session for the secretary of every member."""
    world, now = found(), clock.now()
    key = {"per": 1000, "rounding": "down", "minimum": 1, "cap": 75, "article": "art. 12"}
    world.do(set_voting_key, valid_from=None, **key)
    voters = []
    for number in range(1, MEMBERS + 1):
        member = world.municipality(f"gm{number:04}", inhabitants=1_500 * number)
        office = world.official(f"secretary-{number}", member, Function.SECRETARY)
        account = world.account(office.office.person)
        voters.append([member.key, _session(account)])
    board = world.body("bestuur", BodyKind.BOARD)
    person = world.person("bestuurssecretaris", "bestuurssecretaris")
    world.tenure(world.seat(board, SeatRole.SECRETARY), person, BEGIN)
    rule = world.do(
        enter_rule,
        key="ledenraadpleging",
        kind=ConsultationKind.CONSULTATION,
        name="Ledenraadpleging",
        article="art. 14",
        rule=ORDINARY,
        binding=Binding.POSITION,
        weighing=Weighing.VOTES,
        valid_from=None,
    )
    vote = prepare_consultation(
        actor=world.keeper,
        now=now,
        body=board,
        kind=ConsultationKind.CONSULTATION,
        key="2017-01",
        rule=rule,
        title="De inzet",
        audience={"of": "members"},
        closes_at=now + timedelta(days=1),
        questions=[{"form": "yes_no", "text": "Stemt u in?"}],
    )
    open_vote(actor=world.keeper, now=now, consultation=vote)
    print(json.dumps(voters))


def _session(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def count() -> None:
    """Close the vote; every ballot that was kept, and the tally."""
    vote = Consultation.objects.get(key="2017-01")
    keeper = Account.objects.get(email="keeper@verband.example")
    close_vote(actor=keeper, now=clock.now() + timedelta(days=2), consultation=vote)
    rows = Ballot.objects.filter(consultation=vote).order_by("member__key", "number")
    ballots = [[str(token), *row] for token, *row in rows.values_list(
        "token", "member__key", "number", "answers"
    )]  # fmt: skip
    [counted] = count_of(standing_of(vote)).questions
    amounts = {choice: int(counted.amount(choice)) for choice in ("for", "against", "abstain")}
    checkpoints = Checkpoint.objects.count()
    print(json.dumps({"ballots": ballots, "amounts": amounts, "checkpoints": checkpoints}))


if __name__ == "__main__":
    {"prepare": prepare, "count": count}[sys.argv[1]]()
