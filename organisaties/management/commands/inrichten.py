"""`WMO_DB_ROL=eigenaar manage.py inrichten`: migrate, grant, write the scope key, make the years, load references."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from organisaties.referentie import laad_referentie
from techniek.jaardelen import houd_bij
from techniek.rechten import ken_toe
from wmo_portal.lib import rls


class Command(BaseCommand):
    help = "Maakt de database klaar: migraties, rechten, sleutel van het werkbereik en referentiegegevens."

    def handle(self, *args: Any, **opties: Any) -> None:
        # In the system's scope: a migration that checks a key again reads the rows, and the walls hold for the owner.
        with rls.binnen(rls.SYSTEEM):
            call_command("migrate", interactive=False, verbosity=opties["verbosity"])
        ken_toe()
        with rls.binnen(rls.SYSTEEM):
            houd_bij()
            for zin in laad_referentie():
                self.stdout.write(zin)
