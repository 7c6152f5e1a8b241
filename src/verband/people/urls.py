"""Addresses of accounts and roles."""

from django.urls import path

from verband.people import views

urlpatterns = [
    path("administration/accounts/", views.accounts, name="accounts"),
    path("people/<slug:key>/account/", views.person_account, name="person_account"),
    path("people/<slug:key>/account/open/", views.open_account, name="open_account"),
    path("people/<slug:key>/account/close/", views.close_account, name="close_account"),
    path("people/<slug:key>/account/reopen/", views.reopen_account, name="reopen_account"),
    path("people/<slug:key>/account/sign-out/", views.end_sessions, name="end_sessions"),
    path("people/<slug:key>/roles/new/", views.give_role, name="give_role"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("roles/<int:pk>/withdraw/", views.withdraw_role, name="withdraw_role"),
]
