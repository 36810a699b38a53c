"""Is this portal fit to serve?"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def rol_is_begrensd() -> bool:
    """True when our database role can neither bypass row level security nor owns our tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.rolsuper or r.rolbypassrls or exists ("
            " select from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where c.relowner = r.oid and c.relkind = 'r' and n.nspname = 'public')"
            " from pg_roles r where r.rolname = current_user"
        )
        rij = cursor.fetchone()
    return bool(rij) and not rij[0]


def gereed(uitvoerder: MigrationExecutor) -> dict[str, bool]:
    return {
        "database": True,
        "gemigreerd": not uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes()),
        "rol_begrensd": rol_is_begrensd(),
    }
