"""``./verband messages``: collect the sentences to translate; ``--check`` looks only."""

from collections.abc import Sequence

from verband.site.messages import main


def run(word: str, arguments: Sequence[str]) -> int:
    """Hand over to ``verband.site.messages``."""
    return main(arguments)
