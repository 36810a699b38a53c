"""The functions that row level security asks. Runs as wmo_owner, first of all. Grants: `techniek.rechten`."""

from django.db import migrations

FUNCTIES = """
create schema if not exists wmo_sec;

-- The key of the signed scope, as the two padded blocks of HMAC-SHA256. Nobody but the owner reads it;
-- `manage.py inrichten` writes it.
create table if not exists wmo_sec.sleutel (id smallint primary key, ipad bytea not null, opad bytea not null);
revoke all on wmo_sec.sleutel from public;

create or replace function wmo_sec.context() returns text[]
    language plpgsql stable security definer set search_path = pg_catalog, wmo_sec as $$
declare
    regel text := current_setting('wmo.context', true);
    delen text[];
    blok wmo_sec.sleutel;
begin
    if regel is null or regel = '' then
        raise exception 'Er is geen werkbereik gezet voor deze verbinding.' using errcode = '42501';
    end if;
    delen := string_to_array(regel, '|');
    if array_length(delen, 1) is distinct from 7 then
        raise exception 'Het werkbereik heeft niet de juiste vorm.' using errcode = '42501';
    end if;
    select s.* into blok from wmo_sec.sleutel s where s.id::text = delen[1];
    if not found or delen[7] is distinct from encode(sha256(blok.opad || sha256(
            blok.ipad || convert_to(array_to_string(delen[1:6], '|', ''), 'UTF8'))), 'hex') then
        raise exception 'De handtekening van het werkbereik klopt niet.' using errcode = '42501';
    end if;
    if delen[6]::bigint < extract(epoch from clock_timestamp()) then
        raise exception 'Het werkbereik is verlopen.' using errcode = '42501';
    end if;
    return delen;
end $$;

create or replace function wmo_sec.systeem() returns boolean
    language sql stable as $$ select (wmo_sec.context())[2] = 'systeem' $$;
create or replace function wmo_sec.gemeenten() returns int[]
    language sql stable as $$ select string_to_array((wmo_sec.context())[3], ',')::int[] $$;
create or replace function wmo_sec.aanbieders() returns int[]
    language sql stable as $$ select string_to_array((wmo_sec.context())[4], ',')::int[] $$;
create or replace function wmo_sec.gebruiker() returns bigint
    language sql stable as $$ select (wmo_sec.context())[5]::bigint $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # Exclusion constraints need btree_gist; every wall needs wmo_sec.
    run_before = [("organisaties", "0001_initial"), ("logboek", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIES, "drop schema wmo_sec cascade"),
        migrations.RunSQL(
            "create extension if not exists btree_gist; create extension if not exists pg_trgm;", migrations.RunSQL.noop
        ),
    ]
