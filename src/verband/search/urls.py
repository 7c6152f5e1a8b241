"""The address of search."""

from django.urls import path

from verband.search import views

urlpatterns = [path("search/", views.find, name="search")]
