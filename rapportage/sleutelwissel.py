"""Rewriting what is encrypted with an old key, while people work (veiligheid D2).

Both keys stand on the ring meanwhile (`BSN_SLEUTELS=1:…,2:…`): every row can be read before, during and after. Rows go
in batches under a lock, so a colleague who saves waits a moment and nothing of his is overwritten; whoever stops
halfway starts again where rows are left. The key of the BSN index is another one and stays.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.db.models.functions import Substr

from beschikkingen.kluis import bos, context
from beschikkingen.models import Client, DocumentInhoud, Inlezing
from organisaties.adapters import GEHEIM_CONTEXT
from organisaties.models import Inlogdienst
from organisaties.models_inloggen import GEHEIM_SOORT
from rapportage.models import Rapport
from stopberichten.models import Bericht

PER_KEER: Final = 200


@dataclass(frozen=True, slots=True)
class Kolom:
    """One encrypted column: what it is bound to is `soort` and the random mark of its row."""

    model: type[models.Model]
    veld: str
    soort: str
    kenmerk: str = "kenmerk"

    def __str__(self) -> str:
        return f"{self.model._meta.verbose_name} ({self.veld})"


KOLOMMEN: Final = (
    Kolom(Client, "bsn_versleuteld", "beschikkingen_client"),
    Kolom(Bericht, "inhoud", "stopberichten_bericht.inhoud"),
    Kolom(Bericht, "retour", "stopberichten_bericht.retour"),
    Kolom(DocumentInhoud, "versleuteld", "beschikkingen_document", "document__kenmerk"),
    Kolom(Inlezing, "inhoud", "beschikkingen_inlezing"),
    Kolom(Rapport, "versleuteld", "rapportage_rapport"),
    Kolom(Inlogdienst, "geheim_versleuteld", GEHEIM_SOORT),
)


def verouderd(kolom: Kolom) -> models.QuerySet[Any]:
    """The rows whose first byte names another key than the newest."""
    rijen = kolom.model._default_manager.exclude(**{kolom.veld: None}).exclude(**{kolom.veld: b""})
    eerste = Substr(kolom.veld, 1, 1, output_field=models.BinaryField())
    oud: models.QuerySet[Any] = rijen.annotate(sleutelnummer=eerste).exclude(
        sleutelnummer=bytes([bos().nieuwste])
    )
    return oud


def vernieuw(kolom: Kolom, *, per_keer: int = PER_KEER) -> Iterator[int]:
    """Rewrite batch after batch, each its own transaction; yields the size of each."""
    vanaf = 0
    while True:
        laatste, aantal = _een_keer(kolom, vanaf, per_keer)
        if not aantal:
            return
        vanaf = laatste
        yield aantal


@transaction.atomic
def _een_keer(kolom: Kolom, vanaf: int, per_keer: int) -> tuple[int, int]:
    """`vanaf` keeps a row that was written with the old key again meanwhile for the next run: no endless round."""
    rijen = list(
        verouderd(kolom)
        .filter(pk__gt=vanaf)
        .select_for_update(of=("self",))
        .order_by("pk")
        .values_list("pk", kolom.kenmerk, kolom.veld)[:per_keer]
    )
    for pk, kenmerk, oud in rijen:
        waar = context(kolom.soort, kenmerk)
        nieuw = bos().versleutel_bytes(bos().ontsleutel_bytes(oud, waar), waar)
        kolom.model._default_manager.filter(pk=pk).update(**{kolom.veld: nieuw})
    return (rijen[-1][0] if rijen else vanaf), len(rijen)


@transaction.atomic
def vernieuw_tweede_stappen() -> int:
    """The secrets of apps and the seeds of recovery codes, in the JSON of allauth: few rows, one transaction."""
    aantal = 0
    for rij in Authenticator.objects.select_for_update().filter(type__in=("totp", "recovery_codes")):
        nieuw = {naam: _geheim(waarde) for naam, waarde in rij.data.items()}
        if nieuw != rij.data:
            rij.data = nieuw
            rij.save(update_fields=["data"])
            aantal += 1
    return aantal


def _geheim(waarde: Any) -> Any:
    """A text or a list of them, if it is encrypted with an older key; anything else as it is."""
    if isinstance(waarde, list):
        return [_geheim(deel) for deel in waarde]
    if not isinstance(waarde, str):
        return waarde
    ruw = b64decode(waarde)
    if not bos().is_verouderd(ruw):
        return waarde
    return b64encode(bos().versleutel(bos().ontsleutel(ruw, GEHEIM_CONTEXT), GEHEIM_CONTEXT)).decode()
