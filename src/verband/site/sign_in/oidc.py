"""The way to a member's provider and back; a provider that does not answer is said, not shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from verband.site.sign_in.pages import refused


def _answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def wrapped(request: Any, **kwargs: str) -> HttpResponse:
        # These addresses carry no language: the reader's cookie and browser tell it.
        with translation.override(translation.get_language_from_request(request)):
            try:
                return view(request, **kwargs)
            except (requests.RequestException, ValueError, KeyError, TypeError):
                told = _("The provider gives no answer, or one that cannot be read. Try later.")
                return refused(request, _("Signing in did not succeed"), told, status=502)

    return wrapped


login = never_cache(require_GET(_answering(views.login)))
callback = never_cache(require_GET(_answering(views.callback)))


@never_cache
@_answering
def cancelled(request: Any) -> HttpResponse:
    """Somebody turned back at the provider."""
    told = _("You did not sign in at your provider. You can do so now, or later.")
    return refused(request, _("You are not signed in"), told, status=200)
