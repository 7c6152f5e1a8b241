"""The pages of the association as a visitor meets them."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page


@dataclass
class Site:
    """The association's pages, and who has signed in to them."""

    home: str
    states: dict[str, Any] = field(default_factory=dict)

    def at(self, name: str, *args: Any, language: str = "nl") -> str:
        """The address of a page by its name."""
        with override(language):
            return self.home + reverse(name, args=args)

    def sign_in(self, page: Page, email: str) -> None:
        """Sign in as one of the users of the demo."""
        page.goto(self.at("account_login"))
        page.click(f"[value='{email}']")
        page.wait_for_url(f"{self.home}/")

    def cookies(self, browser: Browser, email: str) -> Any:
        """What the browser keeps of somebody who signed in."""
        if email not in self.states:
            context = browser.new_context(locale="nl-NL")
            self.sign_in(context.new_page(), email)
            self.states[email] = context.storage_state()
            context.close()
        return self.states[email]
