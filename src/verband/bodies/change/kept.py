"""The use cases that change what is known of a body, of an organisation and of a person."""

from verband.bodies import use_cases
from verband.members import use_cases as members
from verband.people import use_cases as people

OF_BODY = (
    *(use_cases.add_seat, use_cases.change_seat, use_cases.end_seat, use_cases.seat_someone),
    *(use_cases.end_tenure, use_cases.correct_tenure, use_cases.withdraw_tenure),
    *(use_cases.link_bodies, use_cases.end_link, use_cases.correct_link),
    *(use_cases.add_goal, use_cases.change_goal, use_cases.cover, use_cases.end_coverage),
    *(use_cases.change_body, use_cases.correct_body, use_cases.withdraw_body_fact),
    *(use_cases.correct_term, use_cases.prolong_body, use_cases.end_body),
)
OF_ORGANISATION = (
    *(members.take_office, members.change_office, members.end_office),
    *(members.correct_office, members.withdraw_office),
    *(members.admit_member, members.end_membership, members.correct_membership),
    *(members.enter_population, members.correct_population, members.withdraw_population),
    *(members.change_organisation, members.correct_organisation, members.end_organisation),
)
OF_PERSON = (
    *(people.rename_person, people.correct_person),
    *(members.change_office, members.end_office, members.correct_office),
    *(members.withdraw_office, use_cases.end_tenure, use_cases.correct_tenure),
    use_cases.withdraw_tenure,
)
