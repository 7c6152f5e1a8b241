"""Addresses of the register of bodies."""

from django.urls import path

from verband.bodies import import_views, views
from verband.bodies.change.urls import urlpatterns as changing

urlpatterns = [
    *changing,
    path("register/", views.register, name="bodies"),
    path("register/ends-soon/", views.register, {"only": "ends-soon"}, name="ends_soon"),
    path("register/without-end/", views.register, {"only": "without-end"}, name="without_end"),
    path(
        "register/without-liaison/",
        views.register,
        {"only": "without-liaison"},
        name="without_liaison",
    ),
    path("register/<slug:key>/", views.body, name="body"),
    path("import/", import_views.upload, name="import"),
    path("import/<int:pk>/", import_views.check, name="import_check"),
    path("members/", views.members, name="members"),
    path("organisations/<slug:key>/", views.organisation, name="organisation"),
    path("people/<slug:key>/", views.person, name="person"),
]
