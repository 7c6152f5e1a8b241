"""The addresses of the gallery."""

from django.urls import include, path

from ui.gallery.forms import file_form, form
from ui.gallery.register import register

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("register/", register),
    path("forms/", form),
    path("forms/file/", file_form),
]
