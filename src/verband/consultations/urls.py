"""Addresses of the members' voice. Fixed words go before ``<slug:key>``."""

from django.urls import path

from verband.consultations.views import ballot, documents, flash, mail, results, voting

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

urlpatterns = [
    *RESULTS,
    *PUBLISHED,
    *MAIL,
    *VOTING,  # last: its ``<slug:key>`` would take the place of fixed words
]
