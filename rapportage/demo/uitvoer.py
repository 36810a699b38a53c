"""The demo's decisions as a Suite export: the same columns that a municipality would deliver."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from beschikkingen.inlezen import KOLOMMEN
from beschikkingen.inlezen import kolommen as k
from organisaties.referentie import REGIOS
from rapportage.demo import gegevens
from rapportage.demo.berichten import product_van
from rapportage.demo.dossiers import Dossier, Lijn
from wmo_portal.lib.tabelblad import Boek

_SOORT = {"met_einddatum": "met einddatum", "zonder_einddatum": "zonder einddatum", "getrapt": "getrapt"}


def suite_export(dossiers: Iterable[Dossier], op: datetime) -> bytes:
    """One xlsx; a row per toewijzing, or per step of it."""
    boek = Boek(titel="Beschikkingen uit Suite (voorbeeld)", gemaakt_op=op)
    rijen = ([rij.get(kolom.kop, "") for kolom in KOLOMMEN] for d in dossiers for rij in _rijen(d))
    boek.lijst("Beschikkingen", [kolom.uitvoer for kolom in KOLOMMEN], rijen)
    uit = io.BytesIO()
    boek.schrijf(uit)
    return uit.getvalue()


def _rijen(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for lijn in dossier.lijnen:
        basis = {**_hoofd(dossier), **_regel(dossier, lijn)}
        if not lijn.stappen:
            yield {**basis, k.TREDE: _trede(dossier, lijn.zwaarte)}
        for nummer, (zwaarte, van, tot) in enumerate(lijn.stappen, 1):
            yield {
                **basis,
                k.TREDE: _trede(dossier, zwaarte),
                k.STAP: str(nummer),
                k.STAP_VAN: van,
                k.STAP_TOT: tot,
            }


def _regio(dossier: Dossier) -> Any:
    return next(r for r in REGIOS if dossier.client.gemeente in {code for code, *_ in r.gemeenten})


def _trede(dossier: Dossier, zwaarte: int) -> str:
    return str(_regio(dossier).treden[zwaarte - 1])


def _hoofd(dossier: Dossier) -> dict[str, Any]:
    wie = dossier.client
    behandelaar = gegevens.behandelaar_van(wie.gemeente, wie.bsn)
    return {
        k.BESCHIKKING: dossier.nummer,
        k.BSN: wie.bsn,
        k.ACHTERNAAM: wie.achternaam,
        k.VOORVOEGSEL: wie.voorvoegsel,
        k.VOORLETTERS: wie.voornaam[0],
        k.VOORNAMEN: wie.voornaam,
        k.GEBOORTEDATUM: wie.geboren,
        k.BEHANDELAAR: behandelaar.email if behandelaar else "",
        k.AFGESCHERMD: "ja" if wie.afgeschermd else "nee",
        k.GEMEENTECODE: wie.gemeente,
        k.SOORT: _SOORT[dossier.soort.value],
        k.INGANG: dossier.van,
        k.EIND: dossier.tot,
        k.BESLUIT: dossier.besluit,
        # The next moment is made when the one that was held is finished.
        k.MONITORING: dossier.monitoring_gedaan or dossier.monitoring,
        k.VORIGE: dossier.vorige.nummer if dossier.vorige else "",
    }


def _regel(dossier: Dossier, lijn: Lijn) -> dict[str, Any]:
    product = product_van(dossier.client.gemeente, lijn)
    return {
        k.TOEWIJZING: str(lijn.nummer),
        k.AGB: lijn.agb,
        k.GEBIED: _regio(dossier).gebieden[lijn.gebied].naam,
        k.PERSPECTIEF: lijn.perspectief.value,
        k.VORM: lijn.vorm.name,
        k.CATEGORIE: product.categorie,
        k.PRODUCT: product.code,
        k.TOEWIJZING_VAN: lijn.van,
        k.TOEWIJZING_TOT: lijn.tot,
    }
