"""Which allocations could contradict themselves (M5), in one statement: wider than the rules and never narrower.

Per allocation with a recent ending or judgement the codes, outcomes and answers are gathered once, by index; the rows
of `VERMOEDENS` ask of those. From the newest back, so that who needs no more than a few hundred stops early. A form
counts whatever its state: to look that up costs as much as all the rest of it, and a form that was never sent is rare.
`tests/resultaat/test_werkpagina.py` holds every rule of the consulent against it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Toewijzing
from organisaties.models import Gebruiker
from resultaat.enums import Uitkomst
from resultaat.opties import GEEN_MATCH_OP_TIJD, GEEN_MATCH_TE_LAAT, SUGGESTIES
from resultaat.queries.zaak import toewijzingen_van
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort
from wmo_portal.lib.opgeschreven import Opgeschreven, rijen_van
from wmo_portal.lib.tijd import AMSTERDAM

DAGEN_TERUG: Final = 180
"""An ending or a judgement from before that has had its attention."""

_R, _U = RedenBeeindiging, Uitkomst

VERMOEDENS: Final = (
    ("T01, T03", "%(volgens_plan)s = any(codes) and (form_nee or uitkomsten && %(nee)s)"),
    ("T04", "%(eenzijdig_client)s = any(codes) and %(nee_zorgaanbieder)s = any(uitkomsten)"),
    ("T05", "%(eenzijdig_aanbieder)s = any(codes) and %(nee_client)s = any(uitkomsten)"),
    ("T06, T07", "geen_match"),
    ("T11", "%(neutraal)s = any(uitkomsten) and codes && %(andere_codes)s"),
    ("T12", "codes && %(suggesties)s and uitkomsten && %(nee_verwijtbaar)s"),
    ("T13", "form_ja and uitkomsten && %(nee)s"),
    ("T14", "form_nee and %(ja)s = any(uitkomsten)"),
    ("T17", "%(andere_aanbieder)s = any(codes)"),
    ("T21", "form_wijziging and codes && %(definitief)s"),
    ("T22", "ja_bij_stap"),
    ("T23", "rust_op_ingetrokken"),
    ("T10, T18, T19", "uitkomsten && %(ja_of_neutraal)s and {vervolg}"),
)
"""Rules, and what at least holds wherever one of them does. Dearest last."""

_VERVOLG: Final = """exists (
       select from beschikkingen_toewijzing v
         join beschikkingen_beschikking vb on vb.id = v.beschikking_id
        where v.client_id = t.client_id and v.resultaatgebied_id is not distinct from t.resultaatgebied_id
          and v.id <> t.id and v.status <> %(verwijderd)s
          and (v.ingangsdatum > t.ingangsdatum or vb.voorganger_id = t.beschikking_id))"""

_VERDACHT: Final = f"""
select t.id
  from (select id from (
            select toewijzing_id as id from resultaat_resultaat
             where gemeente_id = any(%(gemeenten)s) and actueel and geregistreerd_op >= %(sinds)s
             union
            select toewijzing_id from stopberichten_stop
             where gemeente_id = any(%(gemeenten)s) and ontvangen_op >= %(sinds)s and toewijzing_id is not null
        ) recent /* onder */ order by id desc) recent
  join beschikkingen_toewijzing t on t.id = recent.id
 cross join lateral (
        select coalesce(array_agg(reden::text), '{{}}') as codes,
               coalesce(array_agg(id) filter (where ingetrokken_op is not null), '{{}}') as ingetrokken
          from stopberichten_stop where toewijzing_id = t.id) stops
 cross join lateral (
        select coalesce(array_agg(uitkomst::text), '{{}}') as uitkomsten,
               bool_or(redenen::text[] && %(geen_match)s) as geen_match,
               bool_or(uitkomst = %(ja)s and stap_id is not null) as ja_bij_stap,
               bool_or(evaluatie_id is null and stop_id = any(ingetrokken)) as rust_op_ingetrokken
          from resultaat_resultaat where toewijzing_id = t.id and actueel) oordelen
 cross join lateral (
        select bool_or(r.behaald) as form_ja, bool_or(not r.behaald) as form_nee,
               bool_or(r.soort = %(wijziging)s) as form_wijziging
          from stopberichten_toelichtingregel r where r.toewijzing_id = t.id) formulieren
 where t.gemeente_id = any(%(gemeenten)s) and t.status <> %(verwijderd)s
   and ({" or ".join(f"({sql})" for _, sql in VERMOEDENS).format(vervolg=_VERVOLG)})
 order by recent.id desc"""  # noqa: S608 - constants of our own; whatever is asked goes by parameter

# Inside a query of Django parameters have a place and no name.
_NAAM: Final = re.compile(r"%\((\w+)\)s")
_OP_PLAATS, _PLAATSEN = _NAAM.sub("%s", _VERDACHT), _NAAM.findall(_VERDACHT)
_BINNEN: Final = _OP_PLAATS.replace("/* onder */", "where id in (select id from onder)")


def verdacht(wie: Gebruiker, vandaag: date) -> QuerySet[Toewijzing]:
    """Allocations of who works for municipalities, with a recent ending or judgement, of which a rule might hold."""
    waarden = _waarden(wie, vandaag)
    nummers = RawSQL(_OP_PLAATS, [waarden[naam] for naam in _PLAATSEN])  # noqa: S611 - constants of our own
    return toewijzingen_van(wie).filter(pk__in=nummers)


def nieuwste_verdachten(
    wie: Gebruiker, vandaag: date, hoogstens: int, onder: Opgeschreven | None = None
) -> list[int]:
    """Their numbers, the newest first; `onder`: only of these allocations, so that a filter goes before what fits."""
    waarden = _waarden(wie, vandaag)
    plaatsen = (*(waarden[naam] for naam in _PLAATSEN), hoogstens)
    vraag = (f"{_OP_PLAATS} limit %s", plaatsen)
    if onder:
        welke, hun = onder
        vraag = (f"with onder (id) as materialized ({welke}) {_BINNEN} limit %s", (*hun, *plaatsen))
    return [rij[0] for rij in rijen_van(vraag)]


def _waarden(wie: Gebruiker, vandaag: date) -> dict[str, Any]:
    nee = [u.value for u in _U if not u.behaald]
    return {
        "gemeenten": list(wie.bereik.gemeenten) if wie.is_active else [],
        "sinds": datetime.combine(vandaag - timedelta(days=DAGEN_TERUG), time(0), AMSTERDAM),
        "verwijderd": ToewijzingStatus.VERWIJDERD.value,
        "wijziging": ToelichtingSoort.WIJZIGING.value,
        "geen_match": [GEEN_MATCH_OP_TIJD, GEEN_MATCH_TE_LAAT],
        "ja": _U.JA.value,
        "nee": nee,
        "neutraal": _U.NEE_NEUTRAAL.value,
        "nee_zorgaanbieder": _U.NEE_ZORGAANBIEDER.value,
        "nee_client": _U.NEE_CLIENT.value,
        "nee_verwijtbaar": [_U.NEE_ZORGAANBIEDER.value, _U.NEE_CLIENT.value],
        "ja_of_neutraal": [_U.JA.value, _U.NEE_NEUTRAAL.value],
        "volgens_plan": _R.VOLGENS_PLAN.value,
        "eenzijdig_client": _R.EENZIJDIG_CLIENT.value,
        "eenzijdig_aanbieder": _R.EENZIJDIG_AANBIEDER.value,
        "andere_aanbieder": _R.ANDERE_AANBIEDER.value,
        "suggesties": [code.value for code in SUGGESTIES],
        "andere_codes": [code.value for code in _R if code not in SUGGESTIES],
        "definitief": [code.value for code in _R if code is not _R.TIJDELIJK],
    }
