"""Fill in a form of the register as a person does: open, check, confirm."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from verband.bodies.change.registry import Changing
from verband.bodies.change.urls import CHANGES
from verband.people.models import Account

FORMS: dict[str, Changing] = {changing.name: changing for changing in CHANGES}


def typed(day: date) -> str:
    """A day as people type it."""
    return f"{day:%d-%m-%Y}"


class Filling:
    """One person with one form before them."""

    def __init__(self, account: Account | None, name: str, of: Any = None) -> None:
        self.client = Client()
        if account is not None:
            self.client.force_login(account)
        with translation.override("en"):
            self.address = reverse(name, args=[of] if of is not None else [])
        self.data: dict[str, Any] = {"form_key": "the-key"}

    def opened(self, query: str = "") -> Any:
        """The form as it is shown."""
        return self.client.get(self.address + query)

    def sent(self, step: str = "", **data: Any) -> Any:
        """What was typed so far and now, sent."""
        self.data.update(data)
        return self.client.post(self.address, {**self.data, "form_step": step})

    def confirmed(self, **data: Any) -> Any:
        """Checked and confirmed."""
        checked = self.sent(**data)
        assert checked.status_code == 200, words_of(checked)
        return self.sent("confirm")


def words_of(response: Any) -> str:
    """The text of a page, without its marks."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))
