"""The one mail a day: gather what is due, take it, put it in the outbox (docs/adr/0011)."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from logboek.actions import leg_vast
from meldingen.models import Gemeld, Meldingkeuze
from meldingen.queries import Keuzes, hadden_al_mail, keuzes, sleutel_van
from meldingen.register import REGISTER, Bron, Deel, Post
from organisaties.models import Gebruiker
from techniek.actions import zet_mail_klaar

log = logging.getLogger(__name__)


@dataclass
class Uitslag:
    """What one run did, per kind: how many things were told, in how many mails, and for how many nobody is there."""

    mails: int = 0
    gemeld: Counter[str] = field(default_factory=Counter)
    mails_met: Counter[str] = field(default_factory=Counter)
    zonder_adres: Counter[str] = field(default_factory=Counter)
    fouten: list[str] = field(default_factory=list)

    @property
    def zin(self) -> str:
        per = ", ".join(f"{soort} {aantal}" for soort, aantal in sorted(self.gemeld.items()))
        zinnen = [f"{self.mails} dagmails klaargezet{f' ({per})' if per else ''}."]
        zinnen += [
            f"Bij {aantal} × {soort} is er geen e-mailadres."
            for soort, aantal in sorted(self.zonder_adres.items())
        ]
        zinnen += [f"Niet gelukt: {', '.join(self.fouten)}."] if self.fouten else []
        return " ".join(zinnen)


def verstuur(*, vandaag: date, moment: datetime, bronnen: Sequence[Bron] | None = None) -> Uitslag:
    """Put today's mails in the outbox. May run as often as one likes, also several at once; in the system's scope."""
    alle = REGISTER if bronnen is None else bronnen
    gekozen, al_gehad, uitslag = keuzes(), hadden_al_mail(vandaag), Uitslag()
    for voor_aanbieders in (True, False):
        golf = [bron for bron in op_volgorde(alle) if bron.voor_aanbieders is voor_aanbieders]
        per_adres = _verzamel(golf, gekozen, al_gehad, vandaag, moment, uitslag)
        for adres in sorted(per_adres):
            _verstuur_een(adres, per_adres[adres], vandaag, moment, uitslag)
    return uitslag


def op_volgorde(bronnen: Iterable[Bron]) -> list[Bron]:
    """Always the same order, so that two workers wait for each other and never for each other's rows."""
    return sorted(bronnen, key=lambda bron: (bron.volgorde, bron.code))


Paren = list[tuple[Bron, Post]]


def _verzamel(
    bronnen: Iterable[Bron],
    gekozen: Keuzes,
    al_gehad: set[str],
    vandaag: date,
    moment: datetime,
    uitslag: Uitslag,
) -> dict[str, Paren]:
    per_adres: dict[str, Paren] = defaultdict(list)
    for bron in bronnen:
        for post in _posten(bron, vandaag, moment, uitslag):
            if not post.adres:
                uitslag.zonder_adres[bron.code] += 1
            elif post.adres not in al_gehad and gekozen.wil_nu(post.adres, bron.code, vandaag, moment):
                per_adres[post.adres].append((bron, post))
    return per_adres


def _posten(bron: Bron, vandaag: date, moment: datetime, uitslag: Uitslag) -> list[Post]:
    """What a kind has to tell; one that fails tells nothing and does not hold up the others."""
    try:
        return list(bron.posten(vandaag, moment))
    except Exception:
        log.exception("De meldingen over %s zijn niet te bepalen.", bron.code)
        uitslag.fouten.append(bron.code)
        return []


class _AlGemaild(Exception):
    """Today's mail has gone: what came up since waits for tomorrow's."""


def _verstuur_een(adres: str, paren: Paren, vandaag: date, moment: datetime, uitslag: Uitslag) -> None:
    """Take every part and put one mail ready, or nothing at all."""
    try:
        delen = _neem_en_mail(adres, paren, vandaag, moment)
    except _AlGemaild:
        return
    except Exception:
        log.exception("Een dagmail is niet klaargezet.")
        uitslag.fouten.append("een ontvanger")
        return
    for code, deel in delen:
        uitslag.gemeld[code] += deel.aantal
        uitslag.mails_met[code] += 1
    uitslag.mails += bool(delen)


@transaction.atomic
def _neem_en_mail(adres: str, paren: Paren, vandaag: date, moment: datetime) -> list[tuple[str, Deel]]:
    sleutel = sleutel_van(vandaag, adres)
    genomen = [(bron.code, post.neem(sleutel, moment)) for bron, post in paren]
    delen = [(code, deel) for code, deel in genomen if deel is not None]
    if not delen:
        return []
    nieuw = zet_mail_klaar(
        sleutel=sleutel,
        aan=adres,
        onderwerp=onderwerp([deel for _, deel in delen]),
        tekst=brief([deel for _, deel in delen]),
        op=moment,
    )
    if not nieuw:
        raise _AlGemaild
    return delen


# --- The letter --------------------------------------------------------------------------------------------------------
def onderwerp(delen: Sequence[Deel]) -> str:
    if len(delen) == 1:
        return f"Wmo-portaal: {delen[0].onderwerp}"
    return f"Wmo-portaal: {delen[0].onderwerp}, en meer"


def brief(delen: Sequence[Deel]) -> str:
    regels = ["Goedendag,", ""]
    for deel in delen:
        if len(delen) > 1:
            regels += [f"{deel.onderwerp[0].upper()}{deel.onderwerp[1:]}", "-" * len(deel.onderwerp)]
        regels += [*deel.regels, ""]
    return "\n".join(
        [
            *regels,
            "In deze mail staan geen gegevens van cliënten. U krijgt hoogstens één zo’n mail per dag.",
            "Kies zelf wanneer en waarover:",
            f"{settings.ADRES}{reverse('meldingen:meldingen')}",
        ]
    )


# --- Told once ---------------------------------------------------------------------------------------------------------
NEEM: Final = """
insert into meldingen_gemeld (soort, sleutel, ontvanger, mail_sleutel, gemeld_op)
select %s, x, %s, %s, %s from unnest(%s::text[]) x order by x
    on conflict (soort, sleutel, ontvanger) do nothing
returning sleutel
"""


def neem(soort: str, adres: str, sleutels: Iterable[str], mail_sleutel: str, moment: datetime) -> list[str]:
    """Write down that these are told to this address; which of them were not told before (the database decides)."""
    with connection.cursor() as cursor:
        cursor.execute(NEEM, [soort, adres, mail_sleutel, moment, sorted(set(sleutels))])
        return sorted(rij[0] for rij in cursor.fetchall())


def nog_niet_gemeld(soort: str, per_adres: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Per address the keys that it was not told yet. One query."""
    rijen = Gemeld.objects.filter(soort=soort, ontvanger__in=list(per_adres))
    gehad = set(rijen.values_list("ontvanger", "sleutel"))
    over = {adres: [s for s in sleutels if (adres, s) not in gehad] for adres, sleutels in per_adres.items()}
    return {adres: sleutels for adres, sleutels in over.items() if sleutels}


def posten_eenmaal(
    soort: str, per_adres: Mapping[str, Iterable[str]], maak: Callable[[str, list[str]], Deel]
) -> Iterator[Post]:
    """For news that is told once: per address the keys, and the text about those that are really new."""

    def post(adres: str, sleutels: list[str]) -> Post:
        def neem_deel(mail_sleutel: str, moment: datetime) -> Deel | None:
            nieuw = neem(soort, adres, sleutels, mail_sleutel, moment)
            if not nieuw:
                return None
            deel = maak(adres, nieuw)
            _log(soort, deel)
            return deel

        return Post(adres, neem_deel)

    for adres, sleutels in sorted(nog_niet_gemeld(soort, per_adres).items()):
        yield post(adres, sleutels)


def _log(soort: str, deel: Deel) -> None:
    leg_vast(
        actie=f"melding.{soort}",
        door=None,
        object_soort="mail",
        doel="melden",
        details={"aantal": deel.aantal},
    )


def ruim_op(*, moment: datetime) -> int:
    """Forget what was told so long ago. A question that is open even longer than that is told once more."""
    grens = moment - timedelta(days=settings.MELDINGEN_DAGEN)
    aantal, _ = Gemeld.objects.filter(gemeld_op__lt=grens).delete()
    return aantal


# --- One's own choice --------------------------------------------------------------------------------------------------
@transaction.atomic
def kies(
    *, gebruiker: Gebruiker, uit: Iterable[str], dagen: Iterable[int], vanaf_uur: int, op: datetime
) -> Meldingkeuze:
    """Keep what this person wants to be told, and when."""
    keuze, _ = Meldingkeuze.objects.update_or_create(
        gebruiker=gebruiker,
        defaults={
            "uit": sorted(set(uit)),
            "dagen": sorted(set(dagen)),
            "vanaf_uur": vanaf_uur,
            "gewijzigd_op": op,
        },
    )
    leg_vast(
        actie="melding.kiezen",
        door=gebruiker,
        object_soort="gebruiker",
        object_kenmerk=gebruiker.kenmerk,
        aanbieder_id=gebruiker.aanbieder_id,
        doel="melden",
        details={"uit": keuze.uit, "dagen": keuze.dagen, "vanaf_uur": vanaf_uur},
    )
    return keuze
