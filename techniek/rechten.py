"""Which database role may do what, in one place. `manage.py inrichten` and the tests apply it after migrating.

wmo_app may read and write rows but owns nothing; the log and the change log it can only add to (veiligheid D3).
"""

from django.db import connection

from wmo_portal.lib.rls import blokken

ALLEEN_TOEVOEGEN = (
    "logboek_gebeurtenis", "logboek_zegel", "logboek_zegelregel", "pghistory_context", "resultaat_bewaarwijziging",
)  # fmt: skip
ALLEEN_LEZEN = ("django_migrations", "logboek_jaaranker")

RECHTEN = """
do $$
declare tabel text;
begin
    if exists (select from pg_roles where rolname = 'wmo_app') then
        grant usage on schema public, wmo_sec to wmo_app;
        grant select, insert, update, delete on all tables in schema public to wmo_app;
        grant usage, select on all sequences in schema public to wmo_app;
        for tabel in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'public' and c.relkind in ('r', 'p')
                and (c.relname like '%event' or c.relname = any(array[{toevoegen}])) loop
            execute format('revoke update, delete, truncate on public.%I from wmo_app', tabel);
        end loop;
        foreach tabel in array array[{lezen}] loop
            execute format('revoke insert, update, delete, truncate on public.%I from wmo_app', tabel);
        end loop;
        -- pghistory completes its own context row when a request learns more about itself.
        grant update on public.pghistory_context to wmo_app;
    end if;
    if exists (select from pg_roles where rolname = 'wmo_backup') then
        grant usage on schema public, wmo_sec to wmo_backup;
        grant select on all tables in schema public, wmo_sec to wmo_backup;
        grant select on all sequences in schema public to wmo_backup;
    end if;
    if exists (select from pg_roles where rolname = 'wmo_auditor') then
        grant usage on schema public, wmo_sec to wmo_auditor;
        grant select on public.logboek_gebeurtenis, public.logboek_zegel, public.logboek_zegelregel,
            public.logboek_jaaranker to wmo_auditor;
    end if;
end $$;
"""

# A session keeps the plan of a trigger from its first use. Made for a form that saves one row, it joins the old rows
# with the new ones by a nested loop; a round of 2,000 rows on that same connection then compares four million pairs
# (measured: 22 seconds instead of 0.1).
GESCHIEDENIS_VAN_VELEN = """
do $$
declare functie regprocedure;
begin
    for functie in select distinct t.tgfoid::regprocedure from pg_trigger t
            where t.tgname like 'pgtrigger\\_update\\_update\\_%' loop
        execute format('alter function %s set enable_nestloop = off', functie);
    end loop;
end $$;
"""


def ken_toe() -> None:
    """Apply the grants and write the key of the signed scope. Runs as wmo_owner; may run as often as you like."""
    ipad, opad = blokken()
    sql = RECHTEN.format(
        toevoegen=", ".join(f"'{naam}'" for naam in ALLEEN_TOEVOEGEN),
        lezen=", ".join(f"'{naam}'" for naam in ALLEEN_LEZEN),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute(GESCHIEDENIS_VAN_VELEN)
        cursor.execute(
            "insert into wmo_sec.sleutel (id, ipad, opad) values (1, %s, %s)"
            " on conflict (id) do update set ipad = excluded.ipad, opad = excluded.opad",
            [ipad, opad],
        )
