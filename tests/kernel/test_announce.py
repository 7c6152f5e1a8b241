"""News after the commit: whoever hears it cannot undo what was done."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from verband.kernel.announce import announce, listens_to, unannounced

heard: list[str] = []


@dataclass(frozen=True)
class Rung:
    """Something happened."""

    bell: str


@listens_to(Rung)
def break_down(event: Rung) -> None:
    """A listener that fails."""
    raise RuntimeError(event.bell)


@listens_to(Rung)
def hear(event: Rung) -> None:
    """A listener that hears."""
    heard.append(event.bell)


@pytest.fixture(autouse=True)
def silence():
    heard.clear()


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_harms_neither_the_change_nor_the_other_listeners():
    with transaction.atomic():
        announce(Rung("noon"))
        assert heard == []

    assert heard == ["noon"]


@pytest.mark.django_db(transaction=True)
def test_a_load_of_many_changes_is_not_announced():
    with unannounced():
        announce(Rung("night"))

    assert heard == []
