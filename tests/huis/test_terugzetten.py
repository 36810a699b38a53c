"""The server is gone and a back-up is put back, by the very commands of docs/productie.md (veiligheid threat 35).

The demo stands for the data: messages, documents, judgements, frozen quarters, a log under its seals. Afterwards all of
it is there to the letter, behind the same walls, and work goes on with the same keys.
"""

import os
import re
import shlex
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from rapportage.demo.laden import laad_demo
from tests.leegmaken import beheer
from wmo_portal.embedded import binaries

TERUG = "wmo_teruggezet"
PRODUCTIE = (settings.BASE_DIR / "docs" / "productie.md").read_text("utf-8")
STAND = {
    "rijen": """select format('select %L, count(*), md5(string_agg(md5(t::text), '','' order by t::text)) from %s t',
                       c.oid::regclass::text, c.oid::regclass)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'r' and n.nspname in ('public', 'wmo_sec', 'wmo_delen') order by c.oid::regclass::text""",
    "tellers": "select schemaname, sequencename, last_value from pg_sequences order by 1, 2",
    "muren": """select schemaname, tablename, policyname, cmd, roles, qual, with_check from pg_policies order by 1, 2, 3""",
    "tabellen": """select oid::regclass::text, relrowsecurity, relforcerowsecurity, relacl::text, relowner::regrole::text
                     from pg_class where relnamespace in ('public'::regnamespace, 'wmo_sec'::regnamespace,
                          'wmo_delen'::regnamespace) and relkind in ('r', 'p', 'v', 'S') order by 1""",
    "sleutels": """select conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) from pg_constraint
                    where conrelid <> 0 order by 1, 2""",
    "indexen": "select schemaname, indexname, indexdef from pg_indexes where schemaname !~ '^pg_' order by 1, 2",
    "triggers": """select tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid) from pg_trigger
                    where not tgisinternal order by 1, 2""",
    "functies": """select p.oid::regprocedure::text, prosecdef, proconfig, proacl::text, md5(prosrc) from pg_proc p
                    where pronamespace in ('public'::regnamespace, 'wmo_sec'::regnamespace) order by 1""",
}
"""What there is to lose, and what keeps it: everything but the roles, which the script of the roles makes."""

OPMAAK = re.compile(r"::(character varying|text)(\[\])?|[()]")
"""PostgreSQL writes the same condition down with other brackets and casts when it has read it back once."""


def opdracht(begin: str) -> list[str]:
    """A command as the manual gives it, with the tools and the addresses of this server."""
    (regel,) = re.findall(rf"^    ({begin} .*)$", PRODUCTIE, re.MULTILINE)
    naam, *rest = shlex.split(regel)
    return [str(binaries.postgres_tool(naam)), *rest]


def socket() -> str:
    return parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]


def adres(rol: str, database: str) -> str:
    return f"postgresql://{rol}@/{database}?host={socket()}"


def stand(database: str) -> dict[str, list]:
    with psycopg.connect(adres("postgres", database)) as bij:
        bij.execute("set search_path = ''")
        uit = {naam: bij.execute(vraag).fetchall() for naam, vraag in STAND.items()}
        rijen = [bij.execute(vraag).fetchone() for (vraag,) in uit.pop("rijen")]
    zonder_opmaak = {
        naam: [[OPMAAK.sub("", str(waarde)) for waarde in rij] for rij in wat] for naam, wat in uit.items()
    }
    return {"rijen": rijen, **zonder_opmaak}


@contextmanager
def lege_database():
    """As the script of the roles leaves it."""
    naam = sql.Identifier(TERUG)
    with psycopg.connect(adres("postgres", "postgres"), autocommit=True) as baas:
        baas.execute(sql.SQL("drop database if exists {} with (force)").format(naam))
        baas.execute(sql.SQL("create database {} owner wmo_owner template template0").format(naam))
        baas.execute(sql.SQL("revoke all on database {} from public").format(naam))
        baas.execute(sql.SQL("grant connect on database {} to wmo_app, wmo_backup, wmo_auditor").format(naam))
        try:
            yield
        finally:
            baas.execute(sql.SQL("drop database if exists {} with (force)").format(naam))


def zet_terug(map_: Path) -> None:
    *maak, vanaf = opdracht("pg_dump")
    assert "//wmo_backup:" in vanaf
    subprocess.run([*maak, adres("wmo_backup", connection.settings_dict["NAME"])], check=True, cwd=map_)
    *zet, naar, bestand = opdracht("pg_restore")
    assert naar.startswith("--dbname=postgresql://beheerder@")
    subprocess.run([*zet, f"--dbname={adres('postgres', TERUG)}", bestand], check=True, cwd=map_)


def portaal(*opdracht: str) -> str:
    """The portal itself, as wmo_app, on what was put back."""
    omgeving = {**os.environ, "DATABASE_URL": adres("wmo_app", TERUG)}
    klaar = subprocess.run(
        [sys.executable, *opdracht],
        env=omgeving,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stderr
    return klaar.stdout


VERDER = """
import django; django.setup()
from django.db.utils import ProgrammingError
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from stopberichten.berichtinhoud import inhoud_van
from stopberichten.models import Bericht
from wmo_portal.lib import rls

try:
    Client.objects.exists()
except ProgrammingError as fout:
    assert "geen werkbereik" in str(fout)
else:
    raise AssertionError("zonder bereik mag er niets te zien zijn")
wie = Gebruiker.objects.get(email="consulent.westland@demo.example")
with rls.binnen(wie.bereik):
    gezien = {c.gemeente_id for c in Client.objects.all()}
    assert gezien == set(wie.gemeente_ids), gezien
    assert all(bsn_van(c).startswith("9999") for c in Client.objects.all()[:50])
    assert b"StopProduct" in inhoud_van(Bericht.objects.filter(soort="307")[0])
    voor = Gebeurtenis.objects.count()
    leg_vast(actie="dossier.inzien", door=wie, object_soort="client", doel="Wmo: na het terugzetten")
    assert Gebeurtenis.objects.count() == voor + 1
print("verder")
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.bsn_zichtbaar("the demo's own messages hold BSN of nobody")
def test_uit_de_back_up_staat_alles_er_weer_achter_dezelfde_muren(tmp_path):
    laad_demo(vandaag=date(2026, 10, 5), map_=tmp_path / "demo")
    met = stand(connection.settings_dict["NAME"])
    assert sum(aantal for _, aantal, _ in met["rijen"]) > 5_000
    with lege_database():
        zet_terug(tmp_path)
        assert (tmp_path / "wmo.dump").stat().st_size > 100_000
        na = stand(TERUG)
        for wat, was in met.items():
            assert na[wat] == was, wat
        assert "in orde" in portaal("manage.py", "logboek_controle")
        assert portaal("-c", VERDER).strip().endswith("verder")
        with psycopg.connect(
            adres("postgres", TERUG), autocommit=True
        ) as baas:  # the control: one letter is seen
            baas.execute("set session_replication_role = replica")
            baas.execute(
                "update beschikkingen_client set achternaam = 'X' where id in (select min(id) from beschikkingen_client)"
            )
        assert stand(TERUG)["rijen"] != met["rijen"]
    with beheer() as bij:  # nothing of the back-up stays on the server
        assert not bij.execute("select from pg_database where datname = %s", [TERUG]).fetchall()
