from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from heard.channels.contract import Credentials
from heard.env import env
from heard.inboxes import credentials as sealing
from heard.inboxes.credentials import CannotOpen, credentials_of, open_text, opened, plain, seal_text
from heard.inboxes.models import Inbox, InboxSecret
from heard.inboxes.wire import wire_for
from heard.ingest.fetch import fetch_for
from tests.cast import SECRETS, Network, an_inbox

TOKEN = SECRETS["page_token"]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    _forget()


def test_what_is_stored_shows_nothing(facebook: Network) -> None:
    sealed = bytes(InboxSecret.objects.get().sealed)

    assert TOKEN.encode() not in sealed
    assert SECRETS["app_secret"].encode() not in sealed
    assert credentials_of(facebook.inbox).page_token.get_secret_value() == TOKEN  # type: ignore[attr-defined]


def test_nothing_that_is_printed_shows_a_secret(facebook: Network) -> None:
    credentials = credentials_of(facebook.inbox)

    for shown in (credentials, wire_for(credentials), InboxSecret.objects.get(), facebook.inbox, env()):
        for text in (repr(shown), str(shown)):
            assert TOKEN not in text
            assert SECRETS["app_secret"] not in text


def test_a_row_moved_to_another_inbox_does_not_open_there(facebook: Network) -> None:
    other = an_inbox(facebook.inbox.workspace, "facebook", account="9")
    stolen = bytes(InboxSecret.objects.get(inbox=facebook.inbox).sealed)

    with pytest.raises(CannotOpen):
        opened("facebook", other.pk, stolen)


def test_what_an_old_key_sealed_is_opened_as_long_as_the_key_is_listed(keys: pytest.MonkeyPatch) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    _use(keys, old)
    sealed = seal_text("hush")

    _use(keys, f"{new},{old}")
    assert open_text(sealed) == "hush"
    again = seal_text("hush")

    _use(keys, new)
    assert open_text(again) == "hush"
    with pytest.raises(CannotOpen):
        open_text(sealed)


def test_a_spoilt_row_is_said_to_be_spoilt(facebook: Network) -> None:
    InboxSecret.objects.update(sealed=b"gAAAAnonsense")

    with pytest.raises(CannotOpen):
        credentials_of(Inbox.objects.get())


def test_logs_hold_no_secrets(facebook: Network, caplog: pytest.LogCaptureFixture) -> None:
    facebook.comment("Hi")
    with caplog.at_level(logging.DEBUG):
        fetch_for(facebook.inbox)

    assert TOKEN not in caplog.text
    assert SECRETS["app_secret"] not in caplog.text


def _use(keys: pytest.MonkeyPatch, value: str) -> None:
    keys.setenv("HEARD_CREDENTIAL_KEYS", value)
    _forget()


def _forget() -> None:
    env.cache_clear()
    sealing._keys.cache_clear()


def test_credentials_that_know_when_they_end_can_be_kept() -> None:
    class Lasting(Credentials):
        token: SecretStr
        ends_at: datetime

    made = Lasting(account="1", token=SecretStr(TOKEN), ends_at=datetime(2027, 1, 1, tzinfo=UTC))

    kept = json.loads(json.dumps(plain(made)))

    assert Lasting.model_validate(kept) == made
    assert kept["token"] == TOKEN
