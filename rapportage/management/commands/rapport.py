"""`manage.py rapport --regio mh --kwartaal 2026-K3 --excel PAD --pdf PAD`: the quarterly report from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisaties.models import Gemeente, Regio
from rapportage.actions.inzage import leg_export_vast
from rapportage.excel.uitval import werkboek
from rapportage.overzicht import Keuze, Uitval
from rapportage.pdf.uitval import document
from rapportage.queries.lezers import RegioLezer
from rapportage.queries.uitval import uitval
from rapportage.tellingen import toon
from rapportage.verantwoording import Kop
from wmo_portal.lib import rls
from wmo_portal.lib.drukwerk import DrukwerkFout
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu, vandaag

MAKER = "Wmo-portaal (opdrachtregel)"


def _kwartaal(tekst: str) -> Kwartaal:
    try:
        return Kwartaal.lees(tekst)
    except ValueError as fout:
        raise CommandError(f"{fout}.") from fout


class Command(BaseCommand):
    help = "Maakt het uitvalrapport van een regio over een kwartaal, als Excel en als PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--regio", required=True, help="code van de regio, bijvoorbeeld mh")
        parser.add_argument(
            "--kwartaal", type=_kwartaal, help="bijvoorbeeld 2026-K3; anders het vorige kwartaal"
        )
        parser.add_argument(
            "--gemeente", action="append", default=[], help="CBS-code; mag vaker, anders alle"
        )
        parser.add_argument("--excel", type=Path, help="waar het Excel-bestand komt")
        parser.add_argument("--pdf", type=Path, help="waar de PDF komt")

    def handle(self, *args: Any, **opties: Any) -> None:
        kwartaal = opties["kwartaal"] or Kwartaal.van(vandaag()).vorige
        with rls.binnen(rls.SYSTEEM):
            regio = self._regio(opties["regio"])
            gevonden = self._tel(regio, kwartaal, opties["gemeente"])
            kop = Kop(f"Uitval {regio.naam}, {kwartaal.naam}", MAKER, nu(), (("Regio", regio.naam),))
            for vorm, maak in (("excel", _excel), ("pdf", _pdf)):
                if opties[vorm]:
                    self._schrijf(opties[vorm], maak(gevonden, kop), vorm, gevonden, regio)
        totaal = gevonden.totaal
        self.stdout.write(
            f"{regio.naam}, {kwartaal}: {totaal.totaal} cliënten geteld, {len(gevonden.buiten)} niet; "
            f"uitval {totaal.uitval} ({toon(totaal.uitval_aandeel)})."
        )

    def _regio(self, code: str) -> Regio:
        regio = Regio.objects.filter(code=code).first()
        if regio is None:
            codes = (
                ", ".join(Regio.objects.order_by("code").values_list("code", flat=True)) or "nog geen enkele"
            )
            raise CommandError(f"Er is geen regio ‘{code}’. Bekend: {codes}.")
        return regio

    def _tel(self, regio: Regio, kwartaal: Kwartaal, codes: list[str]) -> Uitval:
        gemeenten = dict(Gemeente.objects.filter(regio=regio).values_list("code", "pk"))
        if vreemd := sorted(set(codes) - gemeenten.keys()):
            raise CommandError(
                f"{', '.join(vreemd)} hoort niet bij {regio.naam}. Wel: {', '.join(sorted(gemeenten))}."
            )
        keuze = Keuze(
            kwartaal.periode, regio_id=regio.pk, gemeente_ids=tuple(gemeenten[code] for code in codes)
        )
        try:
            return uitval(RegioLezer.van(regio), keuze)
        except ValueError as fout:
            raise CommandError(f"Het kwartaal is niet te tellen: {fout}.") from fout

    def _schrijf(self, pad: Path, inhoud: bytes, vorm: str, gevonden: Uitval, regio: Regio) -> None:
        try:
            pad.write_bytes(inhoud)
        except OSError as fout:
            raise CommandError(
                f"Het bestand {pad} is niet te schrijven: {fout.strerror}. Kies een andere plek."
            ) from fout
        leg_export_vast(
            door=None,
            soort="uitval",
            vorm=vorm,
            filters={"regio": regio.code, "periode": str(gevonden.keuze.periode)},
            regels=len(gevonden.regels) if vorm == "excel" else 0,
            met_clienten=vorm == "excel",
        )
        self.stdout.write(f"{vorm.capitalize()} staat in {pad} ({len(inhoud)} bytes).")


def _excel(gevonden: Uitval, kop: Kop) -> bytes:
    return werkboek(gevonden, kop, met_clienten=True)


def _pdf(gevonden: Uitval, kop: Kop) -> bytes:
    try:
        return document(gevonden, kop)
    except DrukwerkFout as fout:
        raise CommandError(str(fout)) from fout
