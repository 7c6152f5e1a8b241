"""Every use case in words: what the audit lines and the page "who may do what" show."""

from django.utils.translation import gettext_lazy as _l

WORDS = {
    "people.found_register": _l("Found the register"),
    "people.add_person": _l("Enter a person"),
    "people.rename_person": _l("Change how a person is called"),
    "people.correct_person": _l("Correct the particulars of a person"),
    "people.give_role": _l("Give a role for the association"),
    "people.end_role": _l("End a role"),
    "people.withdraw_role": _l("Withdraw a role that was never given"),
    "people.open_account": _l("Let a person sign in"),
    "people.close_account": _l("Close an account"),
    "people.reopen_account": _l("Open a closed account again"),
    "people.sign_out_everywhere": _l("End all sessions of an account"),
    "members.add_organisation": _l("Enter an organisation"),
    "members.change_organisation": _l("Change the name or place of an organisation"),
    "members.correct_organisation": _l("Correct the particulars of an organisation"),
    "members.end_organisation": _l("End an organisation"),
    "members.admit_member": _l("Admit a member"),
    "members.end_membership": _l("End a membership"),
    "members.correct_membership": _l("Correct a membership"),
    "members.enter_population": _l("Enter the number of inhabitants"),
    "members.correct_population": _l("Correct the number of inhabitants"),
    "members.withdraw_population": _l("Withdraw a number of inhabitants that never was"),
    "members.set_voting_key": _l("Set how inhabitants make votes"),
    "members.correct_voting_key": _l("Correct how inhabitants make votes"),
    "members.take_office": _l("Let a person take office"),
    "members.change_office": _l("Change the portfolios or party of an office"),
    "members.end_office": _l("End an office"),
    "members.correct_office": _l("Correct a term of office"),
    "members.withdraw_office": _l("Withdraw an office that was never held"),
    "members.set_up_provider": _l("Let a member sign in with its own provider"),
    "members.change_provider": _l("Change the sign-in provider of a member"),
    "members.lay_out_members": _l("Give members their place on the map"),
    "bodies.set_up_body": _l("Set up a body or enter a network"),
    "bodies.change_body": _l("Change the description of a body"),
    "bodies.correct_body": _l("Correct the description of a body"),
    "bodies.withdraw_body_fact": _l("Withdraw a description that never held"),
    "bodies.correct_term": _l("Correct the period of a body"),
    "bodies.prolong_body": _l("Prolong a temporary body"),
    "bodies.end_body": _l("End a body"),
    "bodies.add_goal": _l("Give a body a goal"),
    "bodies.change_goal": _l("Change a goal, or say that it is reached"),
    "bodies.cover": _l("Add what a body covers"),
    "bodies.end_coverage": _l("End what a body covers"),
    "bodies.link_bodies": _l("Tie a body to another"),
    "bodies.end_link": _l("End a link"),
    "bodies.correct_link": _l("Correct a link"),
    "bodies.add_seat": _l("Give a body a seat"),
    "bodies.change_seat": _l("Change a seat"),
    "bodies.end_seat": _l("Abolish a seat"),
    "bodies.seat_someone": _l("Seat someone"),
    "bodies.end_tenure": _l("Let someone leave a seat"),
    "bodies.correct_tenure": _l("Correct who sat when"),
    "bodies.withdraw_tenure": _l("Withdraw a seat that was never held"),
    "bodies.import_members": _l("Take in a file of members"),
    "bodies.import_population": _l("Take in a file of inhabitants"),
    "bodies.import_offices": _l("Take in a file of offices"),
    "bodies.import_seats": _l("Take in a file of seats"),
    "bodies.found_successor": _l("Found a new organisation that follows others"),
    "bodies.record_succession": _l("Record a merger, split or new name"),
    "consultations.promise_mail": _l("Promise a mail"),
    "consultations.promise_digest": _l("Promise the daily digest"),
    "consultations.choose_mail": _l("Choose which mail one wants"),
    "consultations.state_outcome": _l("State the outcome of a question"),
    "consultations.correct_outcome": _l("Correct the outcome of a question"),
    "consultations.raise_objection": _l("Object to a result"),
    "consultations.answer_objection": _l("Answer an objection"),
    "consultations.make_final": _l("Make a result final"),
}
APPS = {
    "people": _l("People and roles"),
    "members": _l("Members and offices"),
    "bodies": _l("Bodies, seats and links"),
}


def in_words(use_case: str) -> str:
    """A use case in the reader's language; its own name when it has been renamed since."""
    return str(WORDS.get(use_case, use_case))


def app_in_words(app: str) -> str:
    """A part of the register in the reader's language."""
    return str(APPS.get(app, app))
