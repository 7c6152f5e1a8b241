"""Addresses of the HTTP interface; without a language, and without a redirect for a slash."""

from django.urls import path, re_path

from verband.integrations.api import api, index, nothing_here
from verband.integrations.description import openapi

urlpatterns = [
    path("api/v1", index, name="api"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    re_path(r"^api/v1/$", nothing_here),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nothing_here),
]
