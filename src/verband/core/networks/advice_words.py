"""What the adviser asks, and what to expect when a form does not fit: words, kept as data."""

from collections.abc import Mapping
from typing import Literal

from verband.core.wording import gettext_noop

Form = Literal["shared", "lead", "nao"]
Factor = Literal["trust", "centralisation", "participants", "consensus", "need"]

QUESTIONS: Mapping[Factor, str] = {
    "trust": gettext_noop(
        "Between how many of the parties is there trust, in pairs, four out of five or more?"
    ),
    "centralisation": gettext_noop(
        "Do the trusted relations run through one party, or between all of them?"
    ),
    "participants": gettext_noop("How many parties take part?"),
    "consensus": gettext_noop("Do the parties put the same goals first?"),
    "need": gettext_noop(
        "Must the network as a whole do things no party does: tasks, demands, money, data?"
    ),
}

EXPECT: Mapping[tuple[Form, Factor], str] = {
    ("shared", "trust"): gettext_noop("decisions stall where not all trust each other."),
    ("shared", "participants"): gettext_noop(
        "expect fatigue: with so many, deciding together takes too long."
    ),
    ("shared", "consensus"): gettext_noop("without common goals nobody may settle a dispute."),
    ("shared", "need"): gettext_noop(
        "nobody has the time or skill for what the network as a whole must do."
    ),
    ("lead", "trust"): gettext_noop(
        "the lead is watched: parties can settle it among themselves, or go round."
    ),
    ("lead", "participants"): gettext_noop(
        "one lead cannot serve so many, or is too much for so few."
    ),
    ("lead", "consensus"): gettext_noop(
        "the lead's own agenda stands in the way of what all want."
    ),
    ("lead", "need"): gettext_noop(
        "the lead's own organisation is too small or too large for the work."
    ),
    ("nao", "trust"): gettext_noop("a third party is doubted, or is more than such trust needs."),
    ("nao", "participants"): gettext_noop(
        "a separate organisation costs more than so few can carry."
    ),
    ("nao", "consensus"): gettext_noop("a separate organisation needs goals it can be held to."),
    ("nao", "need"): gettext_noop(
        "a separate organisation has too little to do and turns to procedure."
    ),
}
