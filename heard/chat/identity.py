"""Who a visitor is, where the web site itself vouches for it: a token that the site signed a moment ago."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

LONGEST_LIFE_SECONDS = 600
LEEWAY_SECONDS = 30
LONGEST_TOKEN = 4_000
LONGEST_NUMBER = 120
WANTED = ["sub", "iat", "exp", "aud", "jti"]


class Refused(Exception):
    """The site's word cannot be taken. The message says why, for the site's makers."""


@dataclass(frozen=True, slots=True)
class Claims:
    subject: str
    jti: str
    expires_at: datetime
    name: str = ""
    email: str = ""


def claims_of(token: str, *, secrets: Sequence[str], audience: str) -> Claims:
    """What one of `secrets` signed for this window. Raises Refused."""
    if not secrets:
        raise Refused("no_secret")
    if len(token) > LONGEST_TOKEN:
        raise Refused("too_long")
    why = "bad_signature"
    for secret in secrets:
        try:
            return _claims(_read(token, secret, audience))
        except jwt.InvalidSignatureError:
            continue
        except jwt.PyJWTError as error:
            raise Refused(type(error).__name__) from error
    raise Refused(why)


def _read(token: str, secret: str, audience: str) -> dict[str, Any]:
    read: dict[str, Any] = jwt.decode(
        token,
        secret,
        algorithms=["HS256"],  # never what the token itself proposes
        audience=audience,
        leeway=LEEWAY_SECONDS,
        options={"require": WANTED, "strict_aud": True},
    )
    return read


def _claims(read: dict[str, Any]) -> Claims:
    subject, jti = read["sub"], read["jti"]
    for value in (subject, jti):
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NUMBER or not value.isprintable():
            raise Refused("bad_number")
    lives = read["exp"] - read["iat"]
    if (
        not 0 < lives <= LONGEST_LIFE_SECONDS
        or read["exp"] > time.time() + LONGEST_LIFE_SECONDS + LEEWAY_SECONDS
    ):
        raise Refused("lives_too_long")
    return Claims(
        subject,
        jti,
        datetime.fromtimestamp(read["exp"] + LEEWAY_SECONDS, UTC),
        name=_words(read.get("name"), 200),
        email=_words(read.get("email"), 254),
    )


def _words(value: Any, most: int) -> str:
    return " ".join(value.split())[:most] if isinstance(value, str) and value.isprintable() else ""
