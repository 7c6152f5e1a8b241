"""How cookies and headers are set when people reach the site by https, and on this machine."""

import json
import os
import subprocess
import sys

import pytest

TELL = """
import json
from verband.site import settings as s
names = [name for name in dir(s) if name.isupper()]
print(json.dumps({name: getattr(s, name) for name in names}, default=str))
"""


def settings_at(address: str) -> dict:
    """The settings of a process of its own."""
    environment = {**os.environ, "VERBAND_BASE_URL": address, "VERBAND_SECRET_KEY": "x" * 60}
    command = [sys.executable, "-c", TELL]
    told = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    return json.loads(told.stdout)


@pytest.fixture(scope="module")
def secure() -> dict:
    return settings_at("https://verband.example")


@pytest.fixture(scope="module")
def here() -> dict:
    return settings_at("http://localhost:8000")


def test_cookies_travel_only_by_https_and_are_hidden_from_scripts(secure):
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert secure[f"{name}_COOKIE_SECURE"] is True
        assert secure[f"{name}_COOKIE_HTTPONLY"] is True
        assert secure[f"{name}_COOKIE_SAMESITE"] == "Lax"
    assert secure["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert secure["CSRF_COOKIE_NAME"].startswith("__Host-")


def test_a_browser_that_came_by_https_never_goes_back(secure):
    assert secure["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert secure["SECURE_SSL_REDIRECT"] is True


def test_passkeys_and_cookies_work_on_this_machine_without_https(here):
    assert here["SESSION_COOKIE_SECURE"] is False
    assert here["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is True


def test_passkeys_are_bound_to_the_address_of_the_site(secure):
    assert secure["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_the_demo_is_off_unless_it_is_asked_for(secure):
    assert secure["DEMO"] is False


def test_limits_are_counted_where_every_process_sees_them(secure):
    assert secure["CACHES"]["default"]["BACKEND"].endswith("DatabaseCache")
