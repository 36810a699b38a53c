"""The monthly round as SQL text: collect the facts of a batch of stops, ask the table of rules, write the effect.

The rules themselves stand in `resultaat.ronderegels`; `als_sql` turns them into the CASE used here. What a fact
is (which form belongs to a stop, what counts as a follow-up) is written down once, in `FEITEN`, and serves the
dry run, the run, and the explanation of one stop on a page.

A batch is decided first (`BESLIS`, reading only) and then written (`SCHRIJF`,
here, and `ronde_dossier_sql.SLUIT`): exactly what was decided, or nothing at all. Where nothing is decided nothing
is locked, planned or written. A row that somebody else changed in between shows in the counts, and the batch is
decided again.

Parameters are named (`%(gemeente)s`); only constants of our own are put into the text. All statements work on
one batch, the first `hoogstens` stops of one municipality after `na`, so that a lock lasts as long as a batch.
"""
# ruff: noqa: S608 - the text is put together from constants of our own; whatever a user typed is a parameter

from __future__ import annotations

from typing import Final

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, SoortBeschikking, ToewijzingStatus
from logboek.actions import regels_uit
from resultaat.enums import FormulierStand, Paragraaf, Uitkomst, Verdict, Vervolg
from resultaat.ronde import REGEL, VELDEN, als_sql
from resultaat.ronderegels import REGELS
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort, ToelichtingStatus
from wmo_portal.lib.predicaat import tekst

REGEL_JA: Final = next(regel.nummer for regel in REGELS if regel.verdict is Verdict.AUTOMATISCH_JA)
REGEL_AL: Final = REGEL["RR03"].nummer
"""The result is there already: also what a second stop on the same toewijzing in one round gets."""
SLUIT_AF: Final = (REGEL_AL, REGEL["RR04"].nummer, REGEL_JA)
"""After these a stop is settled: it has a result, or it ended before the KPI began. What any other row rests on
may still change (a form, a 301, a withdrawn 305), so those stops are looked at again every month."""

_C: Final = {
    "gesloten": tekst(ToewijzingStatus.GESLOTEN),
    "lopend": tekst(ToewijzingStatus.LOPEND),
    "verwijderd": tekst(ToewijzingStatus.VERWIJDERD),
    "b_gesloten": tekst(BeschikkingStatus.GESLOTEN),
    "b_lopend": tekst(BeschikkingStatus.LOPEND),
    "b_ingetrokken": tekst(BeschikkingStatus.INGETROKKEN),
    "getrapt": tekst(SoortBeschikking.GETRAPT),
    "pgb": tekst(Leveringsvorm.PGB),
    "tijdelijk": tekst(RedenBeeindiging.TIJDELIJK),
    "volgens_plan": tekst(RedenBeeindiging.VOLGENS_PLAN),
    "wijziging": tekst(ToelichtingSoort.WIJZIGING),
    "concept": tekst(ToelichtingStatus.CONCEPT),
    "form_ingetrokken": tekst(ToelichtingStatus.INGETROKKEN),
    "geen": tekst(FormulierStand.GEEN),
    "stand_concept": tekst(FormulierStand.CONCEPT),
    "ingediend": tekst(FormulierStand.INGEDIEND),
    "automatisch_ja": tekst(Verdict.AUTOMATISCH_JA),
    "ja": tekst(Uitkomst.JA),
    "p1a": tekst(Paragraaf.P1A),
    "sluiten": tekst(Vervolg.SLUITEN),
    "regel_ja": tekst(REGEL_JA),
    "regel_al": tekst(REGEL_AL),
    "sluit_af": ", ".join(tekst(nummer) for nummer in SLUIT_AF),
    "verdicts": ", ".join(f"({tekst(r.nummer)}, {tekst(r.verdict)})" for r in REGELS),
    "regels": als_sql({veld: f"f.{veld}" for veld in VELDEN}),
}


def vul_in(sjabloon: str) -> str:
    """Fill in `{naam}` from the constants above; parameters stay `%(naam)s`."""
    return sjabloon.format_map(_C)


# The population of a round (Stop.objects.open(), up to the last day of the month).
_OPEN: Final = """
    s.gemeente_id = %(gemeente)s and s.verwerkt_op is null and s.ingetrokken_op is null
    and s.einddatum <= %(tot)s
"""

TEL: Final = f"select count(*) from stopberichten_stop s where {_OPEN}"
"""How many stops there are to do."""

AL_GEDAAN: Final = (
    "select count(*) from resultaat_ronderegel rr where rr.ronde_id = %(ronde)s and rr.handelde_af"
)
"""Of an interrupted round: the stops that it settled, which are no longer in the population."""

# A toewijzing that is itself an intermediate step: the next step is a toewijzing of its own (H5 §3).
VOLGENDE_STAP: Final = """
    exists (select from beschikkingen_toewijzing v
             where v.beschikking_id = {t}.beschikking_id and v.id <> {t}.id
               and v.resultaatgebied_id is not distinct from {t}.resultaatgebied_id
               and v.status <> {{verwijderd}} and v.ingangsdatum > {t}.einddatum)
"""

FEITEN: Final = vul_in(
    """
    select s.id, s.gemeente_id, s.aanbieder_id, s.toewijzing_id, s.oordeel, s.oordeel_regel,
           s.bsn_index, s.versie, t.beschikking_id, t.status as toewijzing_status,
           coalesce(stap.trede_id, t.trede_id) as trede_id,
           case when form.status <> {concept} then form.id end as formulier_id,
           s.reden as code,
           s.einddatum as einddatum_levering,
           s.ingetrokken_op is not null as ingetrokken,
           s.toewijzing_id is not null as gekoppeld,
           b.soort,
           t.leveringsvorm,
           case when stap.tussen then stap.einddatum else coalesce(t.einddatum, stap.einddatum) end
               as einddatum_toewijzing,
           g.einddatum_tolerantie_dagen as tolerantie_dagen,
           coalesce(stap.tussen, false) or (b.soort = {getrapt} and """
    + VOLGENDE_STAP.format(t="t")
    + """) is true as tussenstap,
           exists (select from resultaat_resultaat r
                    where r.toewijzing_id = s.toewijzing_id and r.actueel
                      and (r.stop_id = s.id or (r.monitoringsmoment_id is null
                                                and (r.stap_id is null or r.stap_id = stap.id))))
               or exists (select from stopberichten_stop a join resultaat_ronderegel rr on rr.stop_id = a.id
                           where a.toewijzing_id = s.toewijzing_id and a.id <> s.id
                             and rr.ronde_id = %(proefronde)s and rr.verdict = {automatisch_ja})
               as heeft_uitkomst,
           exists (select from beschikkingen_beschikking o
                    where o.voorganger_id = b.id and o.status <> {b_ingetrokken})
               or exists (select from beschikkingen_toewijzing v
                           where v.client_id = t.client_id and v.beschikking_id <> t.beschikking_id
                             and v.resultaatgebied_id = t.resultaatgebied_id and v.status <> {verwijderd}
                             and v.ingangsdatum > t.ingangsdatum
                             and (v.einddatum is null or v.einddatum > s.einddatum))
               as heeft_opvolger,
           case when form.id is null then {geen} when form.status = {concept} then {stand_concept}
                else {ingediend} end as formulier,
           case when form.status <> {concept} then form.behaald end as formulier_behaald,
           s.zonder_formulier_op is not null as formulier_overgeslagen,
           exists (select from stopberichten_levering l
                    where l.toewijzing_id = s.toewijzing_id and l.ingetrokken_op is null
                      and l.begindatum >= s.einddatum and l.begindatum > s.begindatum)
               as latere_start,
           exists (select from stopberichten_stop d
                    where d.toewijzing_id = s.toewijzing_id and d.begindatum = s.begindatum
                      and d.ingetrokken_op is null and d.reden <> {tijdelijk}
                      and d.einddatum >= s.einddatum and d.id <> s.id)
               as opgevolgd,
           coalesce(c.afgeschermd, false) as afgeschermd
      from pop s
      join organisaties_gemeente g on g.id = s.gemeente_id
      left join beschikkingen_toewijzing t on t.id = s.toewijzing_id
      left join beschikkingen_beschikking b on b.id = t.beschikking_id
      left join beschikkingen_client c on c.id = t.client_id
      left join lateral (
           select st.id, st.trede_id, st.einddatum,
                  exists (select from beschikkingen_stap later
                           where later.toewijzing_id = st.toewijzing_id and later.volgnummer > st.volgnummer)
                      as tussen
             from beschikkingen_stap st
            where st.toewijzing_id = t.id and st.begindatum <= s.einddatum
              and (st.einddatum is null or st.einddatum >= s.einddatum)
            order by st.volgnummer desc limit 1) stap on true
      left join lateral (
           select tl.id, tl.status, tr.behaald
             from stopberichten_toelichtingregel tr
             join stopberichten_toelichting tl on tl.id = tr.toelichting_id
            where tr.toewijzing_id = s.toewijzing_id and tr.soort <> {wijziging}
              and tl.status <> {form_ingetrokken}
            order by tl.status = {concept}, tl.ingediend_op desc, tl.id desc limit 1) form on true
    """
)
"""One row per stop of `pop`, with the facts of `StopFeiten` by name and what the effect needs.

`proefronde` is a dry run's number: what it would have given to an earlier stop counts too. A run leaves it null,
for its results are in their own table."""


def _begin(pop: str) -> str:
    """From population to one rule per stop. The second stop on a toewijzing in a batch finds the result there."""
    return (
        vul_in(
            """
with pop as materialized ("""
            + pop
            + """),
feiten as materialized ("""
        )
        + FEITEN
        + vul_in(
            """),
gevraagd as materialized (select f.*, {regels} as gevonden from feiten f),
keus as materialized (
    select v.*, case when v.gevonden = {regel_ja} and row_number() over (
                          partition by v.toewijzing_id, v.gevonden order by v.id) > 1
                     then {regel_al} else v.gevonden end as regel
      from gevraagd v),
verdicts (nummer, verdict) as (values {verdicts})"""
        )
    )


# xmin is the version of the row: who writes later sees whether it is still the row that was judged.
_STOP: Final = "select s.*, s.xmin as versie from stopberichten_stop s"
_BATCH: Final = f"{_STOP} where {_OPEN} and s.id > %(na)s order by s.id limit %(hoogstens)s"

LEES: Final = _begin(_BATCH) + "select k.id, k.regel from keus k order by k.id"
"""The rule of every stop of one batch, and nothing else: what the round is measured against."""

BESLUITEN: Final = "besluit as materialized (select * from unnest(%(besluiten)s::resultaat_rondebesluit[]))"
"""What was decided (migration resultaat.0005 has its columns), in every statement that writes it."""

BESLIS: Final = _begin(_BATCH) + vul_in(
    """,
oordelen as (
    select k.*, v.verdict, %(echt)s and k.regel in ({sluit_af}) as klaar,
           %(echt)s and (k.oordeel, k.oordeel_regel) is distinct from (v.verdict, k.regel) as anders,
           %(echt)s and k.regel = {regel_ja} as ja
      from keus k join verdicts v on v.nummer = k.regel),
besluiten as materialized (
    select o.id, row(o.id, o.versie, o.gemeente_id, o.aanbieder_id, o.toewijzing_id, o.beschikking_id, o.formulier_id,
                     o.trede_id, o.einddatum_levering, o.oordeel, o.oordeel_regel, o.verdict, o.regel, o.klaar,
                     o.klaar or o.anders, case when o.ja then nextval('resultaat_resultaat_id_seq') end,
                     case when o.ja then gen_random_uuid() end, o.ja and o.toewijzing_status = {lopend}
                 )::resultaat_rondebesluit as b
      from oordelen o
      -- from the first to the last of this batch: else every batch reads all lines of the round
      left join resultaat_ronderegel rr on rr.ronde_id = %(ronde)s and rr.stop_id = o.id
           and rr.stop_id > %(na)s and rr.stop_id <= (select max(id) from pop)
     where rr.id is null or o.klaar or o.anders or (rr.verdict, rr.regel) is distinct from (o.verdict, o.regel))
select (select count(*) from pop), (select coalesce(max(id), 0) from pop), count(*), count(*) filter (where (b).anders),
       count((b).resultaat_id), count(*) filter (where (b).sluit),
       coalesce(array_agg((b).beschikking_id) filter (where (b).resultaat_id is not null), array[]::bigint[]),
       array_agg(b order by id)::text
  from besluiten
"""
)
"""Decide one batch: what it saw and decided, and what of that is not there yet as one text. That goes through our hands
unread, because the portal's role may make no temporary table. Beside the parameters above: `echt`, false for a dry
run, which settles nothing."""

SCHRIJF: Final = (
    vul_in(
        f"""
with {BESLUITEN},"""
        + """
stops as (
    update stopberichten_stop s
       set oordeel = u.verdict, oordeel_regel = u.regel,
           verwerkt_op = case when u.klaar then %(moment)s::timestamptz end
      from besluit u where u.anders and s.id = u.id and s.xmin = u.versie
    returning s.id, s.bsn_index),
resultaten as (
    insert into resultaat_resultaat (id, kenmerk, gemeente_id, aanbieder_id, toewijzing_id, uitkomst, redenen,
           toelichting, paragraaf, stop_id, formulier_id, ronde_id, trede_van_id, vervolg, advies,
           advies_reden, afwijking_reden, resultaatdatum, geregistreerd_op, correctie_reden, actueel)
    select u.resultaat_id, u.kenmerk, u.gemeente_id, u.aanbieder_id, u.toewijzing_id, {ja}, array[]::varchar[],
           '', {p1a}, u.id, u.formulier_id, %(ronde)s, u.trede_id, {sluiten}, '',
           '', '', u.einddatum, %(moment)s, '', true
      from besluit u where u.resultaat_id is not null order by u.resultaat_id
    returning id),
gelogd as ("""
    )
    + regels_uit(
        "select u.kenmerk as object_kenmerk, u.aanbieder_id, stops.bsn_index as client_index"
        " from besluit u join stops on stops.id = u.id where u.resultaat_id is not null"
    )
    + vul_in(
        """),
toewijzingen as (
    update beschikkingen_toewijzing t set status = {gesloten}, versie = t.versie + 1
      from besluit u where u.sluit and t.id = u.toewijzing_id and t.status = {lopend}
    returning t.id)
select (select count(*) from stops), (select count(*) from resultaten), (select count(*) from toewijzingen)
"""
    )
)
"""Write the decided batch: stops, results with their lines in the log, allocations; gives how many of each.
Beside those above it takes the parameters of `logboek.actions.regels_allen`."""

REGELS_IN: Final = """
    insert into resultaat_ronderegel (gemeente_id, aanbieder_id, ronde_id, stop_id, verdict, regel, vorig_oordeel,
           vorige_regel, resultaat_id, handelde_af, sloot_toewijzing, sloot_dossier)
    select u.gemeente_id, u.aanbieder_id, %(ronde)s, u.id, u.verdict, u.regel, u.vorig_oordeel, u.vorige_regel,
           u.resultaat_id, u.klaar, u.sluit, {sloot_dossier}
      from besluit u order by u.id
    on conflict (ronde_id, stop_id) do update
       set verdict = excluded.verdict, regel = excluded.regel, resultaat_id = excluded.resultaat_id,
           handelde_af = excluded.handelde_af, sloot_toewijzing = excluded.sloot_toewijzing,
           sloot_dossier = excluded.sloot_dossier
"""
"""The lines of the round. `sloot_dossier` is filled in by who knows which dossiers it closed."""

REGELS_ALLEEN: Final = f"with {BESLUITEN} {REGELS_IN.format(sloot_dossier='false')}"

UITLEG: Final = _begin(f"{_STOP} where s.id = any(%(stops)s)") + "select k.* from keus k order by k.id"
"""The facts and the rule of some stops as they are now, for a page. Writes nothing."""
