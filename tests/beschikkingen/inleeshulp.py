"""Rows and files as Gerda gets them from the Suite."""

import io
from datetime import date, datetime
from itertools import count

from openpyxl import Workbook

from beschikkingen.actions import draai_proef, lees_in
from beschikkingen.inlezen import KOLOMMEN
from beschikkingen.inlezen import kolommen as k
from tests import fabriek
from wmo_portal.lib.tijd import AMSTERDAM

VANDAAG = date(2026, 10, 5)
OP = datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM)
_nummers = count(700_001)


def rij(**waarden):
    """One good row about one allocation; the story names what matters."""
    basis = {
        k.BESCHIKKING: "B-1",
        k.BSN: fabriek.test_bsns()[0],
        k.ACHTERNAAM: "Wit",
        k.VOORVOEGSEL: "de",
        k.VOORLETTERS: "T.",
        k.GEBOORTEDATUM: date(1967, 8, 13),
        k.INGANG: date(2026, 1, 1),
        k.EIND: date(2026, 12, 31),
        k.BESLUIT: date(2025, 12, 10),
        k.TOEWIJZING: str(next(_nummers)),
        k.AGB: "75000001",
        k.GEBIED: "Financiën",
        k.TREDE: "Trede 2",
        k.PERSPECTIEF: "verbetering",
    }
    return {**basis, **waarden}


def xlsx(*rijen, koppen=None):
    boek = Workbook()
    koppen = koppen or [kolom.kop for kolom in KOLOMMEN]
    boek.active.append(koppen)
    for r in rijen:
        boek.active.append([r.get(kop) for kop in koppen])
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def proef(gemeente, inhoud, door=None):
    return draai_proef(
        gemeente=gemeente, bestandsnaam="suite.xlsx", inhoud=inhoud, vandaag=VANDAAG, op=OP, door=door
    )


def inlezen(gemeente, *rijen):
    return lees_in(inlezing=proef(gemeente, xlsx(*rijen)), vandaag=VANDAAG, op=OP, door=None)


def fouten(gemeente, *rijen):
    return {f.rij: f.zin for f in inlezen(gemeente, *rijen).fouten}
