"""Is this portal fit to serve?"""

from django.db.migrations.executor import MigrationExecutor

from techniek.opstart import bezwaar


def rol_is_begrensd() -> bool:
    """True when our database role can neither bypass row level security nor own our tables."""
    return not bezwaar()


def gereed(uitvoerder: MigrationExecutor) -> dict[str, bool]:
    return {
        "database": True,
        "gemigreerd": not uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes()),
        "rol_begrensd": rol_is_begrensd(),
    }
