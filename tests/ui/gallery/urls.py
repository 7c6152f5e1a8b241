"""The addresses of the gallery."""

from django.urls import include, path

from ui.gallery.charts import body, network_map
from ui.gallery.forms import file_form, form
from ui.gallery.register import register
from ui.gallery.words import empty, words

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", words),
    path("register/", register),
    path("forms/", form),
    path("forms/file/", file_form),
    path("body/", body),
    path("map/", network_map),
    path("words/", words),
    path("empty/", empty),
]
