"""Production: what is missing is named at once; the settings are shut by default."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from verband.site import addresses
from verband.site.launch import check, test
from verband.site.launch.demo_state import new_signing_key
from verband.site.launch.paths import ROOT
from verband.site.launch.words import Unable


def test_everything_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in check.REQUIRED:
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(Unable) as refusal:
        check.check()

    for name in check.REQUIRED:
        assert f"{name} is not set" in str(refusal.value)


def test_values_that_cannot_work_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("not a key")
    complete = dict.fromkeys(check.REQUIRED, "x" * 40)

    found = check.missing({**complete, "VERBAND_SIGNING_KEY": str(tmp_path / "key")})

    assert found == [
        "VERBAND_BASE_URL: it does not begin with https://.",
        "VERBAND_SIGNING_KEY: it holds no Ed25519 private key.",
        "EMAIL_URL: mail goes by smtp://, smtps://, console:, file: or memory:.",
    ]


def test_a_complete_environment_has_nothing_missing(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(new_signing_key())

    assert (
        check.missing(
            {
                "DATABASE_URL": "postgresql://verband@db.example/verband",
                "VERBAND_SECRET_KEY": "s" * 40,
                "VERBAND_HOSTS": "verband.example",
                "VERBAND_BASE_URL": "https://verband.example",
                "VERBAND_SIGNING_KEY": str(tmp_path / "key.pem"),
                "VERBAND_MAIL_FROM": "verband@verband.example",
                "EMAIL_URL": "smtp://mail.example:587?tls=1",
            }
        )
        == []
    )


def settings_with(expression: str, **environment: str) -> str:
    """What the settings come to in another environment."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    program = f"from verband.site import settings; print({expression})"
    given = {**kept, "PYTHONPATH": str(ROOT / "src"), **environment}
    line = [sys.executable, "-c", program]
    done = subprocess.run(line, env=given, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_https_address_makes_cookies_secure_and_lasting() -> None:
    shown = settings_with(
        "settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_NAME, settings.SECURE_HSTS_SECONDS",
        VERBAND_BASE_URL="https://verband.example",
    )

    assert shown == "True __Host-session 31536000"


def test_a_proxy_is_believed_only_when_one_is_named() -> None:
    expression = "getattr(settings, 'SECURE_PROXY_SSL_HEADER', None)"

    assert settings_with(expression) == "None"
    assert "X_FORWARDED_PROTO" in settings_with(expression, VERBAND_PROXIES="1")


def test_a_password_with_odd_signs_reaches_the_database_whole() -> None:
    found = addresses.database("postgresql://anna:p%40ss%3A@db.example:5433/register", {})

    assert (found["PASSWORD"], found["PORT"]) == ("p@ss:", "5433")


@pytest.mark.django_db
def test_every_answer_carries_the_shut_headers(client: Client) -> None:
    answer = client.get("/healthz")

    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_nobody_registers_by_themselves(client: Client) -> None:
    before = client.get("/accounts/signup/")

    assert b'type="email"' not in before.content


def test_every_static_file_that_is_named_exists(tmp_path: Path) -> None:
    from django.core.management import call_command

    store = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": {"BACKEND": store}}):
        call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()


def test_every_part_of_the_test_command_has_steps() -> None:
    for part, members in test.PARTS.items():
        assert [step for step in test.STEPS if step.part in members], part
    assert {step.part for step in test.STEPS} == set().union(*test.PARTS.values())


def test_an_unknown_part_is_refused_and_options_go_to_pytest() -> None:
    assert test.chosen(["core", "-k", "banzhaf"]) == ("core", ["-k", "banzhaf"])
    assert test.chosen(["-x"]) == (None, ["-x"])
    with pytest.raises(Unable, match="the parts are lint, core, unit, journeys, faults"):
        test.chosen(["everything"])
