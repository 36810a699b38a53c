"""`manage.py logboek_controle`: does every line of the log still stand as it was sealed?"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from logboek.controle import controleer
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import plus_maanden
from wmo_portal.lib.tijd import nu, vandaag


class Command(BaseCommand):
    help = "Loopt de zegels van het logboek na en noemt het eerste dat niet klopt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bekend", default="", help="een zegel dat u eerder buiten deze machine bewaarde"
        )

        parser.add_argument(
            "--vernietigd-tot",
            type=date.fromisoformat,
            help="regels van voor deze dag (jjjj-mm-dd) mogen weg zijn; anders volgt dat uit de termijn van het logboek",
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            tot = opties["vernietigd_tot"] or plus_maanden(vandaag(), -12 * settings.LOGTERMIJN_JAREN)
            uitslag = controleer(nu=nu(), bekend=opties["bekend"], vernietigd_tot=tot)
        geteld = f"{uitslag.zegels} zegels met {uitslag.regels} regels nagelopen."
        if uitslag.fout:
            raise CommandError(f"{uitslag.fout} ({geteld} Alles daarvoor is in orde.)")
        self.stdout.write(f"Het logboek is in orde: {geteld}")
        self.stdout.write(f"Laatste zegel, om buiten deze machine te bewaren: {uitslag.laatste}")
