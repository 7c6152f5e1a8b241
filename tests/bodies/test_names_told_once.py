"""A renaming is told in the language of the reader, and once."""

import pytest
from django.utils import translation

from verband.bodies.queries.names import told_in_the_other_language
from verband.members.models import OrganisationFact

OLD = OrganisationFact(name="Ministerie van Veiligheid en Justitie", name_en="Security and Justice")
NEW = OrganisationFact(name="Ministerie van Justitie en Veiligheid", name_en="Justice and Security")


@pytest.mark.parametrize(("language", "left_out"), [("nl", {"name_en"}), ("en", {"name"})])
def test_renaming_is_told_in_the_language_of_the_reader(language: str, left_out: set[str]) -> None:
    with translation.override(language):
        assert told_in_the_other_language(OLD, NEW) == left_out


def test_name_that_changed_in_one_language_only_is_told_to_everybody() -> None:
    only_english = OrganisationFact(name=OLD.name, name_en=NEW.name_en)
    for language in ("nl", "en"):
        with translation.override(language):
            assert told_in_the_other_language(OLD, only_english) == frozenset()


def test_dutch_name_is_told_in_english_when_the_english_one_was_dropped() -> None:
    with translation.override("en"):
        assert told_in_the_other_language(OLD, OrganisationFact(name=NEW.name)) == frozenset()
