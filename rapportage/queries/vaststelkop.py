"""The head of everything made from a frozen quarter: its own maker, moment and seal, so that it comes out the same."""

from rapportage.models import Vaststelling
from rapportage.verantwoording import Kop
from wmo_portal.lib.perioden import Kwartaal


def vaststelkop(vast: Vaststelling) -> Kop:
    kwartaal = Kwartaal.lees(vast.kwartaal)
    versie = f", versie {vast.versie}" if vast.versie > 1 else ""
    return Kop(
        titel=f"Uitval {vast.regio.naam}, {kwartaal.naam}, vastgesteld{versie}",
        maker=vast.vastgesteld_door.naam,
        gemaakt_op=vast.vastgesteld_op,
        keuzes=(
            ("Regio", vast.regio.naam),
            *((("Reden van deze versie", vast.reden),) if vast.reden else ()),
        ),
        zegel=vast.sha256,
    )
