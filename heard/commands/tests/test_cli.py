"""What the commands say when they are asked wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from heard.cli import COMMANDS, main
from heard.commands.doctor import DOCTOR_CHECKS, spelling
from heard.commands.freshness import is_prepared, remember
from heard.env import env
from heard.inboxes.models import Inbox
from tests.cast import Network


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])

    assert (COMMANDS[name].__doc__ or "").split("\n")[0][:40] in " ".join(capsys.readouterr().out.split())


def test_wrong_settings_end_a_command_with_all_of_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEARD_WEB_THREADS", "many")
    monkeypatch.setenv("HEARD_LANGUAGE", "tlh")
    env.cache_clear()
    with pytest.raises(SystemExit, match="2"):
        main(["web"])
    env.cache_clear()

    said = capsys.readouterr().err
    assert "HEARD_WEB_THREADS must be a whole number." in said
    assert "HEARD_LANGUAGE must be one of" in said


@pytest.mark.django_db
def test_the_doctor_finds_nothing_wrong_with_a_sound_installation() -> None:
    assert [problem for _, check in DOCTOR_CHECKS for problem in check()] == []


def test_the_doctor_says_what_spelling_is_not_checked_and_is_content_all_the_same() -> None:
    # The tests know no dictionaries: see conftest.py.
    [hint] = spelling()
    assert hint.startswith("Spelling is not checked")


@pytest.mark.django_db
def test_the_doctor_names_a_setting_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_LANGAUGE", "cs")

    assert [problem for _, check in DOCTOR_CHECKS for problem in check()] == [
        "HEARD_LANGAUGE is not a setting of Heard. Is HEARD_LANGUAGE meant?"
    ]


@pytest.mark.django_db
def test_the_doctor_names_an_inbox_that_lost_its_network(facebook: Network) -> None:
    Inbox.objects.filter(pk=facebook.inbox.pk).update(
        state=Inbox.State.RECONNECT, state_reason="Token expired."
    )

    assert [problem for _, check in DOCTOR_CHECKS for problem in check()] == [
        f"Acme, {facebook.inbox.name}: has to be connected again. Token expired."
    ]


def test_another_database_is_not_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_DATA", str(tmp_path))
    env.cache_clear()
    found = env()
    assert not is_prepared(found)
    remember(found)
    assert is_prepared(found)
    assert not is_prepared(found, demo=True)

    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/heard")
    env.cache_clear()
    assert not is_prepared(env())
    env.cache_clear()
