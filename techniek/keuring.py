"""What `manage.py check --deploy` says about the replica for reports."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

ALIAS = "replica"


@register(Tags.database, deploy=True)
def keur_replica(**_: Any) -> list[CheckMessage]:
    """Another role or another database than that of the portal is a mistake; the same server is no replica."""
    daar, hier = settings.DATABASES.get(ALIAS), settings.DATABASES["default"]
    if daar is None:
        return []
    gezegd: list[CheckMessage] = [
        Error(
            f"{wat} in DATABASE_REPLICA_URL is {daar[sleutel]!r} en in DATABASE_URL {hier[sleutel]!r}.",
            hint="Een replica heeft dezelfde database en dezelfde rol (zie docs/productie.md).",
            id=f"techniek.E{nummer:03d}",
        )
        for nummer, (sleutel, wat) in enumerate({"USER": "De rol", "NAME": "De database"}.items(), start=1)
        if daar[sleutel] != hier[sleutel]
    ]
    if (daar["HOST"], daar["PORT"]) == (hier["HOST"], hier["PORT"]):
        gezegd.append(
            Warning(
                "DATABASE_REPLICA_URL wijst naar dezelfde server als DATABASE_URL.",
                hint="Zet er het adres van de replica, of laat de instelling weg.",
                id="techniek.W001",
            )
        )
    return gezegd
