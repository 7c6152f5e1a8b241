"""From form to use case: nothing is lost, nothing is done twice."""

import re
import threading
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory
from django.utils import translation

from verband.core.errors import DomainError, FileRefused, RowError
from verband.core.period import Period
from verband.kernel.permissions import NotAllowed
from verband.ui.act import act
from verband.ui.forms import DayField, Option
from verband.ui.page import Page
from verband.ui.reading import Reading

DAY = date(2017, 10, 30)
NOW = datetime(2017, 10, 30, 9, tzinfo=UTC)
TYPED = {"name": "Klimaat & Energie", "until": "01-03-2018", "kind": "b"}

pytestmark = pytest.mark.django_db(transaction=True)


class TooLong(DomainError):
    """A rule that refuses."""

    code = "too_long"
    template = "A team may last until %(day)s."


class TeamForm(forms.Form):
    """A name, a day, a kind."""

    name = forms.CharField(label="Name")
    until = DayField(label="Until")
    kind = forms.ChoiceField(
        label="Kind",
        widget=forms.RadioSelect,
        choices=[("a", Option("One", "the first")), ("b", "Two")],
    )


class PaperForm(forms.Form):
    """A file."""

    paper = forms.FileField(label="Paper")


class UseCase:
    """Counts how often it was done; refuses when told to."""

    def __init__(self, refusal=None):
        self.refusal, self.done, self.given = refusal, 0, {}

    def may(self, **given):
        """Whether the actor may do it."""
        return True

    def preview(self, **given):
        """What it would change."""
        if self.refusal:
            raise self.refusal
        row = SimpleNamespace(
            _meta=SimpleNamespace(verbose_name="seat"), period=Period(DAY, given["until"])
        )
        return SimpleNamespace(result=None, changes=(SimpleNamespace(verb="added", row=row),))

    def __call__(self, **given):
        """Do it."""
        if self.refusal:
            raise self.refusal
        self.done, self.given = self.done + 1, given
        return SimpleNamespace(pk=7)


def sent(
    use_case, data=None, *, form_class=TeamForm, day=DAY, actor="somebody", session=None, **more
):
    """One request, and its answer."""
    request = RequestFactory().generic("GET", "/teams/new/")
    if data is not None:
        request = RequestFactory().post("/teams/new/", data)
    request.session = session if session is not None else SessionStore()
    request.actor = actor
    request.reading = Reading(DAY, NOW, day)
    request._messages = FallbackStorage(request)
    with translation.override("en"):
        return act(
            request,
            use_case=use_case,
            form_class=form_class,
            title="Found a team",
            done=lambda result: f"/teams/{result.pk}/",
            **more,
        )


def key_in(response):
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


def test_the_form_is_shown_with_a_key_and_in_the_house_style(settings):
    settings.VERBAND_SHELL = ""
    response = sent(UseCase())
    text = response.content.decode()

    assert response.status_code == 200
    assert len(key_in(response)) > 20
    assert '<label class="vb-opt" for="id_kind_0">' in text
    assert "the first" in text


def test_what_is_missing_is_said_and_nothing_typed_is_lost(settings):
    settings.VERBAND_SHELL = ""
    use_case = UseCase()

    response = sent(use_case, {"name": "Klimaat & Energie", "until": "31-02-2018"})

    text = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_until"' in text and 'href="#id_kind_0"' in text
    assert 'aria-describedby="id_until_error"' in text and 'aria-invalid="true"' in text
    assert 'value="31-02-2018"' in text and "Klimaat &amp; Energie" in text
    assert use_case.done == 0


def test_the_consequences_are_shown_before_anything_is_done(settings):
    settings.VERBAND_SHELL = ""
    use_case = UseCase()

    text = sent(use_case, TYPED).content.decode()

    assert use_case.done == 0
    assert "30 Oct 2017 – 1 Mar 2018" in text
    assert '<input type="hidden" name="name" value="Klimaat &amp; Energie">' in text
    assert "Two" in text


def test_what_was_shown_can_still_be_changed(settings):
    settings.VERBAND_SHELL = ""
    response = sent(UseCase(), {**TYPED, "form_key": "k", "form_step": "mend"})

    text = response.content.decode()
    assert 'id="id_name"' in text and 'value="01-03-2018"' in text
    assert key_in(response) == "k"


def test_a_confirmed_form_is_done_with_actor_and_instant():
    use_case = UseCase()

    response = sent(use_case, {**TYPED, "form_key": "k", "form_step": "confirm"}, body="b")

    assert (response.status_code, response["Location"]) == (302, "/teams/7/")
    assert use_case.given == {
        "actor": "somebody",
        "now": NOW,
        "name": "Klimaat & Energie",
        "until": date(2018, 3, 1),
        "kind": "b",
        "body": "b",
    }


def test_a_form_that_is_sent_twice_is_done_once():
    use_case, session = UseCase(), SessionStore()
    data = {**TYPED, "form_key": "k", "form_step": "confirm"}

    first = sent(use_case, data, session=session)
    second = sent(use_case, data, session=SessionStore(session.session_key))

    assert use_case.done == 1
    assert first["Location"] == second["Location"]


def test_another_form_of_the_same_person_is_done_too():
    use_case, session = UseCase(), SessionStore()

    for key in ("k", "l"):
        sent(use_case, {**TYPED, "form_key": key, "form_step": "confirm"}, session=session)

    assert use_case.done == 2


def test_two_sendings_at_the_same_moment_are_done_once():
    session = SessionStore()
    session.save()
    gate = threading.Barrier(2)

    class Slow(UseCase):
        def __call__(self, **given):
            threading.Event().wait(0.2)
            return super().__call__(**given)

    use_case, answers = Slow(), []

    def send():
        gate.wait()
        data = {**TYPED, "form_key": "k", "form_step": "confirm"}
        answers.append(sent(use_case, data, session=SessionStore(session.session_key)))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert use_case.done == 1
    assert [answer["Location"] for answer in answers] == ["/teams/7/", "/teams/7/"]


def test_a_refusal_is_said_above_the_form_and_the_form_may_be_sent_again(settings):
    settings.VERBAND_SHELL = ""
    session, data = SessionStore(), {**TYPED, "form_key": "k", "form_step": "confirm"}

    response = sent(UseCase(TooLong(day=date(2019, 10, 30))), data, session=session)
    again = sent(UseCase(), data, session=session)

    assert response.status_code == 422
    assert "A team may last until 30 October 2019." in response.content.decode()
    assert "Klimaat &amp; Energie" in response.content.decode()
    assert again.status_code == 302


def test_every_wrong_row_of_a_file_is_said(settings):
    settings.VERBAND_SHELL = ""
    rows = [RowError(row=n, field="votes", problem="Empty.", remedy="Fill in.") for n in (3, 1200)]

    text = sent(UseCase(FileRefused(rows)), TYPED).content.decode()

    assert "Row 3, votes" in text and "Row 1,200, votes" in text


def test_without_authority_the_answer_says_whom_to_ask(settings):
    settings.VERBAND_SHELL = ""
    response = sent(UseCase(NotAllowed(who="the bureau")), TYPED)

    assert response.status_code == 403
    assert "Allowed: the bureau." in response.content.decode()


@pytest.mark.parametrize("data", [None, TYPED])
def test_on_another_day_nothing_can_be_changed(settings, data):
    settings.VERBAND_SHELL = ""
    use_case = UseCase()

    response = sent(use_case, data, day=date(2016, 3, 1), preview=False)

    assert response.status_code == 403
    assert "You read the register of 1 March 2016." in response.content.decode()
    assert use_case.done == 0


def test_whoever_is_not_signed_in_signs_in_first():
    response = sent(UseCase(), actor=None)

    assert response.status_code == 302
    assert response["Location"].endswith("?next=/teams/new/")


def test_a_form_with_a_file_is_done_at_once():
    use_case = UseCase()
    paper = SimpleUploadedFile("a.pdf", b"%PDF")

    response = sent(use_case, {"paper": paper}, form_class=PaperForm)

    assert response.status_code == 302
    assert use_case.given["paper"].name == "a.pdf"


def test_a_form_may_say_what_its_values_are_called():
    class Renamed(TeamForm):
        def arguments(self):
            return {"ends": self.cleaned_data["until"]}

    use_case = UseCase()
    sent(use_case, TYPED, form_class=Renamed, preview=False)

    assert use_case.given == {"actor": "somebody", "now": NOW, "ends": date(2018, 3, 1)}


def test_the_page_of_the_view_lends_its_crumbs_and_words(settings):
    settings.VERBAND_SHELL = ""
    page = Page(title="Unused", reading=Reading(DAY, NOW, DAY), lead="Until when?", kind="Team")

    text = sent(UseCase(), page=page).content.decode()

    assert "Until when?" in text and "Found a team" in text
