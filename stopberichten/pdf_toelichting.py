"""The PDF/UA of a sent Toelichting, for the provider's own file (R57), rendered outside the web worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string

from stopberichten import tonen_toelichting as tonen
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.toelichtingregels import INTRO, INTRO_ZORGPLAN
from wmo_portal.lib.drukwerk import GEEN_PANGO, DrukwerkFout, PangoOntbreekt, beschikbaar

HOOGSTENS_SECONDEN: Final = 40
_TE_LANG: Final = (
    "De PDF maken duurde te lang. Probeer het over een paar minuten opnieuw, of druk deze pagina af."
)
_MISLUKT: Final = "De PDF is niet gemaakt. Probeer het opnieuw, of druk deze pagina af."
_BEZIG: Final = "Er wordt al een PDF voor u gemaakt. Wacht tot die klaar is en probeer het dan opnieuw."


def maak_pdf(
    toelichting: Toelichting, regels: Sequence[ToelichtingRegel], *, gebruiker_id: int, op: datetime
) -> bytes:
    """The form as a tagged PDF. About two seconds in another process, one at a time per person. Raises DrukwerkFout."""
    if not beschikbaar():
        raise PangoOntbreekt(GEEN_PANGO)
    titel = f"Toelichting verzoek wijziging/beëindiging {toelichting.nummer}"
    inhoud = render_to_string("stopberichten/toelichting_pdf.html", gegevens(toelichting, regels))
    with _beurt(gebruiker_id):
        return _in_eigen_proces({"inhoud": inhoud, "titel": titel, "gemaakt_op": op.isoformat()})


def gegevens(toelichting: Toelichting, regels: Sequence[ToelichtingRegel]) -> dict[str, object]:
    wijziging = tonen.vraagt_wijziging(regels)
    return {
        "toelichting": toelichting,
        "intro": INTRO,
        "intro_zorgplan": INTRO_ZORGPLAN if wijziging else "",
        "client": tonen.client(toelichting),
        "verzoeker": tonen.verzoeker(toelichting),
        "blokken": tonen.blokken(regels),
        "zorgplan": tonen.zorgplan(toelichting, wijziging=wijziging),
    }


@contextmanager
def _beurt(gebruiker_id: int) -> Iterator[None]:
    """One PDF at a time per person, on all web processes together: nobody keeps the portal busy by clicking."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('toelichting.pdf'), %s)", [gebruiker_id])
        if not cursor.fetchone()[0]:
            raise DrukwerkFout(_BEZIG)
        yield


def _in_eigen_proces(vraag: dict[str, str]) -> bytes:
    woorden = [sys.executable, "-m", "stopberichten.drukken_toelichting"]
    # No keys, no address of the database: what is not given cannot leak.
    omgeving = {naam: os.environ[naam] for naam in ("PATH", "LANG", "HOME", "TMPDIR") if naam in os.environ}
    try:
        klaar = subprocess.run(  # noqa: S603  our own module, by our own Python
            woorden,
            input=json.dumps(vraag).encode(),
            capture_output=True,
            timeout=HOOGSTENS_SECONDEN,
            cwd=settings.BASE_DIR,
            env=omgeving,
            check=False,
        )
    except subprocess.TimeoutExpired as fout:
        raise DrukwerkFout(_TE_LANG) from fout
    if klaar.returncode == 2:
        raise DrukwerkFout(klaar.stderr.decode(errors="replace"))
    if klaar.returncode or not klaar.stdout.startswith(b"%PDF-"):
        raise DrukwerkFout(_MISLUKT)
    return klaar.stdout
