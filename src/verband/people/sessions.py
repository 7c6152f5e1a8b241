"""Sessions in the database, read with one statement that the database has planned before."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from verband.kernel import clock
from verband.kernel.remembered import Compiled

_HELD = Compiled(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    key=str,
    now=datetime,
)


class SessionStore(DatabaseStore):
    """As Django's own, which makes its query anew at every request."""

    def _get_session_from_db(self) -> Session | None:
        found = _HELD.objects(Session, key=self.session_key, now=clock.instant())
        if not found:
            self._session_key = None
            return None
        return found[0]
