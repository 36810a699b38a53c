"""The row in which the round hands its decisions from the statement that reads to those that write (`ronde_sql`).

A type, not a table: nothing is kept. A temporary table would do too, but the portal's role may not make any.
"""

from django.db import migrations

TYPE = """
create type resultaat_rondebesluit as (
    id bigint, versie xid, gemeente_id bigint, aanbieder_id bigint, toewijzing_id bigint, beschikking_id bigint,
    formulier_id bigint, trede_id bigint, einddatum date, vorig_oordeel text, vorige_regel text,
    verdict text, regel text, klaar boolean, anders boolean, resultaat_id bigint, kenmerk uuid, sluit boolean);
comment on type resultaat_rondebesluit is 'klaar: settles the stop; anders: the row of the stop changes;
resultaat_id, kenmerk: of the result it gets; sluit: closes the toewijzing';
"""


class Migration(migrations.Migration):
    dependencies = [("resultaat", "0004_minder_indexen")]
    operations = [migrations.RunSQL(TYPE, "drop type resultaat_rondebesluit")]
