"""The mail with a code leaves after the answer, so that the answer takes as long for everybody."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.http import HttpResponseRedirect

log = logging.getLogger("verband.sign_in")


class AnswerFirst(HttpResponseRedirect):
    """A redirect that sends mail when the browser has its answer."""

    def __init__(self, address: str, mail: Sequence[EmailMessage]) -> None:
        super().__init__(address)
        self.mail = list(mail)

    def close(self) -> None:
        """End the answer, then send; a mail server that refuses is told to the log."""
        super().close()
        while self.mail:
            message = self.mail.pop(0)
            try:
                message.send()
            except (OSError, SMTPException):
                log.exception("A sign-in code could not be sent.")
