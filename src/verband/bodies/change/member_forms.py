"""The forms about people, organisations, offices and votes."""

from django.utils.translation import gettext_lazy as _

from verband.bodies.change.forms.base import EndForm, WithdrawForm
from verband.bodies.change.forms.offices import ChangeOfficeForm, CorrectOfficeForm, OfficeForm
from verband.bodies.change.forms.organisations import (
    AdmitForm,
    ChangeOrganisationForm,
    CorrectMembershipForm,
    CorrectOrganisationForm,
    CorrectPopulationForm,
    CorrectVotingKeyForm,
    OrganisationForm,
    PopulationForm,
    VotingKeyForm,
)
from verband.bodies.change.forms.people import CorrectPersonForm, PersonForm, RenamePersonForm
from verband.bodies.change.forms.succession import NewSuccessorForm, SuccessionForm
from verband.bodies.change.registry import Changing
from verband.bodies.change.successions import after_address
from verband.bodies.change.successions import teller as tell_succession
from verband.bodies.use_cases import found_successor, record_succession
from verband.members import use_cases as members
from verband.members.models import (
    Membership,
    OfficeFact,
    Organisation,
    OrganisationFact,
    PopulationFigure,
    VotingKeyFact,
)
from verband.people import use_cases as people
from verband.people.models import PersonFact

PEOPLE = (
    Changing(
        "add_person",
        "people/new/",
        people.add_person,
        PersonForm,
        _("Add a person"),
        _("Add the person"),
    ),
    Changing(
        "rename_person",
        "people/names/<int:pk>/change/",
        people.rename_person,
        RenamePersonForm,
        _("Change how this person is called"),
        _("Save the change"),
        PersonFact,
        "fact",
    ),
    Changing(
        "correct_person",
        "people/names/<int:pk>/correct/",
        people.correct_person,
        CorrectPersonForm,
        _("Correct how this person is called"),
        _("Save the correction"),
        PersonFact,
        "fact",
    ),
)

ORGANISATIONS = (
    Changing(
        "add_organisation",
        "organisations/new/",
        members.add_organisation,
        OrganisationForm,
        _("Add an organisation"),
        _("Add the organisation"),
    ),
    Changing(
        "record_succession",
        "organisations/successions/new/",
        record_succession,
        SuccessionForm,
        _("Record a merger, split or boundary change"),
        _("Record it"),
        done=lambda result, about: after_address(result),
        instead=("found_successor", _("The successor is not in the register yet")),
        tell=tell_succession,
    ),
    Changing(
        "found_successor",
        "organisations/successions/new-organisation/",
        found_successor,
        NewSuccessorForm,
        _("Record a merger into a new organisation"),
        _("Record it"),
        done=lambda result, about: after_address(result),
        instead=("record_succession", _("The successor is in the register already")),
        tell=tell_succession,
    ),
    Changing(
        "change_organisation",
        "organisations/particulars/<int:pk>/change/",
        members.change_organisation,
        ChangeOrganisationForm,
        _("Change this organisation"),
        _("Save the change"),
        OrganisationFact,
        "fact",
    ),
    Changing(
        "correct_organisation",
        "organisations/particulars/<int:pk>/correct/",
        members.correct_organisation,
        CorrectOrganisationForm,
        _("Correct this organisation"),
        _("Save the correction"),
        OrganisationFact,
        "fact",
    ),
    Changing(
        "end_organisation",
        "organisations/<slug:key>/end/",
        members.end_organisation,
        EndForm,
        _("End this organisation"),
        _("End the organisation"),
        Organisation,
        "organisation",
    ),
    Changing(
        "admit_member",
        "organisations/<slug:key>/membership/new/",
        members.admit_member,
        AdmitForm,
        _("Admit this organisation as a member"),
        _("Admit the member"),
        Organisation,
        "organisation",
    ),
    Changing(
        "end_membership",
        "memberships/<int:pk>/end/",
        members.end_membership,
        EndForm,
        _("End this membership"),
        _("End the membership"),
        Membership,
        "membership",
    ),
    Changing(
        "correct_membership",
        "memberships/<int:pk>/correct/",
        members.correct_membership,
        CorrectMembershipForm,
        _("Correct this membership"),
        _("Save the correction"),
        Membership,
        "membership",
    ),
)

FIGURES = (
    Changing(
        "enter_population",
        "organisations/<slug:key>/inhabitants/new/",
        members.enter_population,
        PopulationForm,
        _("Enter a number of inhabitants"),
        _("Enter the figure"),
        Organisation,
        "organisation",
    ),
    Changing(
        "correct_population",
        "inhabitants/<int:pk>/correct/",
        members.correct_population,
        CorrectPopulationForm,
        _("Correct this number of inhabitants"),
        _("Save the correction"),
        PopulationFigure,
        "figure",
    ),
    Changing(
        "withdraw_population",
        "inhabitants/<int:pk>/withdraw/",
        members.withdraw_population,
        WithdrawForm,
        _("Withdraw this number of inhabitants"),
        _("Withdraw the figure"),
        PopulationFigure,
        "figure",
    ),
    Changing(
        "set_voting_key",
        "members/voting-keys/new/",
        members.set_voting_key,
        VotingKeyForm,
        _("Set a new voting key"),
        _("Set the voting key"),
    ),
    Changing(
        "correct_voting_key",
        "members/voting-keys/<int:pk>/correct/",
        members.correct_voting_key,
        CorrectVotingKeyForm,
        _("Correct this voting key"),
        _("Save the correction"),
        VotingKeyFact,
        "key",
    ),
)

OFFICES = (
    Changing(
        "take_office",
        "organisations/<slug:key>/offices/new/",
        members.take_office,
        OfficeForm,
        _("Enter who takes an office"),
        _("Enter the office"),
        Organisation,
        "organisation",
    ),
    Changing(
        "change_office",
        "offices/<int:pk>/change/",
        members.change_office,
        ChangeOfficeForm,
        _("Change this office"),
        _("Save the change"),
        OfficeFact,
        "fact",
    ),
    Changing(
        "end_office",
        "offices/<int:pk>/end/",
        members.end_office,
        EndForm,
        _("End this office"),
        _("End the office"),
        OfficeFact,
        "fact",
    ),
    Changing(
        "correct_office",
        "offices/<int:pk>/correct/",
        members.correct_office,
        CorrectOfficeForm,
        _("Correct this office"),
        _("Save the correction"),
        OfficeFact,
        "fact",
    ),
    Changing(
        "withdraw_office",
        "offices/<int:pk>/withdraw/",
        members.withdraw_office,
        WithdrawForm,
        _("Withdraw this office"),
        _("Withdraw the office"),
        OfficeFact,
        "fact",
    ),
)
