"""Addresses of the members' voice. Fixed words go before ``<slug:key>``."""

from django.urls import path

from verband.consultations.views import voting

# Voting: what is open, one consultation, the ballot and its receipt, a flash answer, reasons.
VOTING = [
    path("consultations/", voting.consultations, name="consultations"),
]

urlpatterns = [
    *VOTING,  # last: its ``<slug:key>`` would take the place of fixed words
]
