"""The running portal refuses a database role that could climb over the wall (veiligheid threat 3, D1).

A superuser and a role with BYPASSRLS see every row; the owner of a table may take its wall down. Web and worker call
`bewaak()`; `manage.py inrichten`, which migrates, does not.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections
from django.db.backends.signals import connection_created

# session_user too: what SET ROLE took away, RESET ROLE gives back. MEMBER: what SET ROLE could reach.
_MACHT = """
select r.rolname,
       case when r.rolsuper then 'is superuser'
            when r.rolbypassrls then 'mag de rijbeveiliging overslaan (BYPASSRLS)'
            when exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                          where n.nspname = 'public' and c.relkind in ('r', 'p')
                            and pg_has_role(r.oid, c.relowner, 'MEMBER'))
            then 'is eigenaar van de tabellen'
       end
  from pg_roles r where r.rolname in (current_user, session_user)
"""


class TeVeelMacht(ImproperlyConfigured):
    """The portal would run as somebody who can see through the second wall."""


def bezwaar(verbinding: Any = connection) -> str:
    """Why this connection may not serve people, as a sentence; empty when it may."""
    with verbinding.cursor() as cursor:
        cursor.execute(_MACHT)
        te_veel = [(naam, wat) for naam, wat in cursor.fetchall() if wat]
    if not te_veel:
        return ""
    naam, wat = te_veel[0]
    return (
        f"Het portaal start niet: de databaserol {naam} {wat}. Daarmee werkt de scheiding tussen gemeenten en "
        "aanbieders niet. Zet in DATABASE_URL (en DATABASE_REPLICA_URL) de rol wmo_app (zie docs/productie.md)."
    )


def controleer(verbinding: Any = connection) -> None:
    """Raises TeVeelMacht."""
    if zin := bezwaar(verbinding):
        raise TeVeelMacht(zin)


def _nieuwe_verbinding(connection: Any, **_: object) -> None:
    controleer(connection)


def bewaak() -> None:
    """Check now, and at each new connection: a password file may change while we run.

    A database that does not answer yet is no objection: nothing can be read until a connection is made.
    """
    connection_created.connect(_nieuwe_verbinding, dispatch_uid="techniek.opstart")
    for verbinding in connections.all():
        try:
            controleer(verbinding)
        except OperationalError:
            continue
        finally:
            verbinding.close()
