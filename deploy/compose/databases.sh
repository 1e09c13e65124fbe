#!/bin/sh
# Databases: one role and one database a service, each closed to the others; PostgreSQL's image runs this once, on empty data.
set -eu

database_of() {
    psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --set name="$1" --set password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

database_of projects "$PROJECTS_PASSWORD"
database_of alliances "$ALLIANCES_PASSWORD"
database_of events "$EVENTS_PASSWORD"
database_of notify "$NOTIFY_PASSWORD"
