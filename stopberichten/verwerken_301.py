"""What an accepted 301 changes: the client, his allocations, and the decision they stand under.

The 301 has no number of the decision. docs/adr/0010 says how allocations find theirs.

Order of arrival has no meaning (OP080): what a 301 says of an allocation counts when its Toewijzingsdatum and
-tijd are later than those of what is held, and its name of the client when its Dagtekening is the latest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

import iwmo
from beschikkingen.enums import ToewijzingStatus
from beschikkingen.kluis import zet_bsn
from beschikkingen.models import Beschikking, Client, Toewijzing
from iwmo.model import ToegewezenProduct
from organisaties.models import Gemeente, Productafspraak
from stopberichten import berichtinhoud
from stopberichten.dossiers_301 import Dossiers
from stopberichten.enums import Berichtsoort, Berichtstatus
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.models.bericht import BerichtQuerySet
from wmo_portal.lib.tekst import zoeksleutel

BIJGEWERKT = (
    "toewijzingsdatum",
    "ingangsdatum",
    "einddatum",
    "reden_wijziging",
    "status",
    "productcategorie",
    "productcode",
    "resultaatgebied",
    "trede",
    "versie",
)
Afspraken = list[Productafspraak]


def verwerk(
    *,
    bericht: Bericht,
    inhoud: iwmo.Bericht,
    client: iwmo.model.Client,
    gemeente: Gemeente,
    bestaand: Mapping[int, Toewijzing],
    vandaag: date,
) -> dict[str, int]:
    """Costs a fixed number of statements, and one per new decision. Returns counts for the log."""
    wie = _client(bericht, client, gemeente)
    producten = [p for p in client.producten if isinstance(p, ToegewezenProduct)]
    afspraken = _afspraken(gemeente, producten)
    nieuwer = [p for p in producten if p.toewijzingnummer in bestaand]
    if any(_zelfde_dag(p, bestaand) for p in nieuwer):
        eerdere = _eerdere_versies(bericht)
        nieuwer = [p for p in nieuwer if _volgorde(p, inhoud) > eerdere.get(p.toewijzingnummer, _NOOIT)]
    nieuwer = [p for p in nieuwer if not _ouder(p, bestaand[p.toewijzingnummer])]
    gewijzigd = [_werk_bij(bestaand[p.toewijzingnummer], p, afspraken) for p in nieuwer]
    Toewijzing.objects.bulk_update(gewijzigd, BIJGEWERKT)
    dossiers = Dossiers(wie, vandaag)
    nieuw = [p for p in producten if p.toewijzingnummer not in bestaand]
    gemaakt = [_maak(bericht, wie, p, dossiers.voor(p), afspraken) for p in nieuw]
    Toewijzing.objects.bulk_create(gemaakt)
    dossiers.sluit_aan({t.beschikking_id for t in [*gewijzigd, *gemaakt]})
    return {"nieuw": len(gemaakt), "gewijzigd": len(gewijzigd)}


# --- The client -----------------------------------------------------------------------------------------------
def _client(bericht: Bericht, client: iwmo.model.Client, gemeente: Gemeente) -> Client:
    """Find or make the client; the newest 301 says how he is called."""
    wie = Client.objects.filter(gemeente=gemeente, bsn_index=bericht.bsn_index).first()
    if wie is None:
        wie = Client(gemeente=gemeente, aangemaakt_op=bericht.ontvangen_op)
        zet_bsn(wie, client.bsn)
        _noem(wie, client)
        wie.save(force_insert=True)
        _koppel_client(wie)
    elif not _is_er_een_latere(bericht):
        _noem(wie, client)
        wie.save(
            update_fields=[
                "voornamen",
                "voorletters",
                "voorvoegsel",
                "achternaam",
                "zoeknaam",
                "geboortedatum",
            ]
        )
    bericht.client = wie
    bericht.save(update_fields=["client"])
    return wie


def _noem(wie: Client, client: iwmo.model.Client) -> None:
    naam = client.naam
    wie.voornamen = naam.voornamen or ""
    wie.voorletters = naam.voorletters or ""
    wie.voorvoegsel = naam.geslachtsnaam.voorvoegsel or ""
    wie.achternaam = naam.geslachtsnaam.achternaam
    wie.zoeknaam = zoeksleutel(f"{wie.achternaam} {wie.voorvoegsel} {wie.voorletters} {wie.voornamen}")
    # DatumGebruik says that (part of) the date is not known; then it is no date of birth to show.
    wie.geboortedatum = None if client.geboortedatum.gebruik else client.geboortedatum.datum


def _koppel_client(wie: Client) -> None:
    """Starts, stops and messages that came before we knew who it was."""
    wiens = {"gemeente": wie.gemeente, "bsn_index": wie.bsn_index, "client__isnull": True}
    Levering.objects.filter(**wiens).update(client=wie)
    Stop.objects.filter(**wiens).update(client=wie)
    Bericht.objects.filter(**wiens).update(client=wie)


def _andere_301s(bericht: Bericht) -> BerichtQuerySet:
    return Bericht.objects.filter(
        gemeente=bericht.gemeente,
        bsn_index=bericht.bsn_index,
        soort=Berichtsoort.WMO301,
        status=Berichtstatus.GEACCEPTEERD,
    ).exclude(pk=bericht.pk)


def _is_er_een_latere(bericht: Bericht) -> bool:
    later = Q(dagtekening__gt=bericht.dagtekening) | Q(
        dagtekening=bericht.dagtekening, identificatie__gt=bericht.identificatie
    )
    return _andere_301s(bericht).filter(later).exists()


# --- Which word on an allocation is the last --------------------------------------------------------------------
Volgorde = tuple[date, str, date, str]
_NOOIT: Volgorde = (date.min, "", date.min, "")


def _volgorde(product: ToegewezenProduct, inhoud: iwmo.Bericht) -> Volgorde:
    header = inhoud.header
    return product.toewijzingsdatum, product.toewijzingstijd, header.dagtekening, header.identificatie


def _ouder(product: ToegewezenProduct, toewijzing: Toewijzing) -> bool:
    return toewijzing.toewijzingsdatum is not None and product.toewijzingsdatum < toewijzing.toewijzingsdatum


def _zelfde_dag(product: ToegewezenProduct, bestaand: Mapping[int, Toewijzing]) -> bool:
    return bestaand[product.toewijzingnummer].toewijzingsdatum == product.toewijzingsdatum


def _eerdere_versies(bericht: Bericht) -> dict[int, Volgorde]:
    """The last word per number so far. The time of day is in the messages alone, so they are read again; this is
    asked only when two versions bear the same day."""
    laatste: dict[int, Volgorde] = {}
    for ander in _andere_301s(bericht):
        gelezen = berichtinhoud.gelezen(ander)
        for product in gelezen.client.producten if gelezen and gelezen.client else ():
            if isinstance(product, ToegewezenProduct) and gelezen is not None:
                nummer = product.toewijzingnummer
                laatste[nummer] = max(laatste.get(nummer, _NOOIT), _volgorde(product, gelezen))
    return laatste


# --- The allocations ---------------------------------------------------------------------------------------------
def _afspraken(gemeente: Gemeente, producten: list[ToegewezenProduct]) -> Afspraken:
    codes = {p.product.code for p in producten if p.product and p.product.code}
    if not gemeente.regio_id or not codes:
        return []
    return list(Productafspraak.objects.filter(regio_id=gemeente.regio_id, productcode__in=codes))


def _afspraak(product: ToegewezenProduct, afspraken: Afspraken) -> Productafspraak | None:
    """What the product stood for in the region on the day the allocation begins."""
    if product.product is None:
        return None
    gezocht = (product.product.categorie, product.product.code)
    return next(
        (
            a
            for a in afspraken
            if (a.productcategorie, a.productcode) == gezocht and product.ingangsdatum in a.geldig
        ),
        None,
    )


def _zet(toewijzing: Toewijzing, product: ToegewezenProduct, afspraken: Afspraken) -> None:
    """Everything a 301 says of an allocation."""
    categorie = product.product.categorie if product.product else ""
    code = (product.product.code or "") if product.product else ""
    afspraak = _afspraak(product, afspraken)
    ander_product = (toewijzing.productcategorie, toewijzing.productcode) != (categorie, code)
    if afspraak is not None or ander_product:
        # Not known to the region: what somebody filled in by hand for this same product stays.
        toewijzing.resultaatgebied_id = afspraak.resultaatgebied_id if afspraak else None
        toewijzing.trede_id = afspraak.trede_id if afspraak else None
    toewijzing.productcategorie, toewijzing.productcode = categorie, code
    toewijzing.toewijzingsdatum = product.toewijzingsdatum
    toewijzing.ingangsdatum, toewijzing.einddatum = product.ingangsdatum, product.einddatum
    toewijzing.reden_wijziging = product.reden_wijziging or ""
    if product.verwijderd:
        toewijzing.status = ToewijzingStatus.VERWIJDERD
    elif toewijzing.status == ToewijzingStatus.VERWIJDERD:
        toewijzing.status = ToewijzingStatus.LOPEND


def _werk_bij(toewijzing: Toewijzing, product: ToegewezenProduct, afspraken: Afspraken) -> Toewijzing:
    _zet(toewijzing, product, afspraken)
    toewijzing.versie += 1
    return toewijzing


def _maak(
    bericht: Bericht, wie: Client, product: ToegewezenProduct, bij: Beschikking, afspraken: Afspraken
) -> Toewijzing:
    toewijzing = Toewijzing(
        gemeente_id=wie.gemeente_id,
        aanbieder=bericht.aanbieder,
        client=wie,
        beschikking=bij,
        toewijzingnummer=product.toewijzingnummer,
        ingangsdatum=product.ingangsdatum,
    )
    _zet(toewijzing, product, afspraken)
    return toewijzing
