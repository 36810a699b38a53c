"""Every look at the clients behind a figure and every export leaves a line in the log (R109, U30)."""

from collections.abc import Sequence

from django.db import transaction

from logboek.actions import leg_vast
from organisaties.models import Gebruiker

DOEL = "contractmanagement"


@transaction.atomic
def leg_inzage_vast(
    *, door: Gebruiker, soort: str, cel: dict[str, str], merken: Sequence[str], gemeente_id: int | None = None
) -> None:
    """`merken`: the marks that were on the screen. Nobody is named: the mark is all the reader saw."""
    leg_vast(
        actie=f"{soort}.clienten_bekeken",
        door=door,
        object_soort="rapport",
        object_kenmerk=soort,
        gemeente_id=gemeente_id,
        aanbieder_id=door.aanbieder_id,
        doel=DOEL,
        details={"cel": cel, "aantal": len(merken), "merken": list(merken)},
    )


@transaction.atomic
def leg_export_vast(
    *, door: Gebruiker | None, soort: str, vorm: str, filters: dict[str, str], regels: int, met_clienten: bool
) -> None:
    """`regels`: clients in the file, 0 when it holds figures only."""
    leg_vast(
        actie=f"{soort}.geexporteerd",
        door=door,
        object_soort="rapport",
        object_kenmerk=soort,
        doel=DOEL,
        details={"vorm": vorm, "filters": filters, "regels": regels, "met_clienten": met_clienten},
    )
