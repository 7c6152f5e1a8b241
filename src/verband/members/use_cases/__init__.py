"""Every change about organisations, membership, population, votes and offices."""

from verband.members.use_cases.layout import lay_out_members
from verband.members.use_cases.offices import (
    change_office,
    correct_office,
    end_office,
    take_office,
    withdraw_office,
)
from verband.members.use_cases.organisations import (
    add_organisation,
    admit_member,
    change_organisation,
    correct_membership,
    correct_organisation,
    end_membership,
    end_organisation,
)
from verband.members.use_cases.population import (
    correct_population,
    correct_voting_key,
    enter_population,
    set_voting_key,
    withdraw_population,
)
from verband.members.use_cases.providers import change_provider, set_up_provider

__all__ = [
    "add_organisation",
    "admit_member",
    "change_office",
    "change_organisation",
    "change_provider",
    "correct_membership",
    "correct_office",
    "correct_organisation",
    "correct_population",
    "correct_voting_key",
    "end_membership",
    "end_office",
    "end_organisation",
    "enter_population",
    "lay_out_members",
    "set_up_provider",
    "set_voting_key",
    "take_office",
    "withdraw_office",
    "withdraw_population",
]
