"""The five goals and the deadline of the kwartaalopgave, as dated rows per region (R99, R105)."""

from datetime import date
from typing import Final

from organisaties.models import Regio
from rapportage.models import Beleidsdoel, Opgaveafspraak

VANAF: Final = date(2023, 1, 1)
DOELEN: Final = (
    (
        "samenwerking",
        "Samenwerking in de keten en in netwerken rondom de cliënt volgens de principes van 1 gezin, 1 plan, 1 regisseur",
    ),
    ("eigen-kracht", "Versterken eigen kracht"),
    ("voorliggend", "Beweging richting voorliggende veld via inzet vrijwilligers en mantelzorgers"),
    (
        "vrij-toegankelijk",
        "Van niet-vrij toegankelijke voorzieningen naar vrij toegankelijke voorzieningen",
    ),
    ("blijvend", "Blijvend ondersteunen"),
)
"""MH §3, in the order of the format."""


def laad_opgaveafspraken() -> str:
    """Add the goals that a region has no row for at all, and its deadline. Never overwrites."""
    bekend = set(Beleidsdoel.objects.values_list("regio_id", "code"))
    regios = list(Regio.objects.all())
    nieuw = [
        Beleidsdoel(regio=regio, code=code, tekst=tekst, volgorde=nummer, geldig=(VANAF, None))
        for regio in regios
        for nummer, (code, tekst) in enumerate(DOELEN, 1)
        if (regio.pk, code) not in bekend
    ]
    Beleidsdoel.objects.bulk_create(nieuw)
    for regio in regios:
        Opgaveafspraak.objects.get_or_create(regio=regio)
    return f"{len(nieuw)} beleidsdoelen toegevoegd; {len(regios)} regio's vragen elk kwartaal een opgave."
