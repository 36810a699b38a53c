"""The second wall: an opgave is of its provider; what was sent, of who may see every municipality in it.

Drafts and the working tables are nobody else's. What hangs on a sent opgave is found through it: the subquery obeys
the wall of the opgave itself.
"""

from django.db import migrations

from wmo_portal.lib.rls import muur

_ALLEEN_AANBIEDER = (
    "opgavedeel",
    "opgavegemeente",
    "opgaveuitval",
    "opgavecorrectie",
    "opgavetoelichting",
    "clientervaring",
    "beleidsdoelscore",
    "opgaveinlezing",
)
_OOK_DE_GEMEENTE = ("opgaveindiening", "opgavevraag", "opgavedocument")


def _via_opgave(tabel: str) -> str:
    return f"exists (select 1 from rapportage_kwartaalopgave o where o.id = {tabel}.opgave_id)"


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0002_muur")]
    operations = [
        muur(
            "rapportage_kwartaalopgave",
            gemeente="",
            aanbieder="aanbieder_id",
            extra="(status <> 'concept' and gemeenten <@ (select wmo_sec.gemeenten())::int[])",
        ),
        *(muur(f"rapportage_{t}", gemeente="", aanbieder="aanbieder_id") for t in _ALLEEN_AANBIEDER),
        *(
            muur(
                f"rapportage_{t}",
                gemeente="",
                aanbieder="aanbieder_id",
                extra=_via_opgave(f"rapportage_{t}"),
            )
            for t in _OOK_DE_GEMEENTE
        ),
    ]
