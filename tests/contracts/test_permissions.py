"""Who may do what, as two tables that people can read: by use case, and by address.

``use_cases.csv`` has a row for each use case, ``addresses.csv`` one for each form and each page
that is not for everybody; both have a column for each kind of user, and for moments on which
authority begins or ends. A change of authority changes a table, so that somebody sees it and agrees
to it::

    VERBAND_WRITE_TABLES=1 ./verband test unit -k permissions
"""

import csv
import inspect
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.test import TestCase, override_settings
from django.urls import reverse

from contracts.small_association import Association, Somebody, build
from verband.bodies.change.urls import CHANGES
from verband.bodies.models import Body, BodyFact, GoalFact, LinkFact, SeatFact
from verband.consultations.models import VotingRuleFact
from verband.kernel.use_case import REGISTER, UseCase
from verband.members.models import OfficeFact, Organisation, OrganisationFact
from verband.people.models import Account, PersonFact
from world import TODAY, noon

TABLES = Path(__file__).with_name("permissions")
Table = dict[str, dict[str, str]]

# What the argument ``fact`` is a fact of, by the last word of the use case.
FACTS = {
    "person": PersonFact,
    "organisation": OrganisationFact,
    "office": OfficeFact,
    "body": BodyFact,
    "goal": GoalFact,
    "seat": SeatFact,
    "link": LinkFact,
    "rule": VotingRuleFact,
}
# Which of two things of one name an argument is; elsewhere it is the thing of that name.
OTHERWISE = {
    "members.correct_voting_key": {"key": "key"},
    "consultations.answer_question": {"consultation": "flash"},
    "consultations.propose_statement": {"consultation": "deliberation"},
    "consultations.put_statement": {"consultation": "deliberation"},
    "consultations.raise_objection": {"consultation": "published"},
    "consultations.choose_mail": {"person": "voter"},
}
NOT_ABOUT = {
    *("actor", "now", "day", "reason", "values", "source", "certainty", "valid_from"),
    *("valid_until", "key", "kind", "name", "rows", "parts", "predecessors", "cells"),
}
OF_A_VOTE = (
    *("vote", "argue", "edit_consultation", "change_particulars", "open_vote"),
    *("extend_closing", "close_vote", "publish_result", "withdraw_consultation", "hold_over"),
)
OF_A_RESULT = ("object", "objections", "make_final", "result")
OF_A_DELIBERATION = (
    *("statements", "add_statement", "my_statements", "moderate_statements", "put_statement"),
)
OF_A_SITTING = ("sitting_edit", "sitting_vote", "sitting_presence", "sitting_desk")


def _in(name: str) -> Callable[[Association], list[Any]]:
    """The key of a thing of the association."""
    return lambda it: [it.about[name].key]


# Pages behind the sign-in that are no form of the registry.
ADDRESSES: dict[str, Callable[[Association], list[Any]]] = {
    "keep_body": lambda it: [it.about["body"].key],
    "keep_organisation": lambda it: [it.about["organisation"].key],
    "keep_person": lambda it: [it.about["person"].key],
    "voting_keys": lambda it: [],
    "succession_questions": lambda it: [it.about["organisation"].key, "2016-01-01"],
    "import": lambda it: [],
    "accounts": lambda it: [],
    "person_account": lambda it: [it.about["account"].person.key],
    "open_account": lambda it: [it.about["person"].key],
    "close_account": lambda it: [it.about["account"].person.key],
    "reopen_account": lambda it: ["closed"],
    "end_sessions": lambda it: [it.about["account"].person.key],
    "give_role": lambda it: [it.about["person"].key],
    "end_role": lambda it: [it.about["role"].pk],
    "withdraw_role": lambda it: [it.about["role"].pk],
    "providers": lambda it: [],
    "set_up_provider": lambda it: [],
    "change_provider": lambda it: [it.about["organisation"].key],
    "my_account": lambda it: [],
    "audit_lines": lambda it: [],
    "audit_thing": lambda it: ["bodies_body", it.about["body"].pk],
    **{name: _in("consultation") for name in OF_A_VOTE},
    **{name: _in("published") for name in OF_A_RESULT},
    **{name: _in("sitting") for name in OF_A_SITTING},
    **{name: lambda it: [it.about["member"].key] for name in ("voters_of_member", "name_voter")},
    **{
        name: lambda it: [it.about["consultation"].key, it.about["member"].key]
        for name in ("name_voter_here", "give_proxy")
    },
    "give_proxy_for_sitting": lambda it: [it.about["member"].key, it.about["sitting"].key],
    "revoke_naming": lambda it: [it.about["designation"].pk],
    "revoke_proxy": lambda it: [it.about["proxy"].pk],
    "answer": lambda it: [it.about["flash"].key],
    **{name: _in("deliberation") for name in OF_A_DELIBERATION},
    "moderate_statement": lambda it: [
        *(it.about["deliberation"].key, it.about["statement"].pk, "park")
    ],
    "outcome": lambda it: [it.about["published"].key, 1],
    "answer_objection": lambda it: [it.about["published"].key, it.about["objection"].pk],
    "change_question": lambda it: [it.about["consultation"].key, 1],
    "withdraw_question": lambda it: [it.about["consultation"].key, 1],
    "voting_rule": lambda it: [it.about["rule"].key],
    "change_rule": lambda it: [it.about[VotingRuleFact].pk],
    "correct_rule": lambda it: [it.about[VotingRuleFact].pk],
    **{
        name: lambda it: [] for name in ("new_consultation", "enter_rule", "voting_rules", "voters")
    },
    **{name: lambda it: [] for name in ("sitting_new", "my_mail", "health")},
}


def arguments_of(use_case: UseCase[Any], about: dict[Any, Any]) -> dict[str, Any]:
    """The things that a use case is about, from those of the association."""
    names = set(inspect.signature(use_case.step).parameters) - NOT_ABOUT
    found = {name: about[name] for name in names if name in about}
    found |= {name: about[other] for name, other in OTHERWISE.get(use_case.name, {}).items()}
    if "fact" in names:
        ending = use_case.name.removesuffix("_fact").rpartition("_")[2]
        found["fact"] = about[FACTS[ending]]
    return found


def rights(association: Association) -> Table:
    """Yes for whoever may, by use case and person."""
    table: Table = {}
    for name, use_case in sorted(REGISTER.items()):
        about = arguments_of(use_case, association.about)
        table[name] = {
            who: _may(use_case, somebody, about) for who, somebody in association.people.items()
        }
    own = REGISTER["people.sign_out_everywhere"]
    table["people.sign_out_everywhere (of oneself)"] = {
        who: _may(own, somebody, {"account": somebody.actor})
        for who, somebody in association.people.items()
    }
    return table


def _may(use_case: UseCase[Any], somebody: Somebody, about: dict[str, Any]) -> str:
    now = noon(somebody.day)
    return "yes" if use_case.may(actor=somebody.actor, now=now, **about) else ""


def places(association: Association) -> dict[str, str]:
    """Every form and every page that is not for everybody: its address by name."""
    found = {name: reverse(name, args=args(association)) for name, args in ADDRESSES.items()}
    keys = {Body: association.about["body"], Organisation: association.about["organisation"]}
    for changing in CHANGES:
        if changing.about is None:
            found[changing.name] = reverse(changing.name)
        elif changing.by == "key":
            found[changing.name] = reverse(changing.name, args=[keys[changing.about].key])
        else:
            things = (*association.about.values(),)
            thing = next(one for one in things if isinstance(one, changing.about))
            found[changing.name] = reverse(changing.name, args=[thing.pk])
    return dict(sorted(found.items()))


class TestWhoMayDoWhat(TestCase):
    """The association is built once; nothing here changes it."""

    association: ClassVar[Association]

    @classmethod
    def setUpTestData(cls) -> None:
        with override_settings(VERBAND_TODAY=TODAY):
            cls.association = build()

    def answers(self, addresses: dict[str, str], somebody: Somebody) -> dict[str, str]:
        """What each address answers to somebody on that day."""
        client = self.client_class()
        with override_settings(VERBAND_TODAY=somebody.day):
            if isinstance(somebody.actor, Account):
                client.force_login(somebody.actor)
            return {name: told(client.get(address)) for name, address in addresses.items()}

    def test_every_use_case_is_open_to_whom_the_table_says(self) -> None:
        compare("use_cases.csv", rights(self.association))

    def test_every_address_is_open_to_whom_the_table_says(self) -> None:
        people = {"a visitor": Somebody(None), **self.association.people}
        del people["the clock"]

        addresses = places(self.association)

        by_person = {who: self.answers(addresses, one) for who, one in people.items()}

        found = {name: {who: row[name] for who, row in by_person.items()} for name in addresses}
        compare("addresses.csv", found)

    def test_reading_another_day_gives_nobody_a_form(self) -> None:
        yesterday = (TODAY - timedelta(days=1)).isoformat()
        addresses = places(self.association)
        forms = {one.name: f"{addresses[one.name]}?on={yesterday}" for one in CHANGES}

        answers = self.answers(forms, self.association.people["registrar"])

        assert answers == dict.fromkeys(forms, "403")


def told(answer: Any) -> str:
    """The status; or that one must sign in first."""
    at = answer.headers.get("Location", "")
    return "sign in" if at.startswith(reverse(settings.LOGIN_URL)) else str(answer.status_code)


def compare(name: str, found: Table) -> None:
    """Hold what is found against the table in the repository; write the table when asked."""
    path = TABLES / name
    if os.environ.get("VERBAND_WRITE_TABLES"):
        write(path, found)
    with path.open(newline="", encoding="utf-8") as file:
        told = {row.pop("what"): row for row in csv.DictReader(file)}

    different = [
        f"{what}, {who}: {told.get(what, {}).get(who)!r} in {name}, {value!r} in the code"
        for what, row in found.items()
        for who, value in row.items()
        if told.get(what, {}).get(who) != value
    ]

    assert different == []
    assert told.keys() == found.keys()


def write(path: Path, found: Table) -> None:
    """The table as people read it in a spreadsheet or a review."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        columns = ["what", *next(iter(found.values()))]
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({"what": what, **row} for what, row in found.items())
