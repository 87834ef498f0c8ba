"""Secrets of the networks: sealed with MultiFernet, opened only where a call is made.

The key is not in the database, so that a copy of the database alone opens nothing. Keys come newest
first: the first seals, all of them open, which is how a key is changed.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import BaseModel, SecretStr

from heard.channels.contract import Credentials
from heard.channels.registry import channel
from heard.env import env
from heard.inboxes.models import Inbox, InboxSecret


class CannotOpen(Exception):
    """The stored credentials were sealed with a key that is not among the configured ones."""


class NotConnected(Exception):
    """The inbox has no credentials: it was disconnected."""


@cache
def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in env().credential_keys])


def seal_text(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def open_text(sealed: str) -> str:
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("sealed with another key than the configured ones") from error


def store_credentials(inbox: Inbox, credentials: Credentials, *, now: datetime) -> None:
    InboxSecret.objects.update_or_create(
        inbox=inbox,
        defaults={
            "workspace_id": inbox.workspace_id,
            "sealed": seal_text(json.dumps({"inbox": inbox.pk, **plain(credentials)})).encode(),
            "changed_at": now,
        },
    )


def credentials_of(inbox: Inbox) -> Credentials:
    """Raises NotConnected or CannotOpen."""
    try:
        secret = InboxSecret.objects.get(inbox=inbox)
    except InboxSecret.DoesNotExist as error:
        raise NotConnected(inbox.name) from error
    return opened(inbox.channel, inbox.pk, bytes(secret.sealed))


def opened(slug: str, inbox_id: int, sealed: bytes) -> Credentials:
    """The credentials of one inbox. A row moved to another inbox does not open there."""
    fields = json.loads(open_text(sealed.decode()))
    if fields.pop("inbox") != inbox_id:
        raise CannotOpen("these credentials belong to another inbox")
    credentials: Credentials = channel(slug).credentials.model_validate(fields)
    return credentials


def plain(model: BaseModel) -> dict[str, Any]:
    """As JSON takes it, with its secrets readable: to be sealed at once."""
    secrets = {name: value.get_secret_value() for name, value in model if isinstance(value, SecretStr)}
    return {**model.model_dump(mode="json"), **secrets}
