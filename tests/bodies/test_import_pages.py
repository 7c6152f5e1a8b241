"""Taking in a file on the page: first the differences, then a yes, by who may and only once."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import translation

from verband.bodies.models import PendingImport
from verband.members.models import Organisation, OrganisationFact
from verband.members.use_cases import change_organisation, end_organisation
from world import NOW, TODAY, found

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "code;naam;vanaf\nGM0001;Nieuwstad;01-01-2018\nGM0855;Groot-Tilburg;01-01-2018\n"


@pytest.fixture(autouse=True)
def _in_dutch_on_the_day(settings):
    settings.VERBAND_TODAY = TODAY
    with translation.override("nl"):
        yield


@pytest.fixture
def world():
    made = found()
    made.municipality("gm0855", "Tilburg")
    return made


@pytest.fixture
def keeper(world):
    client = Client()
    client.force_login(world.keeper)
    return client


def send(client, text, kind="members", **more):
    given = {"kind": kind, "meaning": "change", "day": "30-10-2017", **more}
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(
        reverse("import"), {**given, "file": SimpleUploadedFile("leden.csv", content)}
    )


def shown(answer):
    return re.search(r'name="shown" value="([0-9a-f]{64})"', answer.content.decode())[1]


def say_yes(client, address, fingerprint):
    return client.post(address, {"step": "confirm", "shown": fingerprint})


def test_the_differences_are_shown_and_nothing_is_written_before_a_yes(world, keeper):
    answer = send(keeper, NEW)
    page = keeper.get(answer.url)
    text = page.content.decode()
    assert "Nieuwstad" in text
    assert "Tilburg" in text
    assert "Groot-Tilburg" in text
    assert Organisation.objects.count() == 1
    done = say_yes(keeper, answer.url, shown(page))
    assert done.url == reverse("import")
    assert Organisation.objects.count() == 2
    assert PendingImport.objects.count() == 0


def test_a_second_click_on_yes_does_nothing_more(world, keeper):
    address = send(keeper, NEW).url
    fingerprint = shown(keeper.get(address))
    answers = [say_yes(keeper, address, fingerprint).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert OrganisationFact.objects.filter(organisation__key="gm0001").count() == 1


def test_when_the_register_changed_meanwhile_the_new_differences_are_shown(world, keeper):
    address = send(keeper, NEW).url
    fingerprint = shown(keeper.get(address))
    [fact] = OrganisationFact.objects.known(None)
    world.do(change_organisation, fact=fact, day=TODAY, name="Tilborg", now=NOW)
    refused = say_yes(keeper, address, fingerprint)
    assert refused.status_code == 422
    assert "Tilborg" in refused.content.decode()
    assert Organisation.objects.count() == 1
    assert say_yes(keeper, address, shown(refused)).status_code == 302
    assert Organisation.objects.count() == 2


def test_a_yes_without_the_differences_that_were_shown_is_no_yes(world, keeper):
    address = send(keeper, NEW).url
    assert keeper.post(address, {"step": "confirm"}).status_code == 422
    assert Organisation.objects.count() == 1


def test_a_file_that_no_longer_fits_says_why_and_cannot_be_taken_in(world, keeper):
    address = send(keeper, NEW).url
    fingerprint = shown(keeper.get(address))
    tilburg = Organisation.objects.get(key="gm0855")
    world.do(end_organisation, organisation=tilburg, day=TODAY, reason="merger", now=NOW)
    page = keeper.get(address)
    assert page.status_code == 422
    assert 'value="confirm"' not in page.content.decode()
    assert say_yes(keeper, address, fingerprint).status_code == 422
    assert Organisation.objects.count() == 1


def test_a_file_that_is_thrown_away_is_gone(world, keeper):
    address = send(keeper, NEW).url
    keeper.post(address, {"step": "discard"})
    assert PendingImport.objects.count() == 0
    assert keeper.get(address).url == reverse("import")
    assert Organisation.objects.count() == 1


def test_an_expired_file_asks_for_a_new_upload(world, keeper):
    address = send(keeper, NEW).url
    fingerprint = shown(keeper.get(address))
    PendingImport.objects.update(expires_at=F("expires_at") - timedelta(days=2))
    assert say_yes(keeper, address, fingerprint).url == reverse("import")
    assert Organisation.objects.count() == 1
    send(keeper, NEW)
    assert PendingImport.objects.count() == 1


def test_a_file_is_for_its_owner_only(world, keeper):
    address = send(keeper, NEW).url
    PendingImport.objects.update(account=world.account(world.person("other")))
    assert keeper.get(address).url == reverse("import")


@pytest.mark.parametrize("path", ["/import/", "/import/1/", "/en/import/"])
def test_visitors_sign_in_and_others_hear_who_may(world, path):
    visitor = Client()
    assert reverse("account_login").split("/")[-2] in visitor.get(path).url
    visitor.force_login(world.account(world.person("official")))
    assert visitor.get(path).status_code == 403
    assert visitor.post(path).status_code == 403


def test_files_are_taken_in_only_in_the_register_of_today(world, keeper):
    assert keeper.get(reverse("import") + "?on=2016-01-01").status_code == 403


def test_every_error_stands_in_a_row_of_a_table_in_both_languages(world, keeper):
    text = "code;naam;vanaf\nGM0001;;01-01-2018\nGM0002;x;99-01-2018\n"
    answer = send(keeper, text)
    assert answer.status_code == 422
    assert "“99-01-2018” is geen dag" in answer.content.decode()
    form = {"kind": "members", "meaning": "change", "day": "30-10-2017"}
    file = SimpleUploadedFile("x.csv", text.encode())
    english = keeper.post("/en/import/", {**form, "file": file}).content.decode()
    assert "“99-01-2018” is not a day" in english
    assert "nothing is filled in" in english
    assert PendingImport.objects.count() == 0


def test_a_correction_needs_a_reason(world, keeper):
    assert send(keeper, NEW, meaning="correction").status_code == 422
    assert send(keeper, NEW, meaning="correction", reason="typing error").status_code == 302


def test_a_file_without_news_says_so(world, keeper):
    answer = send(keeper, "code;naam\nGM0855;Tilburg\n")
    assert answer.url == reverse("import")
    assert PendingImport.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04rubbish"])
def test_what_cannot_be_read_is_refused_in_a_sentence(world, keeper, content):
    assert send(keeper, content).status_code == 422


def test_a_file_that_is_too_large_is_not_read(world, keeper, settings):
    settings.VERBAND_IMPORT_MEGABYTES = 0
    assert send(keeper, NEW).status_code == 422


def test_differences_are_paged(world, keeper):
    rows = "".join(f"GM{9000 + i};Stad {i};01-01-2016\n" for i in range(120))
    address = send(keeper, "code;naam;vanaf\n" + rows).url
    assert "Stad 119" not in keeper.get(address).content.decode()
    assert "Stad 119" in keeper.get(address + "?page=3").content.decode()


def test_the_command_shows_differences_and_writes_in_somebodys_name(world, tmp_path, capsys):
    file = tmp_path / "leden.csv"
    file.write_text(NEW, encoding="utf-8")
    call_command("import_register", "members", str(file), "--dry-run")
    assert "1 new, 1 changed, 0 ended" in capsys.readouterr().out
    assert Organisation.objects.count() == 1
    with pytest.raises(CommandError):
        call_command("import_register", "members", str(file))
    keeper = ["--as", world.keeper.email]
    call_command("import_register", "members", str(file), *keeper)
    call_command("import_register", "members", str(file), *keeper)
    out = capsys.readouterr().out
    assert "Taken in: 1 new, 1 changed" in out
    assert "already holds" in out
    file.write_text("code;naam\n;x\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Row 2"):
        call_command("import_register", "members", str(file), *keeper)
