"""`manage.py demo`: empty the private demo database and fill it with fictitious people and papers."""

import json
import os
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organisaties.models import Gebruiker
from rapportage.demo.inrichten import als_eigenaar, inloggegevens
from rapportage.demo.laden import laad_demo
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import vandaag


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError as fout:
        raise CommandError(f"‘{tekst}’ is geen datum. Schrijf jjjj-mm-dd, bijvoorbeeld 2026-10-05.") from fout


class Command(BaseCommand):
    help = "Laadt de demo opnieuw: verzonnen cliënten, berichten en oordelen. Alles wat er stond verdwijnt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--vandaag", type=_dag, help="de dag waarop de demo speelt, jjjj-mm-dd; anders vandaag"
        )
        parser.add_argument("--als-nodig", action="store_true", help="alleen in een lege database")
        parser.add_argument("--inlog", action="store_true", help="laad niets, toon de inloggegevens")
        parser.add_argument("--json", action="store_true", help="de inloggegevens als JSON")

    def handle(self, *args: Any, **opties: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "De demo heeft bekende wachtwoorden en bestaat alleen op de ingebouwde database (WMO_DEMO=1 zonder "
                "DATABASE_URL). Hier staat hij uit."
            )
        if opties["inlog"]:
            self._toon_inlog(als_json=opties["json"])
            return
        if opties["als_nodig"] and Gebruiker.objects.exists():
            self.stdout.write("Er staan al gegevens in de database; de demo is niet opnieuw geladen.")
            return
        with als_eigenaar(os.environ), rls.binnen(rls.SYSTEEM):
            verslag = laad_demo(vandaag=opties["vandaag"] or vandaag(), map_=settings.MAP)
        self.stdout.write(verslag.zin)

    def _toon_inlog(self, *, als_json: bool) -> None:
        regels = inloggegevens()
        if als_json:
            self.stdout.write(json.dumps(regels, ensure_ascii=False))
            return
        for regel in regels:
            self.stdout.write(
                "  ".join((regel["rol"].ljust(16), regel["email"].ljust(36), regel["wachtwoord"]))
            )
