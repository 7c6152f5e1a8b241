"""Addresses of the forms; they stand before the pages, whose keys they would otherwise be."""

from django.urls import path

from verband.bodies.change import views
from verband.bodies.change.body_forms import BODIES, LINKS, SEATS
from verband.bodies.change.member_forms import FIGURES, OFFICES, ORGANISATIONS, PEOPLE

CHANGES = (*PEOPLE, *ORGANISATIONS, *FIGURES, *OFFICES, *BODIES, *SEATS, *LINKS)

urlpatterns = [
    path(changing.route, views.change, {"changing": changing}, name=changing.name)
    for changing in CHANGES
]
urlpatterns += [
    path("register/<slug:key>/keep/", views.keep_body, name="keep_body"),
    path("organisations/<slug:key>/keep/", views.keep_organisation, name="keep_organisation"),
    path("people/<slug:key>/keep/", views.keep_person, name="keep_person"),
    path("members/voting-keys/", views.voting_keys, name="voting_keys"),
    path(
        "organisations/<slug:key>/succession/<str:day>/",
        views.succession_questions,
        name="succession_questions",
    ),
]
