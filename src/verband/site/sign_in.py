"""Who may get an account: only those for whom the association made one."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers by themselves: an account belongs to a person in the register."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):
    """A member's own provider signs in people who have an account; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False
