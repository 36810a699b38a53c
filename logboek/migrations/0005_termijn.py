"""A line of the log may go when its own term is over, and then only by this function (R110, docs/adr/0012).

The seals keep the hash of each line, so the chain still holds; who looks it over says until which day lines may be gone.
"""

from django.db import migrations

TERMIJN = """
create or replace function logboek_onveranderlijk() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and tg_relid = 'logboek_gebeurtenis'::regclass
            and current_setting('wmo.logtermijn', true) = 'voorbij'
            and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return null;
    end if;
    raise exception 'Een regel van het logboek kan niet worden veranderd of verwijderd.' using errcode = '42501';
end $$;

create policy opruimen on logboek_gebeurtenis for delete using (
    (select wmo_sec.systeem()) and current_setting('wmo.logtermijn', true) = 'voorbij');

-- Only sealed lines, at most `hoogstens` a time so that nobody waits long for it. Answers how many went.
create function wmo_sec.vernietig_logregels(jaren int, hoogstens int) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, wmo_sec as $$
declare aantal bigint;
begin
    if not wmo_sec.systeem() or jaren < 1 then
        raise exception 'Het logboek opruimen doet het portaal zelf, na minstens een jaar.' using errcode = '42501';
    end if;
    perform set_config('wmo.logtermijn', 'voorbij', true);
    delete from logboek_gebeurtenis g where g.id in (
        select r.id from logboek_gebeurtenis r join logboek_zegelregel z on z.gebeurtenis_id = r.id
         where r.op < clock_timestamp() - make_interval(years => jaren) order by r.id limit hoogstens);
    get diagnostics aantal = row_count;
    perform set_config('wmo.logtermijn', '', true);
    return aantal;
end $$;
revoke all on function wmo_sec.vernietig_logregels(int, int) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'wmo_app') then
        grant execute on function wmo_sec.vernietig_logregels(int, int) to wmo_app;
    end if;
end $$;
"""
TERUG = """
drop function wmo_sec.vernietig_logregels(int, int);
drop policy opruimen on logboek_gebeurtenis;
create or replace function logboek_onveranderlijk() returns trigger language plpgsql as $$
begin
    raise exception 'Een regel van het logboek kan niet worden veranderd of verwijderd.' using errcode = '42501';
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("logboek", "0004_zegel_muur"), ("techniek", "0001_muur")]
    operations = [migrations.RunSQL(TERMIJN, TERUG)]
