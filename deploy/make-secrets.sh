#!/bin/sh
# Makes deploy/secrets for compose.yaml. Secrets that are there already stay as they are.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
# Nobody but you enters the folder; inside, the containers' users have to read the files.
chmod 700 secrets

keep() {
    [ -e "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"
    chmod 644 "secrets/$1"
}
random() {
    head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'
}

keep superuser_password "$(random 30)"
keep app_password "$(random 30)"
keep database_url "postgresql://heard:$(cat secrets/app_password)@postgres/heard"
keep secret_key "$(random 48)"
keep credential_keys "$(random 32)"
keep mail_url ""
echo "The secrets are in $(pwd)/secrets. Keep a copy of credential_keys apart from the backups of the database."
