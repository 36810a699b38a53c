"""The SQL that fills the case tables with a data set of any size, set-based and from a fixed seed.

Every draw is `bench.worp(row, salt)`: the same row and salt give the same draw, so the data set is the same today
and tomorrow. The statements run as superuser with the triggers off (foreign keys, change log); `SLEUTELS_GEBROKEN`
then checks every foreign key by an anti-join, so that what was loaded is as good as what was typed.

Shares: 70 % of the stops is code 19, as planned; 85 % of the endings that ask a form has one, some of them a
draft, empty or "not reached"; 12 % of the decisions is stepped, 18 % has no end date; 5 % is pgb.
"""

from __future__ import annotations

from typing import Final

PEIL: Final = "2026-10-01"
"""The day on which the data set stands: the round over September has not been run yet."""

VOORAF: Final = """
create schema bench;
create function bench.worp(rij bigint, zout int) returns float8 language sql immutable strict parallel safe
    return (hashint8extended(rij, zout) & 4294967295)::float8 / 4294967296;
create table bench.keus as
    select g.regio_id, row_number() over (partition by g.regio_id order by g.id, t.id)::int as volg,
           count(*) over (partition by g.regio_id)::int as van, g.id as gebied_id, t.id as trede_id,
           p.productcategorie, p.productcode
      from organisaties_resultaatgebied g join organisaties_trede t on t.regio_id = g.regio_id
      join organisaties_productafspraak p on p.resultaatgebied_id = g.id and p.trede_id = t.id;
create unique index on bench.keus (regio_id, volg);
create table bench.werker as
    select distinct on (aanbieder_id) aanbieder_id, id from organisaties_gebruiker
     where aanbieder_id is not null order by aanbieder_id, id;
create table bench.consulent as
    select distinct on (m.gemeente_id) m.gemeente_id, u.id from organisaties_gebruiker u
      join organisaties_gebruiker_gemeenten m on m.gebruiker_id = u.id
     where u.rol = 'consulent' order by m.gemeente_id, u.id;
create table bench.aanbieder as
    select row_number() over (order by id)::int as volg, id, agb from organisaties_aanbieder;
"""

# %(alles_open)s: everything ended in September 2026 with a stop that no round has seen yet.
BESCHIKKINGEN: Final = """
insert into beschikkingen_beschikking (id, kenmerk, gemeente_id, client_id, nummer, soort, ingangsdatum, einddatum,
       registratiedatum, voorganger_id, status, versie)
select x.b, md5('b' || x.b)::uuid, x.gemeente_id, x.client_id, 'B-' || lpad(x.b::text, 8, '0'), x.soort, x.begin,
       case when x.soort <> 'zonder_einddatum' then x.eind end, x.begin - 14, x.voorganger, 'lopend', 1
  from (select y.*, case when %(alles_open)s then date '2026-09-01' + (bench.worp(b, 5) * 29)::int
                         else begin + (array[181, 272, 364, 545])[1 + floor(bench.worp(b, 4) * 4)::int] end as eind
          from (select b, c.id as client_id, c.gemeente_id, null::bigint as voorganger,
                       case when bench.worp(b, 1) < 0.12 then 'getrapt'
                            when bench.worp(b, 1) < 0.30 then 'zonder_einddatum' else 'met_einddatum' end as soort,
                       case when %(alles_open)s then date '2025-01-01' + (bench.worp(b, 2) * 240)::int
                            else date '2026-09-28' - (bench.worp(b, 2) * 1250)::int end as begin
                  from generate_series(1, %(beschikkingen)s) b
                  join beschikkingen_client c
                    on c.id = case when b <= %(clienten)s then b else (b::bigint * 7919) %% %(clienten)s + 1 end) y) x;
update beschikkingen_beschikking n
   set voorganger_id = v.id, ingangsdatum = v.einddatum + 1, registratiedatum = v.einddatum - 13,
       einddatum = n.einddatum - n.ingangsdatum + v.einddatum + 1
  from beschikkingen_beschikking v
 where not %(alles_open)s and n.id > %(clienten)s and v.id = n.client_id and v.soort <> 'zonder_einddatum'
   and v.einddatum <= date '2026-11-30';
"""

TOEWIJZINGEN: Final = """
insert into beschikkingen_toewijzing (id, kenmerk, gemeente_id, aanbieder_id, client_id, beschikking_id,
       toewijzingnummer, resultaatgebied_id, trede_id, perspectief, leveringsvorm, productcategorie, productcode,
       toewijzingsdatum, ingangsdatum, einddatum, reden_wijziging, status, hulp_niet_gestart, versie)
select i, md5('t' || i)::uuid, b.gemeente_id, a.id, b.client_id, b.id, i, k.gebied_id, k.trede_id,
       case when bench.worp(i, 11) < 0.45 then 'langdurig' when bench.worp(i, 11) < 0.9 then 'verbetering'
            else 'onbekend' end,
       case when bench.worp(i, 12) < 0.05 then 'pgb' else 'zin' end, k.productcategorie, k.productcode,
       b.ingangsdatum - 14, b.ingangsdatum, b.einddatum, '', 'lopend', false, 1
  from generate_series(1, %(aantal)s) i
  join beschikkingen_beschikking b
    on b.id = case when i <= %(beschikkingen)s then i else (i::bigint * 104729) %% %(beschikkingen)s + 1 end
  join organisaties_gemeente g on g.id = b.gemeente_id
  join bench.aanbieder a on a.volg = 1 + floor(%(aanbieders)s * power(bench.worp(i, 13), 1.5))::int
  join bench.keus k on k.regio_id = g.regio_id
   and k.volg = 1 + (floor(bench.worp(b.id, 14) * k.van)::int + (i > %(beschikkingen)s)::int * 5) %% k.van;
insert into beschikkingen_stap (gemeente_id, aanbieder_id, toewijzing_id, volgnummer, trede_id, begindatum, einddatum)
select t.gemeente_id, t.aanbieder_id, t.id, n, t.trede_id,
       t.ingangsdatum + (n - 1) * ((t.einddatum - t.ingangsdatum) / 3),
       case when n = 3 then t.einddatum else t.ingangsdatum + n * ((t.einddatum - t.ingangsdatum) / 3) - 1 end
  from beschikkingen_toewijzing t join beschikkingen_beschikking b on b.id = t.beschikking_id
 cross join generate_series(1, 3) n
 where b.soort = 'getrapt' order by t.id, n;
insert into beschikkingen_monitoringsmoment (gemeente_id, beschikking_id, datum)
select gemeente_id, id, ingangsdatum + 365 + (bench.worp(id, 15) * 400)::int
  from beschikkingen_beschikking where soort = 'zonder_einddatum' order by id;
"""

# Messages: 305 of allocation i is 2i - 1, its 307 is 2i. No XML inside: whoever reads messages makes its own.
EINDEN: Final = """
create table bench.levering as
    select t.id, t.ingangsdatum + (bench.worp(t.id, 21) * 20)::int as begindatum from beschikkingen_toewijzing t
     where %(alles_open)s or (t.leveringsvorm = 'zin' and bench.worp(t.id, 22) < 0.94
                              and t.ingangsdatum + 20 < date '2026-10-01');
create table bench.einde as
    select x.id, x.begindatum, x.reden,
           greatest(x.begindatum, case
               when x.reden = '19' and x.eind is not null then x.eind - (bench.worp(x.id, 25) < 0.03)::int * 5
               else x.begindatum + (bench.worp(x.id, 26) * (least(x.eind, date '2026-09-30') - x.begindatum))::int end)
               as einddatum
      from (select t.id, l.begindatum, t.einddatum as eind,
                   case when bench.worp(t.id, 24) < 0.70 and (t.einddatum <= date '2026-09-30' or %(alles_open)s)
                        then '19' else (array['20', '20', '21', '21', '21', '22', '23', '23', '02', '02', '31', '36',
                                              '37', '38', '39'])[1 + floor(bench.worp(t.id, 27) * 15)::int] end as reden
              from beschikkingen_toewijzing t join bench.levering l on l.id = t.id
             where %(alles_open)s or bench.worp(t.id, 23) < case when t.einddatum <= date '2026-09-30'
                                                                 then 0.94 else 0.12 end) x;
create unique index on bench.einde (id);
insert into stopberichten_bericht (id, kenmerk, gemeente_id, aanbieder_id, soort, release, afzender, ontvanger,
       identificatie, dagtekening, client_id, bsn_index, bestandsnaam, kanaal, sha256, inhoud, ontvangen_op, status,
       header_codes, meldingen, retour_status, retour_verstuurd_op)
select 2 * t.id - 2 + x.n, md5('m' || (2 * t.id - 2 + x.n))::uuid, t.gemeente_id, t.aanbieder_id, x.soort, '3.2',
       a.agb, g.code, lpad((2 * t.id - 2 + x.n)::text, 12, '0'), x.op::date, t.client_id, c.bsn_index, '', 'upload',
       md5('m' || t.id || x.soort), '', x.op, 'geaccepteerd', '[]', '[]', 'verstuurd', x.op + interval '1 hour'
  from beschikkingen_toewijzing t join beschikkingen_client c on c.id = t.client_id
  join organisaties_gemeente g on g.id = t.gemeente_id join organisaties_aanbieder a on a.id = t.aanbieder_id
  join (select id, 1 as n, '305' as soort, begindatum + interval '2 days 10 hours' as op from bench.levering
        union all
        select id, 2, '307', least(einddatum + make_interval(days => floor(bench.worp(id, 28) * 12)::int, hours => 11),
                                   timestamp '2026-09-30 20:00') from bench.einde) x on x.id = t.id
 order by x.op, t.id;
insert into stopberichten_levering (id, kenmerk, gemeente_id, aanbieder_id, bericht_id, volgnummer, client_id,
       toewijzing_id, bsn_index, toewijzingnummer, productcategorie, productcode, toewijzing_ingangsdatum,
       begindatum, ontvangen_op)
select t.id, md5('l' || t.id)::uuid, t.gemeente_id, t.aanbieder_id, m.id, 1, t.client_id, t.id, m.bsn_index,
       t.toewijzingnummer, t.productcategorie, t.productcode, t.ingangsdatum, l.begindatum, m.ontvangen_op
  from bench.levering l join beschikkingen_toewijzing t on t.id = l.id
  join stopberichten_bericht m on m.id = 2 * t.id - 1 order by m.ontvangen_op, t.id;
insert into stopberichten_stop (kenmerk, gemeente_id, aanbieder_id, bericht_id, volgnummer, client_id, toewijzing_id,
       levering_id, bsn_index, toewijzingnummer, productcategorie, productcode, toewijzing_ingangsdatum, begindatum,
       reden, einddatum, ontvangen_op, ontvangen_na_werkdagen, oordeel, oordeel_regel, zonder_formulier_reden)
select md5('s' || t.id)::uuid, t.gemeente_id, t.aanbieder_id, m.id, 1, case when gekoppeld then t.client_id end,
       case when gekoppeld then t.id end, case when gekoppeld then t.id end, m.bsn_index, t.toewijzingnummer,
       t.productcategorie, t.productcode, t.ingangsdatum, e.begindatum, e.reden, e.einddatum, m.ontvangen_op,
       (m.ontvangen_op::date - e.einddatum) * 5 / 7, '', '', ''
  from bench.einde e join beschikkingen_toewijzing t on t.id = e.id join stopberichten_bericht m on m.id = 2 * t.id
 cross join lateral (select bench.worp(t.id, 29) >= 0.01 as gekoppeld) k
 order by m.ontvangen_op, t.id;
"""

FORMULIEREN: Final = """
insert into stopberichten_toelichting (id, kenmerk, nummer, gemeente_id, aanbieder_id, client_id, beschikking_id,
       status, verzoeker_naam, verzoeker_functie, verzoeker_organisatie, verzoeker_telefoon, verzoeker_email,
       overige_zaken, zorgplan_later, aangemaakt_op, aangemaakt_door_id, bewaard_op, ingediend_op, ingediend_door_id,
       afgehandeld_op, afgehandeld_door_id, besluit, besluit_tekst, versie)
select t.id, md5('f' || t.id)::uuid, case when ingediend then 'T-' || lpad(t.id::text, 8, '0') end, t.gemeente_id,
       t.aanbieder_id, t.client_id, t.beschikking_id, f.status, 'Ank de Wit', 'begeleider', '', '0100000000',
       'post@example.nl', '', false, f.op, w.id, f.op, case when ingediend then f.op end,
       case when ingediend then w.id end, case when f.status = 'afgehandeld' then f.op + interval '9 days' end,
       case when f.status = 'afgehandeld' then k.id end, '', '', 1
  from bench.einde e join beschikkingen_toewijzing t on t.id = e.id
  join bench.werker w on w.aanbieder_id = t.aanbieder_id join bench.consulent k on k.gemeente_id = t.gemeente_id
 cross join lateral (select least(e.einddatum + interval '3 days 14 hours', timestamp '2026-09-30 21:00') as op,
       case when bench.worp(t.id, 31) < 0.04 and t.id <= %(beschikkingen)s then 'concept'
            when bench.worp(t.id, 31) < 0.06 then 'ingetrokken' when bench.worp(t.id, 31) < 0.10 then 'afgehandeld'
            else 'ingediend' end as status) f
 cross join lateral (select f.status <> 'concept' as ingediend) i
 where e.reden in ('19', '21', '22', '23') and bench.worp(t.id, 32) < 0.85 order by f.op, t.id;
insert into stopberichten_toelichtingregel (gemeente_id, aanbieder_id, toelichting_id, toewijzing_id, soort, overslaan,
       huidige_situatie, reden, behaald, behaald_toelichting)
select f.gemeente_id, f.aanbieder_id, f.id, f.id, case when bench.worp(f.id, 33) < 0.05 then 'wijziging'
       else 'beeindiging' end, false, 'De administratie is op orde.', 'De doelen zijn bereikt.',
       case when bench.worp(f.id, 34) < 0.07 then false when bench.worp(f.id, 34) > 0.07 + 0.05 then true end, ''
  from stopberichten_toelichting f order by f.id;
insert into resultaat_evaluatie (kenmerk, gemeente_id, aanbieder_id, beschikking_id, toewijzing_id, documentnaam,
       ontvangen_datum, vervolg_nodig, behaald, gevraagde_trede_id, reden, status, ingediend_op, ingediend_door_id,
       versie)
select md5('e' || t.id)::uuid, t.gemeente_id, t.aanbieder_id, t.beschikking_id, t.id, g.evaluatiedocument, d.dag,
       bench.worp(t.id, 36) < 0.7, bench.worp(t.id, 37) < 0.6, t.trede_id, 'Er is nog begeleiding nodig.',
       case when d.dag < date '2026-08-01' then 'beoordeeld' else 'ingediend' end, d.dag + time '15:00', w.id, 1
  from beschikkingen_toewijzing t join beschikkingen_beschikking b on b.id = t.beschikking_id
  join organisaties_gemeente g on g.id = t.gemeente_id join bench.werker w on w.aanbieder_id = t.aanbieder_id
 cross join lateral (select greatest(t.ingangsdatum,
                                     t.einddatum - 56 - (bench.worp(t.id, 38) * 20)::int + 10) as dag) d
 where b.soort = 'met_einddatum' and t.leveringsvorm = 'zin' and d.dag < date '2026-10-01'
   and bench.worp(t.id, 35) < 0.5 order by d.dag, t.id;
"""

# What the consultants did since: four of five stops that the rounds gave them, each with its line in the log.
OORDELEN: Final = """
create table bench.oordeel as
    select s.id as stop_id, md5('r' || s.id)::uuid as kenmerk, s.toewijzing_id, s.einddatum, k.id as consulent_id,
           (s.einddatum + 40 + time '10:30') at time zone 'Europe/Amsterdam' as op,
           case when bench.worp(s.id, 41) < 0.25 then 'ja' when bench.worp(s.id, 41) < 0.5 then 'nee_zorgaanbieder'
                when bench.worp(s.id, 41) < 0.75 then 'nee_client' else 'nee_neutraal' end as uitkomst
      from stopberichten_stop s join bench.consulent k on k.gemeente_id = s.gemeente_id
     where s.oordeel = 'naar_consulent' and s.einddatum < date '2026-08-01' and bench.worp(s.id, 42) < 0.8
       and not exists (select from resultaat_resultaat r where r.toewijzing_id = s.toewijzing_id)
       and not exists (select from stopberichten_stop a where a.toewijzing_id = s.toewijzing_id and a.id < s.id);
insert into resultaat_resultaat (kenmerk, gemeente_id, aanbieder_id, toewijzing_id, uitkomst, redenen, toelichting,
       paragraaf, stop_id, trede_van_id, vervolg, advies, advies_reden, afwijking_reden, resultaatdatum,
       geregistreerd_op, geregistreerd_door_id, correctie_reden, actueel)
select o.kenmerk, t.gemeente_id, t.aanbieder_id, t.id, o.uitkomst, '{}', 'Besproken met de aanbieder.', '4',
       o.stop_id, t.trede_id, 'sluiten', '', '', '', o.einddatum, o.op, o.consulent_id, '', true
  from bench.oordeel o join beschikkingen_toewijzing t on t.id = o.toewijzing_id order by o.op, o.stop_id;
update stopberichten_stop s set verwerkt_op = o.op from bench.oordeel o where o.stop_id = s.id;
update beschikkingen_toewijzing t set status = 'gesloten', versie = versie + 1
  from bench.oordeel o where o.toewijzing_id = t.id;
insert into logboek_gebeurtenis (kenmerk, op, actie, object_soort, object_kenmerk, resultaat, actor_id, actor_naam,
       rol, doel, gemeente_id, aanbieder_id, client_index, operatie_id, details)
select md5('g' || o.stop_id)::uuid, o.op, 'resultaat.registreren', 'resultaat', o.kenmerk::text, 'gelukt', u.id,
       u.naam, u.rol, 'Wmo: resultaat beoordelen', s.gemeente_id, s.aanbieder_id, s.bsn_index,
       md5('h' || o.stop_id)::uuid, '{}'
  from bench.oordeel o join stopberichten_stop s on s.id = o.stop_id
  join organisaties_gebruiker u on u.id = o.consulent_id order by o.op;
update beschikkingen_beschikking b set status = 'gesloten', gesloten_op = x.op, gesloten_door_id = x.consulent_id,
       vernietigen_na_datum = x.op::date + 5479, versie = versie + 1
  from (select t.beschikking_id, max(o.op) as op, min(o.consulent_id) as consulent_id
          from bench.oordeel o join beschikkingen_toewijzing t on t.id = o.toewijzing_id group by 1) x
 where b.id = x.beschikking_id and b.status = 'lopend' and b.soort <> 'getrapt'
   and not exists (select from beschikkingen_toewijzing t where t.beschikking_id = b.id and t.status = 'lopend');
"""

NUMMERS: Final = """
select format('select setval(%L, (select coalesce(max(id), 1) from %I))', pg_get_serial_sequence(c.relname, 'id'),
              c.relname)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.attidentity <> ''
 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
"""
"""Writes the statements that put every sequence after the highest number."""

SLEUTELS: Final = """
select k.conname, format('select count(*) from %s kind where %s and not exists (select from %s ouder where %s)',
       k.conrelid::regclass, string_agg(format('kind.%I is not null', hier.attname), ' and '), k.confrelid::regclass,
       string_agg(format('ouder.%I = kind.%I', daar.attname, hier.attname), ' and '))
  from pg_constraint k cross join lateral unnest(k.conkey, k.confkey) as paar (van, naar)
  join pg_attribute hier on hier.attrelid = k.conrelid and hier.attnum = paar.van
  join pg_attribute daar on daar.attrelid = k.confrelid and daar.attnum = paar.naar
 where k.contype = 'f' and k.connamespace = 'public'::regnamespace group by k.oid
"""
"""Per foreign key the statement that counts the rows that break it."""
