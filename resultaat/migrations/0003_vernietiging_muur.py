"""The walls of Suite lists and destruction lists, and what must hold when somebody destroys (R110, docs/adr/0012).

Two people and a thinking time are not for the application to promise: it may be wrong, or be made to be wrong. The
signed scope of the connection says who acts, and the clock is the database's.
"""

from django.db import migrations

from wmo_portal.lib.rls import muur

BEWAAKT = """
create function vernietiging_bewaakt() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'Een vernietigingslijst blijft bewaard.' using errcode = '42501';
    end if;
    if tg_op = 'INSERT' then
        if new.voorgesteld_door_id is distinct from (select wmo_sec.gebruiker()) then
            raise exception 'Wie voorstelt, is wie nu werkt.' using errcode = '42501';
        end if;
        new.status := 'voorgesteld';
        new.voorgesteld_op := clock_timestamp();
        new.bedenktijd_tot_op := new.voorgesteld_op
            + (select make_interval(days => g.bedenktijd_dagen) from organisaties_gemeente g where g.id = new.gemeente_id);
        return new;
    end if;
    if (new.gemeente_id, new.voorgesteld_door_id, new.voorgesteld_op, new.bedenktijd_tot_op, new.aantal)
            is distinct from (old.gemeente_id, old.voorgesteld_door_id, old.voorgesteld_op, old.bedenktijd_tot_op, old.aantal) then
        raise exception 'Een voorstel tot vernietigen verandert niet.' using errcode = '42501';
    end if;
    if old.status = 'voorgesteld' and new.status = 'goedgekeurd' and new.client_ids = old.client_ids then
        if new.goedgekeurd_door_id is distinct from (select wmo_sec.gebruiker())
                or new.goedgekeurd_door_id = old.voorgesteld_door_id then
            raise exception 'Een ander dan wie voorstelde keurt een vernietiging goed.' using errcode = '42501';
        end if;
        if clock_timestamp() < old.bedenktijd_tot_op then
            raise exception 'De bedenktijd van deze vernietiging loopt nog.' using errcode = '42501';
        end if;
        new.goedgekeurd_op := clock_timestamp();
        return new;
    end if;
    if old.status = 'voorgesteld' and new.status = 'ingetrokken' then
        return new;
    end if;
    if old.status = 'goedgekeurd' and new.status = 'vernietigd'
            and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
            and (new.goedgekeurd_door_id, new.goedgekeurd_op) = (old.goedgekeurd_door_id, old.goedgekeurd_op) then
        return new;
    end if;
    raise exception 'Deze stap met een vernietigingslijst bestaat niet.' using errcode = '42501';
end $$;
create trigger bewaakt before insert or update or delete on resultaat_vernietigingslijst
    for each row execute function vernietiging_bewaakt();
"""

# The order is that of dependence, for the eye: the composite keys are checked at the end of the transaction. Only the
# content of a document hangs on a plain key. $1 clients, $2 decisions, $3 allocations, $4 stops, $5 starts, $6 messages,
# $7 documents, $8 marks in reports, $9 forms. tests/resultaat/test_vernietigen.py holds this list against the models.
VERNIETIG = """
create function wmo_sec.vernietig(lijst bigint, clienten bigint[], losse_berichten bigint[], merken text[]) returns jsonb
    language plpgsql security definer set search_path = pg_catalog, public, wmo_sec as $fn$
declare
    l resultaat_vernietigingslijst;
    g organisaties_gemeente;
    wie bigint[]; indexen bytea[]; besch bigint[]; toew bigint[]; stops bigint[]; lev bigint[]; ber bigint[]; docs bigint[];
    toel bigint[];
    stap text[]; aantal bigint; telling jsonb := '{}';
    vandaag date := (clock_timestamp() at time zone 'Europe/Amsterdam')::date;
begin
    if not wmo_sec.systeem() then
        raise exception 'Vernietigen doet het portaal zelf.' using errcode = '42501';
    end if;
    select * into l from resultaat_vernietigingslijst v where v.id = lijst for update;
    if not found or l.status <> 'goedgekeurd' or l.goedgekeurd_door_id = l.voorgesteld_door_id
            or l.goedgekeurd_op < l.bedenktijd_tot_op or not (clienten <@ l.client_ids) then
        raise exception 'Deze vernietiging is niet goedgekeurd.' using errcode = '42501';
    end if;
    select * into g from organisaties_gemeente where id = l.gemeente_id;
    -- Whoever gives one of them a new decision meanwhile waits here, and then finds nobody.
    select coalesce(array_agg(c.id), '{}'), coalesce(array_agg(c.bsn_index), '{}') into wie, indexen
      from (select id, bsn_index from beschikkingen_client
             where id = any(clienten) and gemeente_id = l.gemeente_id order by id for update) c;
    if exists (select from beschikkingen_beschikking b where b.client_id = any(wie) and (b.status = 'lopend'
            or coalesce(b.vernietigen_na_datum, (coalesce(b.einddatum, b.registratiedatum)
               + make_interval(years => g.bewaartermijn_jaren))::date) >= vandaag)) then
        raise exception 'De bewaartermijn van een van deze dossiers is niet voorbij.' using errcode = '42501';
    end if;
    besch := array(select id from beschikkingen_beschikking where client_id = any(wie));
    toew := array(select id from beschikkingen_toewijzing where client_id = any(wie));
    stops := array(select id from stopberichten_stop
        where gemeente_id = l.gemeente_id and (client_id = any(wie) or bsn_index = any(indexen)));
    lev := array(select id from stopberichten_levering
        where gemeente_id = l.gemeente_id and (client_id = any(wie) or bsn_index = any(indexen)));
    ber := array(select b.id from stopberichten_bericht b where b.gemeente_id = l.gemeente_id
            and (b.client_id = any(wie) or b.bsn_index = any(indexen)
                 or (b.id = any(losse_berichten) and b.client_id is null and b.bsn_index is null))
        union select bericht_id from stopberichten_stop where id = any(stops)
        union select bericht_id from stopberichten_levering where id = any(lev));
    toel := array(select id from stopberichten_toelichting where client_id = any(wie));
    docs := array(select id from beschikkingen_document where beschikking_id = any(besch)
        union select document_id from resultaat_evaluatie where beschikking_id = any(besch) and document_id is not null
        union select zorgplan_id from stopberichten_toelichting where id = any(toel) and zorgplan_id is not null);
    foreach stap slice 1 in array array[
        ['resultaat_suiteregel', 'beschikking_id = any($2)'],
        ['resultaat_ronderegel', 'stop_id = any($4)'],
        ['resultaat_herinnering', 'toewijzing_id = any($3)'],
        ['resultaat_termijnvrijstelling', 'toewijzing_id = any($3)'],
        ['resultaat_informatievraag', 'beschikking_id = any($2)'],
        ['resultaat_resultaat', 'toewijzing_id = any($3)'],
        ['resultaat_gesprek', 'beschikking_id = any($2)'],
        ['resultaat_evaluatie', 'beschikking_id = any($2)'],
        ['stopberichten_toelichtingregel', 'toelichting_id = any($9)'],
        ['stopberichten_toelichting', 'id = any($9)'],
        ['stopberichten_stop', 'id = any($4)'],
        ['stopberichten_levering', 'id = any($5)'],
        ['stopberichten_bericht', 'id = any($6)'],
        ['beschikkingen_documentinhoud', 'document_id = any($7)'],
        ['beschikkingen_document', 'id = any($7)'],
        ['beschikkingen_stap', 'toewijzing_id = any($3)'],
        ['beschikkingen_monitoringsmoment', 'beschikking_id = any($2)'],
        ['beschikkingen_toewijzing', 'id = any($3)'],
        ['beschikkingen_beschikking', 'id = any($2)'],
        ['beschikkingen_client', 'id = any($1)'],
        -- The change log comes last: deleting the rows above wrote their former versions into it.
        ['stopberichten_toelichtingevent', 'pgh_obj_id = any($9)'],
        ['stopberichten_stopevent', 'pgh_obj_id = any($4)'],
        ['beschikkingen_toewijzingevent', 'pgh_obj_id = any($3)'],
        ['beschikkingen_beschikkingevent', 'pgh_obj_id = any($2)']] loop
        execute format('delete from %I where %s', stap[1], stap[2]) using wie, besch, toew, stops, lev, ber, docs, merken, toel;
        get diagnostics aantal = row_count;
        telling := telling || jsonb_build_object(stap[1], aantal);
    end loop;
    -- What a provider wrote about one client in its own quarter: the figure stays, the words go.
    update rapportage_opgavecorrectie set reden = 'Vernietigd na de bewaartermijn.'
     where gemeente_id = l.gemeente_id and sleutel = any(merken);
    get diagnostics aantal = row_count;
    telling := telling || jsonb_build_object('rapportage_opgavecorrectie', aantal);
    update resultaat_vernietigingslijst set status = 'vernietigd', vernietigd_op = clock_timestamp(), client_ids = '{}',
           verklaring = verklaring || jsonb_build_object('rijen', telling) where id = lijst;
    return telling;
end $fn$;
revoke all on function wmo_sec.vernietig(bigint, bigint[], bigint[], text[]) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'wmo_app') then
        grant usage on schema wmo_sec to wmo_app;
        grant execute on function wmo_sec.vernietig(bigint, bigint[], bigint[], text[]) to wmo_app;
    end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("resultaat", "0002_muur")]
    operations = [
        muur("resultaat_suitelijst"),
        muur("resultaat_suiteregel"),
        muur("resultaat_vernietigingslijst"),
        migrations.RunSQL(
            BEWAAKT,
            "drop trigger bewaakt on resultaat_vernietigingslijst; drop function vernietiging_bewaakt();",
        ),
        migrations.RunSQL(
            VERNIETIG, "drop function wmo_sec.vernietig(bigint, bigint[], bigint[], text[]);"
        ),
    ]
