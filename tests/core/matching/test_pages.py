"""The worked examples on the page about matching are true."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs/algorithms/matching.md"


def test_every_example_on_the_page_runs():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert result.attempted > 0
    assert result.failed == 0
