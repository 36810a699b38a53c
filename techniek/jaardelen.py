"""The parts of tables that are kept per year: made long before they are needed (docs/adr/0080)."""

import logging

from django.db import connection

_log = logging.getLogger(__name__)


def houd_bij() -> list[str]:
    """Make the parts of this year and the next, in the system's scope; answers which were new.

    Rows that had no year to go to waited in the part `_rest`; they move along, and that is said in the log, because the
    year should have been there before them.
    """
    with connection.cursor() as cursor:
        cursor.execute("select deel, verplaatst from wmo_sec.houd_jaardelen_bij()")
        gemaakt = cursor.fetchall()
    for deel, verplaatst in gemaakt:
        if verplaatst:
            _log.warning("%s is te laat gemaakt: %s rijen wachtten erop.", deel, verplaatst)
    return [deel for deel, _ in gemaakt]
