"""The page on the cartogram shows an example that runs."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "cartogram.md"


def test_example_on_the_page_runs():
    result = doctest.testfile(str(PAGE), module_relative=False)

    assert result.attempted >= 6
    assert result.failed == 0
