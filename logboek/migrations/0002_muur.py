"""Everybody may add a line; reading is for the owners of the line, the actor and the system. Nobody changes one."""

from django.db import migrations

MUUR = """
alter table logboek_gebeurtenis enable row level security;
alter table logboek_gebeurtenis force row level security;
create policy lezen on logboek_gebeurtenis for select using (
    (select wmo_sec.systeem())
    or gemeente_id = any((select wmo_sec.gemeenten())::int[])
    or aanbieder_id = any((select wmo_sec.aanbieders())::int[])
    or actor_id = (select wmo_sec.gebruiker()));
create policy schrijven on logboek_gebeurtenis for insert with check (true);

create function logboek_onveranderlijk() returns trigger language plpgsql as $$
begin
    raise exception 'Een regel van het logboek kan niet worden veranderd of verwijderd.' using errcode = '42501';
end $$;
create trigger onveranderlijk before update or delete on logboek_gebeurtenis
    for each statement execute function logboek_onveranderlijk();
"""


class Migration(migrations.Migration):
    dependencies = [("logboek", "0001_initial"), ("techniek", "0001_muur")]
    operations = [
        migrations.RunSQL(
            MUUR,
            "drop trigger onveranderlijk on logboek_gebeurtenis; drop function logboek_onveranderlijk();"
            "drop policy schrijven on logboek_gebeurtenis; drop policy lezen on logboek_gebeurtenis;"
            "alter table logboek_gebeurtenis no force row level security;"
            "alter table logboek_gebeurtenis disable row level security;",
        )
    ]
