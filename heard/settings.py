"""Django's settings. What an operator may set is in `heard.env`; the rest is decided here."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from heard.env import env

HERE = Path(__file__).parent
ENV = env()

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(ENV.public_url))]
ROOT_URLCONF = "heard.urls"
WSGI_APPLICATION = "heard.asgi.django"
SUBSCRIPTIONS = "heard.subscriptions.SUBSCRIPTIONS"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "heard.accounts",
    "heard.workspaces",
    "heard.buckets",
    "heard.events",
    "heard.products",
    "heard.facts",
    "heard.uploads",
    "heard.inboxes",
    "heard.contacts",
    "heard.voice",
    "heard.tickets",
    "heard.letters",
    "heard.ingest",
    "heard.outbox",
    "heard.publishing",
    "heard.confirming",
    "heard.following_up",
    "heard.forms",
    "heard.replies",
    "heard.taking_private",
    "heard.translating",
    "heard.chat",
    "heard.web",
    "heard.api",
    "heard.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "heard.web.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "heard.web.sign_in.expiry.SessionExpiryMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "heard.web.caching.NoStoreMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        # The second folder holds our own pages for allauth, under the names that it asks for. The last one lets
        # the public pages be called `portal/…`.
        "DIRS": [HERE / "web", HERE / "web" / "sign_in" / "allauth", HERE],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "heard.web.jinja.environment",
            "context_processors": [
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "heard.web.context.page",
            ],
        },
    },
    {
        # What allauth brings and we have no page of our own for: its mails and the texts of its messages.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]


def database(url: str, *, statement_timeout: str) -> dict[str, Any]:
    """Django's form of a libpq address. Time-outs as every session of ours should have them."""
    known = conninfo_to_dict(url)
    limits = {
        "statement_timeout": statement_timeout,
        "lock_timeout": "3s",
        "idle_in_transaction_session_timeout": "30s",
    }
    return {
        "ENGINE": "heard.postgres",  # looks at a connection before it gives it
        "NAME": known.pop("dbname", "heard"),
        "USER": known.pop("user", ""),
        "PASSWORD": known.pop("password", ""),
        "HOST": known.pop("host", ""),
        "PORT": str(known.pop("port", "")),
        "OPTIONS": {
            **known,
            "pool": {"min_size": 1, "max_size": ENV.web_threads + 4, "timeout": 5},
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
            # Planning a page's statements takes three times as long as running them: plan once a connection.
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
    }


DATABASES = {"default": database(ENV.database_url, statement_timeout="15s")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["heard.web.sign_in.backend.AtWork"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "heard.web.sign_in.adapter.ClosedToStrangers"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # how long is decided in heard.web.sign_in.expiry
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxy_count
ACCOUNT_RATE_LIMITS = {"login_failed": "5/m/key,20/m/ip", "reset_password": "3/h/key,20/h/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Admins vouch for the addresses of those they add: none is ever verified by mail.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Heard"
MFA_ADAPTER = "heard.web.sign_in.adapter.SecondFactors"
# A passkey needs a secure origin; browsers count localhost as one, and so must the library.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.secure
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "heard.web.sign_in.sessions"
SESSION_COOKIE_NAME = "__Host-session" if ENV.secure else "heard_session"
SESSION_COOKIE_SECURE = ENV.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if ENV.secure else "heard_csrf"
CSRF_COOKIE_SECURE = ENV.secure
CSRF_FAILURE_VIEW = "heard.web.errors.csrf_failed"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.proxy_count else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE, "'strict-dynamic'"],
        "worker-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = ENV.language
LANGUAGES = [
    ("en", "English"),
    ("el", "Ελληνικά"),
    ("sl", "Slovenščina"),
    ("hu", "Magyar"),
    ("cs", "Čeština"),
]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "heard_language"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "web" / "static"]
STATIC_ROOT = ENV.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "heard.web.joined.Joined"},
}
MEDIA_ROOT = ENV.data / "media"
MEDIA_URL = "/media-is-never-served-from-here/"

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENV.mail_url
    else "django.core.mail.backends.console.EmailBackend"
)
if ENV.mail_url:
    _mail = urlsplit(ENV.mail_url)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp"
DEFAULT_FROM_EMAIL = ENV.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},  # it would tell of every job that it registers
        # They would log every address that we call, and some networks want our token in it.
        "httpx2": {"level": "WARNING"},
        "httpcore2": {"level": "WARNING"},
    },
}
