"""Settings from the environment: what is missing or makes no sense is said in a sentence, before anything starts."""

import os
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def verplicht(naam: str, uitleg: str) -> str:
    """The value of an environment variable, or a sentence that says what to set."""
    waarde = os.environ.get(naam, "")
    if not waarde:
        raise ImproperlyConfigured(
            f"{naam} ontbreekt in de omgeving. Zet daar {uitleg} (zie docs/productie.md)."
        )
    return waarde


def ja(naam: str, *, standaard: bool = False) -> bool:
    return os.environ.get(naam, "1" if standaard else "0").lower() in {"1", "ja", "true", "yes"}


# A host that is cut off says nothing: notice within a minute that the other side is gone, not after two hours.
LIJN = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}


def database(url: str, naam: str = "DATABASE_URL") -> dict[str, object]:
    """A Django database entry from postgresql://rol:wachtwoord@host:poort/naam?host=/map (socket)."""
    delen = urlsplit(url)
    if delen.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{naam} begint met {delen.scheme!r}; verwacht postgresql://. Het portaal kent één databasesoort."
        )
    vraag = parse_qs(delen.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": delen.path.lstrip("/"),
        "USER": unquote(delen.username or ""),
        "PASSWORD": unquote(delen.password or ""),
        "HOST": vraag.get("host", [delen.hostname or ""])[0],
        "PORT": str(delen.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "wmo_portal", **LIJN},
    }
