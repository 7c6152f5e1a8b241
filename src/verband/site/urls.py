"""Root addresses: Dutch pages without a prefix, English ones under ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from verband.site import views
from verband.site.health import healthz
from verband.site.sign_in.urls import provider_patterns

pages = [
    path("", views.home, name="home"),
    path("changes/", views.changes, name="changes"),
    path("as-known/", views.as_known, name="as_known"),
    path("authority/", views.authority, name="authority"),
    path("audit/", views.audit, name="audit"),
    path("audit/lines/", views.audit_lines, name="audit_lines"),
    path("audit/lines/<int:pk>/proof.json", views.audit_proof, name="audit_proof"),
    path("audit/verify_bundle.py", views.verify_script, name="verify_script"),
    path("audit/<str:table>/<int:pk>/", views.audit_thing, name="audit_thing"),
    path("account/", views.my_account, name="my_account"),
    path("health/", views.health, name="health"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("open-data/", views.open_data, name="open_data"),
]

urlpatterns = [
    path("healthz", healthz),
    path("", include("verband.integrations.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/oidc/", include(provider_patterns)),
    *i18n_patterns(
        path("", include("verband.consultations.urls")),  # first: a vote waits for no other
        path("accounts/", include("verband.site.sign_in.urls")),
        path("", include("verband.people.urls")),
        path("", include("verband.site.sign_in.provider_urls")),
        path("", include("verband.bodies.urls")),
        path("", include("verband.search.urls")),
        path("", include(pages)),
        prefix_default_language=False,
    ),
]
