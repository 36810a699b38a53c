"""`manage.py inzage --gemeente 1783 --naar map`: what is known about a person, as PDF and JSON. The BSN is asked for."""

import getpass
import json
import os
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from organisaties.models import Gemeente
from rapportage.inzageverzoek import NietGevonden, maak_overzicht
from rapportage.pdf.inzage import document
from wmo_portal.lib import rls
from wmo_portal.lib.bsn import BsnOngeldig, valideer
from wmo_portal.lib.drukwerk import DrukwerkFout
from wmo_portal.lib.tijd import nu


class Command(BaseCommand):
    help = (
        "Zet alles wat het portaal over iemand weet in een PDF en een JSON-bestand, voor een inzageverzoek. Het BSN wordt "
        "gevraagd, of komt van de standaardinvoer; op de opdrachtregel zou iedereen op de machine het kunnen lezen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--gemeente", required=True, help="de CBS-code van de gemeente die antwoord geeft"
        )
        parser.add_argument("--naar", required=True, type=Path, help="de map waarin het bestand komt")
        parser.add_argument("--met-namen", action="store_true", help="noem ook de namen van wie er keek")

    def handle(self, *args: Any, **opties: Any) -> None:
        bsn, op = self._vraag_bsn(), nu()
        with rls.binnen(rls.SYSTEEM):
            gemeente = Gemeente.objects.filter(code=opties["gemeente"]).first()
            if gemeente is None:
                raise CommandError(f"Er is geen gemeente met code {opties['gemeente']}.")
            try:
                overzicht = maak_overzicht(
                    bsn=bsn, gemeente=gemeente, op=op, met_namen=opties["met_namen"], door=None
                )
            except NietGevonden as fout:
                raise CommandError(str(fout)) from fout
        pad = self._schrijf(opties["naar"], overzicht)
        self.stdout.write(f"Geschreven: {pad}. Alleen uw eigen account kan het lezen; geef het veilig af.")
        self._druk(pad.with_suffix(".pdf"), overzicht, op)

    def _druk(self, pad: Path, overzicht: dict[str, Any], op: datetime) -> None:
        """The same for people. Where no PDF can be made the JSON is there already, and nothing is lost."""
        try:
            inhoud = document(overzicht, op=op)
        except DrukwerkFout as fout:
            self.stderr.write(f"De PDF is niet gemaakt. {fout}")
            return
        with _alleen_voor_mij(pad) as bestand:
            bestand.write(inhoud)
        self.stdout.write(f"Geschreven: {pad}.")

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
        with _alleen_voor_mij(pad) as bestand:
            bestand.write(json.dumps(overzicht, ensure_ascii=False, indent=1).encode())
        return pad


def _alleen_voor_mij(pad: Path) -> BinaryIO:
    """A new file that only this account can read."""
    return os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
