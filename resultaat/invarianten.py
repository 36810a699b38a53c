"""What must hold at any moment about rounds, results and reminders (veiligheid §3.4). Each query returns nothing.

Names I1-I13 follow that list; those that concern other tables stand with those tables. `overtredingen` runs
them all: tests do after every fault, and an operator may (`manage.py` shell) on a restored copy.
"""
# ruff: noqa: S608 - the text is put together from constants of our own

from __future__ import annotations

from typing import Final

from django.db import connection

from resultaat.ronde_sql import SLUIT_AF

_SLUIT_AF: Final = ", ".join(f"'{nummer}'" for nummer in SLUIT_AF)

INVARIANTEN: Final[dict[str, str]] = {
    # I2 a stop has at most one living result
    "I2 een stop heeft hoogstens één geldend resultaat": """
        select stop_id from resultaat_resultaat
         where stop_id is not null and actueel group by stop_id having count(*) > 1""",
    # I3 every stop settled by a round as "volgens plan" has its result, and that result knows the round
    "I3 elke stop met ‘automatisch ja’ heeft een resultaat dat ervan weet": """
        select s.id from stopberichten_stop s
         where s.oordeel = 'automatisch_ja' and s.verwerkt_op is not null
           and not exists (select from resultaat_resultaat r
                            where r.stop_id = s.id and (r.actueel or exists (
                                select from resultaat_resultaat later where later.voorganger_id = r.id)))""",
    "I3 elk ‘ja’ van een ronde staat op een regel van die ronde": """
        select r.id from resultaat_resultaat r
         where r.ronde_id is not null and not exists (
               select from resultaat_ronderegel rr where rr.ronde_id = r.ronde_id and rr.resultaat_id = r.id)""",
    "I3 een afgehandelde stop van een ronde heeft een regel die dat zegt": f"""
        select s.id from stopberichten_stop s
         where s.verwerkt_op is not null and s.oordeel_regel in ({_SLUIT_AF})
           and not exists (select from resultaat_ronderegel rr where rr.stop_id = s.id and rr.handelde_af)""",
    # I5 a reminder at most once per moment and recipient, and each with its mail
    "I5 een herinnering gaat hoogstens één keer per moment en ontvanger": """
        select toewijzing_id from resultaat_herinnering
         group by toewijzing_id, soort, moment_datum, ontvanger having count(*) > 1""",
    "I5 elke herinnering heeft haar mail": """
        select h.id from resultaat_herinnering h
         where not exists (select from techniek_mail m where m.sleutel = h.mail_sleutel and m.aan = h.ontvanger)""",
    # I7 every result has a line in the log
    "I7 elk resultaat staat in het logboek": """
        select r.id from resultaat_resultaat r
         where not exists (select from logboek_gebeurtenis g
                            where g.object_kenmerk = r.kenmerk::text and g.object_soort = 'resultaat')""",
    # I9 nothing mailed twice a day
    "I9 hoogstens één verzamelmail per ontvanger per dag": """
        select aan from techniek_mail where sleutel like 'dagmail:%'
         group by aan, split_part(sleutel, ':', 2) having count(*) > 1""",
    # I10 no link between municipalities
    "I10 geen regel, resultaat of herinnering wijst naar een andere gemeente": """
        select rr.id from resultaat_ronderegel rr
          join resultaat_ronde ro on ro.id = rr.ronde_id
          join stopberichten_stop s on s.id = rr.stop_id
         where rr.gemeente_id <> ro.gemeente_id or rr.gemeente_id <> s.gemeente_id
        union all
        select r.id from resultaat_resultaat r
          join beschikkingen_toewijzing t on t.id = r.toewijzing_id where r.gemeente_id <> t.gemeente_id
        union all
        select h.id from resultaat_herinnering h
          join beschikkingen_toewijzing t on t.id = h.toewijzing_id where h.gemeente_id <> t.gemeente_id""",
    # I11 one round per municipality and month, and its counts are its lines
    "I11 één ronde per gemeente en maand": """
        select gemeente_id from resultaat_ronde
         where not proef and status <> 'teruggedraaid' group by gemeente_id, maand having count(*) > 1""",
    "I11 geen maand overgeslagen waar de ronde vanzelf loopt": """
        select g.id from organisaties_gemeente g
          join (select gemeente_id, min(maand) as eerste, max(maand) as laatste from resultaat_ronde
                 where not proef group by gemeente_id) x on x.gemeente_id = g.id
         cross join lateral generate_series(x.eerste, x.laatste, interval '1 month') m (maand)
         where g.ronde_automatisch and not exists (
               select from resultaat_ronde r
                where r.gemeente_id = g.id and not r.proef and r.maand = m.maand::date)""",
    "I11 de tellingen van een klare ronde zijn haar regels": """
        select r.id from resultaat_ronde r
         where r.status = 'klaar' and (r.totaal <> r.gedaan or r.totaal <> (
               select count(*) from resultaat_ronderegel rr where rr.ronde_id = r.id)
            or exists (select rr.verdict from resultaat_ronderegel rr where rr.ronde_id = r.id
                        group by rr.verdict having count(*) is distinct from (r.tellingen ->> rr.verdict)::int))""",
    # I13 a closed file has a result; none is closed by an undone round or a withdrawn message
    "I13 een gesloten dossier heeft een geldend resultaat": """
        select b.id from beschikkingen_beschikking b
         where b.status = 'gesloten' and not exists (
               select from resultaat_resultaat r join beschikkingen_toewijzing t on t.id = r.toewijzing_id
                where t.beschikking_id = b.id and r.actueel)""",
    "I13 in een gesloten dossier staat geen gebied zonder oordeel open": """
        select b.id from beschikkingen_beschikking b join beschikkingen_toewijzing t on t.beschikking_id = b.id
         where b.status = 'gesloten' and b.soort <> 'getrapt' and t.status = 'lopend' and t.leveringsvorm = 'zin'
           and not exists (select from resultaat_resultaat r where r.toewijzing_id = t.id and r.actueel)""",
    "I13 geen dossier is dicht door een teruggedraaide ronde": """
        select b.id from beschikkingen_beschikking b
          join beschikkingen_toewijzing t on t.beschikking_id = b.id
          join stopberichten_stop s on s.toewijzing_id = t.id
          join resultaat_ronderegel rr on rr.stop_id = s.id and rr.sloot_dossier
          join resultaat_ronde r on r.id = rr.ronde_id
         where b.status = 'gesloten' and b.gesloten_door_id is null
         group by b.id having bool_and(r.status = 'teruggedraaid')""",
    "I13 een teruggedraaide ronde heeft geen geldend resultaat": """
        select re.id from resultaat_resultaat re join resultaat_ronde r on r.id = re.ronde_id
         where r.status = 'teruggedraaid' and re.actueel""",
}


def overtredingen() -> dict[str, list[int]]:
    """Per broken invariant the ids it names; empty when all is well. One query each, for the system's scope."""
    gevonden = {}
    with connection.cursor() as cursor:
        for naam, sql in INVARIANTEN.items():
            cursor.execute(sql)
            if rijen := [rij[0] for rij in cursor.fetchall()]:
                gevonden[naam] = rijen
    return gevonden
