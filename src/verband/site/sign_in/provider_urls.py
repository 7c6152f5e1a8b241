"""Addresses where an administrator sets up the providers of members."""

from django.urls import path

from verband.site.sign_in import provider_views

urlpatterns = [
    path("administration/sign-in/", provider_views.providers, name="providers"),
    path("administration/sign-in/new/", provider_views.set_up, name="set_up_provider"),
    path("administration/sign-in/<slug:key>/", provider_views.change, name="change_provider"),
]
