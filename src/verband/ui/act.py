"""From form to use case to page, in one place for every state change.

    def end_body_page(request, body_id):
        body = get_object_or_404(Body, pk=body_id)
        return act(request, use_case=end_body, form_class=EndBodyForm, body=body,
                   title=_("End this body"), done=body_url)

GET shows the form. POST checks it, shows the consequences, and on confirmation calls the use case.
A refusal is shown above the form with all that was typed; nothing is lost, nothing is done twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from verband.core.errors import DomainError
from verband.core.period import Period
from verband.kernel.permissions import NotAllowed, labels
from verband.ui import once, wording
from verband.ui.components.errors import ErrorSummary
from verband.ui.components.words import Fact, Facts, Tag, shown
from verband.ui.page import Page, render
from verband.ui.reading import Reading

KEY, STEP = "form_key", "form_step"


@dataclass(frozen=True)
class Consequence:
    """One change that a use case would make."""

    tag: Tag
    text: str
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class ActPage(Page):
    """A form, or the check before it is done (``step``: "form" or "check").

    ``subject`` is the page that the view handed over, for what stands beside the form.
    """

    form: BaseForm
    step: str = "form"
    errors: ErrorSummary | None = None
    key: str = ""
    button: str = ""
    given: Facts | None = None
    typed: tuple[tuple[str, str], ...] = ()
    consequences: tuple[Consequence, ...] = ()
    subject: Page | None = field(default=None)


def act(
    request: Any,
    *,
    use_case: Any,
    form_class: Callable[..., Any],
    done: Callable[[Any], str],
    template: str = "ui/act.html",
    page: Page | None = None,
    title: str = "",
    button: str = "",
    initial: Mapping[str, Any] | None = None,
    form_kwargs: Mapping[str, Any] | None = None,
    preview: bool = True,
    message: str | Callable[[Any], str] = "",
    tell: "Callable[[Any], Iterable[Consequence]] | None" = None,
    **fixed: Any,
) -> HttpResponse:
    """Show the form, the consequences, or the answer.

    ``use_case`` gets ``actor``, ``now``, the form's values (``form.arguments()`` when the form has
    it, else ``cleaned_data``) and ``fixed``. ``done`` gives the address to go to from the result.
    A form with files has no preview: a file cannot be carried along. ``tell`` puts what would
    change in words; it may ask the register as it would be then.
    """
    refused = gate(request, use_case, **fixed)
    if refused is not None:
        return refused
    frame = _Frame(request, template, page, title, button)
    if request.method != "POST":
        form = form_class(initial=initial, **(form_kwargs or {}))
        return frame.form(form, key=once.new_key())
    form = form_class(request.POST, request.FILES, initial=initial, **(form_kwargs or {}))
    key = request.POST.get(KEY, "")[:64] or once.new_key()
    step = request.POST.get(STEP, "")
    valid = form.is_valid()
    if step == "mend":
        return frame.form(form, key=key)
    if not valid:
        return frame.form(form, key=key, errors=ErrorSummary.of(form), status=422)
    given = {
        "actor": request.actor,
        "now": request.reading.now,
        **(form.arguments() if hasattr(form, "arguments") else form.cleaned_data),
        **fixed,
    }
    try:
        if preview and step != "confirm" and not form.is_multipart():
            return frame.check(form, key, _consequences(use_case, given, tell))
        return _do(request, key, use_case=use_case, given=given, done=done, message=message)
    except NotAllowed as refusal:
        return _forbidden(request, wording.sentence(refusal))
    except DomainError as refusal:
        return frame.form(form, key=key, errors=ErrorSummary.of(form, refusal), status=422)


def _consequences(
    use_case: Any, given: dict[str, Any], tell: Callable[[Any], Iterable[Consequence]] | None
) -> tuple[Consequence, ...]:
    """What would change, in words."""
    if tell is None:
        return tuple(consequence(change) for change in use_case.preview(**given).changes)
    told: list[Consequence] = []
    use_case.preview(**given, look=lambda found: told.extend(tell(found)))
    return tuple(told)


def gate(request: Any, use_case: Any, **fixed: Any) -> HttpResponse | None:
    """Whoever is not signed in signs in first; another day than today is only for reading.

    Whoever may not do it hears so at once, not after filling in the form.
    """
    if getattr(request, "actor", None) is None:
        return redirect_to_login(request.get_full_path())
    if not request.reading.changes_allowed:
        return _forbidden(request, only_for_reading(request.reading))
    if not use_case.may(actor=request.actor, now=request.reading.now, **fixed):
        refusal = NotAllowed(who=", ".join(labels(use_case.allowed)))
        return _forbidden(request, wording.sentence(refusal))
    return None


def _do(
    request: HttpRequest,
    key: str,
    *,
    use_case: Any,
    given: dict[str, Any],
    done: Callable[[Any], str],
    message: str | Callable[[Any], str],
) -> HttpResponse:
    if request.session.session_key is None:
        request.session.save()
    with once.one_at_a_time(request, key):
        address = once.answered(request, key)
        if not address:
            result = use_case(**given)
            address = done(result)
            messages.success(
                request, message(result) if callable(message) else message or _("Saved.")
            )
            once.remember(request, key, address)
    return HttpResponseRedirect(address)


def only_for_reading(reading: Reading) -> str:
    """Why nothing changes on another day than today, or with what was known earlier."""
    if reading.is_today:
        return _("You read what was known earlier. Go to what is known now to change something.")
    sentence = _("You read the register of %(day)s. Go back to today to change something.")
    return sentence % {"day": wording.day(reading.day)}


def _forbidden(request: HttpRequest, reason: str) -> HttpResponse:
    return HttpResponse(get_template("403.html").render({"reason": reason}, request), status=403)


@dataclass(frozen=True)
class _Frame:
    """Makes the two pages of an act."""

    request: Any
    template: str
    page: Page | None
    title: str
    button: str

    def form(
        self,
        form: BaseForm,
        *,
        key: str,
        errors: ErrorSummary | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The form, with what must be mended."""
        return self._render(form, status, key=key, errors=errors, button=self.button or _("Go on"))

    def check(
        self, form: BaseForm, key: str, consequences: tuple[Consequence, ...]
    ) -> HttpResponse:
        """What was given and what it would change, before it is done."""
        skipped = ("csrfmiddlewaretoken", KEY, STEP)
        typed = tuple(
            (name, value)
            for name, values in self.request.POST.lists()
            for value in values
            if name not in skipped
        )
        return self._render(
            form,
            200,
            step="check",
            key=key,
            given=given_facts(form),
            typed=typed,
            consequences=consequences,
            button=self.button or _("Confirm"),
        )

    def _render(self, form: BaseForm, status: int, **more: Any) -> HttpResponse:
        base = self.page
        page = ActPage(
            title=self.title or (base.title if base else ""),
            reading=self.request.reading,
            crumbs=base.crumbs if base else (),
            lead=base.lead if base else "",
            kind=base.kind if base else "",
            bare=base.bare if base else False,
            subject=base,
            form=form,
            **more,
        )
        return render(self.request, page, self.template, status=status)


def given_facts(form: BaseForm) -> Facts:
    """What was filled in, as it is read back before it is sent."""
    facts = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        choices = dict(flatten_choices(getattr(bound.field, "choices", ()) or ()))
        if isinstance(value, list) and choices:
            value = ", ".join(str(choices.get(part, part)) for part in value)
        elif choices and not hasattr(value, "_meta"):
            value = str(choices.get(value, value or "–"))
        elif isinstance(value, Iterable) and not isinstance(value, str):
            value = ", ".join(str(part) for part in value)
        elif value is not None and not isinstance(value, (str, date, Period, int)):
            value = str(value)
        facts.append(Fact(str(bound.label), shown(value)))
    return Facts(tuple(facts))


def consequence(change: Any) -> Consequence:
    """One change in words; a row says what it is by ``str``, its kind by its verbose name."""
    words, state = {
        "added": (_("new"), "now"),
        "ended": (_("ends"), "ending"),
        "changed": (_("changes"), "past"),
        "corrected": (_("corrected"), "past"),
        "withdrawn": (_("withdrawn"), "past"),
    }.get(change.verb, (str(change.verb), ""))
    period = getattr(change.row, "period", None)
    kind = str(change.row._meta.verbose_name)
    return Consequence(
        Tag(words, state),
        f"{kind[:1].upper()}{kind[1:]}: {change.row}",
        wording.period(period) if isinstance(period, Period) else "",
    )
