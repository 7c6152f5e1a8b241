"""A real browser before a real server that serves the loaded story."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from journeys.looking import Watch
from journeys.places import ADMINISTRATOR, ASSEMBLY, CLOSED_VOTE, ELECTION, HANDS, TILBURG
from journeys.site import Site
from journeys.story import TODAY, copied, loaded, working_in
from verband.consultations.models import Consultation, Sitting
from verband.consultations.use_cases.opening import close_vote, open_vote
from verband.consultations.use_cases.sittings import mark_present
from verband.members.models import Organisation
from verband.members.use_cases import set_up_provider
from verband.members.use_cases.providers import Secret
from verband.people.models import Account
from verband.people.use_cases import close_account
from world import noon

# The browser keeps a loop running in this thread, which Django takes for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
OLD_WAY = "ignore::pytest.PytestRemovedIn10Warning"
COPIES = itertools.count(1)
RUN, WORKER = os.environ["VERBAND_TEST_RUN"], os.environ.get("PYTEST_XDIST_WORKER", "only")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-base-url, which comes with the browser, defines a fixture the old way."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(OLD_WAY))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The Chromium of this machine; nothing is fetched."""
    path = os.environ.get("VERBAND_CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A Dutch reader."""
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture(scope="session")
def story(django_db_modify_db_settings, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The name of the database with the loaded story, to which nobody connects."""
    name = f"story_{RUN}"
    folder = tmp_path_factory.getbasetemp().parent
    with django_db_blocker.unblock(), loaded(name, folder) as made:
        yield made


@pytest.fixture(scope="session")
def story_to_read(story: str, django_db_blocker) -> Iterator[str]:
    """A copy for the tests that change nothing but sessions."""
    with (
        django_db_blocker.unblock(),
        copied(story, f"{story}_{WORKER}_read") as made,
    ):
        with working_in(made):
            _fill_what_the_story_lacks()
        yield made


def _fill_what_the_story_lacks() -> None:
    """A closed account, a member with a provider of its own, and an assembly that is held now."""
    accounts = Account.objects
    keeper = {"actor": accounts.get(email=ADMINISTRATOR), "now": noon(TODAY)}
    close_account(account=accounts.get(person__key="intake"), reason="Uit dienst.", **keeper)
    set_up_provider(
        organisation=Organisation.objects.get(key=TILBURG),
        domains=["tilburg.example"],
        issuer="https://tilburg.example",
        client_id="verband",
        secret=Secret("not told"),
        **keeper,
    )
    sitting = Sitting.objects.get(key=ASSEMBLY)
    for key in (TILBURG, "gm0344", "gm0363", "gm0599"):
        mark_present(sitting=sitting, member=Organisation.objects.get(key=key), **keeper)
    for key in (CLOSED_VOTE, HANDS, ELECTION):
        open_vote(consultation=Consultation.objects.get(key=key), **keeper)
    close_vote(consultation=Consultation.objects.get(key=CLOSED_VOTE), **keeper)


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    """A server in threads of this process; by its name, because passkeys know no numbers."""
    with pytest.MonkeyPatch.context() as patch:
        # A connection that a thread keeps would hold the database.
        patch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
        running = LiveServer("localhost")
        yield running
        running.stop()


@pytest.fixture(scope="session")
def read_states() -> dict[str, Any]:
    """Who has signed in to the copy that is only read."""
    return {}


@pytest.fixture
def _demo(settings, django_db_blocker, mailoutbox: list) -> Iterator[None]:
    """The demo's day, and a database behind the server."""
    settings.VERBAND_TODAY, settings.DEMO = TODAY, True
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def site(_demo: None, server: LiveServer, story_to_read: str, read_states: dict) -> Iterator[Site]:
    """The pages, to read."""
    with working_in(story_to_read):
        cache.clear()
        yield Site(server.url, read_states)


@pytest.fixture
def own_site(_demo: None, server: LiveServer, story: str) -> Iterator[Site]:
    """The pages before a copy of the story that this test may change."""
    name = f"{story}_{WORKER}_{next(COPIES)}"
    with copied(story, name), working_in(name):
        yield Site(server.url)


@pytest.fixture
def visit(browser: Browser, browser_context_args: dict, server: LiveServer) -> Iterator[Callable]:
    """Opens a browser window; at the end nothing may have gone wrong in any of them."""
    with ExitStack() as windows:
        watched: list[Watch] = []

        def open_window(site: Site, email: str = "", width: int = 1280, **more: Any) -> Page:
            args = {**browser_context_args, "viewport": {"width": width, "height": 900}, **more}
            if email:
                args["storage_state"] = site.cookies(browser, email)
            context: BrowserContext = browser.new_context(**args)
            windows.callback(context.close)
            page = context.new_page()
            if args.get("java_script_enabled", True):
                watched.append(Watch(page, site.home))
            return page

        yield open_window
        assert [wrong for watch in watched for wrong in watch.found()] == []
