"""Every change about bodies, goals, seats, tenures, links, and what follows a merger."""

from verband.bodies.use_cases.bodies import (
    change_body,
    correct_body,
    correct_term,
    end_body,
    prolong_body,
    set_up_body,
    withdraw_body_fact,
)
from verband.bodies.use_cases.goals import add_goal, change_goal, cover, end_coverage
from verband.bodies.use_cases.imports import (
    import_members,
    import_offices,
    import_population,
    import_seats,
)
from verband.bodies.use_cases.links import correct_link, end_link, link_bodies
from verband.bodies.use_cases.seats import (
    add_seat,
    change_seat,
    correct_tenure,
    end_seat,
    end_tenure,
    seat_someone,
    withdraw_tenure,
)
from verband.bodies.use_cases.successions import found_successor, record_succession

__all__ = [
    "add_goal",
    "add_seat",
    "change_body",
    "change_goal",
    "change_seat",
    "correct_body",
    "correct_link",
    "correct_tenure",
    "correct_term",
    "cover",
    "end_body",
    "end_coverage",
    "end_link",
    "end_seat",
    "end_tenure",
    "found_successor",
    "import_members",
    "import_offices",
    "import_population",
    "import_seats",
    "link_bodies",
    "prolong_body",
    "record_succession",
    "seat_someone",
    "set_up_body",
    "withdraw_body_fact",
    "withdraw_tenure",
]
