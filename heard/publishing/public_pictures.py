"""Addresses under which a network may fetch a picture, for an hour. Whoever has one needs no session."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

from heard.env import env
from heard.publishing.models import PlannedPicture

LASTS: Final = timedelta(hours=1)
_SALT: Final = "heard.publishing.public_pictures"


def public_address(picture: PlannedPicture) -> str:
    ticket = signing.TimestampSigner(salt=_SALT).sign(str(picture.key))
    return env().public_url + reverse("published_picture", kwargs={"signed": ticket})


def picture_named(signed: str) -> PlannedPicture | None:
    """None for an address that is not ours, or whose hour is over."""
    try:
        key = signing.TimestampSigner(salt=_SALT).unsign(signed, max_age=LASTS)
        return PlannedPicture.objects.filter(key=UUID(key)).first()
    except (signing.BadSignature, ValueError):
        return None
