"""Django's settings, derived from the typed environment."""

from typing import Any

from suban.config.databases import database
from suban.config.environment import environment
from suban.config.logs import django_logging

_env = environment()

SUBAN = _env
SECRET_KEY = _env.secret_key
DEBUG = _env.debug
ALLOWED_HOSTS = _env.allowed_hosts
ROOT_URLCONF = "suban.config.urls"
WSGI_APPLICATION = "suban.config.wsgi.application"
AUTH_USER_MODEL = "identity.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "suban.foundation",
    "suban.notices",
    "suban.identity",
    "suban.catalogue",
    "suban.delivery",
    "suban.exchange",
    "suban.licences",
    "suban.cases",
    "suban.departments",
    "suban.feedback",
    "allauth",
    "allauth.account",
    "suban.web.ui",
    "suban.web.account",
    "suban.web.portal",
    "suban.web.workbench",
    "suban.config",  # last: joins the others
]

MIDDLEWARE = [
    "suban.config.middleware.give_request_id",
    # What every answer tells the browser stands around all that may answer in its place.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "suban.api.middleware.answer_in_problems",
    "suban.config.middleware.write_reads",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "suban.web.account.middleware.ActorMiddleware",
    "suban.web.ui.refusals.RefusalMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "suban.web.ui.context.site",
            ],
        },
    },
]

DATABASES = {"default": database(_env)}

LOGGING = django_logging(console=_env.demo)

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = _env.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "suban.web.ui.storage.CollectedStaticStorage"},
}
CSRF_FAILURE_VIEW = "suban.web.ui.errors.csrf_failure"

FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # larger uploads stream to a temporary file
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Sign-in. The throttle counts in the database, so that every process sees the same count.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "identity_throttle"},
}
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["suban.config.passwords.LeanArgon2"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account:sign_in"
ACCOUNT_ADAPTER = "suban.web.account.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "signup": "10/m/ip,60/h/ip",
    "signup_number": "10/h/key",
    "realname": "5/10m/key",
    "track": "30/m/ip",
    "verify": "10/m/ip",
    "track_number": "10/10m/key",
}
# Every throttle takes the address from here: behind nginx it stands in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = _env.trusted_proxies
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if _env.public_url.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Django's deployment checks that `suban check` doesn't tell, each with its reason.
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for sub-domains: they belong to other offices, who decide for themselves
    "security.W008",  # redirect to TLS: nginx does it; the site itself listens on this machine only
    "security.W021",  # HSTS preload: follows from sub-domains, and can hardly be taken back
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
