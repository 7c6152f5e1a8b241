"""Root addresses."""

from django.urls import include, path

from verband.site.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
]
