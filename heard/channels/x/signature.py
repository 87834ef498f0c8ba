"""X's handshake (CRC) and signature: HMAC-SHA256 with the consumer secret, in base64."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Final

from pydantic import SecretStr

from heard.channels.contract import Answer, BadSignature, Hook

HEADER: Final = "x-twitter-webhooks-signature"


def sign(content: bytes, secret: SecretStr) -> str:
    made = hmac.new(secret.get_secret_value().encode(), content, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(made).decode()


def verify(hook: Hook, secret: SecretStr | None) -> None:
    """Raises BadSignature unless the secret signed the raw bytes."""
    given = hook.headers.get(HEADER, "").encode()
    if secret is None or not hmac.compare_digest(sign(hook.body, secret).encode(), given):
        raise BadSignature("The signature does not fit the API key secret.")


def challenge(hook: Hook, secret: SecretStr | None) -> Answer | None:
    """X asks by GET, at first and every hour, whether we still have the secret."""
    asked = hook.query.get("crc_token", "")
    if hook.method.upper() != "GET":
        return None
    if secret is None or not asked:
        return Answer(403, b"No challenge that can be answered")
    said = {"response_token": sign(asked.encode(errors="replace"), secret)}
    return Answer(200, json.dumps(said).encode(), "application/json")
