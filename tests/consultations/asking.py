"""Fill in a page of the members' voice as a person does: open, check, confirm."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from filling import words_of
from verband.people.models import Account


class Page:
    """One person with one page before them, in English."""

    def __init__(self, account: Account | None, name: str, *args: Any, query: str = "") -> None:
        self.client = Client()
        if account is not None:
            self.client.force_login(account)
        with translation.override("en"):
            self.address = reverse(name, args=args) + query
        self.data: dict[str, Any] = {"form_key": f"{name}-{args}"}

    def opened(self) -> Any:
        """The page as it is shown."""
        return self.client.get(self.address)

    def words(self) -> str:
        """What it says."""
        return words_of(self.opened())

    def sent(self, step: str = "", **data: Any) -> Any:
        """What was typed so far and now, sent."""
        self.data.update(data)
        return self.client.post(self.address, {**self.data, "form_step": step})

    def checked(self, **data: Any) -> str:
        """What the check says would follow."""
        answer = self.sent(**data)
        assert answer.status_code == 200, words_of(answer)
        return words_of(answer)

    def refused(self, **data: Any) -> str:
        """The sentence with which it is refused."""
        answer = self.sent(**data)
        assert answer.status_code == 422, words_of(answer)
        return words_of(answer)

    def confirmed(self, **data: Any) -> Any:
        """Checked and confirmed."""
        self.checked(**data)
        answer = self.sent("confirm")
        assert answer.status_code == 302, words_of(answer)
        return answer
