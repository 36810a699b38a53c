"""Judging the rows of a file: each row becomes a `Regel`, or sentences that say what is wrong with it.

Every sentence says what was found and what was expected. None of them holds a BSN: they are stored and shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import QuerySet

from beschikkingen.enums import Leveringsvorm, Perspectief, SoortBeschikking
from beschikkingen.inlezen import kolommen as k
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Productafspraak, Resultaatgebied, Trede
from wmo_portal.lib.bsn import BsnOngeldig, maskeer_tekst, valideer
from wmo_portal.lib.tabelblad import IngelezenRij, lees_blad
from wmo_portal.lib.tekst import zoeksleutel as _vouw


@lru_cache(maxsize=4096)
def zoeksleutel(tekst: str) -> str:
    """The same few words stand on thousands of rows."""
    return _vouw(tekst)


@dataclass(frozen=True, slots=True)
class Rijfout:
    """What is wrong with one row; `kolom` is empty when it is about the row as a whole."""

    rij: int
    kolom: str
    zin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One good row: a toewijzing (or a step of one) with its decision and its client."""

    rij: int
    bsn: str = field(repr=False)
    achternaam: str
    voorvoegsel: str
    voorletters: str
    voornamen: str
    geboortedatum: date | None
    afgeschermd: bool
    behandelaar_id: int | None
    beschikking: str
    soort: SoortBeschikking
    ingangsdatum: date
    einddatum: date | None
    besluitdatum: date | None
    monitoringsdatum: date | None
    vorige: str
    toewijzingnummer: int
    aanbieder_id: int
    gebied_id: int | None
    trede_id: int | None
    perspectief: Perspectief
    leveringsvorm: Leveringsvorm
    productcategorie: str
    productcode: str
    toewijzing_van: date
    toewijzing_tot: date | None
    stap: int | None
    stap_van: date | None
    stap_tot: date | None

    @property
    def beschikkingdelen(self) -> tuple[object, ...]:
        """What must be the same on every row of one decision."""
        return (self.bsn, self.soort, self.ingangsdatum, self.einddatum)


@dataclass(frozen=True, slots=True)
class Keuzelijsten:
    """What the municipality's region agreed on, looked up once per file."""

    gemeente: Gemeente
    gebieden: Mapping[str, Resultaatgebied]
    treden: Mapping[str, Trede]
    aanbieders: Mapping[str, int]
    producten: Mapping[tuple[str, str], tuple[Productafspraak, ...]]
    consulenten: Mapping[str, int]

    def product(self, categorie: str, code: str, dag: date) -> Productafspraak | None:
        rijen = self.producten.get((categorie, code), ())
        return next((p for p in rijen if p.geldig and _bevat(p.geldig, dag)), None)


def _bevat(periode: Any, dag: date) -> bool:
    return (periode.lower is None or periode.lower <= dag) and (periode.upper is None or dag < periode.upper)


def keuzelijsten(gemeente: Gemeente) -> Keuzelijsten:
    """Five small queries: areas, steps, providers and products of the region, and who may handle a dossier."""
    gebieden: dict[str, Resultaatgebied] = {}
    for gebied in Resultaatgebied.objects.filter(regio=gemeente.regio_id):
        gebieden |= {zoeksleutel(gebied.naam): gebied, zoeksleutel(gebied.code): gebied}
    producten: dict[tuple[str, str], list[Productafspraak]] = {}
    for product in Productafspraak.objects.filter(regio=gemeente.regio_id):
        producten.setdefault((product.productcategorie, product.productcode), []).append(product)
    return Keuzelijsten(
        gemeente,
        gebieden,
        {zoeksleutel(t.naam): t for t in Trede.objects.filter(regio=gemeente.regio_id)},
        dict(Aanbieder.objects.filter(ingericht=True).values_list("agb", "pk")),
        {sleutel: tuple(rijen) for sleutel, rijen in producten.items()},
        {email.lower(): pk for email, pk in _consulenten(gemeente)},
    )


def _consulenten(gemeente: Gemeente) -> QuerySet[Gebruiker, tuple[str, int]]:
    mensen = Gebruiker.objects.filter(gemeenten=gemeente, rol=Rol.CONSULENT, is_active=True)
    return mensen.values_list("email", "pk")


class _Fout(Exception):
    def __init__(self, kolom: str, zin: str) -> None:
        super().__init__(zin)
        self.kolom, self.zin = kolom, zin


@dataclass(frozen=True, slots=True)
class _Rij:
    """Access to the values of one row; every reader raises `_Fout` with its column."""

    waarden: Mapping[str, Any]
    lijsten: Keuzelijsten

    def tekst(self, kop: str, maximum: int = 200) -> str:
        tekst = str(self.waarden.get(kop) or "").strip()
        if len(tekst) > maximum:
            raise _Fout(kop, f"“{kop}” heeft {len(tekst)} tekens; er passen er {maximum}.")
        return tekst

    def datum(self, kop: str) -> date | None:
        waarde = self.waarden.get(kop)
        return waarde if isinstance(waarde, date) else None

    def verplichte_datum(self, kop: str) -> date:
        if (dag := self.datum(kop)) is None:
            raise _Fout(kop, f"“{kop}” is leeg. Vul een datum in als dd-mm-jjjj.")
        return dag

    def woord(self, kop: str, anders: object) -> Any:
        if not (tekst := self.tekst(kop)):
            return anders
        try:
            return k.lees_woord(kop, tekst)
        except ValueError as fout:
            raise _Fout(kop, str(fout)) from fout

    def getal(self, kop: str, maximum: int) -> int | None:
        if not (tekst := self.tekst(kop)):
            return None
        if not (tekst.isascii() and tekst.isdecimal() and int(tekst) <= maximum):
            raise _Fout(
                kop, f"“{tekst[:20]}” is hier geen nummer. Verwacht: een heel getal tot en met {maximum}."
            )
        return int(tekst)

    def bsn(self) -> str:
        try:
            return valideer(self.tekst(k.BSN))
        except BsnOngeldig as fout:
            raise _Fout(k.BSN, str(fout)) from fout

    def keuze(self, kop: str, lijst: Mapping[str, Any], wat: str) -> Any:
        if not (tekst := self.tekst(kop)):
            return None
        if (gevonden := lijst.get(zoeksleutel(tekst))) is None:
            namen = (
                ", ".join(dict.fromkeys(str(rij) for rij in lijst.values())) or "er is nog niets ingericht"
            )
            raise _Fout(
                kop, f"“{tekst[:40]}” is geen {wat} van {self.lijsten.gemeente.regio}. Toegestaan: {namen}."
            )
        return gevonden

    def aanbieder(self) -> int:
        agb = self.tekst(k.AGB)
        if (gevonden := self.lijsten.aanbieders.get(agb)) is None:
            raise _Fout(
                k.AGB,
                f"AGB-code “{agb[:20]}” is niet bekend. Verwacht: de code van 8 cijfers van een aanbieder in het "
                "portaal. Vraag de beheerder de aanbieder toe te voegen.",
            )
        return gevonden

    def behandelaar(self) -> int | None:
        if not (email := self.tekst(k.BEHANDELAAR, 254)):
            return None
        if (gevonden := self.lijsten.consulenten.get(email.lower())) is None:
            raise _Fout(
                k.BEHANDELAAR,
                f"“{email[:60]}” is geen consulent van {self.lijsten.gemeente.naam}. Verwacht: het e-mailadres waarmee de "
                "consulent inlogt.",
            )
        return gevonden


def _lees_beschikking(rij: _Rij) -> dict[str, Any]:
    van, tot = rij.verplichte_datum(k.INGANG), rij.datum(k.EIND)
    vanzelf = SoortBeschikking.MET_EINDDATUM if tot else SoortBeschikking.ZONDER_EINDDATUM
    soort = rij.woord(k.SOORT, vanzelf)
    if soort != SoortBeschikking.GETRAPT and soort != vanzelf:
        stand = f"er staat {tot:%d-%m-%Y}" if tot else "die is leeg"
        raise _Fout(
            k.EIND, f"De soort is “{k.toegestaan(k.SOORT)[list(SoortBeschikking).index(soort)]}” en {stand}."
        )
    if tot and tot < van:
        raise _Fout(k.EIND, f"De einddatum {tot:%d-%m-%Y} ligt voor de ingangsdatum {van:%d-%m-%Y}.")
    return {
        "beschikking": rij.tekst(k.BESCHIKKING, 40),
        "soort": soort,
        "ingangsdatum": van,
        "einddatum": tot,
        "besluitdatum": rij.datum(k.BESLUIT),
        "monitoringsdatum": _monitoring(rij, soort),
        "vorige": rij.tekst(k.VORIGE, 40),
    }


def _monitoring(rij: _Rij, soort: SoortBeschikking) -> date | None:
    dag = rij.datum(k.MONITORING)
    if dag and soort == SoortBeschikking.MET_EINDDATUM:
        raise _Fout(k.MONITORING, "Een monitoringsmoment hoort bij een beschikking zonder einddatum.")
    return dag


def _lees_client(rij: _Rij) -> dict[str, Any]:
    return {
        "bsn": rij.bsn(),
        "achternaam": rij.tekst(k.ACHTERNAAM),
        "voorvoegsel": rij.tekst(k.VOORVOEGSEL, 10),
        "voorletters": rij.tekst(k.VOORLETTERS, 20).replace(".", "").replace(" ", "")[:6],
        "voornamen": rij.tekst(k.VOORNAMEN),
        "geboortedatum": rij.datum(k.GEBOORTEDATUM),
        "afgeschermd": bool(rij.woord(k.AFGESCHERMD, anders=False)),
        "behandelaar_id": rij.behandelaar(),
    }


def _lees_toewijzing(rij: _Rij, beschikking: Mapping[str, Any]) -> dict[str, Any]:
    van = rij.datum(k.TOEWIJZING_VAN) or beschikking["ingangsdatum"]
    tot = rij.datum(k.TOEWIJZING_TOT) or beschikking["einddatum"]
    if tot and tot < van:
        raise _Fout(
            k.TOEWIJZING_TOT, f"De toewijzing eindigt {tot:%d-%m-%Y}, voor zij begint ({van:%d-%m-%Y})."
        )
    categorie, code = rij.tekst(k.CATEGORIE, 2), rij.tekst(k.PRODUCT, 5)
    afspraak = rij.lijsten.product(categorie, code, van)
    gebied = rij.keuze(k.GEBIED, rij.lijsten.gebieden, "resultaatgebied")
    trede = rij.keuze(k.TREDE, rij.lijsten.treden, "trede")
    return {
        "toewijzingnummer": rij.getal(k.TOEWIJZING, 999_999_999),
        "aanbieder_id": rij.aanbieder(),
        "gebied_id": gebied.pk if gebied else getattr(afspraak, "resultaatgebied_id", None),
        "trede_id": trede.pk if trede else getattr(afspraak, "trede_id", None),
        "perspectief": rij.woord(k.PERSPECTIEF, Perspectief.ONBEKEND),
        "leveringsvorm": rij.woord(k.VORM, Leveringsvorm.ZIN),
        "productcategorie": categorie,
        "productcode": code,
        "toewijzing_van": van,
        "toewijzing_tot": tot,
    }


def _lees_stap(rij: _Rij, soort: SoortBeschikking, trede_id: int | None) -> dict[str, Any]:
    stap, van, tot = rij.getal(k.STAP, 99), rij.datum(k.STAP_VAN), rij.datum(k.STAP_TOT)
    if stap is None:
        return {"stap": None, "stap_van": None, "stap_tot": None}
    if soort != SoortBeschikking.GETRAPT:
        raise _Fout(
            k.STAP, "Een stap hoort bij een getrapte indicatie. Zet ‘getrapt’ bij de soort beschikking."
        )
    if van is None or trede_id is None:
        raise _Fout(k.STAP, f"Stap {stap} heeft een ingangsdatum en een trede nodig.")
    if tot and tot < van:
        raise _Fout(k.STAP_TOT, f"De stap eindigt {tot:%d-%m-%Y}, voor zij begint ({van:%d-%m-%Y}).")
    return {"stap": stap, "stap_van": van, "stap_tot": tot}


def _gemeente_klopt(rij: _Rij) -> None:
    code, gekozen = rij.tekst(k.GEMEENTECODE), rij.lijsten.gemeente
    if code and code not in (gekozen.code, gekozen.naam):
        raise _Fout(
            k.GEMEENTECODE,
            f"Hier staat gemeente “{code[:30]}”. Dit bestand wordt ingelezen voor {gekozen.naam} ({gekozen.code}).",
        )


def keur_rij(bron: IngelezenRij, lijsten: Keuzelijsten) -> Regel | Rijfout:
    """The row as a Regel, or the first thing that is wrong with its values."""
    rij = _Rij(bron.waarden, lijsten)
    try:
        _gemeente_klopt(rij)
        beschikking = _lees_beschikking(rij)
        toewijzing = _lees_toewijzing(rij, beschikking)
        stap = _lees_stap(rij, beschikking["soort"], toewijzing["trede_id"])
        return Regel(rij=bron.nummer, **_lees_client(rij), **beschikking, **toewijzing, **stap)
    except _Fout as fout:
        return Rijfout(bron.nummer, fout.kolom, maskeer_tekst(fout.zin))


def keur_bestand(inhoud: bytes, lijsten: Keuzelijsten) -> tuple[list[Regel], list[Rijfout]]:
    """All rows, good and bad. Raises BestandGeweigerd when the file as a whole cannot be read."""
    blad = lees_blad(
        inhoud, verwachte_kolommen=[kolom.verwacht for kolom in k.KOLOMMEN], max_rijen=k.MAX_RIJEN
    )
    regels: list[Regel] = []
    fouten: list[Rijfout] = []
    for rij in blad.rijen:
        if rij.fouten:
            fouten += [Rijfout(rij.nummer, "", maskeer_tekst(zin)) for zin in rij.fouten]
            continue
        uitslag = keur_rij(rij, lijsten)
        regels.append(uitslag) if isinstance(uitslag, Regel) else fouten.append(uitslag)
    samen = list(_onderling(regels))
    slecht = {fout.rij for fout in samen}
    return [r for r in regels if r.rij not in slecht], sorted(fouten + samen, key=lambda f: f.rij)


_DELEN: Final = ("het BSN", "de soort", "de ingangsdatum", "de einddatum")


def _onderling(regels: list[Regel]) -> Iterator[Rijfout]:
    """What only shows when rows are held beside each other; the first row that says something is believed."""
    beschikkingen: dict[str, Regel] = {}
    toewijzingen: dict[tuple[int, int | None], Regel] = {}
    for regel in regels:
        eerste = beschikkingen.setdefault(regel.beschikking, regel)
        if regel.beschikkingdelen != eerste.beschikkingdelen:
            paren = zip(_DELEN, regel.beschikkingdelen, eerste.beschikkingdelen, strict=True)
            anders = next(deel for deel, nieuw, oud in paren if nieuw != oud)
            yield Rijfout(
                regel.rij,
                k.BESCHIKKING,
                f"Op rij {eerste.rij} staat bij dezelfde beschikking {anders} anders.",
            )
            continue
        vorige = toewijzingen.setdefault((regel.toewijzingnummer, regel.stap), regel)
        if vorige is not regel:
            yield Rijfout(
                regel.rij,
                k.TOEWIJZING,
                f"Toewijzing {regel.toewijzingnummer} staat ook op rij {vorige.rij}. "
                "Verwacht: één rij per toewijzing, of per stap.",
            )
        elif fout := _stap_overlapt(regel, toewijzingen):
            yield fout


def _stap_overlapt(regel: Regel, gezien: Mapping[tuple[int, int | None], Regel]) -> Rijfout | None:
    if regel.stap is None or regel.stap_van is None:
        return None
    eerder = gezien.get((regel.toewijzingnummer, regel.stap - 1))
    if eerder and (eerder.stap_tot is None or eerder.stap_tot >= regel.stap_van):
        return Rijfout(
            regel.rij, k.STAP_VAN, f"Stap {regel.stap} begint voor stap {regel.stap - 1} is geëindigd."
        )
    return None
