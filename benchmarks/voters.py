"""Sign in the secretary of every member, for the measurement: one session each."""

import json

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from verband.consultations.models import Ballot, Consultation  # noqa: E402
from verband.consultations.voters import voters_of  # noqa: E402
from verband.kernel import clock  # noqa: E402
from verband.people.models import Account  # noqa: E402


def main(key: str = "2017-04") -> None:
    """Print for each member: its key, the session of its secretary, and ballots cast so far."""
    vote = Consultation.objects.get(key=key)
    lines = list(vote.roll.select_related("member").order_by("member__key"))
    today = clock.local_day(clock.now())
    voters = voters_of(vote, [line.member_id for line in lines], today)
    accounts = {account.person_id: account for account in Account.objects.all()}
    seen: dict[int, int] = {}
    for member, number in Ballot.objects.filter(consultation=vote).values_list(
        "member_id", "number"
    ):
        seen[member] = max(number, seen.get(member, 0))
    found = []
    for line in lines:
        held = voters[line.member_id]
        if held.proxy is not None:  # another member casts it
            continue
        named = [row.person_id for row in (held.named, held.substitute) if row is not None]
        person = next(iter([*named, *held.secretaries]), 0)
        if person in accounts:
            session = _session(accounts[person])
            found.append([line.member.key, session, seen.get(line.member_id, 0)])
    print(json.dumps(found))


def _session(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main()
