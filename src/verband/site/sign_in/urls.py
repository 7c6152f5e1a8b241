"""Addresses of signing in; of the sign-in library only what this site uses."""

from allauth.mfa.webauthn.views import login_webauthn
from django.urls import path

from verband.site.sign_in import oidc, passkeys, views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/code/", views.SignIn.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", views.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("login/with/<slug:key>/", views.provider, name="sign_in_provider"),
    path("login/demo/", views.demo, name="demo_sign_in"),
    path("login/passkey/", login_webauthn, name="mfa_login_webauthn"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("logout/everywhere/", views.everywhere, name="sign_out_everywhere"),
    path("again/", passkeys.again, name="account_reauthenticate"),
    path("passkeys/", passkeys.PasskeyList.as_view(), name="mfa_index"),
    path("passkeys/", passkeys.PasskeyList.as_view(), name="mfa_list_webauthn"),
    path("passkeys/new/", passkeys.PasskeyAdd.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.PasskeyRemove.as_view(), name="mfa_remove_webauthn"),
]

# One address in every language: a provider sends people back only to where it was told.
provider_patterns = [
    path("cancelled/", oidc.cancelled, name="socialaccount_login_cancelled"),
    path("<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("<slug:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
]
