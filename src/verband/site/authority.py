"""Who sees what lies behind the public register: reasons and details of what was done."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _

from verband.kernel.permissions import NotAllowed, labels
from verband.people.models import RoleKind
from verband.people.permissions import holds_role

sees_audit = holds_role(RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.REGISTRAR)


def sees_details(request: Any) -> bool:
    """Whether the register of today lets whoever acts see reasons and details."""
    actor = request.actor
    return actor is not None and sees_audit(actor=actor, today=request.reading.today)


def forbidden(request: Any) -> HttpResponse:
    """Says who may, to whoever is signed in and may not."""
    refusal = NotAllowed(who=", ".join(labels(sees_audit)))
    reason = _(refusal.template) % refusal.params
    return HttpResponse(get_template("403.html").render({"reason": reason}, request), status=403)
