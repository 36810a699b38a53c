"""All settings, in one file, from the environment.

What is missing is said at start-up, in a sentence. Without DATABASE_URL the private servers of
`wmo_portal.embedded` are used (development, demo): their addresses and generated secrets live in WMO_MAP.
"""

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from pghistory.config import ForeignKey as GeschiedenisSleutel

from wmo_portal.lib.omgeving import LIJN, database, ja, verplicht

BASE_DIR = Path(__file__).resolve().parent.parent
VERSIE = "0.1.0"

if "DATABASE_URL" not in os.environ:
    from wmo_portal.embedded.omgeving import omgeving as private_omgeving

    for _naam, _waarde in private_omgeving().items():
        os.environ.setdefault(_naam, _waarde)
        if _naam.startswith("DATABASE_"):  # never half of ours and half of somebody else's
            os.environ[_naam] = _waarde


# --- Modes -----------------------------------------------------------------------------------------------
EMBEDDED = ja("WMO_EMBEDDED")
DEMO = ja("WMO_DEMO")
if DEMO and not EMBEDDED:
    raise ImproperlyConfigured(
        "WMO_DEMO staat aan terwijl DATABASE_URL naar een eigen database wijst. De demo heeft bekende "
        "wachtwoorden en bestaat alleen op de ingebouwde database: haal WMO_DEMO of DATABASE_URL weg."
    )
DEBUG = ja("WMO_DEBUG")
MAP = Path(os.environ.get("WMO_MAP", BASE_DIR / "var"))

# --- Secrets ---------------------------------------------------------------------------------------------
SECRET_KEY = verplicht("GEHEIME_SLEUTEL", "een willekeurige tekst van minstens 50 tekens")
BSN_SLEUTELS = verplicht(
    "BSN_SLEUTELS", "de sleutelbos voor BSN en berichten, in de vorm 1:<base64 van 32 bytes>"
)
BSN_INDEXSLEUTEL = verplicht("BSN_INDEXSLEUTEL", "de sleutel van de BSN-index (base64 van 32 bytes)")
CONTEXT_SLEUTEL = verplicht("CONTEXT_SLEUTEL", "de sleutel die het werkbereik tekent (base64 van 32 bytes)")
if not EMBEDDED and "voorbeeld" in (SECRET_KEY + BSN_SLEUTELS + BSN_INDEXSLEUTEL + CONTEXT_SLEUTEL).lower():
    raise ImproperlyConfigured(
        "Een van de sleutels is nog die uit het voorbeeldbestand. Maak eigen sleutels."
    )

# --- Where we answer -------------------------------------------------------------------------------------
ALLOWED_HOSTS = os.environ.get("WMO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ADRES = os.environ.get("WMO_ADRES", f"http://localhost:{os.environ.get('WMO_POORT', '8000')}")
CSRF_TRUSTED_ORIGINS = [ADRES]
HTTPS = ADRES.startswith("https://")
if not HTTPS and not EMBEDDED:
    raise ImproperlyConfigured(
        f"WMO_ADRES is {ADRES!r}. Buiten de demo moet het adres met https:// beginnen."
    )

# --- Applications ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "techniek",
    "logboek",
    "organisaties",
    "meldingen",
    "beschikkingen",
    "stopberichten",
    "resultaat",
    "rapportage",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "crispy_forms",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wmo_portal.middleware.antwoordkoppen",
    "wmo_portal.middleware.te_groot",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "organisaties.middleware.sessieduur",
    "organisaties.middleware.tweede_factor",
    "organisaties.middleware.werkbereik",
]

ROOT_URLCONF = "wmo_portal.urls"
WSGI_APPLICATION = "wmo_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["techniek.templatetags.adressen", "techniek.templatetags.datums"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wmo_portal.context.portaal",
            ],
        },
    }
]
FORM_RENDERER = "wmo_portal.nlds.weergave.Weergave"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nlds",)
CRISPY_TEMPLATE_PACK = "nlds"
INSTALLED_APPS.insert(0, "django.forms")

# --- Databases and queues ----------------------------------------------------------------------------------
# WMO_DB_ROL=eigenaar is for `manage.py inrichten` alone: the running portal is never owner of its tables.
_URL = (
    verplicht("DATABASE_OWNER_URL", "de verbinding als wmo_owner, voor het migreren")
    if os.environ.get("WMO_DB_ROL") == "eigenaar"
    else os.environ["DATABASE_URL"]
)
DATABASES = {"default": database(_URL)}
# Reports may read from a replica (wmo_portal/lib/replica.py). Never for `inrichten`, which writes.
DATABASE_ROUTERS = ["wmo_portal.lib.replica.Router"]
if os.environ.get("DATABASE_REPLICA_URL") and os.environ.get("WMO_DB_ROL") != "eigenaar":
    DATABASES["replica"] = {
        **database(os.environ["DATABASE_REPLICA_URL"], "DATABASE_REPLICA_URL"),
        "OPTIONS": {
            "application_name": "wmo_portal",
            **LIJN,
            "connect_timeout": 3,
            "options": "-c default_transaction_read_only=on",
        },
        "TEST": {"MIRROR": "default"},
    }
# How long a report waits until the replica has everything; then the first database answers.
REPLICA_WACHT = float(os.environ.get("WMO_REPLICA_SECONDEN", "2"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = verplicht("REDIS_URL", "het adres van Redis of Valkey")

CELERY_BROKER_URL = (
    "redis+socket://" + REDIS_URL.removeprefix("unix://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
# Celery would put its own handlers on the root logger, without our BSN filter.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_TASK_DEFAULT_QUEUE = "wmo"

# Counters of log-in attempts and codes already used: shared by all web processes, and not gone when Redis is emptied.
# Far more room than there are addresses: culling would give an attacker his tries back.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "techniek_teller",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- People ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisaties.Gebruiker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# A list of leaked passwords on this machine, if the operator has one (docs/productie.md).
GELEKT = os.environ.get("WMO_GELEKTE_WACHTWOORDEN", "")
if GELEKT and not Path(GELEKT).is_file():
    raise ImproperlyConfigured(
        f"WMO_GELEKTE_WACHTWOORDEN wijst naar {GELEKT}, en dat bestand is er niet. Zet het neer of haal de instelling weg."
    )
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "organisaties.wachtwoorden.GeenEigenWoorden"},
    {"NAME": "organisaties.wachtwoorden.NietUitgelekt", "OPTIONS": {"bestand": GELEKT}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "organisaties.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "organisaties.adapters.SociaalAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# "afmelden": a service that tells of many people at the end of a day, against somebody who keeps us checking nonsense.
# "csp": what browsers report; a page that goes wrong does so for everybody, and a few lines say it all.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "afmelden": "600/m/ip",
    "csp": "20/m/ip",
}
ACCOUNT_PREVENT_ENUMERATION = True
# The way to the login service of an organisation is a link, not a form: see organisaties/oidc.py.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "organisaties.adapters.TweedeFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Wmo-portaal"
MFA_PASSKEY_LOGIN_ENABLED = False
# Our own forms, with Dutch labels and sentences.
ACCOUNT_FORMS = {
    "login": "wmo_portal.nlds.inloggen.Inloggen",
    "reset_password": "wmo_portal.nlds.inloggen.WachtwoordVergeten",
    "reset_password_from_key": "wmo_portal.nlds.inloggen.NieuwWachtwoord",
    "change_password": "wmo_portal.nlds.inloggen.WachtwoordWijzigen",
    "set_password": "wmo_portal.nlds.inloggen.WachtwoordKiezen",
    "reauthenticate": "wmo_portal.nlds.inloggen.Bevestigen",
}
MFA_FORMS = {
    "authenticate": "wmo_portal.nlds.inloggen.TweedeStap",
    "reauthenticate": "wmo_portal.nlds.inloggen.CodeBevestigen",
    "activate_totp": "wmo_portal.nlds.inloggen.AppKoppelen",
    "add_webauthn": "wmo_portal.nlds.inloggen.SleutelToevoegen",
    "edit_webauthn": "wmo_portal.nlds.inloggen.SleutelWijzigen",
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSIE_STIL_MINUTEN = 15
SESSIE_HOOGSTENS_UREN = 12
# At how many places one person may be logged in at the same time; one more ends the oldest (docs/veiligheid.md).
SESSIES_HOOGSTENS = 10
SESSION_COOKIE_AGE = SESSIE_HOOGSTENS_UREN * 3600
# A __Host- cookie must be Secure, which plain http://localhost cannot give.
SESSION_COOKIE_NAME = "__Host-sessie" if HTTPS else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- The browser ---------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "report-uri": ["/csp-melding"],
    }
}
SECURE_SSL_REDIRECT = HTTPS and ja("WMO_HTTPS_DOORSTUREN", standaard=True)
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Behind our proxy the address of the visitor is what the proxy put last; without one nobody's word counts.
ALLAUTH_TRUSTED_PROXY_COUNT = int(ja("WMO_ACHTER_PROXY"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ja("WMO_ACHTER_PROXY") else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# How long a line of the log stays, whatever it is about (docs/productie.md).
LOGTERMIJN_JAREN = int(os.environ.get("WMO_LOGTERMIJN_JAREN", "5"))
# How long we remember what somebody was mailed (docs/productie.md, docs/adr/0011). The list of what is told once looks
# back a quarter at most; shorter than that would mail the same news again.
MELDINGEN_DAGEN = int(os.environ.get("WMO_MELDINGEN_DAGEN", "400"))
if MELDINGEN_DAGEN < 100:
    raise ImproperlyConfigured(
        f"WMO_MELDINGEN_DAGEN is {MELDINGEN_DAGEN}. Kies ten minste 100: korter geeft mail over wat al gemeld is."
    )
UPLOAD_HOOGSTENS = int(os.environ.get("WMO_UPLOAD_MB", "25")) * 1_000_000
# What the people of one organisation may add in files on one day, all together.
UPLOAD_PER_DAG = int(os.environ.get("WMO_UPLOAD_DAG_MB", "1000")) * 1_000_000
# A whole form: its files and its fields together.
VERZOEK_HOOGSTENS = UPLOAD_HOOGSTENS + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Language, time, files ---------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%Y-%m-%d"]
FORMAT_MODULE_PATH = ["wmo_portal.formats"]
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("WMO_STATIC_MAP", MAP / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": os.environ.get(
            "WMO_STATIC_OPSLAG",
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if not EMBEDDED
            else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        )
    },
}
MEDIA_ROOT = MAP / "media"
EMAIL_BACKEND = os.environ.get("WMO_MAIL", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = MAP / "mail"
EMAIL_HOST = os.environ.get("WMO_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("WMO_MAIL_POORT", "25"))
EMAIL_HOST_USER = os.environ.get("WMO_MAIL_GEBRUIKER", "")
EMAIL_HOST_PASSWORD = os.environ.get("WMO_MAIL_WACHTWOORD", "")
EMAIL_USE_TLS = ja("WMO_MAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("WMO_MAIL_VAN", "wmo-portaal@example.nl")
CLAMAV = os.environ.get("WMO_CLAMAV", "")
FOUTEN_NAAR = os.environ.get("WMO_CONTACT", "beheer@example.nl")

# --- The signed scope of row level security -------------------------------------------------------------------
CONTEXT_GELDIG_SECONDEN = 3600

# --- Logging: JSON-free lines to standard error, with every BSN masked -----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"bsn": {"()": "wmo_portal.lib.bsn.BsnFilter"}},
    "formatters": {"regel": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "uit": {
            "class": "logging.StreamHandler",
            "formatter": "regel",
            "filters": ["bsn"],
            "stream": sys.stderr,
        }
    },
    "root": {"handlers": ["uit"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["uit"], "level": "INFO", "propagate": False},
        "pikepdf": {"level": "WARNING"},  # it greets at every start
        "fontTools": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},  # seven steps of every PDF
    },
}

PGHISTORY_OBJ_FIELD = None
# The change log is read by the row it belongs to and in no other way; an index per column made each change dearer.
PGHISTORY_FOREIGN_KEY_FIELD = GeschiedenisSleutel(db_index=False)
SILENCED_SYSTEM_CHECKS: list[str] = []
