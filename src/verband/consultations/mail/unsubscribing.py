"""The link in a mail by which its receiver stops such mail, without signing in (RFC 8058).

The link is signed and lasts: mail is read late. It allows one thing only, and can be undone by the
same link, so that whoever forwards a mail gives little away.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from verband.people.models import Person

SALT = "verband.consultations.mail"


def unsubscribe_url(person_key: str, kind: str) -> str:
    """The address that stops mail of a kind for a person."""
    signed = Signer(salt=SALT).sign_object({"person": person_key, "kind": str(kind)})
    return f"{settings.VERBAND_BASE_URL}{reverse('unsubscribe', args=[signed])}"


def read_token(token: str) -> tuple[Person, str] | None:
    """Of whom and about which mail a link speaks; nothing when it was not made here."""
    try:
        said = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
    person = Person.objects.select_related("account").filter(key=said.get("person")).first()
    if person is None or not hasattr(person, "account"):
        return None
    return person, str(said.get("kind"))
