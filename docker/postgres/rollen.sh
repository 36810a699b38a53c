#!/bin/sh
# Make the four roles and the database, and give the roles their passwords from the environment. Runs at every
# `docker compose up`, so a changed password or a new role needs nothing by hand. PGHOST, PGUSER and PGPASSWORD
# lead to the server as superuser; the passwords never stand on a command line.
set -eu
for naam in WMO_OWNER_WACHTWOORD WMO_APP_WACHTWOORD WMO_BACKUP_WACHTWOORD WMO_AUDITOR_WACHTWOORD; do
    eval "waarde=\${$naam:-}"
    [ -n "$waarde" ] || { echo "$naam ontbreekt: zet het in docker/productie.env (zie docs/productie.md)." >&2; exit 1; }
done
psql -X -q -v ON_ERROR_STOP=1 -d postgres -f "${ROLLEN_SQL:-/wmo/rollen.sql}"
psql -X -q -v ON_ERROR_STOP=1 -d postgres <<'SQL'
\getenv eigenaar WMO_OWNER_WACHTWOORD
\getenv app WMO_APP_WACHTWOORD
\getenv backup WMO_BACKUP_WACHTWOORD
\getenv auditor WMO_AUDITOR_WACHTWOORD
ALTER ROLE wmo_owner PASSWORD :'eigenaar';
ALTER ROLE wmo_app PASSWORD :'app';
ALTER ROLE wmo_backup PASSWORD :'backup';
ALTER ROLE wmo_auditor PASSWORD :'auditor';
SQL
