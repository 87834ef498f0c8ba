"""Back up an installation, and prove that the backup can be restored.

    .venv/bin/python deploy/backup.py make /var/backups/heard
    .venv/bin/python deploy/backup.py check /var/backups/heard/2026-11-21T030000
    .venv/bin/python deploy/backup.py restore /var/backups/heard/2026-11-21T030000 --data /srv/heard

`make` reads the same settings as Heard (HEARD_DATA, DATABASE_URL). A backup is a folder with the database as
pg_dump writes it, the files that customers sent, and a list of what must be in it. The secrets are not in it:
keep the folder `secrets` of the data directory somewhere else, or the inboxes have to be connected anew.

`check` loads the backup into a PostgreSQL of its own, counts every row, and, given the secrets with
--secrets, opens one inbox's credentials. A backup that nobody has checked is a hope.

`restore` fills the embedded PostgreSQL of a data directory that has no database yet.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from cryptography.fernet import Fernet, MultiFernet
from psycopg import sql

from heard.embedded import EmbeddedPostgres, EmbeddedPostgresFailed, address, binaries
from heard.env import env

NAMED_AFTER = "%Y-%m-%dT%H%M%S"
SPARING = {"shared_buffers": "32MB", "fsync": "off"}


class BackupFailed(Exception):
    """The backup was not made, or it is not good. The message tells why."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Back up Heard, and check a backup.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="make a backup in this folder")
    making.add_argument("folder", type=Path)
    making.add_argument("--keep-days", type=int, default=14, help="remove older ones (14)")
    checking = commands.add_parser("check", help="load a backup elsewhere and compare")
    checking.add_argument("backup", type=Path)
    checking.add_argument("--secrets", type=Path, help="the folder with the credential keys of that time")
    restoring = commands.add_parser("restore", help="restore into a data directory without a database")
    restoring.add_argument("backup", type=Path)
    restoring.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        if arguments.command == "make":
            print(make(arguments.folder, now=datetime.now(UTC)))
            forget(arguments.folder, older_than=datetime.now(UTC) - timedelta(days=arguments.keep_days))
        elif arguments.command == "check":
            print(check(arguments.backup, secrets=arguments.secrets))
        else:
            restore_into(arguments.data, arguments.backup)
    except (BackupFailed, EmbeddedPostgresFailed, psycopg.Error, OSError) as failed:
        sys.exit(f"Backup failed: {failed}")


def make(folder: Path, *, now: datetime) -> Path:
    """Write a backup and return where it is. What is half done has another name until it is whole."""
    whole = folder / now.strftime(NAMED_AFTER)
    draft = whole.with_suffix(".part")
    draft.mkdir(parents=True, mode=0o700)
    with psycopg.connect(env().database_url) as connection:
        # One snapshot for the dump and the count: they agree while customers go on writing.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None
        _run("pg_dump", "--format=custom", "--no-comments", f"--snapshot={snapshot[0]}",
             f"--file={draft / 'database.dump'}", env().database_url)  # fmt: skip
        counted = count_rows(connection)
    with tarfile.open(draft / "media.tar.gz", "w:gz") as archive:
        if (env().data / "media").exists():
            archive.add(env().data / "media", arcname="media")
    (draft / "contents.json").write_text(json.dumps({"made": now.isoformat(), "rows": counted}, indent=1))
    draft.rename(whole)
    return whole


def forget(folder: Path, *, older_than: datetime) -> None:
    """Remove backups of before then. Other things in the folder stay."""
    for backup in folder.iterdir():
        try:
            made = datetime.strptime(backup.name, NAMED_AFTER).replace(tzinfo=UTC)
        except ValueError:
            continue
        if made < older_than:
            shutil.rmtree(backup)


def check(backup: Path, *, secrets: Path | None) -> str:
    """Restore the backup into a new PostgreSQL and say what was found there. Raises BackupFailed."""
    expected = json.loads((backup / "contents.json").read_text())["rows"]
    with tempfile.TemporaryDirectory(prefix="heard-restore-") as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres", SPARING)
        server.start()
        try:
            restore(backup, server)
            with psycopg.connect(address(server.folder)) as connection:
                _compare(expected, count_rows(connection))
                opened = _open_one(connection, secrets) if secrets is not None else "not tried"
        finally:
            server.stop()
    with tarfile.open(backup / "media.tar.gz") as archive:
        files = sum(member.isfile() for member in archive)
    return (
        f"Good: {sum(expected.values())} rows in {len(expected)} tables, {files} files, credentials {opened}."
    )


def restore_into(data: Path, backup: Path) -> None:
    """Make the data directory what it was, but for the secrets. Raises BackupFailed if it has a database."""
    if (data / "postgres").exists():
        raise BackupFailed(f"{data / 'postgres'} exists already. Move it aside first.")
    server = EmbeddedPostgres(data / "postgres")
    server.start()
    try:
        restore(backup, server)
    finally:
        server.stop()
    with tarfile.open(backup / "media.tar.gz") as archive:
        archive.extractall(data, filter="data")


def restore(backup: Path, server: EmbeddedPostgres) -> None:
    """Load the dump into the empty database of a running server, as the role that Heard runs as."""
    # The extensions are there already, made by the superuser, and the app's role may not make them.
    listed = _run("pg_restore", "--list", str(backup / "database.dump"))
    wanted = [line for line in listed.splitlines() if " EXTENSION " not in line]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(wanted))
        chosen.flush()
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--use-list={chosen.name}",
             f"--dbname={address(server.folder)}", str(backup / "database.dump"))  # fmt: skip


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Count every row of every table of ours."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    counted = {}
    for (table,) in tables:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counted[table] = 0 if row is None else int(row[0])
    return counted


def _compare(expected: dict[str, int], found: dict[str, int]) -> None:
    different = [
        f"{table}: {expected.get(table, 0)} backed up, {found.get(table, 0)} restored"
        for table in sorted(expected.keys() | found.keys())
        if expected.get(table) != found.get(table)
    ]
    if different:
        raise BackupFailed("the restored database differs.\n" + "\n".join(different))


def _open_one(connection: psycopg.Connection[Any], secrets: Path) -> str:
    row = connection.execute("SELECT sealed FROM inboxes_inboxsecret LIMIT 1").fetchone()
    if row is None:
        return "none stored"
    keys = (secrets / "credential_keys").read_text().replace(",", " ").split()
    MultiFernet([Fernet(key) for key in keys]).decrypt(bytes(row[0]))
    return "opened"


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [str(binaries() / program), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode != 0:
        raise BackupFailed(f"{program} said: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
