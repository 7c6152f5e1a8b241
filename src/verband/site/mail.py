"""Mail in the demo: shown in the window where it runs, and sent to nobody."""

import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class WindowBackend(BaseEmailBackend):
    """Prints to whom, about what and the text; that is where a sign-in code is read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Print every message; the number printed."""
        for message in email_messages:
            text = "\n".join(f"  | {line}" for line in str(message.body).strip().splitlines())
            recipients = ", ".join(message.to)
            print(
                f"\nMail to {recipients}: {message.subject}\n{text}\n", file=sys.stderr, flush=True
            )
        return len(email_messages)
