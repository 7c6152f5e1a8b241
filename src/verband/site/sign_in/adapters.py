"""What the sign-in library asks this site: who may sign in, by which name, with which words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verband.core.errors import DomainError
from verband.members.models import SignInProvider
from verband.members.sealed import unseal
from verband.people.models import Account
from verband.site.sign_in.pages import refused
from verband.site.sign_in.providers import account_of, provider_of
from verband.site.sign_in.sessions import begin_session
from verband.ui.wording import sentence


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers by themselves: an account belongs to a person in the register."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code of the last mail. Look once more."),
        "too_many_login_attempts": gettext_lazy(
            "The code was wrong three times. Ask for a new code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and start the clocks of the session."""
        super().login(request, user)
        begin_session(request)

    def get_login_stages(self) -> list[str]:
        """A passkey is a way to sign in by itself, not a second step after a code."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether someone signed in recently is asked by our own pages (``passkeys``)."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keep the mail until the answer is given; ``AnswerFirst`` sends it."""
        words = {"request": self.request, "email": email, **context}
        kept = self.request.__dict__.setdefault("mail_after_answer", [])
        kept.append(self.render_mail(template_prefix, email, words))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> Any:
        """A closed account, however one comes in."""
        return refused(
            request,
            _("This account is closed"),
            _("Ask the administrator of your association to open it again."),
        )


class PasskeyAdapter(DefaultMFAAdapter):
    """Names in the browser's own windows, and the words when a passkey does not fit."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This passkey is not known here. Sign in with a code by mail."
        ),
    }

    def _get_site_name(self) -> str:
        return "Verband"

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner says otherwise."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """A member's own provider signs in people who have an account; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> Any:
        """Only providers that are in use, with their secret opened for this request."""
        used = set(SignInProvider.objects.filter(is_active=True).values_list("app_id", flat=True))
        found = super().list_apps(request, provider=provider, client_id=client_id)
        shown = [app for app in found if app.pk in used]
        for app in shown:
            app.secret = unseal(app.secret)
        return shown

    def authenticate_by_email(self, sociallogin: Any) -> None:
        """Left to ``pre_social_login``, which knows whose address it may be."""

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Find the account with the verified address, or answer why there is none."""
        try:
            provider = provider_of(sociallogin.provider.app)
            account: Account = account_of(provider, sociallogin, request.reading.day)
        except DomainError as refusal:
            answer = refused(request, _("Signing in was refused"), sentence(refusal))
            raise ImmediateHttpResponse(answer) from refusal
        sociallogin.user = account
        sociallogin.state["process"] = "login"

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """The provider refused, the browser came back too late, or from nowhere."""
        if error == AuthError.CANCELLED:
            return
        told = _("The provider did not confirm who you are, or it took too long. Try again.")
        raise ImmediateHttpResponse(refused(request, _("Signing in did not succeed"), told))
