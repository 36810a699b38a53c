"""A quarter of De Linde in two municipalities: everything a kwartaalopgave needs."""

from datetime import date, datetime

from django.urls import reverse

from rapportage.actions.opgave import begin, bewaar_deel
from rapportage.actions.opgave_indienen import dien_in
from rapportage.enums_opgave import Deel
from rapportage.opgave_beeld import zegel
from rapportage.opgave_regels import ASSEN
from rapportage.queries.opgave import concept, doelen_van, uitvaldeel
from rapportage.referentie_opgave import laad_opgaveafspraken
from tests import fabriek
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

K3 = Kwartaal(2026, 3)
OP = datetime(2026, 10, 5, 9, 30, tzinfo=AMSTERDAM)
ERVARING = {
    "gevraagd": "ja",
    "hoe": "Met een vragenlijst, extern getoetst.",
    "aandachtspunten": "Wachttijd.",
    "clientenraad": "De raad is het eens.",
    "betrokken_wijze": "In het panel.",
    "betrokken_punten": "In het panel.",
    "meebepalen": "Elk jaar een bijeenkomst.",
}


def zorg(aan, achternaam="De Wit", code="", op=date(2026, 8, 12), gemeente=None, **velden):
    """Somebody with care since January; with a code it ended on `op`."""
    client = fabriek.client(gemeente or fabriek.westland(), achternaam=achternaam, **velden)
    toewijzing = fabriek.toewijzing(fabriek.beschikking(client), aan=aan)
    start = fabriek.start(toewijzing)
    if code:
        fabriek.stop(toewijzing, code, op, levering=start)
    return toewijzing


def regio_met_twee():
    """Westland and Delft, with the goals and the deadline of the region."""
    fabriek.westland(), fabriek.delft()
    laad_opgaveafspraken()
    return fabriek.regio()


def linde_begint(wie=None):
    """De Linde with three clients in Westland (01, 03 and in care) and nobody in Delft; a draft was begun."""
    regio, linde = regio_met_twee(), fabriek.aanbieder("De Linde")
    zorg(linde, "De Wit", "19"), zorg(linde, "Yilmaz", "21"), zorg(linde, "Bakker")
    wie = wie or fabriek.medewerker(linde, naam="Mo Haddad")
    return begin(regio=regio, kwartaal=K3, door=wie, op=OP), wie


def bewaar(opgave, deel, invoer, wie, *, versie=1, vanuit=None, op=OP):
    return bewaar_deel(opgave=opgave, deel=deel, invoer=invoer, versie=versie, vanuit=vanuit, door=wie, op=op)


def vul(opgave, wie):
    """All that is needed to send it."""
    bewaar(
        opgave,
        Deel.UITVAL,
        {"vinkjes": "1", "geen-0503": "on", "toelichting-03": "Vooral bij verhuizing naar familie."},
        wie,
    )
    bewaar(opgave, Deel.ERVARING, ERVARING, wie)
    scores = {f"{d.doel.code}-{as_}": "3" for d in doelen_van(opgave) for as_ in ASSEN}
    bewaar(opgave, Deel.DOELEN, scores, wie)


def dien(opgave, wie, op=OP):
    return dien_in(opgave=opgave, gezien=zegel(concept(opgave, wie).beeld), door=wie, op=op)


def ingediend():
    opgave, wie = linde_begint()
    vul(opgave, wie)
    dien(opgave, wie)
    opgave.refresh_from_db()
    return opgave, wie


def contractmanager(**velden):
    return fabriek.contractmanager(fabriek.westland(), fabriek.delft(), **velden)


def url(naam, opgave, *meer):
    return reverse(f"rapportage:{naam}", args=[opgave.kenmerk, *meer])


def regel_van(opgave, wie, categorie):
    return next(r for r in uitvaldeel(opgave, wie).regels if r.berichten == categorie)
