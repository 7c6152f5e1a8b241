"""Files that wait for somebody to confirm what they change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.people.models import Account


class PendingImport(models.Model):
    """The rows of an uploaded file, kept until their owner says yes or a day has passed.

    No part of the register: it says what somebody may want to change, not what is so.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pending_imports")
    kind = models.CharField(_("kind"), max_length=10)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.BinaryField()
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    complete = models.BooleanField(_("complete"), default=False)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name
