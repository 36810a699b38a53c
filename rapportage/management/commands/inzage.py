"""`manage.py inzage --gemeente 1783 --naar map`: what is known about a person, as JSON. The BSN is asked for."""

import getpass
import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from organisaties.models import Gemeente
from rapportage.inzageverzoek import NietGevonden, maak_overzicht
from wmo_portal.lib import rls
from wmo_portal.lib.bsn import BsnOngeldig, valideer
from wmo_portal.lib.tijd import nu


class Command(BaseCommand):
    help = (
        "Zet alles wat het portaal over iemand weet in een JSON-bestand, voor een inzageverzoek. Het BSN wordt "
        "gevraagd, of komt van de standaardinvoer; op de opdrachtregel zou iedereen op de machine het kunnen lezen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--gemeente", required=True, help="de CBS-code van de gemeente die antwoord geeft"
        )
        parser.add_argument("--naar", required=True, type=Path, help="de map waarin het bestand komt")
        parser.add_argument("--met-namen", action="store_true", help="noem ook de namen van wie er keek")

    def handle(self, *args: Any, **opties: Any) -> None:
        bsn = self._vraag_bsn()
        with rls.binnen(rls.SYSTEEM):
            gemeente = Gemeente.objects.filter(code=opties["gemeente"]).first()
            if gemeente is None:
                raise CommandError(f"Er is geen gemeente met code {opties['gemeente']}.")
            try:
                overzicht = maak_overzicht(
                    bsn=bsn, gemeente=gemeente, op=nu(), met_namen=opties["met_namen"], door=None
                )
            except NietGevonden as fout:
                raise CommandError(str(fout)) from fout
        pad = self._schrijf(opties["naar"], overzicht)
        self.stdout.write(f"Geschreven: {pad}. Alleen uw eigen account kan het lezen; geef het veilig af.")

    def _vraag_bsn(self) -> str:
        getypt = getpass.getpass("BSN: ") if sys.stdin.isatty() else sys.stdin.readline()
        try:
            return valideer(getypt.strip())
        except BsnOngeldig as fout:
            raise CommandError(str(fout)) from fout

    def _schrijf(self, map_: Path, overzicht: dict[str, Any]) -> Path:
        """A random name: the name of a file shows up in places where no person belongs."""
        if not map_.is_dir():
            raise CommandError(f"De map {map_} bestaat niet. Maak haar eerst.")
        pad = map_ / f"inzage-{uuid4()}.json"
        with os.fdopen(
            os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as bestand:
            json.dump(overzicht, bestand, ensure_ascii=False, indent=1)
        return pad
