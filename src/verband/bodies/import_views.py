"""A file comes in, is compared, and after a yes its differences are written."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _

from verband.bodies.imports import pending as waiting
from verband.bodies.imports.kinds import KINDS
from verband.bodies.imports.plan import Plan, Terms
from verband.bodies.imports.refusals import FileTooLarge, NoSuchImport, NothingNew
from verband.bodies.imports.running import plan_import, read_file
from verband.bodies.imports.sheets import MEGABYTE, most_megabytes
from verband.bodies.models import PendingImport
from verband.bodies.pages.imports import (
    ImportForm,
    differences_in,
    import_check_page,
    import_page,
)
from verband.bodies.use_cases import imports
from verband.core.errors import DomainError
from verband.kernel.permissions import NotAllowed, labels
from verband.kernel.use_case import UseCase
from verband.ui import once, wording
from verband.ui.act import only_for_reading
from verband.ui.page import render

USE_CASES: dict[str, UseCase[imports.TakenIn]] = {
    "members": imports.import_members,
    "population": imports.import_population,
    "offices": imports.import_offices,
    "seats": imports.import_seats,
}


def upload(request: Any) -> HttpResponse:
    """Choose a file; when it can be taken in, go on to its differences."""
    closed = _closed(request)
    if closed is not None:
        return closed
    if request.method != "POST":
        form = ImportForm(initial={"day": request.reading.today})
        return render(request, import_page(request, form))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, import_page(request, form), status=422)
    try:
        found = _read(request, form)
    except NothingNew as nothing:
        messages.info(request, wording.sentence(nothing))
        return redirect("import")
    except DomainError as refusal:
        return render(request, import_page(request, form, refusal), status=422)
    return redirect("import_check", pk=found.pk)


def check(request: Any, pk: int) -> HttpResponse:
    """Look at the differences; say yes, or throw the file away."""
    closed = _closed(request)
    if closed is not None:
        return closed
    try:
        if request.method == "POST":
            return _answer(request, pk)
        pending = _kept(request, pk)
    except NoSuchImport as gone:
        messages.warning(request, wording.sentence(gone))
        return redirect("import")
    return _show(request, pending)


def _read(request: Any, form: ImportForm) -> PendingImport:
    """Read the file, try it out as a whole, and keep its rows."""
    given = form.cleaned_data
    file, kind = given["file"], KINDS[given["kind"]]
    if file.size > most_megabytes() * MEGABYTE:
        raise FileTooLarge(megabytes=most_megabytes())
    content, name = file.read(), str(file.name)[:200]
    terms = Terms(given["day"], given["reason"], given["complete"])
    rows = read_file(kind.name, name, content, terms)
    sha256 = hashlib.sha256(content).hexdigest()
    USE_CASES[kind.name].preview(
        actor=request.actor,
        now=request.reading.now,
        rows=rows,
        file_name=name,
        sha256=sha256,
        day=terms.day,
        reason=terms.reason,
        complete=terms.complete,
    )
    return waiting.keep(
        account=request.actor,
        now=request.reading.now,
        kind=kind,
        file_name=name,
        sha256=sha256,
        rows=rows,
        terms=terms,
    )


def _kept(request: Any, pk: int) -> PendingImport:
    return waiting.kept(pk, account=request.actor, now=request.reading.now)


def _show(request: Any, pending: PendingImport, refusal: DomainError | None = None) -> HttpResponse:
    """The differences as the register is now."""
    plan: Plan | None = None
    try:
        plan = plan_import(pending.kind, waiting.rows_of(pending), waiting.terms_of(pending))
    except DomainError as unfit:
        refusal = unfit
    status = 200 if refusal is None else 422
    return render(request, import_check_page(request, pending, plan, refusal), status=status)


def _answer(request: Any, pk: int) -> HttpResponse:
    """Carry out exactly what was shown, once, or throw the file away."""
    with once.one_at_a_time(request, f"import-{pk}"):
        address = once.answered(request, f"import-{pk}")
        if address:
            return HttpResponseRedirect(address)
        pending = _kept(request, pk)
        if request.POST.get("step") == "discard":
            pending.delete()
            messages.info(request, _("The file was thrown away. Nothing was taken in."))
            return redirect("import")
        try:
            done = _take_in(request, pending)
        except DomainError as refusal:
            return _show(request, pending, refusal)
        pending.delete()
        messages.success(request, _told(pending, done))
        once.remember(request, f"import-{pk}", reverse("import"))
    return redirect("import")


def _take_in(request: Any, pending: PendingImport) -> imports.TakenIn:
    return USE_CASES[pending.kind](
        actor=request.actor,
        now=request.reading.now,
        rows=waiting.rows_of(pending),
        file_name=pending.file_name,
        sha256=pending.sha256,
        day=pending.day,
        reason=pending.reason,
        complete=pending.complete,
        shown=request.POST.get("shown", "") or "-",
    )


def _told(pending: PendingImport, done: imports.TakenIn) -> str:
    counts = ((_("new"), done.new), (_("changed"), done.changed), (_("ended"), done.ended))
    return _("%(file)s was taken in: %(counts)s.") % {
        "file": pending.file_name,
        "counts": differences_in(counts),
    }


def _closed(request: Any) -> HttpResponse | None:
    """Only who keeps the register takes in files, and only in the register of today."""
    if getattr(request, "actor", None) is None:
        return redirect_to_login(request.get_full_path())
    use_case = imports.import_members
    if not use_case.may(actor=request.actor, now=request.reading.now):
        refusal = NotAllowed(who=", ".join(labels(use_case.allowed)))
        return _forbidden(request, wording.sentence(refusal))
    if not request.reading.changes_allowed:
        return _forbidden(request, only_for_reading(request.reading))
    return None


def _forbidden(request: Any, reason: str) -> HttpResponse:
    return HttpResponse(get_template("403.html").render({"reason": reason}, request), status=403)
