"""What the stories of the monthly round share: meneer Jansen, the round over September, and how everything stands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from resultaat.actions.ronde import voer_ronde_uit
from resultaat.models import Ronde
from stopberichten.models import Stop
from tests import fabriek
from wmo_portal.lib.perioden import Maand

SEPTEMBER = Maand(2026, 9)
EIND = date(2026, 9, 30)
OP = datetime(2026, 10, 1, 6, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def jansen(eind: date = EIND, **velden):
    """Meneer Jansen: care as planned until the last day, the form says behaald."""
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=eind), **velden)
    fabriek.formulier(toewijzing)
    return fabriek.stop(toewijzing)


def draai(maand: Maand = SEPTEMBER, *, proef: bool = False, op: datetime = OP, door=None):
    return voer_ronde_uit(gemeente=fabriek.westland(), maand=maand, proef=proef, door=door, moment=op)


def vers(stop: Stop) -> Stop:
    return Stop.objects.select_related("toewijzing__beschikking").get(pk=stop.pk)


def per_stop(ronde: Ronde) -> dict[int, str]:
    return dict(ronde.regels.values_list("stop_id", "regel"))


ZAKEN = {
    "stopberichten_stop": "*",
    "beschikkingen_toewijzing": "*",
    "beschikkingen_beschikking": "*",
    "resultaat_resultaat": "*",
}


def toestand(zonder: tuple[str, ...] = (), waar: str = "true"):
    """Every row of the case tables, as text."""
    with connection.cursor() as cursor:
        beeld = {}
        for tabel in ZAKEN:
            weg = "".join(f" - '{kolom}'" for kolom in zonder)
            filter_ = waar if tabel == "resultaat_resultaat" else "true"
            cursor.execute(f"select (to_jsonb(t){weg})::text from {tabel} t where {filter_} order by id")
            beeld[tabel] = [rij[0] for rij in cursor.fetchall()]
    return beeld
