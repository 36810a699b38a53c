"""The table behind Django's cache: counters of log-in attempts and used codes.

In PostgreSQL and not in Redis: emptying the broker gives nobody new tries, and all web processes count together.
"""

from django.db import migrations

TABEL = """
create table techniek_teller (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamp with time zone not null
);
create index techniek_teller_expires on techniek_teller (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("techniek", "0002_initial")]
    operations = [migrations.RunSQL(TABEL, "drop table techniek_teller")]
