"""Indexes for kinds of fact of which there are many."""

from django.db import models
from django.db.models import Q

from verband.kernel.two_times import Closing


def put_right_index(name: str) -> models.Index:
    """Finds what was put right between two instants."""
    wrong = (Closing.CORRECTED, Closing.WITHDRAWN)
    return models.Index(fields=["recorded_until"], condition=Q(closed_as__in=wrong), name=name)
