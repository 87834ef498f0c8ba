#!/bin/sh
# Runs once, as the superuser, when the database is made: the role that Heard runs as, its database, the extensions.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$(cat /run/secrets/app_password)" --dbname=postgres <<'SQL'
CREATE ROLE heard LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE heard OWNER heard;
SQL
psql --set=ON_ERROR_STOP=1 --dbname=heard <<'SQL'
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION vector;
SQL
