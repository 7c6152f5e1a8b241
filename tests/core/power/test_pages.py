"""The worked examples on the pages about power are true."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs/algorithms"


@pytest.mark.parametrize("document", ["power.md", "majorities.md", "pays-and-decides.md"])
def test_the_worked_example_of_a_page_is_true(document):
    found = doctest.testfile(str(PAGES / document), module_relative=False, encoding="utf-8")

    assert found.attempted > 0 and found.failed == 0
