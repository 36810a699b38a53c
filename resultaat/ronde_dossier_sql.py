"""What a round does to whole dossiers, and how a round is put back: the SQL beside `ronde_sql`.

Parameters as there; `dossiers`, of which a result was decided, and `besluiten`. Those that undo take `ronde` only.
"""
# ruff: noqa: S608 - the text is put together from constants of our own; whatever a user typed is a parameter

from __future__ import annotations

from typing import Final

from logboek.actions import regels_uit
from resultaat.ronde_sql import BESLUITEN, REGELS_IN, VOLGENDE_STAP, vul_in

VERGRENDEL: Final = """
select b.id from beschikkingen_beschikking b where b.id = any(%(dossiers)s::bigint[]) order by b.id for update
"""
"""Lock the dossiers that may close, so that the last two judgements of a dossier cannot miss each other."""

SLUIT: Final = (
    vul_in(
        """
with """
        + BESLUITEN
        + """,
gesloten as (
    update beschikkingen_beschikking b
       set status = {b_gesloten}, gesloten_op = %(moment)s, versie = b.versie + 1,
           -- greatest: a longer term that was set before it was opened again stays (U15)
           vernietigen_na_datum = greatest((coalesce((select max(t.einddatum) from beschikkingen_toewijzing t
                where t.beschikking_id = b.id and t.status <> {verwijderd}), b.einddatum, %(tot)s)
                + make_interval(years => g.bewaartermijn_jaren::int))::date,
                (select w.naar_datum from resultaat_bewaarwijziging w
                  where w.beschikking_id = b.id order by w.id desc limit 1))
      from organisaties_gemeente g
     where g.id = b.gemeente_id and b.status = {b_lopend} and b.id = any(%(dossiers)s::bigint[])
       and not exists (
           select from beschikkingen_toewijzing t
            where t.beschikking_id = b.id and t.status <> {verwijderd}
              and not (
                  -- ended: closed, past its last day, or stopped for good
                  (t.status = {gesloten} or t.einddatum <= %(tot)s
                   or exists (select from stopberichten_stop s
                               where s.toewijzing_id = t.id and s.ingetrokken_op is null
                                 and s.reden <> {tijdelijk} and s.einddatum <= %(tot)s))
                  -- judged, or nothing to judge: pgb (eisen §I.12), a step that is not the last (R22)
                  and (t.leveringsvorm = {pgb}
                       or exists (select from resultaat_resultaat r
                                   where r.toewijzing_id = t.id and r.actueel
                                     and r.monitoringsmoment_id is null
                                     and (r.stap_id is null or not exists (
                                          select from beschikkingen_stap een
                                            join beschikkingen_stap later on later.toewijzing_id = een.toewijzing_id
                                           where een.id = r.stap_id and later.volgnummer > een.volgnummer)))
                       or (b.soort = {getrapt} and """
        + VOLGENDE_STAP.format(t="t")
        + """))))
    returning b.id, b.kenmerk, b.client_id),
eerder as (
    -- the lines of this round in that dossier that were in an earlier batch
    update resultaat_ronderegel rr set sloot_dossier = true
      from gesloten g
      join beschikkingen_toewijzing t on t.beschikking_id = g.id
      join stopberichten_stop s on s.toewijzing_id = t.id
     where rr.ronde_id = %(ronde)s and rr.stop_id = s.id and rr.resultaat_id is not null),
gelogd as ("""
    )
    + regels_uit(
        "select g.kenmerk as object_kenmerk, null::bigint as aanbieder_id, c.bsn_index as client_index"
        " from gesloten g join beschikkingen_client c on c.id = g.client_id"
    )
    + ")"
    + REGELS_IN.format(
        sloot_dossier="u.resultaat_id is not null and u.beschikking_id in (select id from gesloten)"
    )
)
"""Close the dossiers of which every resultaatgebied is ended and judged (R34), each with its line in the log, and write
the lines of the round. Beside those above it takes the parameters of `logboek.actions.regels_allen`."""


DOSSIERS_OPEN: Final = vul_in(
    """
with geopend as (
    update beschikkingen_beschikking b
       set status = {b_lopend}, gesloten_op = null, gesloten_door_id = null, vernietigen_na_datum = null,
           versie = b.versie + 1
      from (select distinct t.beschikking_id as id
              from resultaat_ronderegel rr
              join stopberichten_stop s on s.id = rr.stop_id
              join beschikkingen_toewijzing t on t.id = s.toewijzing_id
             where rr.ronde_id = %(ronde)s and rr.resultaat_id is not null) x
     where b.id = x.id and b.status = {b_gesloten}
    returning b.kenmerk, b.client_id)
select g.kenmerk, c.bsn_index from geopend g join beschikkingen_client c on c.id = g.client_id
"""
)
"""Open every closed dossier in which a result is withdrawn, also when a consulent's judgement of another area was
what closed it: it is no longer judged in full. Gives what the log needs."""

_TOEWIJZINGEN_OPEN: Final = vul_in(
    """
update beschikkingen_toewijzing t set status = {lopend}, versie = t.versie + 1
  from resultaat_ronderegel rr join stopberichten_stop s on s.id = rr.stop_id
 where rr.ronde_id = %(ronde)s and rr.sloot_toewijzing and t.id = s.toewijzing_id and t.status = {gesloten}
"""
)

# A stop that a consultant settled in the mean time is left as it is: that judgement is not the round's.
_STOPS_OPEN: Final = """
update stopberichten_stop s
   set oordeel = rr.vorig_oordeel, oordeel_regel = rr.vorige_regel,
       verwerkt_op = case when rr.handelde_af then null else s.verwerkt_op end
  from resultaat_ronderegel rr
 where rr.ronde_id = %(ronde)s and rr.stop_id = s.id
   and (s.oordeel, s.oordeel_regel) = (rr.verdict, rr.regel)
   and (rr.handelde_af or s.verwerkt_op is null)
"""

TERUG: Final = (_TOEWIJZINGEN_OPEN, _STOPS_OPEN)
"""Put allocations and stops back."""
