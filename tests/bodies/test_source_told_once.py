"""Where a note says how certain a description is, the source stands there and nowhere else."""

import pytest
from django.test import Client

from world import TODAY, found

pytestmark = pytest.mark.django_db
SOURCE = "Made up for the example"


@pytest.mark.parametrize("certainty", ["fictional", "stated"])
def test_a_body_names_its_source_once(client: Client, settings, certainty: str) -> None:
    settings.VERBAND_TODAY = TODAY
    found().body("team", source=SOURCE, certainty=certainty)

    page = client.get("/en/register/team/").content.decode()

    assert page.count(SOURCE) == 1
    assert ("This is fictional" in page) == (certainty == "fictional")
