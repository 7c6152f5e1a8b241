"""Addresses of the members' voice. Fixed words go before ``<slug:key>``."""

from django.urls import path

from verband.consultations.views import (
    ballot,
    desk,
    documents,
    elections,
    flash,
    follow,
    leading,
    mail,
    moderating,
    preparing,
    results,
    rules,
    sittings,
    statements,
    voters,
    voting,
)

# Voting: what is open, one consultation, the ballot and its receipt, a flash answer, reasons.
VOTING = [
    path("consultations/", voting.consultations, name="consultations"),
    path("consultations/<slug:key>/", voting.consultation, name="consultation"),
    path("consultations/<slug:key>/vote/", ballot.vote, name="vote"),
    path("consultations/<slug:key>/receipt/<uuid:token>/", ballot.receipt, name="receipt"),
    path("consultations/<slug:key>/answer/", flash.answer, name="answer"),
    path("consultations/<slug:key>/argue/", voting.argue, name="argue"),
]

# Mail and agendas: the closing time as a file, one-click unsubscribing, choices about mail.
MAIL = [
    path("consultations/<slug:key>/closing.ics", mail.closing_ics, name="closing_ics"),
    path("mail/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("account/mail/", mail.my_mail, name="my_mail"),
]

# What is published: the roll-call, documents, the receipt as a file, how to verify.
PUBLISHED = [
    path("consultations/verify/", documents.verify_receipt, name="verify_receipt"),
    path(
        "consultations/verify/verify_vote.py",
        documents.verify_vote_script,
        name="verify_vote_script",
    ),
    path(
        "consultations/<slug:key>/roll-call.json", documents.roll_call_json, name="roll_call_json"
    ),
    path("consultations/<slug:key>/roll-call.csv", documents.roll_call_csv, name="roll_call_csv"),
    path("consultations/<slug:key>/result.json", documents.result_json, name="result_json"),
    path("consultations/<slug:key>/result.csv", documents.result_csv, name="result_csv"),
    path("consultations/<slug:key>/decision.pdf", documents.decision, name="decision_pdf"),
    path("consultations/<slug:key>/popolo.json", documents.popolo_vote, name="popolo_vote"),
    path("consultations/<slug:key>/ori.json", documents.ori_vote, name="ori_vote"),
    path(
        "consultations/<slug:key>/receipt/<uuid:token>/proof.json",
        documents.receipt_proof,
        name="receipt_proof",
    ),
]

# Results: the outcome and its statement, objections, the votes of one member over time.
RESULTS = [
    path("consultations/votes-of/<slug:member>/", results.votes_of, name="votes_of"),
    path("consultations/<slug:key>/result/", results.result, name="result"),
    path("consultations/<slug:key>/outcome/<int:order>/", results.outcome, name="outcome"),
    path("consultations/<slug:key>/object/", results.object_to_result, name="object"),
    path("consultations/<slug:key>/objections/", results.objections, name="objections"),
    path("consultations/<slug:key>/objections/<int:pk>/", results.answer, name="answer_objection"),
    path("consultations/<slug:key>/final/", results.final, name="make_final"),
]

# Staff: preparing and leading a vote, its rules.
STAFF = [
    path("consultations/new/", preparing.new, name="new_consultation"),
    path("consultations/rules/", rules.rules, name="voting_rules"),
    path("consultations/rules/new/", rules.enter, name="enter_rule"),
    path("consultations/rules/<slug:key>/", rules.rule, name="voting_rule"),
    path("consultations/rules/texts/<int:pk>/change/", rules.change, name="change_rule"),
    path("consultations/rules/texts/<int:pk>/correct/", rules.correct, name="correct_rule"),
    path("consultations/<slug:key>/edit/", preparing.edit, name="edit_consultation"),
    path(
        "consultations/<slug:key>/edit/particulars/",
        preparing.particulars,
        name="change_particulars",
    ),
    path("consultations/<slug:key>/question/new/", preparing.add, name="add_question"),
    path(
        "consultations/<slug:key>/question/<int:order>/", preparing.change, name="change_question"
    ),
    path(
        "consultations/<slug:key>/question/<int:order>/withdraw/",
        preparing.withdraw_one,
        name="withdraw_question",
    ),
    *(
        path(f"consultations/<slug:key>/{word}/", leading.lead, {"step": step}, name=step)
        for word, step in (
            ("open", "open_vote"),
            ("later", "extend_closing"),
            ("close", "close_vote"),
            ("publish", "publish_result"),
            ("withdraw", "withdraw_consultation"),
            ("hold-over", "hold_over"),
        )
    ),
]

# Voters: who votes for a member, and the proxies it gave.
VOTERS = [
    path("consultations/voters/", voters.voters, name="voters"),
    path("consultations/voters/<slug:member>/", voters.voters_of_member, name="voters_of_member"),
    path("consultations/voters/<slug:member>/name/", voters.name, name="name_voter"),
    path(
        "consultations/voters/<slug:member>/sitting/<slug:key>/",
        voters.give_for_sitting,
        name="give_proxy_for_sitting",
    ),
    path("consultations/voters/namings/<int:pk>/revoke/", voters.revoke, name="revoke_naming"),
    path("consultations/proxies/<int:pk>/revoke/", voters.revoke_one, name="revoke_proxy"),
    path(
        "consultations/<slug:key>/voters/<slug:member>/name/", voters.name, name="name_voter_here"
    ),
    path("consultations/<slug:key>/proxies/<slug:member>/", voters.give, name="give_proxy"),
]

# Sittings: the list, one sitting, presence, the chair's desk, following; electing persons.
SITTINGS = [
    path("sittings/", sittings.sittings, name="sittings"),
    path("sittings/new/", sittings.sitting_new, name="sitting_new"),
    path("sittings/<slug:key>/", sittings.sitting, name="sitting"),
    path("sittings/<slug:key>/edit/", sittings.sitting_edit, name="sitting_edit"),
    path("sittings/<slug:key>/votes/new/", sittings.sitting_vote, name="sitting_vote"),
    path("sittings/<slug:key>/presence/", sittings.presence, name="sitting_presence"),
    path("sittings/<slug:key>/check-in/", sittings.checking, name="sitting_check_in"),
    path("sittings/<slug:key>/ask/", sittings.asking, name="sitting_ask"),
    path("sittings/<slug:key>/desk/", desk.desk, name="sitting_desk"),
    path("sittings/<slug:key>/desk/live/", desk.desk_live, name="sitting_desk_live"),
    path("sittings/<slug:key>/desk/<slug:vote>/hands/", desk.hands, name="sitting_hands"),
    path("sittings/<slug:key>/desk/<slug:vote>/lot/", desk.lot, name="sitting_lot"),
    path("sittings/<slug:key>/desk/<slug:vote>/tie/", desk.tie, name="sitting_tie"),
    path("sittings/<slug:key>/follow/", follow.follow, name="sitting_follow"),
    path("sittings/<slug:key>/follow/live/", follow.follow_live, name="sitting_follow_live"),
    path("consultations/<slug:key>/vote/persons/", elections.vote_persons, name="vote_persons"),
    path("consultations/<slug:key>/elected/", elections.elected, name="elected"),
    path(
        "consultations/<slug:key>/ballots-<slug:question>.blt",
        elections.blt,
        name="consultation_blt",
    ),
    path("consultations/<slug:key>/secret/", elections.secret, name="consultation_secret"),
]

# A deliberation: voting on statements, adding one, moderating, the list for everybody.
STATEMENTS = [
    path("consultations/<slug:key>/statements/", statements.statements, name="statements"),
    path("consultations/<slug:key>/statements/add/", statements.add, name="add_statement"),
    path("consultations/<slug:key>/statements/mine/", statements.mine, name="my_statements"),
    path("consultations/<slug:key>/statements/list/", statements.listed, name="statement_list"),
    path(
        "consultations/<slug:key>/statements/queue/", moderating.queue, name="moderate_statements"
    ),
    path("consultations/<slug:key>/statements.csv", statements.as_csv, name="statements_csv"),
    path("consultations/<slug:key>/statements.json", statements.as_json, name="statements_json"),
    path("consultations/<slug:key>/statements/put/", moderating.put, name="put_statement"),
    path(
        "consultations/<slug:key>/statements/<int:pk>/<slug:word>/",
        moderating.judge,
        name="moderate_statement",
    ),
]

urlpatterns = [
    *STATEMENTS,
    *SITTINGS,
    *STAFF,
    *VOTERS,
    *RESULTS,
    *PUBLISHED,
    *MAIL,
    *VOTING,  # last: its ``<slug:key>`` would take the place of fixed words
]
