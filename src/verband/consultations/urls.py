"""Addresses of the members' voice. Fixed words go before ``<slug:key>``."""

from django.urls import path

from verband.consultations.views import ballot, flash, mail, voting

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

urlpatterns = [
    *MAIL,
    *VOTING,  # last: its ``<slug:key>`` would take the place of fixed words
]
