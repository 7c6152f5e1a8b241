"""Who sees what lies behind the public register: reasons and details of what was done."""

from typing import Any

from verband.people.models import RoleKind
from verband.people.permissions import holds_role

sees_audit = holds_role(RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.REGISTRAR)


def sees_details(request: Any) -> bool:
    """Whether the register of today lets whoever acts see reasons and details."""
    actor = request.actor
    return actor is not None and sees_audit(actor=actor, today=request.reading.today)
