"""What the stories at the screens of the round share: who stopped in September, the round over it, and where it stands."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from resultaat.models import Ronde
from stopberichten.models import Stop
from tests import fabriek
from tests.resultaat import rondehulp
from tests.resultaat.rondehulp import EIND

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def jansen(achternaam="Jansen", **velden) -> Stop:
    client = fabriek.client(achternaam=achternaam, voorletters="J", **velden)
    toewijzing = fabriek.toewijzing(fabriek.beschikking(client, eind=EIND))
    fabriek.formulier(toewijzing)
    return fabriek.stop(toewijzing)


def draai(*, proef=False) -> Ronde:
    return rondehulp.draai(proef=proef).ronde


def adres(naam, ronde) -> str:
    return reverse(f"resultaat:{naam}", kwargs={"kenmerk": ronde.kenmerk})


def kies(http, **velden):
    velden = {"gemeente": "1783", "maand": "2026-09", "eenmalig": uuid.uuid4(), **velden}
    return http.post(reverse("resultaat:rondes"), velden)


def zonder_formulier(dagen: int, reden="19", **velden) -> Stop:
    ontvangen = datetime(2026, 10, 12, 9, 0, tzinfo=AMSTERDAM) - timedelta(days=dagen)
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=EIND), **velden)
    return fabriek.stop(toewijzing, reden, ontvangen_op=ontvangen)


def stop_adres(stop) -> str:
    return reverse("resultaat:zonder-formulier", kwargs={"kenmerk": stop.kenmerk})
