"""`manage.py herinneringen [--vandaag 2026-11-05]`: the mails of the day, as the task makes them, by hand."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meldingen.actions import verstuur
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag


class Command(BaseCommand):
    help = "Zet de dagmails klaar: herinneringen, vragen, besluiten en uiterste dagen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--vandaag", default="", help="Doe alsof het deze dag is, bijvoorbeeld 2026-11-05."
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            self.stdout.write(verstuur(vandaag=_dag(opties["vandaag"]), moment=nu()).zin)


def _dag(tekst: str) -> date:
    if not tekst:
        return vandaag()
    try:
        return date.fromisoformat(tekst)
    except ValueError as fout:
        raise CommandError(f"{tekst!r} is geen dag. Schrijf bijvoorbeeld 2026-11-05.") from fout
