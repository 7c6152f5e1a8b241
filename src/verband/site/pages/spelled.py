"""Small numbers in words."""

from django.utils.translation import pgettext

from verband.ui.wording import number


def spelled(count: int) -> str:
    """A small number in words, as a heading says it."""
    words = (
        pgettext("a number of things", "none"),
        pgettext("a number of things", "one"),
        pgettext("a number of things", "two"),
        pgettext("a number of things", "three"),
        pgettext("a number of things", "four"),
        pgettext("a number of things", "five"),
        pgettext("a number of things", "six"),
        pgettext("a number of things", "seven"),
        pgettext("a number of things", "eight"),
        pgettext("a number of things", "nine"),
        pgettext("a number of things", "ten"),
    )
    return words[count] if count < len(words) else number(count)
