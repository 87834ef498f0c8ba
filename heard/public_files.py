"""Addresses under which a network may fetch a file of ours, for an hour. Whoever has one needs no session."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

from heard.env import env

LASTS: Final = timedelta(hours=1)
_SALT: Final = "heard.public_files"


def public_address(key: UUID, name: str) -> str:
    """It ends as `name` does: some networks refuse an address without the right ending."""
    signed = signing.TimestampSigner(salt=_SALT).sign(str(key))
    ending = name.rpartition(".")[2] if "." in name else "bin"
    return env().public_url + reverse("public_file", kwargs={"signed": signed, "name": f"file.{ending}"})


def key_named(signed: str) -> UUID | None:
    """None for an address that is not ours, or whose hour is over."""
    try:
        return UUID(signing.TimestampSigner(salt=_SALT).unsign(signed, max_age=LASTS))
    except (signing.BadSignature, ValueError):
        return None
