"""Tables that are kept per year: the functions that make the part of a year before it is needed (docs/adr/0080).

The parts stand in a schema of their own where the running portal may not enter: it reads and writes through the table,
and with that through its wall. What fits no year that was made goes to the part `_rest`: nothing is refused.
"""

from django.db import migrations

FUNCTIES = """
create schema if not exists wmo_delen;
revoke all on schema wmo_delen from public;

-- Whoever gets into the schema all the same still stands before a wall.
create function wmo_sec.sluit_deel(deel regclass) returns void
    language plpgsql set search_path = pg_catalog as $$
begin
    execute format('alter table %s enable row level security', deel);
    execute format('alter table %s force row level security', deel);
    execute format('create policy systeem on %s using ((select wmo_sec.systeem()))', deel);
    if exists (select from pg_roles where rolname = 'wmo_backup') then
        grant usage on schema wmo_delen to wmo_backup;
        execute format('grant select on %s to wmo_backup', deel);
    end if;
end $$;

-- By which column a table is kept per year; nothing for another table.
create function wmo_sec.jaarkolom(tabel regclass) returns name
    language sql stable set search_path = pg_catalog as $$
    select a.attname from pg_partitioned_table p
      join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
     where p.partrelid = tabel and p.partstrat = 'r'
$$;

create function wmo_sec.begin_van_jaar(jaar int) returns timestamptz
    language sql immutable set search_path = pg_catalog as $$
    select make_timestamptz(jaar, 1, 1, 0, 0, 0, 'Europe/Amsterdam')
$$;

-- The part of one year; what waited in `_rest` moves in. Answers how many rows moved, or null when it was there.
create function wmo_sec.maak_jaardeel(tabel regclass, jaar int) returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    naam text := (select relname from pg_class where oid = tabel);
    kolom name := wmo_sec.jaarkolom(tabel);
    deel text := format('wmo_delen.%I', naam || '_' || jaar);
    rest text := format('wmo_delen.%I', naam || '_rest');
    van timestamptz := wmo_sec.begin_van_jaar(jaar);
    tot timestamptz := wmo_sec.begin_van_jaar(jaar + 1);
    aantal bigint;
begin
    if to_regclass(deel) is not null then
        return null;
    end if;
    execute format('create table %s (like %s including defaults including constraints including storage)', deel, tabel);
    execute format('lock table %s in access exclusive mode', rest);
    execute format('insert into %s select * from %s where %I >= %L and %I < %L', deel, rest, kolom, van, kolom, tot);
    get diagnostics aantal = row_count;
    if aantal > 0 then
        execute format('delete from %s where %I >= %L and %I < %L', rest, kolom, van, kolom, tot);
    end if;
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', tabel, deel, van, tot);
    perform wmo_sec.sluit_deel(deel::regclass);
    return aantal;
end $$;

-- This year, the next one, and every year of which something waits in `_rest`. May run as often as you like; whoever
-- reads or writes waits two seconds for it at most, and then it is done at the next turn.
create function wmo_sec.houd_jaardelen_bij() returns table (deel text, verplaatst bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as $$
declare
    tabel regclass; jaar int; jaren int[]; nu int := extract(year from clock_timestamp() at time zone 'Europe/Amsterdam');
begin
    perform pg_advisory_xact_lock(7305302);
    for tabel in select p.partrelid from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
            where c.relnamespace = 'public'::regnamespace order by c.relname loop
        execute format(
            'select array_agg(distinct extract(year from %I at time zone ''Europe/Amsterdam'')::int) from wmo_delen.%I',
            wmo_sec.jaarkolom(tabel), (select relname from pg_class where oid = tabel) || '_rest') into jaren;
        for jaar in select distinct j from unnest(array[nu, nu + 1] || jaren) j where j between 1990 and 2200 order by j loop
            verplaatst := wmo_sec.maak_jaardeel(tabel, jaar);
            deel := (select relname from pg_class where oid = tabel) || '_' || jaar;
            if verplaatst is not null then
                return next;
            end if;
        end loop;
    end loop;
end $$;

-- The years of a table that have a part, oldest first.
create function wmo_sec.jaren_van(tabel regclass) returns setof int
    language sql stable set search_path = pg_catalog as $$
    select substring(c.relname from '_(\\d{4})$')::int from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = tabel and c.relname ~ '_\\d{4}$' order by 1
$$;

revoke all on function wmo_sec.sluit_deel(regclass) from public;
revoke all on function wmo_sec.maak_jaardeel(regclass, int) from public;
revoke all on function wmo_sec.houd_jaardelen_bij() from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'wmo_app') then
        grant usage on schema wmo_sec to wmo_app;
        grant execute on function wmo_sec.houd_jaardelen_bij() to wmo_app;
    end if;
end $$;
"""

TERUG = """
drop function wmo_sec.jaren_van(regclass);
drop function wmo_sec.houd_jaardelen_bij();
drop function wmo_sec.maak_jaardeel(regclass, int);
drop function wmo_sec.begin_van_jaar(int);
drop function wmo_sec.jaarkolom(regclass);
drop function wmo_sec.sluit_deel(regclass);
drop schema wmo_delen;
"""


class Migration(migrations.Migration):
    dependencies = [("techniek", "0003_teller")]
    operations = [migrations.RunSQL(FUNCTIES, TERUG)]
