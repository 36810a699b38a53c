"""The log and the hashes of its lines per year, so that a year whose term is over goes at once (docs/adr/0080).

What stands there is carried over, line by line and number by number. Of a year that went an anchor stays: how many
lines and seals there were, and the last seal, on which the next year hangs.
"""

import django.db.models.functions.datetime
from django.db import migrations, models

from wmo_portal.lib.rls import muur

REGELS = """
alter table logboek_gebeurtenis rename to logboek_gebeurtenis_oud;
alter table logboek_gebeurtenis_oud drop constraint logboek_gebeurtenis_pkey;
drop index gebeurtenis_client, gebeurtenis_object, gebeurtenis_gemeente;
create sequence logboek_regelnummer as bigint;
select setval('logboek_regelnummer', nextval('logboek_gebeurtenis_id_seq'), false);
alter table logboek_gebeurtenis_oud alter column id drop identity;
alter sequence logboek_regelnummer rename to logboek_gebeurtenis_id_seq;

create table logboek_gebeurtenis (like logboek_gebeurtenis_oud including constraints, primary key (id, op))
    partition by range (op);
alter table logboek_gebeurtenis alter column id set default nextval('logboek_gebeurtenis_id_seq');
alter sequence logboek_gebeurtenis_id_seq owned by logboek_gebeurtenis.id;
create index gebeurtenis_client on logboek_gebeurtenis (client_index, op desc);
create index gebeurtenis_object on logboek_gebeurtenis (object_kenmerk, op desc);
create index gebeurtenis_gemeente on logboek_gebeurtenis (gemeente_id, op desc);
create table wmo_delen.logboek_gebeurtenis_rest partition of logboek_gebeurtenis default;
select wmo_sec.sluit_deel('wmo_delen.logboek_gebeurtenis_rest');

alter table logboek_zegelregel rename to logboek_zegelregel_oud;
alter table logboek_zegelregel_oud drop constraint logboek_zegelregel_pkey;
create table logboek_zegelregel (
    gebeurtenis_id bigint not null,
    hash bytea not null,
    zegel_id bigint not null,
    gezet_op timestamptz not null default statement_timestamp(),
    primary key (gebeurtenis_id, gezet_op)
) partition by range (gezet_op);
create index zegelregel_zegel on logboek_zegelregel (zegel_id);
create table wmo_delen.logboek_zegelregel_rest partition of logboek_zegelregel default;
select wmo_sec.sluit_deel('wmo_delen.logboek_zegelregel_rest');
"""

# The parts of the years that are there already first, so that each row is written once.
OVERNEMEN = """
select wmo_sec.maak_jaardeel('logboek_gebeurtenis', jaar) from (
    select distinct extract(year from op at time zone 'Europe/Amsterdam')::int as jaar from logboek_gebeurtenis_oud) j
 where jaar between 1990 and 2200;
select wmo_sec.maak_jaardeel('logboek_zegelregel', jaar) from (
    select distinct extract(year from gezet_op at time zone 'Europe/Amsterdam')::int as jaar from logboek_zegel) j
 where jaar between 1990 and 2200;
select wmo_sec.houd_jaardelen_bij();
insert into logboek_gebeurtenis select * from logboek_gebeurtenis_oud;
insert into logboek_zegelregel (gebeurtenis_id, hash, zegel_id, gezet_op)
    select r.gebeurtenis_id, r.hash, r.zegel_id, z.gezet_op
      from logboek_zegelregel_oud r join logboek_zegel z on z.id = r.zegel_id;
drop table logboek_gebeurtenis_oud;
drop table logboek_zegelregel_oud;
analyze logboek_gebeurtenis;
analyze logboek_zegelregel;
"""

MUUR = """
alter table logboek_gebeurtenis enable row level security;
alter table logboek_gebeurtenis force row level security;
create policy lezen on logboek_gebeurtenis for select using (
    (select wmo_sec.systeem())
    or gemeente_id = any((select wmo_sec.gemeenten())::int[])
    or aanbieder_id = any((select wmo_sec.aanbieders())::int[])
    or actor_id = (select wmo_sec.gebruiker()));
create policy schrijven on logboek_gebeurtenis for insert with check (true);
create policy opruimen on logboek_gebeurtenis for delete using (
    (select wmo_sec.systeem()) and current_setting('wmo.logtermijn', true) = 'voorbij');
create trigger onveranderlijk before update or delete on logboek_gebeurtenis
    for each statement execute function logboek_onveranderlijk();
alter table logboek_zegelregel enable row level security;
alter table logboek_zegelregel force row level security;
create policy werkbereik on logboek_zegelregel
    using ((select wmo_sec.systeem())) with check ((select wmo_sec.systeem()));
create trigger onveranderlijk before update or delete on logboek_zegelregel
    for each statement execute function logboek_onveranderlijk();
"""

OPRUIMEN = """
-- Whole days: a line and its seal are both older than the term before the line may go.
create function wmo_sec.logtermijn_tot(jaren int) returns timestamptz
    language sql stable set search_path = pg_catalog as $$
    select date_trunc('day', clock_timestamp() - make_interval(years => jaren), 'Europe/Amsterdam')
$$;

create or replace function wmo_sec.vernietig_logregels(jaren int, hoogstens int) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, wmo_sec as $$
declare aantal bigint;
begin
    if not wmo_sec.systeem() or jaren < 1 then
        raise exception 'Het logboek opruimen doet het portaal zelf, na minstens een jaar.' using errcode = '42501';
    end if;
    perform set_config('wmo.logtermijn', 'voorbij', true);
    delete from logboek_gebeurtenis g where (g.id, g.op) in (
        select r.id, r.op from logboek_gebeurtenis r join logboek_zegelregel z on z.gebeurtenis_id = r.id
         where r.op < wmo_sec.logtermijn_tot(jaren) and z.gezet_op < wmo_sec.logtermijn_tot(jaren)
         order by r.id limit hoogstens);
    get diagnostics aantal = row_count;
    perform set_config('wmo.logtermijn', '', true);
    return aantal;
end $$;

-- The oldest whole year whose term is over: its lines and their hashes go, its anchor stays. Answers the year, or null.
-- It waits for a line that has no seal, or that was sealed after the term.
create function wmo_sec.vernietig_logjaar(jaren int) returns int
    language plpgsql security definer set search_path = pg_catalog, public, wmo_sec set lock_timeout = '2s' as $$
declare
    jaar int; van timestamptz; tot timestamptz; grens timestamptz := wmo_sec.logtermijn_tot(jaren);
begin
    if not wmo_sec.systeem() or jaren < 1 then
        raise exception 'Het logboek opruimen doet het portaal zelf, na minstens een jaar.' using errcode = '42501';
    end if;
    perform pg_advisory_xact_lock(7305301);  -- nobody seals meanwhile
    select min(j) into jaar from (
        select wmo_sec.jaren_van('logboek_gebeurtenis') union select wmo_sec.jaren_van('logboek_zegelregel')) d(j);
    van := wmo_sec.begin_van_jaar(jaar);
    tot := wmo_sec.begin_van_jaar(jaar + 1);
    if jaar is null or tot > grens
            or exists (select from logboek_gebeurtenis where op < van)
            or exists (select from logboek_gebeurtenis g where g.op < tot and not exists (
                select from logboek_zegelregel z where z.gebeurtenis_id = g.id and z.gezet_op < grens))
            or exists (select from logboek_zegelregel z join logboek_gebeurtenis g on g.id = z.gebeurtenis_id
                        where z.gezet_op < tot and g.op >= tot) then
        return null;
    end if;
    insert into logboek_jaaranker (jaar, zegels, regels, laatste, hash, vernietigd_op)
        select extract(year from van at time zone 'Europe/Amsterdam'), count(*), sum(aantal), max(id),
               (array_agg(hash order by id desc))[1], clock_timestamp()
          from logboek_zegel where gezet_op >= van and gezet_op < tot having count(*) > 0;
    execute format('drop table if exists wmo_delen.%I', 'logboek_gebeurtenis_' || jaar);
    execute format('drop table if exists wmo_delen.%I', 'logboek_zegelregel_' || jaar);
    return jaar;
end $$;
revoke all on function wmo_sec.vernietig_logjaar(int) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'wmo_app') then
        grant execute on function wmo_sec.vernietig_logjaar(int) to wmo_app;
    end if;
end $$;
"""
ANKER_VAST = """
create trigger onveranderlijk before update or delete on logboek_jaaranker
    for each statement execute function logboek_onveranderlijk();
"""


class Migration(migrations.Migration):
    dependencies = [("logboek", "0005_termijn"), ("techniek", "0004_jaardelen")]
    # tests/huis/test_migraties.py asks for this.
    oude_code = "The tables come back under their own names in the same transaction, and the new column has a default."
    operations = [
        migrations.CreateModel(
            name="Jaaranker",
            fields=[
                ("jaar", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("zegels", models.PositiveIntegerField()),
                ("regels", models.PositiveBigIntegerField()),
                ("laatste", models.BigIntegerField(help_text="Nummer van het laatste zegel van dat jaar.")),
                ("hash", models.BinaryField(
                    help_text="Dat zegel; het eerste van het volgende jaar hangt eraan.", max_length=32)),
                ("vernietigd_op", models.DateTimeField()),
            ],
        ),
        muur("logboek_jaaranker", gemeente=""),
        migrations.RunSQL(ANKER_VAST, "drop trigger onveranderlijk on logboek_jaaranker"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(REGELS), migrations.RunSQL(OVERNEMEN), migrations.RunSQL(MUUR),
                migrations.RunSQL(OPRUIMEN),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="zegelregel",
                    name="gezet_op",
                    field=models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="Van het zegel."),
                ),
                migrations.AlterField(
                    model_name="zegelregel",
                    name="zegel",
                    field=models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=models.deletion.PROTECT, related_name="regels",
                        to="logboek.zegel",
                    ),
                ),
                migrations.AddIndex(
                    model_name="zegelregel",
                    index=models.Index(fields=["zegel"], name="zegelregel_zegel"),
                ),
            ],
        ),
    ]  # fmt: skip
