"""`manage.py sleutels_vernieuwen`: rewrite everything encrypted with the newest key of BSN_SLEUTELS."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from beschikkingen.kluis import bos
from logboek.actions import leg_vast
from rapportage.sleutelwissel import KOLOMMEN, vernieuw, vernieuw_tweede_stappen, verouderd
from wmo_portal.lib import rls


class Command(BaseCommand):
    help = (
        "Versleutelt BSN's, berichten, documenten en rapporten opnieuw met de nieuwste sleutel. Kan terwijl er gewerkt "
        "wordt, en mag worden afgebroken: opnieuw starten gaat verder met wat over is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tel", action="store_true", help="alleen tellen wat nog een oude sleutel heeft")

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            if not opties["tel"]:
                self._vernieuw()
            over = sum(verouderd(kolom).count() for kolom in KOLOMMEN)
        self.stdout.write(self._slotzin(over))

    def _vernieuw(self) -> None:
        gedaan: dict[str, int] = {}
        for kolom in KOLOMMEN:
            gedaan[str(kolom)] = sum(vernieuw(kolom))
            self.stdout.write(f"{kolom}: {gedaan[str(kolom)]} vernieuwd")
        gedaan["tweede stap"] = vernieuw_tweede_stappen()
        leg_vast(
            actie="sleutels.vernieuwd",
            door=None,
            doel="sleutelbeheer",
            details={"sleutel": bos().nieuwste, **gedaan},
        )

    def _slotzin(self, over: int) -> str:
        if over:
            return f"Nog {over} gegevens hebben een oudere sleutel. Start deze opdracht (opnieuw)."
        return (
            f"Alles is versleuteld met sleutel {bos().nieuwste}. Haal de oudere pas weg als web en worker met de nieuwe "
            "sleutels draaien, en bewaar haar zolang er back-ups mee zijn."
        )
