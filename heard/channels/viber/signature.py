"""Viber signs the raw bytes with the bot's own token."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from pydantic import SecretStr

from heard.channels.contract import BadSignature, Hook

HEADER: Final = "x-viber-content-signature"


def sign(body: bytes, token: SecretStr) -> str:
    return hmac.new(token.get_secret_value().encode(), body, hashlib.sha256).hexdigest()


def verify(hook: Hook, token: SecretStr) -> None:
    """Raises BadSignature. In constant time; some deployments put the signature into the query."""
    given = hook.headers.get(HEADER, "") or hook.query.get("sig", "")
    if not hmac.compare_digest(sign(hook.body, token).encode(), given.encode()):
        raise BadSignature("The signature does not fit the bot's token.")
