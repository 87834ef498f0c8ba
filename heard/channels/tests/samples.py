"""Credentials of any channel, made from its own form, with secrets that are easy to find in a leak."""

from __future__ import annotations

from typing import Any, Final

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from heard.channels.contract import Channel, Credentials

PLANTED: Final = "pl4nted-s3cret"


def credentials_of(channel: Channel[Any], **given: Any) -> Credentials:
    filled = {name: _filled(name, field) for name, field in channel.credentials.model_fields.items()}
    made: Credentials = channel.credentials(**(filled | given))
    return made


def _filled(name: str, field: FieldInfo) -> Any:
    if "SecretStr" in str(field.annotation):
        return SecretStr(f"{PLANTED}-{name}")
    if field.examples:
        return field.examples[0]
    return field.default if not field.is_required() else name
