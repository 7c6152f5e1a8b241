"""What Django itself can do: an endpoint that inserts one row, without and with a sign-in.

A project in one file, served by the same server as ours on the same database cluster: the measure
beside which ``votes.py`` puts a whole vote.
"""

import os

import django
from django.conf import settings

SIGNED_IN = bool(os.environ.get("BARE_SIGNED_IN"))

if not settings.configured:
    from verband.site.addresses import database

    middleware = ["django.middleware.common.CommonMiddleware"]
    if SIGNED_IN:
        middleware = [
            "django.contrib.sessions.middleware.SessionMiddleware",
            *middleware,
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ]
    settings.configure(
        SECRET_KEY="for the measurement only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bare",
        MIDDLEWARE=middleware,
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
        ],
        DATABASES={"default": database(os.environ["DATABASE_URL"], os.environ)},
        USE_TZ=True,
    )
    django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    """What is inserted."""

    text = models.CharField(max_length=200)

    class Meta:
        """In no app."""

        app_label = "bare"

    def __str__(self) -> str:
        return self.text


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row; with a sign-in, for the user who is signed in."""
    who = request.user.pk if SIGNED_IN else 0
    Row.objects.create(text=f"{who} {request.POST.get('answer', '')}")
    return HttpResponse("done")


def prepare(users: int) -> list[str]:
    """Make the table, and sessions for so many users: their keys."""
    from django.contrib.auth import BACKEND_SESSION_KEY as BACKEND
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    keys = []
    for number in range(users):
        user = get_user_model().objects.create_user(f"user{number}")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


urlpatterns = [path("", insert)]
application = get_wsgi_application()
