"""Until when a dossier is kept: by the municipality's own term, and by what somebody made of it (R110, U15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import DateField, DurationField, Func
from django.db.models.functions import Cast, Coalesce

from beschikkingen.enums import BeschikkingStatus, ToewijzingStatus
from beschikkingen.models import Beschikking
from organisaties.models import Gebruiker
from resultaat.models import Bewaarwijziging
from wmo_portal.lib.perioden import plus_maanden
from wmo_portal.lib.tijd import dag_van


class _Jaren(Func):
    """The retention term of the row's municipality as an interval."""

    template = "make_interval(years => %(expressions)s)"
    output_field = DurationField()


def einde_termijn() -> Coalesce:
    """The last day of the term. A closed dossier has it; one that was withdrawn gets it from its end."""
    vanaf = Coalesce("einddatum", "registratiedatum")
    return Coalesce(
        "vernietigen_na_datum",
        Cast(vanaf + _Jaren("gemeente__bewaartermijn_jaren"), DateField()),
    )


def termijn_van(beschikking: Beschikking) -> date:
    """As `einde_termijn`, of a dossier that was read."""
    vanaf = beschikking.einddatum or beschikking.registratiedatum
    jaren = beschikking.gemeente.bewaartermijn_jaren
    return beschikking.vernietigen_na_datum or plus_maanden(vanaf, 12 * jaren)


def volgens_gemeente(beschikking: Beschikking, dag: date) -> date:
    """What the years of the municipality give today for a dossier that closes, or closed, on that day."""
    vanaf = beschikking.einddatum or beschikking.registratiedatum
    if beschikking.status != BeschikkingStatus.INGETROKKEN:
        gebieden = beschikking.toewijzingen.exclude(status=ToewijzingStatus.VERWIJDERD)
        einden = gebieden.values_list("einddatum", flat=True)
        vanaf = max((eind or dag for eind in einden), default=beschikking.einddatum or dag)
    return plus_maanden(vanaf, 12 * beschikking.gemeente.bewaartermijn_jaren)


def gemeente_tot(beschikking: Beschikking, vandaag: date) -> date:
    """The least that the municipality keeps a dossier that is no longer open."""
    dag = dag_van(beschikking.gesloten_op) if beschikking.gesloten_op else vandaag
    return volgens_gemeente(beschikking, dag)


def geldende_wijzigingen(
    gebruiker: Gebruiker, *, clienten: Iterable[int] = (), beschikking: Beschikking | None = None
) -> dict[int, list[Bewaarwijziging]]:
    """Per client the changes that hold now, of all its dossiers or of this one."""
    rijen = Bewaarwijziging.objects.visible_to(gebruiker).geldend()
    if beschikking is None:
        rijen = rijen.filter(beschikking__client__in=list(clienten))
    else:
        rijen = rijen.filter(beschikking=beschikking)
    per_client: dict[int, list[Bewaarwijziging]] = {}
    for rij in rijen:
        per_client.setdefault(rij.beschikking.client_id, []).append(rij)
    return per_client


def in_woorden(wijziging: Bewaarwijziging) -> str:
    return (
        f"Aangepast op {dag_van(wijziging.gewijzigd_op):%d-%m-%Y} door {wijziging.gewijzigd_door.naam}, "
        f"eerst {wijziging.van_datum:%d-%m-%Y}. {wijziging.get_grond_display()}: {wijziging.reden}"
    )
