"""`manage.py lees_beschikkingen BESTAND --gemeente 1783 [--proef]`: the import of the screen, from the server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from beschikkingen.actions import draai_proef, lees_in
from beschikkingen.models import Inlezing
from organisaties.models import Gemeente
from wmo_portal.lib import rls
from wmo_portal.lib.tabelblad import BestandGeweigerd
from wmo_portal.lib.tijd import nu, vandaag


class Command(BaseCommand):
    help = "Leest beschikkingen in uit een Suite-export (xlsx of csv). Foute rijen blijven liggen en worden getoond."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--gemeente", required=True, help="CBS-code, 4 cijfers")
        parser.add_argument(
            "--proef", action="store_true", help="laat zien wat er zou gebeuren, en lees niets in"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            inlezing = self._lees(opties["bestand"], _gemeente(opties["gemeente"]), proef=opties["proef"])
        self._toon(inlezing, proef=opties["proef"])

    def _lees(self, bestand: Path, gemeente: Gemeente, *, proef: bool) -> Inlezing:
        try:
            inhoud = bestand.read_bytes()
        except OSError as fout:
            raise CommandError(f"{bestand} is niet te lezen: {fout.strerror}.") from fout
        dag, op = vandaag(), nu()
        try:
            with transaction.atomic():
                inlezing = draai_proef(
                    gemeente=gemeente, bestandsnaam=bestand.name, inhoud=inhoud, vandaag=dag, op=op, door=None
                )
                if not proef:
                    lees_in(inlezing=inlezing, vandaag=dag, op=op, door=None)
        except BestandGeweigerd as fout:
            raise CommandError(str(fout)) from fout
        inlezing.refresh_from_db()
        return inlezing

    def _toon(self, inlezing: Inlezing, *, proef: bool) -> None:
        for fout in inlezing.fouten:
            self.stderr.write(f"rij {fout['rij']}: {fout['zin']}")
        t = inlezing.tellingen
        begin = "Proef, er is niets ingelezen" if proef else "Ingelezen"
        self.stdout.write(
            f"{begin}: {t['nieuw']} nieuw, {t['gewijzigd']} gewijzigd, {t['ongewijzigd']} ongewijzigd, {t['fout']} fout."
        )


def _gemeente(code: str) -> Gemeente:
    try:
        return Gemeente.objects.get(code=code, ingericht=True)
    except Gemeente.DoesNotExist as fout:
        bekend = ", ".join(f"{g.code} ({g.naam})" for g in Gemeente.objects.filter(ingericht=True))
        raise CommandError(f"Gemeente ‘{code}’ is hier niet ingericht. Kies uit: {bekend}.") from fout
