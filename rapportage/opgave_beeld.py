"""The opgave as one plain value: check page, sent version, reading page and PDF all print this. Pure.

`Beeld` holds only text, numbers, lists and dicts, so that it can be kept as JSON and sealed. Nobody is named in it:
clients stand there by their mark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rapportage.enums import Categorie
from rapportage.enums_opgave import Uitvalsoort
from rapportage.merk import AFGESCHERMD_ZIN
from rapportage.opgave_ervaring import GEVRAAGD, Vraag, gesteld
from rapportage.opgave_regels import ASSEN, OPMERKING, VRAAG_BIJ, Doelfeit
from rapportage.opgave_uitval import A, Afstemregel, Cel, M, Uitvaldeel
from rapportage.tabellen import KORTE_NAMEN
from rapportage.tellingen import Verdeling, toon

Beeld = dict[str, Any]
VERSIE: Final = 1


def zegel(beeld: Beeld) -> str:
    """The same content, the same seal; any other content, another one."""
    return hashlib.sha256(
        json.dumps(beeld, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def maak_beeld(
    *,
    kop: Mapping[str, str],
    uitval: Uitvaldeel,
    ervaring: Mapping[str, Any],
    doelen: Sequence[Mapping[str, Any]],
) -> Beeld:
    return {
        "vorm": VERSIE,
        "kop": dict(kop),
        "uitval": beeld_uitval(uitval),
        "ervaring": dict(ervaring),
        "doelen": [dict(doel) for doel in doelen],
    }


# --- Part 1 ------------------------------------------------------------------------------------------------------------
def beeld_uitval(deel: Uitvaldeel) -> Beeld:
    namen = {naam.pk: naam for naam in deel.gemeenten}
    return {
        "koppen": [KORTE_NAMEN[c] for c in Categorie],
        "gemeenten": [
            {
                "code": naam.code,
                "naam": naam.naam,
                "geen_clienten": naam.pk in deel.geen_clienten,
                M.value: _rij(deel.verdeling(naam.pk)),
                A.value: _rij(deel.verdeling(naam.pk, A)),
            }
            for naam in deel.gemeenten
        ],
        "totaal": {soort.value: _rij(deel.verdeling(soort=soort)) for soort in Uitvalsoort},
        "toelichtingen": [
            {
                "categorie": KORTE_NAMEN[categorie],
                "vraag": vraag,
                "aantal": deel.aantallen[categorie],
                "tekst": deel.teksten.get(categorie, "") if deel.aantallen[categorie] else "",
                "per_gemeente": [
                    {"gemeente": naam.naam, "tekst": deel.teksten[sleutel]}
                    for naam in deel.gemeenten
                    if deel.aantal(naam.pk, categorie)
                    and deel.teksten.get(sleutel := f"{categorie}-{naam.code}", "").strip()
                ],
            }
            for categorie, vraag in VRAAG_BIJ.items()
        ],
        "opmerking": {"vraag": OPMERKING, "tekst": deel.teksten.get("algemeen", "")},
        "verschillen": [_afstemming(regel, namen[regel.gemeente_id].naam) for regel in deel.verschillen],
        "celverschillen": [_celverschil(cel) for cel in deel.afwijkende_cellen],
        "clienten": [
            [namen[regel.gemeente_id].code, regel.sleutel, regel.berichten, regel.opgave, regel.reden]
            for regel in sorted(deel.regels, key=lambda r: (r.gemeente_id, r.sleutel))
        ],
    }


def _rij(verdeling: Verdeling) -> Beeld:
    """Numbers with both percentages as printed (R77), and the strict uitval (R87)."""
    return {
        "cellen": [
            {
                "code": c.value,
                "kop": KORTE_NAMEN[c],
                "aantal": verdeling.aantallen[c],
                "aandeel": toon(verdeling.aandeel(c)),
                "aandeel_beeindigd": toon(verdeling.aandeel_beeindigd(c)),
            }
            for c in Categorie
        ],
        "totaal": verdeling.totaal,
        "uitval": verdeling.uitval,
        "uitval_aandeel": toon(verdeling.uitval_aandeel),
        "uitval_aandeel_beeindigd": toon(verdeling.uitval_aandeel_beeindigd),
    }


def _afstemming(regel: Afstemregel, gemeente: str) -> Beeld:
    return {
        "gemeente": gemeente,
        "merk": regel.merk,
        "berichten": regel.in_berichten,
        "opgave": regel.in_opgave,
        "reden": AFGESCHERMD_ZIN if regel.afgeschermd else regel.reden,
    }


def _celverschil(cel: Cel) -> Beeld:
    return {
        "gemeente": cel.gemeente.naam,
        "categorie": KORTE_NAMEN[cel.categorie],
        "uit_clienten": cel.uit_clienten,
        "opgave": cel.aantal,
        "reden": cel.reden,
    }


# --- Part 2 ------------------------------------------------------------------------------------------------------------
def beeld_ervaring(
    *,
    gevraagd: bool | None,
    antwoorden: Mapping[str, str],
    overgenomen: Iterable[str],
    overgenomen_uit: str,
    documenten: Sequence[Mapping[str, str]],
) -> Beeld:
    """Only what was asked: an answer under another answer to question 1 is not sent (R97)."""
    over = set(overgenomen)
    return {
        "vraag": GEVRAAGD,
        "gevraagd": {True: "Ja", False: "Nee", None: ""}[gevraagd],
        "gevraagd_overgenomen": "gevraagd" in over,
        "antwoorden": [_antwoord(vraag, antwoorden, over) for vraag in gesteld(gevraagd)],
        "overgenomen_uit": overgenomen_uit if over else "",
        "documenten": [dict(document) for document in documenten],
    }


def _antwoord(vraag: Vraag, antwoorden: Mapping[str, str], over: set[str]) -> Beeld:
    return {
        "nummer": vraag.nummer,
        "veld": vraag.veld,
        "vraag": vraag.tekst,
        "antwoord": antwoorden.get(vraag.veld, ""),
        "overgenomen": vraag.veld in over,
    }


# --- Part 3 ------------------------------------------------------------------------------------------------------------
def beeld_doel(feit: Doelfeit, *, code: str, overgenomen: bool) -> Beeld:
    return {
        "code": code,
        "tekst": feit.tekst,
        "scores": [{"as": as_, "vraag": ASSEN[as_], "score": feit.scores.get(as_)} for as_ in ASSEN],
        "toelichting": feit.toelichting,
        "overgenomen": overgenomen,
    }
