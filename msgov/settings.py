"""Settings: typed values from the environment, then Django. There is no second settings file for production."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from msgov import environment as env
from msgov import hosts, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR / ".env")

DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("HTTPS", default=not DEBUG)
SECRET_KEY = env.text("SECRET_KEY")
# Former keys: what they signed or encrypted is still accepted while a new key takes over.
SECRET_KEY_FALLBACKS = env.several("SECRET_KEY_FALLBACKS")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY (python3 dev.py setup writes one into .env).")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
if DEBUG and (foreign := hosts.not_local(ALLOWED_HOSTS)):
    # Pages of errors show settings and source, and everybody knows the passwords of the demonstration: for nobody but
    # the person at the keyboard. Names alone keep nobody out, because a visitor can send any: see the middleware.
    raise ImproperlyConfigured(f"DEBUG is for this computer only; remove {', '.join(foreign)} or set DEBUG=0.")
CSRF_TRUSTED_ORIGINS = env.several("CSRF_TRUSTED_ORIGINS")

# Where the embedded database, uploads and rendered reports live.
DATA_DIR = Path(env.text("MSGOV_DATA_DIR", str(BASE_DIR / "var"))).resolve()
MEDIA_ROOT = DATA_DIR / "media"
if not DATA_DIR.exists():
    # For nobody else on this computer: it has everything people entered.
    DATA_DIR.mkdir(parents=True, mode=0o700)

# Where PDF reports find letters that the shipped fonts lack: in this folder, and in the fonts of the system.
FONTS_DIR = Path(env.text("FONTS_DIR", str(DATA_DIR / "fonts")))
SYSTEM_FONTS = env.flag("SYSTEM_FONTS", default=True)

INSTALLED_APPS = [
    "msgov.accounts",
    "msgov.site",
    "msgov.notices",
    "attributes",
    "assessments",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

# From the outside in. What adds headers stands outside of what can fail, so that error pages have them too.
MIDDLEWARE = [
    "msgov.middleware.probes.ProbeMiddleware",  # before host checks and the redirect to HTTPS
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "msgov.middleware.request_log.RequestLogMiddleware",
    "msgov.middleware.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "msgov.middleware.compression.TextCompressionMiddleware",
    "msgov.middleware.parameters.ParametersMiddleware",
    "msgov.middleware.nul.NulMiddleware",  # before anything looks into the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "msgov.middleware.sign_in.LoginRequiredMiddleware",
    "msgov.middleware.sign_in.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "msgov.middleware.reading.ReadingLanguageMiddleware",
    "msgov.middleware.time_zone.TimeZoneMiddleware",
]

if DEBUG:
    MIDDLEWARE.insert(0, "msgov.middleware.this_computer.ThisComputerMiddleware")

ROOT_URLCONF = "msgov.urls"
WSGI_APPLICATION = "msgov.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["msgov.template_loading.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["msgov.addresses"],
            # What the pages of every application are made of belongs to none of them.
            "libraries": {
                "choices": "msgov.choices",
                "components": "msgov.components",
                "i18n": "msgov.fixed_texts",
                # The tags of a room stand in it; in templatetags is what several rooms share.
                **{
                    room: f"assessments.{room}.tags"
                    for room in ("actions", "comparing", "pictures", "reports", "statement", "wording")
                },
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# It warns of libraries of the same name: `i18n` above replaces Django's on purpose, and a test sees to the others.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- Database -------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'msgov.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE, two writers that start by reading fail at once instead of waiting for each other.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Deleted rows are overwritten, which not every build of SQLite does by itself (docs/adr/0011).
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
# Opening a connection costs more than a whole request; keep them, and check them before use.
DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: rate limits kept per process would not limit anything.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "msgov_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- Accounts -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["msgov.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = [
    "msgov.accounts.hashers.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Each returns what nobody else could look after if a person deleted the account; so the accounts know no app.
ACCOUNT_DELETION_CHECKS = ["assessments.processes.services.members.only_organiser_of"]
# Each forgets what its app keeps of a person beside references to the account.
ACCOUNT_ERASURE = [
    "assessments.processes.services.members.forget_person",
    "assessments.records.services.replies.forget_contact",
]
SIGNUP_OPEN = env.flag("SIGNUP_OPEN", default=True)
REQUIRE_ADMIN_MFA = env.flag("REQUIRE_ADMIN_MFA", default=not DEBUG)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "msgov.accounts.signup.NamedSignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "msgov.accounts.adapters.AccountAdapter"
# Theirs, in our words: "reset_password" becomes msgov.accounts.forms.ResetPasswordForm.
_FORMS = "login signup add_email change_email change_password set_password reset_password reset_password_from_key"
ACCOUNT_FORMS = {name: f"msgov.accounts.forms.{name.title().replace('_', '')}Form" for name in _FORMS.split()}
ACCOUNT_CHANGE_EMAIL = True  # one address per person, changed when the new one is confirmed
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[msgov] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Counted in the shared cache: first for an account (key), or for a device its owner has used before; last for an
# address, generously, because an office or a class may share one. What is empty is counted by our forms, under
# "…_form", so that a form that is refused keeps what was typed (`msgov.accounts.forms.Limited`).
ADDRESS_LIMIT = env.number("ADDRESS_LIMIT", default=100)
_PER_ADDRESS = f"{ADDRESS_LIMIT}/m/ip"
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_form": f"{3 * ADDRESS_LIMIT}/m/ip",
    "login_failed": f"5/300s/key,{_PER_ADDRESS}",
    "login_failed_on_device": "5/300s/key",
    "code_failed_on_device": "5/300s/key",
    "first_factor": "10/300s/key",
    "signup": "",
    "signup_form": f"3/300s/key,{_PER_ADDRESS}",
    "reset_password": "",
    "reset_password_form": f"5/300s/key,{_PER_ADDRESS}",
    "reset_password_from_key": _PER_ADDRESS,
    "confirm_email": "1/10s/key",
}
MFA_RATE_LIMITS = {"webauthn_login": _PER_ADDRESS}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_ADAPTER = "msgov.accounts.adapters.MFAAdapter"
MFA_FORMS = {f"{verb.lower()}_webauthn": f"msgov.accounts.forms.{verb}PasskeyForm" for verb in ("Add", "Edit")}
MFA_FORMS["authenticate"] = "msgov.accounts.forms.AuthenticateForm"
MFA_TOTP_ISSUER = "msgov"
# In steps of 30 seconds. Typing takes time and telephones' clocks go wrong; RFC 6238, 5.2 advises at most one.
MFA_TOTP_TOLERANCE = 1
# Encrypts the secrets of second factors; the first key is used, the others are still accepted. Else SECRET_KEY.
MFA_ENCRYPTION_KEYS = env.several("MFA_ENCRYPTION_KEY")
# HTTPS ends at a proxy. Without it in the count all visitors would share the limits of its address.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=1 if HTTPS else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# --- Mail -----------------------------------------------------------------------------------------------------
vars().update(env.mail("EMAIL_URL", "consolemail://" if DEBUG else "smtp://localhost:25"))
# Seconds. Mail goes out during requests: a silent mail server must not hold them for ever.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "msgov@localhost")

# So that nobody sends advertising through this site. Within 24 hours, everything that people have it send together.
MAILS_A_DAY_PER_PERSON = env.number("MAILS_A_DAY_PER_PERSON", default=2000)
MAILS_A_DAY_NEW_ACCOUNT = env.number("MAILS_A_DAY_NEW_ACCOUNT", default=300)  # in its first week
MAILS_A_DAY = env.number("MAILS_A_DAY", default=10_000)

# Mails to stakeholders that come back (docs/mail.md): to which address, in which mailbox it is read, and the secret by
# which a mail server or service tells of them instead. Off unless set.
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")
BOUNCE_MAILBOX = env.mailbox("BOUNCE_MAILBOX")
BOUNCE_WEBHOOK_SECRET = env.text("BOUNCE_WEBHOOK_SECRET")

# --- Languages ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "msgov.formats"
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")

# --- Files ----------------------------------------------------------------------------------------------------
# The path below which a proxy or WSGI server shows the site, such as /gov; empty at the root of its host.
BASE_PATH = "/".join(["", *filter(None, env.text("BASE_PATH").split("/"))])
FORCE_SCRIPT_NAME = BASE_PATH or None
STATIC_URL = f"{BASE_PATH}/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
# Evidence uploads: the limit is named in the form, in the error and here.
EVIDENCE_MAX_BYTES = env.number("EVIDENCE_MAX_BYTES", default=10 * 1024 * 1024)
# Whether links given as evidence are asked in the background if they still answer. Off: the server then asks nothing
# that members type.
CHECK_LINKS = env.flag("CHECK_LINKS", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # without files; the longest page of answers has about 0.5 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Reports that can be checked --------------------------------------------------------------------------------
with (BASE_DIR / "pyproject.toml").open("rb") as _project:
    VERSION = str(tomllib.load(_project)["project"]["version"])
# As people outside know the site: printed in reports, with the place where they can be checked.
_OWN_HOST = next((host for host in ALLOWED_HOSTS if host[0] not in ".*["), "")
_OWN_ADDRESS = f"{'https' if HTTPS else 'http'}://{_OWN_HOST}{BASE_PATH}" if _OWN_HOST and not DEBUG else ""
SITE_ADDRESS = env.text("SITE_ADDRESS", _OWN_ADDRESS).rstrip("/")
# Ed25519; without a key reports are not signed. Known: NAME.KEY of those that signed before, or elsewhere.
REPORT_SIGNING_KEY = env.text("REPORT_SIGNING_KEY")
REPORT_KNOWN_KEYS = env.several("REPORT_KNOWN_KEYS")

# --- Question sets ---------------------------------------------------------------------------------------------
# The slug of the set that the framework pages show first and that new assessments propose.
DEFAULT_QUESTION_SET = env.text("DEFAULT_QUESTION_SET", "isoc-multistakeholder-attributes")

# --- Public record --------------------------------------------------------------------------------------------
# Whether results can be published here for good. Off: its pages do not exist, and what was published stays stored.
PUBLIC_RECORD = env.flag("PUBLIC_RECORD", default=True)
# Under which licence data are given: CC-BY-4.0, CC-BY-SA-4.0 or CC0-1.0.
PUBLIC_RECORD_LICENCE = env.text("PUBLIC_RECORD_LICENCE", "CC-BY-4.0")
# Who gives them out, in references and metadata; empty: the host.
PUBLIC_RECORD_PUBLISHER = env.text("PUBLIC_RECORD_PUBLISHER")

# --- Background work ------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": env.text("TASKS_BACKEND", "django_tasks_db.DatabaseBackend")}}
# True runs the worker as a thread inside the web process: one process to start, nothing to look after.
EMBEDDED_WORKER = env.flag("EMBEDDED_WORKER", default=False)
# Remarks in /readyz that do not fail it.
READINESS_NOTES = ["msgov.middleware.probes.queue_note"]

# --- Forms ----------------------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Security -------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
DEVICE_COOKIE_NAME = "device"
CSRF_FAILURE_VIEW = "msgov.errors.csrf_failure"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    if TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # Browsers keep to these for a year, for hosts beside this one that may not speak https: only if asked for.
    SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=False)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=SECURE_HSTS_PRELOAD)
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]  # which ask for both
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    DEVICE_COOKIE_NAME = "__Secure-device"

# --- Logs -----------------------------------------------------------------------------------------------------
LOGGING = logs.configuration(
    as_json=env.flag("LOG_JSON", default=False), access=env.flag("LOG_ACCESS", default=not DEBUG)
)
