"""A start or stop that a provider fills in by hand, for whoever has no message traffic of his own.

It becomes a real 305 or 307 by the writer of the iwmo library and goes through the same door as every message, so
it is judged, kept and answered the same. The sex of a client is no business of this portal: it is sent as unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

import iwmo
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client, Toewijzing
from iwmo import model as m
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from stopberichten.berichten_in import ontvang
from stopberichten.enums import Kanaal, RedenBeeindiging, StatusAanlevering
from stopberichten.models import Levering
from stopberichten.models import Stop as Stopregel
from stopberichten.ontvangst import Ontvangst

RELEASE: Final = "3.2"
DOEL: Final = "Wmo: zorg leveren en verantwoorden"
GESLACHT_ONBEKEND: Final = "0"
GEBOORTEDATUM_ONBEKEND: Final = m.Geboortedatum(date(1900, 1, 1), "3")


class NietTeMaken(Exception):
    """The facts do not make a valid message; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Start:
    """Care began on an allocation."""

    toewijzing: Toewijzing
    begindatum: date


@dataclass(frozen=True, slots=True)
class Stop:
    """Care ended, on the delivery that began with this start: a stop repeats the key of its start (TR382)."""

    levering: Levering
    reden: RedenBeeindiging
    einddatum: date


def meld_start(*, start: Start, door: Gebruiker, vandaag: date, op: datetime) -> Ontvangst:
    """Send a 305. The verdict is in the answer; a refused one is kept too. Raises NietTeMaken."""
    toewijzing = start.toewijzing
    product = m.StartProduct(
        start.begindatum,
        StatusAanlevering.EERSTE.value,
        toewijzing.toewijzingnummer,
        _product(toewijzing.productcategorie, toewijzing.productcode),
        toewijzing.ingangsdatum,
    )
    return _stuur("305", toewijzing, product, door, vandaag, op)


def meld_stop(*, stop: Stop, door: Gebruiker, vandaag: date, op: datetime) -> Ontvangst:
    """Send a 307. Raises NietTeMaken."""
    levering = stop.levering
    if levering.toewijzing is None:
        raise NietTeMaken(
            "Deze start is nog niet aan een toewijzing gekoppeld. De gemeente moet dat eerst doen."
        )
    product = m.StopProduct(
        levering.begindatum,
        stop.reden.value,
        stop.einddatum,
        StatusAanlevering.EERSTE.value,
        levering.toewijzingnummer,
        _product(levering.productcategorie, levering.productcode),
        levering.toewijzing_ingangsdatum,
    )
    return _stuur("307", levering.toewijzing, product, door, vandaag, op)


def trek_in(*, regel: Levering | Stopregel, door: Gebruiker, vandaag: date, op: datetime) -> Ontvangst:
    """Remove a start or stop that was made here: the same key with status 3, as 305 or 307 (OP379). Raises NietTeMaken.

    To correct is to remove and to report again: nothing in a message can be changed otherwise (CS058).
    """
    if regel.toewijzing is None:
        raise NietTeMaken(
            "Deze melding is niet aan een toewijzing gekoppeld. Vraag de gemeente om dat te doen."
        )
    sleutel = (
        StatusAanlevering.VERWIJDEREN.value,
        regel.toewijzingnummer,
        _product(regel.productcategorie, regel.productcode),
        regel.toewijzing_ingangsdatum,
    )
    if isinstance(regel, Levering):
        return _stuur("305", regel.toewijzing, m.StartProduct(regel.begindatum, *sleutel), door, vandaag, op)
    product = m.StopProduct(regel.begindatum, regel.reden, regel.einddatum, *sleutel)
    return _stuur("307", regel.toewijzing, product, door, vandaag, op)


@transaction.atomic
def zet_niet_gestart(*, toewijzing: Toewijzing, niet_gestart: bool, door: Gebruiker) -> bool:
    """The provider says that after an introduction the help itself has not begun, or that it has now (R80).

    No message says this: the 305 tells when the provider took the client on. False when it was said already.
    """
    rij = Toewijzing.objects.select_for_update(of=("self",)).select_related("client").get(pk=toewijzing.pk)
    if rij.hulp_niet_gestart == niet_gestart:
        return False
    rij.hulp_niet_gestart = niet_gestart
    rij.versie += 1
    rij.save(update_fields=["hulp_niet_gestart", "versie"])
    leg_vast(
        actie="toewijzing.hulp_niet_gestart",
        door=door,
        object_soort="toewijzing",
        object_kenmerk=rij.kenmerk,
        gemeente_id=rij.gemeente_id,
        aanbieder_id=rij.aanbieder_id,
        client_index=bytes(rij.client.bsn_index),
        doel=DOEL,
        details={"niet_gestart": niet_gestart},
    )
    return True


def _stuur(
    soort: str,
    toewijzing: Toewijzing,
    product: m.Berichtproduct,
    door: Gebruiker,
    vandaag: date,
    op: datetime,
) -> Ontvangst:
    identificatie = _identificatie()
    header = m.Header(toewijzing.aanbieder.agb, toewijzing.gemeente.code, identificatie, vandaag)
    bericht = m.Bericht(soort, RELEASE, header, _client(toewijzing.client, product))
    try:
        inhoud = iwmo.schrijf(bericht)
    except iwmo.BerichtAfgekeurd as fout:
        zinnen = " ".join(melding.tekst for melding in fout.oordeel.meldingen)
        raise NietTeMaken(f"Van deze gegevens is geen geldig bericht te maken. {zinnen}") from fout
    naam = f"wmo{soort}-{identificatie}.xml"
    return ontvang(inhoud=inhoud, bestandsnaam=naam, kanaal=Kanaal.HAND, door=door, vandaag=vandaag, op=op)


def _client(client: Client, product: m.Berichtproduct) -> m.Client:
    geboren = m.Geboortedatum(client.geboortedatum) if client.geboortedatum else GEBOORTEDATUM_ONBEKEND
    naam = m.Naam(
        m.Achternaam(client.achternaam, client.voorvoegsel or None),
        voornamen=client.voornamen or None,
        voorletters=client.voorletters or None,
    )
    return m.Client(bsn_van(client), geboren, GESLACHT_ONBEKEND, naam, (product,))


def _product(categorie: str, code: str) -> m.Product | None:
    return m.Product(categorie, code or None) if categorie else None


def _identificatie() -> str:
    """Unique for this sender: H for "hand", so that it never meets the numbers of a provider's own system (TR056)."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('stopberichten_handbericht')")
        return f"H{cursor.fetchone()[0]:011d}"
