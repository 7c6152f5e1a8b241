"""The web application, for a WSGI server."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.translation import gettext, override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.site.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load what every request needs, and let the garbage collector leave it alone.

    A page makes tens of thousands of small values that are freed by themselves; without this each
    page was a tenth to a half slower, because all modules and addresses were looked through again.
    The server does this before it makes its processes, so that they share it.
    """
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("Register")
            get_resolver()._populate()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


settle()
