"""The pages of the sign-in library in the house style."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bare_shell(settings):
    settings.VERBAND_SHELL = ""


def test_signing_in_is_one_page_of_this_site(client):
    text = client.get(reverse("account_login")).content.decode()

    assert text.count("<h1") == 1
    assert 'class="vb-time"' in text
    assert 'class="vb-field"' in text
    assert "vb-btn--primary" in text


def test_a_wrong_address_is_said_beside_the_field(client):
    text = client.post(reverse("account_login"), {"login": "not an address"}).content.decode()

    assert 'aria-invalid="true"' in text
    assert "vb-errtext" in text
    assert 'value="not an address"' in text


def test_a_code_by_mail_is_asked_for_in_one_field(client):
    response = client.get(reverse("account_request_login_code"))

    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<h1") == 1
    assert text.count('type="email"') == 1
    assert 'class="vb-actions"' in text


def test_no_page_of_signing_in_carries_script_or_style_of_its_own(client):
    for name in ("account_login", "account_request_login_code"):
        text = client.get(reverse(name)).content.decode()

        assert " style=" not in text
        assert "<script>" not in text
