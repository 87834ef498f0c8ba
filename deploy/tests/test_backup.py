"""A backup is made with pg_dump from the running database, and restored with pg_restore into another."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import backup

from heard.accounts.models import User
from heard.embedded import EmbeddedPostgres
from heard.env import env

NIGHT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.first]


def test_a_backup_restores_with_every_row(tmp_path: Path) -> None:
    User.objects.create_user("bea@example.com")
    (env().data / "media").mkdir(parents=True, exist_ok=True)
    (env().data / "media" / "parcel.jpg").write_bytes(b"picture")

    made = backup.make(tmp_path, now=NIGHT)
    found = backup.check(made, secrets=None)

    assert json.loads((made / "contents.json").read_text())["rows"]["accounts_user"] == 1
    assert found.startswith("Good:")
    files = [file for file in (env().data / "media").rglob("*") if file.is_file()]
    assert f" {len(files)} files" in found


def test_a_restored_data_directory_has_everything(tmp_path: Path) -> None:
    User.objects.create_user("bea@example.com")
    (env().data / "media").mkdir(parents=True, exist_ok=True)
    (env().data / "media" / "parcel.jpg").write_bytes(b"picture")
    made = backup.make(tmp_path / "backups", now=NIGHT)

    backup.restore_into(tmp_path / "data", made)

    server = EmbeddedPostgres(tmp_path / "data" / "postgres", backup.SPARING)
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT email FROM accounts_user").fetchall() == [("bea@example.com",)]
    server.stop()
    assert (tmp_path / "data" / "media" / "parcel.jpg").read_bytes() == b"picture"
    with pytest.raises(backup.BackupFailed, match="exists already"):
        backup.restore_into(tmp_path / "data", made)


def test_a_backup_that_lost_rows_is_not_good(tmp_path: Path) -> None:
    made = backup.make(tmp_path, now=NIGHT)
    contents = json.loads((made / "contents.json").read_text())
    contents["rows"]["accounts_user"] += 1
    (made / "contents.json").write_text(json.dumps(contents))

    with pytest.raises(backup.BackupFailed, match="accounts_user: 1 backed up, 0 restored"):
        backup.check(made, secrets=None)


def test_old_backups_go_and_other_things_stay(tmp_path: Path) -> None:
    (tmp_path / "2026-11-01T030000").mkdir()
    (tmp_path / "2026-11-20T030000").mkdir()
    (tmp_path / "letters").mkdir()

    backup.forget(tmp_path, older_than=datetime(2026, 11, 10, tzinfo=UTC))

    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["2026-11-20T030000", "letters"]
