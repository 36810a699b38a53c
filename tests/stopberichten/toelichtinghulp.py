"""What the stories about the Toelichting share: Fatma of De Linde, her client, and what she types."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client as Http
from django.urls import reverse

from beschikkingen.models import Beschikking, Toewijzing
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from stopberichten.actions_toelichting import Invoer, RegelInvoer, begin, bewaar_concept
from stopberichten.actions_toelichting_indienen import dien_in
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import regels_van, sleutel_van
from tests import fabriek
from wmo_portal.lib.tijd import nu, vandaag

SITUATIE = "De administratie is op orde."
REDEN = "De doelen zijn bereikt."
UITLEG = "Mevrouw betaalt haar rekeningen zelf."
NIEUW = "stopberichten:toelichting-nieuw"


@dataclass
class Zaak:
    """A decision with allocations to De Linde, and Fatma who works there."""

    fatma: Gebruiker
    beschikking: Beschikking
    toewijzingen: list[Toewijzing]
    concept: Toelichting = field(init=False)

    def begin(self, bij: int = 0) -> Toelichting:
        return begin(toewijzing=self.toewijzingen[bij], door=self.fatma, op=nu()).toelichting


def zaak(gebieden: tuple[str, ...] = ("Financiën",), *, gemeente: Any = None, **velden: Any) -> Zaak:
    linde = fabriek.aanbieder("Zorggroep De Linde")
    fatma = fabriek.medewerker(linde, naam="Fatma el Amrani", functie="begeleider", telefoon="0174 123456")
    beschikking = fabriek.beschikking(fabriek.client(gemeente, achternaam="Bakker"), **velden)
    fabriek.trede(1), fabriek.trede(2)
    toewijzingen = [fabriek.toewijzing(beschikking, aan=linde, gebied_naam=naam) for naam in gebieden]
    return Zaak(fatma, beschikking, toewijzingen)


def volledig(toelichting: Toelichting, soort: str = "beeindiging", **anders: Any) -> Invoer:
    """Every area of the form answered, each with the same request."""
    regel = RegelInvoer(
        soort=soort,
        gevraagde_trede=2 if soort == "wijziging" else None,
        behaald=True,
        teksten={"huidige_situatie": SITUATIE, "reden": REDEN, "behaald_toelichting": UITLEG},
    )
    return Invoer(regels={sleutel_van(r): regel for r in regels_van(toelichting)}, **anders)


def vul(toelichting: Toelichting, door: Gebruiker, invoer: Invoer | None = None) -> Toelichting:
    toelichting.refresh_from_db()
    return bewaar_concept(
        toelichting=toelichting,
        invoer=invoer or volledig(toelichting),
        versie=toelichting.versie,
        vanuit=None,
        door=door,
        op=nu(),
    )


def velden(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', html))


def getypt(toelichting: Toelichting, **anders: Any) -> dict[str, Any]:
    """What a browser posts for a complete ending of every area."""
    uit: dict[str, Any] = {
        "versie": str(toelichting.versie),
        "scherm": str(uuid.uuid4()),
        "verzoeker_naam": "Fatma el Amrani",
        "verzoeker_functie": "begeleider",
        "verzoeker_organisatie": "Zorggroep De Linde",
        "verzoeker_telefoon": "0174 123456",
        "verzoeker_email": "fatma@linde.nl",
        "overige_zaken": "",
        "doe": "controle",
    }
    for regel in regels_van(toelichting):
        s = sleutel_van(regel)
        uit |= {
            f"{s}-soort": "beeindiging",
            f"{s}-gevraagde_trede": "",
            f"{s}-huidige_situatie": SITUATIE,
            f"{s}-reden": REDEN,
            f"{s}-behaald": "ja",
            f"{s}-behaald_toelichting": UITLEG,
        }
    return uit | anders


def adres(naam: str, toelichting: Toelichting) -> str:
    return reverse(f"stopberichten:{naam}", args=[toelichting.kenmerk])


def verstuur(http: Http, toelichting: Toelichting) -> Any:
    """The check page and its button."""
    pagina = http.get(adres("toelichting-controle", toelichting))
    return http.post(adres("toelichting-controle", toelichting), velden(pagina.content.decode()))


def stuur(toelichting: Toelichting, door: Gebruiker, versie: int | None = None) -> Toelichting:
    """Sent as it stands, without the pages."""
    toelichting.refresh_from_db()
    return dien_in(
        toelichting=toelichting, versie=versie or toelichting.versie, door=door, op=nu(), vandaag=vandaag()
    )


def verstuurd(bij: Zaak) -> Toelichting:
    """Her draft, filled in and sent."""
    return stuur(vul(bij.concept, bij.fatma), bij.fatma)


def acties(toelichting: Toelichting) -> list[str]:
    """What the log says of this form, in order."""
    return list(
        Gebeurtenis.objects.filter(object_kenmerk=str(toelichting.kenmerk))
        .order_by("pk")
        .values_list("actie", flat=True)
    )
