"""Meta's handshake and signature, the same for all its products."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pydantic import SecretStr

from heard.channels.contract import Answer, BadSignature, Hook

HEADER: Final = "x-hub-signature-256"


def sign(body: bytes, secret: SecretStr) -> str:
    """The value of Meta's signature header for these bytes."""
    signing = _keyed(secret.get_secret_value()).copy()
    signing.update(body)
    return "sha256=" + signing.hexdigest()


@lru_cache(maxsize=1000)
def _keyed(secret: str) -> hmac.HMAC:
    """To begin with a secret takes longer than to go on over the bytes of a call, and the secrets are few."""
    return hmac.new(secret.encode(), digestmod="sha256")


def verify(hook: Hook, secrets: Iterable[SecretStr | None]) -> None:
    """Raises BadSignature unless one of the secrets signed the raw bytes.

    Meta escapes accents and emoji before it signs, so only the bytes as they came can match. All secrets
    are tried every time: how long it takes must not tell which one came close.
    """
    given = hook.headers.get(HEADER, "").encode()
    matches = [hmac.compare_digest(sign(hook.body, secret).encode(), given) for secret in secrets if secret]
    if not any(matches):
        raise BadSignature("The signature does not fit the app secret.")


def challenge(hook: Hook, verify_token: SecretStr) -> Answer | None:
    """Meta asks once, by GET, whether this address expects it; everything else is a delivery."""
    if hook.method.upper() != "GET":
        return None
    expected = verify_token.get_secret_value().encode()
    given = hook.query.get("hub.verify_token", "").encode()
    known = bool(expected) and hmac.compare_digest(expected, given)
    if not known or hook.query.get("hub.mode") != "subscribe":
        return Answer(403, b"Wrong verify token")
    return Answer(200, hook.query.get("hub.challenge", "").encode())
