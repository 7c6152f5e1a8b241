"""Settings: PostgreSQL only, everything that differs between machines from the environment.

``docs/deploy.md`` lists the variables. ``./verband serve`` refuses to start while one is missing;
here each has a default that is safe, so that commands which need none of them can run.
"""

import os
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import env

from verband.site import addresses

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = Path(env.str("VERBAND_DATA", "") or BASE_DIR / ".verband")

# Where we are.
DEBUG = False
TESTING = env.bool("VERBAND_TESTING", False)
DEMO = env.bool("VERBAND_DEMO", False)
SECRET_KEY = env.str("VERBAND_SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("VERBAND_OLD_SECRET_KEYS", [])
VERBAND_BASE_URL = env.str("VERBAND_BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("VERBAND_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Attribution is what CBS and Kadaster ask for the data that the register is made of.
VERBAND_DATA_LICENCE = env.str(
    "VERBAND_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/"
)
HTTPS = urlsplit(VERBAND_BASE_URL).scheme == "https"

# The register.
VERBAND_TODAY = env.date("VERBAND_TODAY", None)
VERBAND_REGISTER_BEGINS = date(2012, 1, 1)
VERBAND_SHELL = "verband.site.shell.facts"
VERBAND_IMPORT_MEGABYTES = env.int("VERBAND_IMPORT_MEGABYTES", 20)
VERBAND_IMPORT_ROWS = env.int("VERBAND_IMPORT_ROWS", 200_000)
VERBAND_SIGNING_KEY = env.path("VERBAND_SIGNING_KEY", None)
VERBAND_FORMER_SIGNING_KEYS: list[str] = env.list("VERBAND_FORMER_SIGNING_KEYS", [])
VERBAND_AUDIT_NAME = env.str("VERBAND_AUDIT_NAME", "")

INSTALLED_APPS = [
    "verband.kernel",
    "verband.ui",
    "verband.people",
    "verband.members",
    "verband.bodies",
    "verband.search",
    "verband.consultations",
    "verband.integrations",
    "verband.reference",
    "verband.site",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "verband.integrations.middleware.InterfaceMiddleware",
    "csp.middleware.CSPMiddleware",
    "verband.site.headers.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "verband.site.sign_in.sessions.SessionLimits",
    "verband.people.middleware.ActorMiddleware",
    "verband.ui.middleware.ReadingMiddleware",
]

ROOT_URLCONF = "verband.site.urls"
WSGI_APPLICATION = "verband.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "verband.ui.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "verband.ui.shell.context",
            ]
        },
    }
]

# Stores. The cache is a table, so that a limit on attempts holds over all web processes.
DATABASES = {"default": addresses.database(env.str("DATABASE_URL", ""), os.environ)}
DATABASES["default"]["TEST"] = {"NAME": f"test_verband_{env.str('VERBAND_TEST_RUN', '')}"}
VERBAND_PREPARE = env.bool("VERBAND_PREPARE", True)  # not behind a pooler of transactions
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "verband_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
STATIC_URL = "static/"
STATIC_ROOT = env.path("VERBAND_STATIC", DATA_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # The tests collect nothing; one of them collects everything under the other store.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
MEDIA_ROOT = env.path("VERBAND_MEDIA", DATA_DIR / "media")

# Language and time.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "src" / "verband" / "core" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Sign-in: a code by mail, a passkey, or the member's own OpenID Connect provider. No passwords.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "verband.site.sign_in.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "verband.site.sign_in.adapters.ProviderAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by the association, with its address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    # A hall full of delegates is one network address; guessing is counted by mail address.
    "login": "300/m/ip",
    "request_login_code": "300/m/ip,3/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("VERBAND_PROXIES", 0)
MFA_ADAPTER = "verband.site.sign_in.adapters.PasskeyAdapter"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_SUPPORTED_TYPES = ["webauthn"]  # a passkey signs in by itself; without it, a code by mail
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a passkey on http://localhost
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is refused by form-action 'self'
SOCIALACCOUNT_STORE_TOKENS = False

# What the browser may do.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [VERBAND_BASE_URL]
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "verband.people.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # and two hours without use: verband.site.sign_in.sessions
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000

# Mail and log.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("VERBAND_MAIL_FROM", "verband@localhost")
VERBAND_MAIL_REPLY_TO = env.str("VERBAND_MAIL_REPLY_TO", "") or DEFAULT_FROM_EMAIL
VERBAND_MAIL_RATE = env.float("VERBAND_MAIL_RATE", 10.0)  # mails in a second
MAIL_SETTINGS = addresses.mail(env.str("EMAIL_URL", "memory:" if TESTING else "console:"))
globals().update(MAIL_SETTINGS)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("VERBAND_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # anyone can cause them
        "verband": {"level": env.str("VERBAND_LOG_LEVEL", "INFO")},
    },
}
