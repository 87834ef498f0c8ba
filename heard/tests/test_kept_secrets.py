"""Secrets that are made once and kept."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet

from heard.kept_secrets import ensure_secrets, read


def test_secrets_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    ensure_secrets(tmp_path)
    first = read(tmp_path, "secret_key"), read(tmp_path, "credential_keys")
    ensure_secrets(tmp_path)

    assert (read(tmp_path, "secret_key"), read(tmp_path, "credential_keys")) == first
    assert len(first[0]) >= 50
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "secrets").iterdir()} == {0o600}


def test_the_credential_key_is_one_that_fernet_takes(tmp_path: Path) -> None:
    ensure_secrets(tmp_path)

    Fernet(read(tmp_path, "credential_keys"))


def test_a_secret_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "secret_key") == ""
