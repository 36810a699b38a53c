"""Logboek dataverwerkingen: the same events as lines for the standard of Logius, without users (veiligheid D4).

The standard wants one line per data subject, no sampling, and no user in them; NEN 7513 wants to know who looked. So
there are two logs of one fact, joined by the operation. These lines are derived from the sealed log when they are
asked for: a second table could only say the same or something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from logboek.canon import microseconden
from logboek.models import Gebeurtenis

STATUS: Final = {
    Gebeurtenis.Resultaat.GELUKT: "OK",
    Gebeurtenis.Resultaat.GEWEIGERD: "ERROR",
    Gebeurtenis.Resultaat.MISLUKT: "ERROR",
}


def verwerkingen(*, van: datetime, tot: datetime) -> Iterator[dict[str, Any]]:
    """One line per person per deed in [van, tot). The person is the keyed index, which only this portal can make."""
    rijen = Gebeurtenis.objects.filter(op__gte=van, op__lt=tot, client_index__isnull=False).order_by("pk")
    for rij in rijen.iterator(chunk_size=2000):
        milliseconden = microseconden(rij.op) // 1000
        yield {
            "trace_id": rij.operatie_id.hex,
            "operation_id": rij.kenmerk.hex[:16],
            "status_code": STATUS[Gebeurtenis.Resultaat(rij.resultaat)],
            "name": rij.actie,
            "start_time": milliseconden,
            "end_time": milliseconden,
            "attributes": {
                "dpl.core.processing_activity_id": rij.doel or rij.actie,
                "dpl.core.data_subject_id": bytes(rij.client_index or b"").hex(),
            },
        }
