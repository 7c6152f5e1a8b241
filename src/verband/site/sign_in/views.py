"""Signing in with a code by mail, signing out, and the users of the demo."""

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.mixins import NextRedirectMixin, RedirectAuthenticatedUserMixin
from allauth.account.models import Login
from allauth.account.views import ConfirmLoginCodeView, LogoutView
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import time as hour
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from verband.kernel.clock import zone
from verband.members.models import SignInProvider
from verband.people.models import Account
from verband.people.use_cases import sign_out_everywhere
from verband.site.sign_in import lock_out
from verband.site.sign_in.forms import CodeForm, SignInForm
from verband.site.sign_in.mail import AnswerFirst
from verband.site.sign_in.pages import ActionPage, demo_accounts, sign_in_page
from verband.site.sign_in.providers import called, provider_for
from verband.ui.component import Link
from verband.ui.page import Page, render


def resting(until: datetime) -> str:
    """The sentence for an address that is locked out."""
    words = _(
        "Too many wrong codes were given for this address. Signing in with a code is possible"
        " again at %(hour)s."
    )
    return words % {"hour": hour(until.astimezone(zone()), "H:i")}


@method_decorator(rate_limit(action="login"), name="dispatch")
class SignIn(RedirectAuthenticatedUserMixin, NextRedirectMixin, FormView):
    """Asks for the mail address; a code follows, or the provider of the member.

    An address that nobody has gets the same answer, as fast, and no mail.
    """

    form_class = SignInForm
    template_name = "site/sign_in/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page for the shell, beside the form."""
        return {**super().get_context_data(**kwargs), "page": sign_in_page(self.request)}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Lead on: to the provider, or to the code."""
        address = form.cleaned_data["login"]
        provider = provider_for(address)
        if provider is not None:
            at = reverse("sign_in_provider", args=[provider.organisation.key])
            return HttpResponseRedirect(self.passthrough_next_url(at))
        until = lock_out.locked_until(address)
        if until is not None:
            form.add_error("login", resting(until))
            return self.form_invalid(form)
        if not ratelimit.consume(self.request, action="request_login_code", key=address):
            form.add_error("login", _("Several codes were asked for. Wait a minute, then go on."))
            return self.form_invalid(form)
        return self.send_code(address)

    def send_code(self, address: str) -> HttpResponse:
        """Begin: a code if somebody has the address, the same answer if nobody has."""
        account = Account.objects.filter(email__iexact=address, is_active=True).first()
        LoginCodeVerificationProcess.initiate(request=self.request, user=account, email=address)
        at = self.passthrough_next_url(reverse("account_confirm_login_code"))
        return AnswerFirst(at, self.request.__dict__.pop("mail_after_answer", []))


class ConfirmCode(ConfirmLoginCodeView):
    """Asks for the code; three attempts per code, and a rest after too many wrong ones."""

    template_name = "site/sign_in/code.html"
    form_class = CodeForm

    @property
    def address(self) -> str:
        """The address for which a code was asked."""
        return str(self._process.state["email"])

    def get_form_class(self) -> type[CodeForm]:
        """Ours; no other action than giving the code."""
        return CodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page for the shell, beside the form."""
        page = Page(
            title=_("Fill in the code"),
            reading=self.request.reading,
            lead=_(
                "If %(address)s belongs to an account, a mail with a code is on its way. The code"
                " is valid for ten minutes."
            )
            % {"address": self.address},
        )
        return {**super().get_context_data(**kwargs), "page": page, "demo": settings.DEMO}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """One attempt at a time for an address, over all windows and machines."""
        with lock_out.one_attempt_at_a_time(self.address):
            until = lock_out.locked_until(self.address)
            if until is not None:
                return self.rest(until)
            answer: HttpResponse = super().post(*args, **kwargs)
            return answer

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """The right code: count from nought again, and sign in."""
        lock_out.forget_failures(self.address)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """A wrong code counts, also for an address that nobody has."""
        lock_out.remember_failure(self.address)
        until = lock_out.locked_until(self.address)
        return super().form_invalid(form) if until is None else self.rest(until)

    def rest(self, until: datetime) -> HttpResponse:
        """The address rests: the code is worth nothing any more."""
        self._process.abort()
        messages.error(self.request, resting(until))
        return HttpResponseRedirect(reverse("account_login"))


class SignOut(LogoutView):
    """Asks first; signing out by a link alone would let another site do it."""

    template_name = "site/sign_in/action.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page for the shell."""
        page = ActionPage(
            title=_("Sign out?"),
            reading=self.request.reading,
            lead=_("You can still read the register afterwards."),
            button=_("Sign out"),
            further=(Link(_("Sign out everywhere"), reverse("sign_out_everywhere")),),
        )
        return {**super().get_context_data(**kwargs), "page": page}


@login_required
@never_cache
def everywhere(request: Any) -> HttpResponse:
    """End every session of one's own account."""
    if request.method != "POST":
        page = ActionPage(
            title=_("Sign out everywhere?"),
            reading=request.reading,
            lead=_("Every browser and every device in which you are signed in is signed out."),
            button=_("Sign out everywhere"),
        )
        return render(request, page)
    sign_out_everywhere(actor=request.actor, now=request.reading.now, account=request.actor)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return HttpResponseRedirect(reverse("home"))


@never_cache
def provider(request: Any, key: str) -> HttpResponse:
    """Leads to the provider of a member; a form may not lead to another site, a link may."""
    found = get_object_or_404(SignInProvider, organisation__key=key, is_active=True)
    name = called(found, request.reading.day)
    to = reverse("openid_connect_login", args=[key])
    page = ActionPage(
        title=_("Sign in with %(organisation)s") % {"organisation": name},
        reading=request.reading,
        lead=_("People of %(organisation)s sign in there, with the account of their work.")
        % {"organisation": name},
        button=_("Go to the sign-in of %(organisation)s") % {"organisation": name},
        href=NextRedirectTo(request).passthrough_next_url(to),
        further=(Link(_("Use another address"), reverse("account_login")),),
    )
    return render(request, page)


class NextRedirectTo(NextRedirectMixin):
    """Carries a safe ``?next=`` along."""

    def __init__(self, request: Any) -> None:
        self.request = request


@require_POST
def demo(request: Any) -> HttpResponse:
    """Sign in as one of the users of the demo; there is no such page anywhere else."""
    if not settings.DEMO:
        raise Http404
    email = request.POST.get("email", "")
    if email not in {it.email for it in demo_accounts()}:
        raise Http404
    account = get_object_or_404(Account, email=email, is_active=True)
    if request.user.is_authenticated and request.user.pk != account.pk:
        logout(request)
    record_authentication(request, account, method="demo")
    answer: HttpResponse = perform_login(request, Login(user=account, email=email))
    return answer
