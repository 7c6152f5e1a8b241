"""What was given to a use case, in words: the names of its arguments and what stands in them.

Most arguments are columns, and are called as their column is. The others have words here.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _l

from verband.kernel.two_times import ThingModel, TwoTimesModel

WORDS = {
    "about": _l("about what"),
    "account": _l("account"),
    "amends": _l("amends"),
    "article": _l("article of the statutes"),
    "body": _l("body"),
    "cells": _l("places on the map"),
    "choices": _l("choices"),
    "client_id": _l("client id"),
    "complete": _l("the file is complete"),
    "consultation": _l("consultation"),
    "coverage": _l("what is covered"),
    "day": _l("day"),
    "decision": _l("decision"),
    "derived": _l("places that were not measured"),
    "designation": _l("naming of a voter"),
    "domains": _l("mail domains"),
    "email": _l("mail address"),
    "exceptions": _l("members that voted otherwise"),
    "fact": _l("about"),
    "figure": _l("number of inhabitants"),
    "file_name": _l("file"),
    "holder": _l("holder of the proxy"),
    "into": _l("statement that stands for both"),
    "is_active": _l("in use"),
    "is_member": _l("member of the association"),
    "issuer": _l("address of the provider"),
    "key": _l("key"),
    "kind": _l("kind"),
    "member": _l("member"),
    "membership": _l("membership"),
    "ministry": _l("ministry"),
    "objection": _l("objection"),
    "opens_now": _l("opens at once"),
    "organisation": _l("organisation"),
    "opinion": _l("what was said of a statement"),
    "outcome": _l("outcome statement"),
    "parts": _l("who follows whom"),
    "people": _l("people"),
    "person": _l("person"),
    "predecessors": _l("predecessors"),
    "proposer": _l("proposer"),
    "provider": _l("sign-in provider"),
    "proxy": _l("proxy"),
    "question": _l("question"),
    "questions": _l("questions"),
    "reference_date": _l("reference date"),
    "role": _l("role"),
    "rows": _l("rows of the file"),
    "sealed": _l("ballot in secret"),
    "seat": _l("seat"),
    "seconds": _l("seconds"),
    "secret": _l("secret"),
    "seen": _l("number of the ballot before it"),
    "sha256": _l("hash of the file"),
    "shown": _l("hash of what was shown"),
    "sitting": _l("sitting"),
    "source": _l("source"),
    "statement": _l("statement"),
    "tenure": _l("tenure"),
    "term": _l("period of a body"),
    "text": _l("text"),
    "ties": _l("how ties are settled"),
    "to_body": _l("to the body"),
    "token": _l("key against sending twice"),
    "trusts_addresses": _l("trusts the mail addresses"),
    "until": _l("until"),
}


def argument_in_words(name: str) -> str:
    """An argument in the reader's language; its own name when no use case has it any more."""
    return str(WORDS.get(name) or _columns().get(name) or name)


def choice_in_words(name: str, value: str) -> str | None:
    """What an argument with a fixed set of values says; ``None`` when it is none of those."""
    found = _choices().get((name, value))
    return None if found is None else str(found)


@cache
def _columns() -> dict[str, Any]:
    """What columns are called; of columns with one name the first."""
    found: dict[str, Any] = {}
    for column in _all_columns():
        found.setdefault(column.name, column.verbose_name)
    return found


@cache
def _choices() -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for column in _all_columns():
        for value, label in column.choices or ():
            found.setdefault((column.name, str(value)), label)
    return found


def _all_columns() -> Iterator["models.Field[Any, Any]"]:
    for model in apps.get_models():
        if issubclass(model, (ThingModel, TwoTimesModel)):
            yield from model._meta.concrete_fields
