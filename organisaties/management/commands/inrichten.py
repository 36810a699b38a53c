"""`WMO_DB_ROL=eigenaar manage.py inrichten`: migrate, grant, write the scope key, make the years, load references."""

import time
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import LockNotAvailable

from organisaties.referentie import laad_referentie
from techniek.jaardelen import houd_bij
from techniek.rechten import ken_toe
from wmo_portal.lib import rls

POGINGEN: Final = 30
"""Half a minute of patience with whoever is busy; then it is done at another moment."""
BEZET: Final = (
    "De migratie kreeg een tabel niet te pakken, omdat iemand er lang mee bezig is. Wat al gemigreerd was blijft, het "
    "draaiende portaal heeft er geen last van. Draai `manage.py inrichten` nog eens als het rustiger is."
)


class Command(BaseCommand):
    help = "Maakt de database klaar: migraties, rechten, sleutel van het werkbereik en referentiegegevens."

    def handle(self, *args: Any, **opties: Any) -> None:
        # In the system's scope: a migration that checks a key again reads the rows, and the walls hold for the owner.
        with rls.binnen(rls.SYSTEEM):
            if _te_migreren():
                _migreer(opties["verbosity"])
        ken_toe()
        with rls.binnen(rls.SYSTEEM):
            houd_bij()
            for zin in laad_referentie():
                self.stdout.write(zin)


def _te_migreren() -> bool:
    """Most starts have nothing to do; asking costs a tenth of the command, which rebuilds every model of the past."""
    uitvoerder = MigrationExecutor(connection)
    return bool(uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes()))


def _migreer(verbosity: int) -> None:
    """Never wait long for a lock: whoever comes after us waits behind us, and that is everybody (F21).

    A migration that gave up is done again from its own beginning; those before it stay done.
    """
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '2s'")
    for poging in range(1, POGINGEN + 1):
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
            break
        except OperationalError as fout:
            if not isinstance(fout.__cause__, LockNotAvailable):
                raise
            if poging == POGINGEN:
                raise CommandError(BEZET) from fout
            time.sleep(1)
    with connection.cursor() as cursor:
        cursor.execute("reset lock_timeout")
