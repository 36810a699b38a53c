"""`manage.py logboek_verwerkingen --van 2026-11-01 --tot 2026-12-01`: JSON lines for the Logboek dataverwerkingen."""

import json
from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand

from logboek.verwerkingen import verwerkingen
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import AMSTERDAM


def _begin(tekst: str) -> datetime:
    return datetime.combine(date.fromisoformat(tekst), time(), AMSTERDAM)


class Command(BaseCommand):
    help = "Schrijft per verwerking en per betrokkene een regel, zonder namen van medewerkers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--van", required=True, type=_begin, help="de eerste dag, jjjj-mm-dd")
        parser.add_argument(
            "--tot", required=True, type=_begin, help="de dag waarop het ophoudt (die dag niet meer)"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            for regel in verwerkingen(van=opties["van"], tot=opties["tot"]):
                self.stdout.write(json.dumps(regel))
