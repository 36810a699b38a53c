-- The four database roles and the database, for the embedded server, for the tests and for docker-compose alike.
-- Run by psql as superuser; may run as often as you like. Passwords are no part of it: the embedded server has
-- none (its socket stands in a folder only its owner can enter) and docker/postgres/rollen.sh sets them.
-- Rights on tables are given by the migrations, so that a test database has the same ones.

SELECT format('CREATE ROLE %I', naam)
  FROM unnest(ARRAY['wmo_owner', 'wmo_app', 'wmo_backup', 'wmo_auditor']) AS naam
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = naam)
\gexec

-- wmo_owner: owns and migrates the tables; row level security is FORCEd on it. CREATEDB is for tests and restore drills.
ALTER ROLE wmo_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- wmo_app: the running portal. Owns nothing and bypasses nothing.
ALTER ROLE wmo_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- wmo_backup: pg_dump; sees every row and writes none.
ALTER ROLE wmo_backup LOGIN BYPASSRLS NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION;
ALTER ROLE wmo_backup SET default_transaction_read_only = on;
GRANT pg_read_all_data TO wmo_backup;
-- wmo_auditor: reads the log, by grants in the migrations.
ALTER ROLE wmo_auditor LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE wmo_auditor SET default_transaction_read_only = on;

-- The owner may look through the eyes of the app (SET ROLE, for tests and checks) but inherits no policy from it.
GRANT wmo_app TO wmo_owner WITH INHERIT FALSE, SET TRUE;

SELECT 'CREATE DATABASE wmo_portal OWNER wmo_owner TEMPLATE template0 ENCODING ''UTF8'''
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'wmo_portal')
\gexec
REVOKE ALL ON DATABASE wmo_portal FROM PUBLIC;
GRANT CONNECT ON DATABASE wmo_portal TO wmo_app, wmo_backup, wmo_auditor;
