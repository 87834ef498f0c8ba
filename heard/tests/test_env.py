"""What an operator may set, and what they are told when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from heard.env import BadEnvironment, env, names, require_secrets

SETTINGS_PAGE = Path(__file__).parents[2] / "docs" / "operating" / "settings.md"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """An environment in which nothing is set but an empty data directory."""
    for name in [*names(), *(f"{name}_FILE" for name in names())]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HEARD_DATA", str(tmp_path))
    env.cache_clear()
    yield monkeypatch
    env.cache_clear()


def test_nothing_set_means_an_embedded_database_on_this_machine(
    settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = env()

    assert found.database_url.startswith("postgresql://heard@/heard?host=")
    assert found.public_url == "http://127.0.0.1:8000"
    assert found.data == tmp_path
    assert found.outbound_allow == ()
    assert not found.secure


def test_all_wrong_values_are_told_at_once(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HEARD_WEB_THREADS", "many")
    settings.setenv("HEARD_TIME_ZONE", "Mars/Olympus")
    settings.setenv("HEARD_PUBLIC_URL", "help.example.com")
    settings.setenv("HEARD_SECRET_KEY", "short")
    settings.setenv("DATABASE_URL", "mysql://here")

    with pytest.raises(BadEnvironment) as bad:
        env()

    told = [problem.split(" ")[0] for problem in bad.value.problems]
    assert sorted(told) == sorted(
        ["HEARD_WEB_THREADS", "HEARD_TIME_ZONE", "HEARD_PUBLIC_URL", "HEARD_SECRET_KEY", "DATABASE_URL"]
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEARD_SECURE", "perhaps"),
        ("HEARD_OUTBOUND_ALLOW", "10.0.0.0/8, 10.0.0.300"),
        ("HEARD_MAIL_URL", "mail.example.com"),
        ("HEARD_LANGUAGE", "tlh"),
        ("HEARD_LOG_LEVEL", "LOUD"),
        ("HEARD_HOOK_QUEUE", "0"),
        ("HEARD_CREDENTIAL_KEYS", "not-a-key"),
        ("HEARD_SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_value_is_named(settings: pytest.MonkeyPatch, name: str, value: str) -> None:
    settings.setenv(name, value)

    with pytest.raises(BadEnvironment, match=f"^{name} "):
        env()


@pytest.mark.parametrize(("said", "meant"), [("Yes", True), ("1", True), ("off", False), ("FALSE", False)])
def test_yes_and_no_have_many_words(settings: pytest.MonkeyPatch, said: str, meant: bool) -> None:
    settings.setenv("HEARD_SECURE", said)

    assert env().secure is meant


def test_an_empty_value_counts_as_not_set(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HEARD_WEB_THREADS", "")

    assert env().web_threads == 8


def test_a_secret_may_come_from_a_file(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n")
    settings.setenv("HEARD_SECRET_KEY_FILE", str(file))

    assert env().secret_key == "k" * 40


def test_secrets_stay_out_of_what_is_printed(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HEARD_SECRET_KEY", "very-secret-" * 4)
    settings.setenv("DATABASE_URL", "postgresql://heard:hunter2@db/heard")
    settings.setenv("HEARD_MAIL_URL", "smtp://bea:hunter2@mail.example.com")

    assert "very-secret" not in repr(env())
    assert "hunter2" not in repr(env())


def test_https_makes_cookies_secure(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HEARD_PUBLIC_URL", "https://help.example.com/")

    found = env()

    assert found.secure
    assert found.public_url == "https://help.example.com"
    assert "help.example.com" in found.allowed_hosts


def test_without_secrets_nothing_is_served(settings: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadEnvironment, match="HEARD_SECRET_KEY is not set"):
        require_secrets(env())


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS_PAGE.read_text(), re.MULTILINE))

    assert documented == set(names())
