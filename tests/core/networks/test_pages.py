"""The worked examples on the pages about networks are true."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs/algorithms"


@pytest.mark.parametrize("document", ["networks.md"])
def test_every_example_on_the_page_runs(document):
    result = doctest.testfile(str(PAGES / document), module_relative=False, encoding="utf-8")

    assert result.attempted > 0
    assert result.failed == 0
